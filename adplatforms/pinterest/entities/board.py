"""A board of pins. Source: resources.json, boards."""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..fields import Bool, Children, Choice, DateTime, Id, Int, Object, Str

if TYPE_CHECKING:
    from . import BoardSection, Pin


class Board(
    PinterestEntity,
    collection="boards",
    list="boards/list search_user_boards/get boards_user_follows/list",
    get="boards/get",
    create="boards/create",
    update="boards/update",
    delete="boards/delete",
):
    """A board of pins.

    Organic: without ``act_as=`` it is one of the token's own user.
    """

    act_as = Id(create_only=True, doc="The ad account that calls act for; null: the token's own")
    name = Str(required=True)
    board_pins_modified_at = DateTime(readonly=True)
    collaborator_count = Int(readonly=True, doc="0 or more")
    # A date-time without a zone, in UTC; campaigns have seconds here (wire.md, section 9).
    created_at = DateTime(readonly=True)
    description = Str(nullable=True)
    follower_count = Int(readonly=True, doc="0 or more")
    is_ads_only = Bool(create_only=True, doc="False when left out")
    media = Object(readonly=True)
    owner = Object(readonly=True)
    pin_count = Int(readonly=True, doc="0 or more")
    privacy = Choice("PUBLIC PROTECTED SECRET", param="privacy", doc="PUBLIC when left out")

    sections = Children["BoardSection"](by="board_id")
    pins = Children["Pin"](by="board_id")
