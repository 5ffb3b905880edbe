"""The classic path of `terminalone.entities.seat`."""

from ..entities.seat import Seat

__all__ = ["Seat"]
