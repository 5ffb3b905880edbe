"""Attachments of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from ..base import V3Entity
from ..fields import Bool, Choice, Float, Str, Version

__all__ = ["Attachment"]


class Attachment(
    V3Entity,
    collection="attachments",
    type="attachment",
    list="list-attachments",
    get="get-attachment",
    create="create-attachment",
    update="update-attachment",
    delete="delete-attachment",
):
    """An attachment. Fields without a doc are not described by the vendor."""

    target_id = Float(least=0, required=True)
    strategy_id = Float(least=1, required=True)
    restriction = Choice("INCLUDE", "EXCLUDE", required=True)
    operator = Choice("OR", "AND", required=True)
    created_on = Str(readonly=True)
    updated_on = Str(readonly=True)
    version = Version(readonly=True)
    or_better = Bool()
