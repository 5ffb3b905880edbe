"""A contract of an organization. Source: entities.json, Contract."""

from typing import TYPE_CHECKING

from ..fields import DateTime, Int, Ref
from .base import Removable

if TYPE_CHECKING:
    from . import Organization


class Contract(Removable, collection="contracts"):
    """A contract of an organization: what it pays for the platform.

    Its fees are readable by the names T1 sends, and sent with ``save(extra={...})``: the facts list them without types.
    """

    effective_end_date = DateTime()
    effective_start_date = DateTime()
    organization_id = Int()

    organization = Ref["Organization"](by="organization_id")
