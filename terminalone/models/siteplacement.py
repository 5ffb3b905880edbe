"""The classic path of `terminalone.entities.site_placement`."""

from ..entities.site_placement import SitePlacement

__all__ = ["SitePlacement"]
