"""Roles of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from ..base import V3Entity
from ..fields import Float, ListOf, Str

__all__ = ["Role"]


class Role(V3Entity, collection="roles", type="role", list="list-roles"):
    """A role. Fields without a doc are not described by the vendor."""

    name = Str(readonly=True)
    must_include = ListOf(Float(), readonly=True)
    must_exclude = ListOf(Float(), readonly=True)
