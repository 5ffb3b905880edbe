"""The classic path of `terminalone.entities.advertiser`."""

from ..entities.advertiser import Advertiser

__all__ = ["Advertiser"]
