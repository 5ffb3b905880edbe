"""A vertical. Source: entities.json, Vertical."""

from typing import TYPE_CHECKING

from ..fields import Ref, Str
from .base import T1Entity

if TYPE_CHECKING:
    from . import Advertiser


class Vertical(T1Entity, collection="verticals"):
    """A vertical: the branch of business an advertiser is in."""

    name = Str(required=True)

    # No field holds its id: it is there where T1 sends it along.
    advertiser = Ref["Advertiser"]()
