"""What entities of The Trade Desk can do apart from being read and saved: a base class for each that can do more."""
