"""The classic path of `terminalone.entities.site_list`."""

from ..entities.site_list import SiteList

__all__ = ["SiteList"]
