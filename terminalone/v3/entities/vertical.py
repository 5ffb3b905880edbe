"""Verticals of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import V3Entity
from ..fields import Children, Str

if TYPE_CHECKING:
    from .advertiser import Advertiser

__all__ = ["Vertical"]


class Vertical(V3Entity, collection="verticals", type="vertical", list="list-verticals"):
    """A vertical. Fields without a doc are not described by the vendor."""

    name = Str(readonly=True)
    advertisers = Children["Advertiser"](by="vertical_id")
