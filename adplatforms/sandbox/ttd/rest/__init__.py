"""The REST surface: the Platform API v3."""
