"""A pin. Source: resources.json, pins."""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..enums import CREATIVE_TYPES
from ..fields import Bool, Choice, DateTime, Id, Object, Ref, Str
from ..operations import PinOperations

if TYPE_CHECKING:
    from . import Board, BoardSection


class Pin(
    PinOperations,
    PinterestEntity,
    collection="pins",
    list="pins/list boards/list_pins board_sections/list_pins search_user_pins/list",
    get="pins/get",
    create="pins/create",
    update="pins/update",
    delete="pins/delete",
):
    """A pin.

    Organic: without ``act_as=`` it is one of the token's own user. Videos are uploaded first:
    `Pinterest.upload_video` gives the media id that `media_source` takes.
    """

    _shown = "title"

    act_as = Id(create_only=True, doc="The ad account that calls act for; null: the token's own")
    ai_disclosures = Object(doc="What of it was made by machines", since="5.28.0")
    alt_text = Str(nullable=True)
    board_id = Id(param="board_id")
    board_owner = Object(readonly=True)
    board_section_id = Id(nullable=True, param="section_id")
    carousel_slots = Object(update_only=True, write_only=True)
    # Without a zone, now and then with microseconds (wire.md, section 9).
    created_at = DateTime(readonly=True)
    # Nullable over a reference that is not: the server sends null all the same (wire.md, section 9).
    creative_type = Choice(CREATIVE_TYPES, newer="APP", readonly=True, param="creative_types")
    description = Str(nullable=True)
    dominant_color = Str(create_only=True, nullable=True)
    has_been_promoted = Bool(readonly=True)
    is_owner = Bool(readonly=True)
    is_product = Bool(readonly=True, since="5.28.0")
    is_standard = Bool(readonly=True)
    link = Str(nullable=True)
    # Answers describe it by `media_type`; a create takes `media_source` by `source_type` (wire.md, section 6).
    media = Object(readonly=True)
    media_source = Object(create_only=True, write_only=True)
    parent_pin_id = Id(create_only=True, nullable=True)
    pin_metrics = Object(readonly=True)
    sponsor_id = Id(create_only=True, nullable=True, write_only=True)
    title = Str(nullable=True)

    board = Ref["Board"](by="board_id")
    board_section = Ref["BoardSection"](by="board_section_id")
    parent_pin = Ref["Pin"](by="parent_pin_id")
