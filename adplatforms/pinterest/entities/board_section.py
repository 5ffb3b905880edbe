"""A section of a board. Source: resources.json, board_sections."""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..fields import Children, Id, Ref, Str

if TYPE_CHECKING:
    from . import Board, Pin


class BoardSection(
    PinterestEntity,
    collection="board_sections",
    list="board_sections/list",
    create="board_sections/create",
    update="board_sections/update",
    delete="board_sections/delete",
):
    """A section of a board."""

    act_as = Id(create_only=True, doc="The ad account that calls act for; null: the token's own")
    board_id = Id(create_only=True, param="board_id", doc="In the path")
    name = Str(required=True)

    board = Ref["Board"](by="board_id")
    pins = Children["Pin"](by="board_section_id")
