"""Targets of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import V3Entity
from ..fields import Bool, Children, Int, Str, Version

if TYPE_CHECKING:
    from .attachment import Attachment

__all__ = ["Target"]


class Target(
    V3Entity,
    collection="targets",
    type="target",
    list="list-targets",
    get="get-target",
    create="create-target",
    update="update-target",
    delete="delete-target",
):
    """A target. Fields without a doc are not described by the vendor."""

    name = Str(shortest=1, required=True)
    parent_id = Int()
    factual_id = Str()
    mediamath_organization_id = Int()
    target_inet = Str(shortest=1)
    visible = Bool()
    visible_overridden = Bool()
    bidder_frequency = Int()
    dimension_code = Str(shortest=1)
    version = Version(readonly=True)
    attachments = Children["Attachment"](by="target_id")
