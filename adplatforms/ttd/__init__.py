"""The Trade Desk."""
