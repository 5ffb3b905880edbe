"""Site lists of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import V3Entity
from ..fields import Bool, Choice, DateTime, Int, Ref, Str, Version

if TYPE_CHECKING:
    from .organization import Organization

__all__ = ["SiteList"]


class SiteList(V3Entity, collection="site_lists", type="site_list", list="list-site-lists", get="get-site-list"):
    """A site list. Fields without a doc are not described by the vendor."""

    _limited = ("id", "name")

    name = Str(readonly=True)
    version = Version(readonly=True)
    status = Bool(readonly=True)
    organization_id = Int(readonly=True)
    restriction = Choice("INCLUDE", "EXCLUDE", readonly=True)
    filename = Str(readonly=True)
    content_updated_on = DateTime(readonly=True)
    sites_count = Int(readonly=True)
    sites_count_domain = Int(readonly=True)
    sites_count_app = Int(readonly=True)
    sites_count_primary_seller_id = Int(readonly=True)
    created_on = DateTime(readonly=True)
    updated_on = DateTime(readonly=True)
    organization = Ref["Organization"](by="organization_id")
