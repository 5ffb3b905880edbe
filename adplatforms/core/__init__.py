"""The entity framework itself; it knows no platform."""
