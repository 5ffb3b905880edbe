"""The classic path of `terminalone.entities.campaign`."""

from ..entities.campaign import Campaign

__all__ = ["Campaign"]
