"""The classic path of `terminalone.entities.publisher_site`."""

from ..entities.publisher_site import PublisherSite

__all__ = ["PublisherSite"]
