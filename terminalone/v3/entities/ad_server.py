"""Ad servers of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import V3Entity
from ..fields import Children, Str, Version

if TYPE_CHECKING:
    from .advertiser import Advertiser

__all__ = ["AdServer"]


class AdServer(V3Entity, collection="ad_servers", type="ad_server", list="list-ad-servers"):
    """An ad server. Fields without a doc are not described by the vendor."""

    _limited = ("id", "name")

    name = Str(readonly=True)
    version = Version(readonly=True)
    advertisers = Children["Advertiser"](by="ad_server_id")
