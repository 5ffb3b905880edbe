"""The classic path of `terminalone.entities.ad_server`."""

from ..entities.ad_server import AdServer

__all__ = ["AdServer"]
