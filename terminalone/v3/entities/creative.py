"""Creatives of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import V3Entity
from ..fields import Choice, Int, Ref, Str

if TYPE_CHECKING:
    from .atomic_creative import AtomicCreative

__all__ = ["Creative"]


class Creative(V3Entity, collection="creatives", type="creative", get="get-creative"):
    """A creative. Fields without a doc are not described by the vendor."""

    atomic_creative_id = Int(readonly=True)
    tag = Str(readonly=True)
    tag_type = Choice(
        "IFRAME_SCRIPT_NOSCRIPT",
        "IFRAME_SCRIPT",
        "IFRAME_NOSCRIPT",
        "IFRAME_IMG",
        "SCRIPT_NOSCRIPT",
        "SCRIPT",
        "NOSCRIPT",
        "IFRAME",
        "IMG",
        "VIDEO",
        readonly=True,
    )
    inner_tag = Str(readonly=True)
    atomic_creative = Ref["AtomicCreative"](by="atomic_creative_id")
