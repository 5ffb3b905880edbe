"""Timezones of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from ..base import V3Entity
from ..fields import DateTime, Str, Version

__all__ = ["Timezone"]


class Timezone(V3Entity, collection="timezones", type="timezone", list="list-timezones"):
    """A timezone. Fields without a doc are not described by the vendor."""

    _limited = ("id", "name")

    name = Str(readonly=True)
    version = Version(readonly=True)
    date = DateTime(readonly=True)
    description = Str(readonly=True)
    display_name = Str(readonly=True)
    zone_name = Str(readonly=True)
    created_on = DateTime(readonly=True)
    updated_on = DateTime(readonly=True)
