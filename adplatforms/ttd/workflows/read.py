"""What the Workflows API answers, as rows: short ones, of which only what means the same as in GraphQL is taken.

The answer to a save is not the complete entity (crosswalk.md): a campaign comes without its advertiser, archive state
and goals (those are text there, objects elsewhere). So goals as text are left out, and so are lists that are null,
since null there does not tell "none" from "not shown" (our reading; the facts are silent). What was sent and is not in
the answer stays as it was sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from adplatforms.core.entity import Entity
from adplatforms.core.messages import Answer

from .. import shapes
from ..mapped import write_path
from ..read import json_body, json_object
from ..reader import TTDReader

__all__ = ["ArchivingReader", "SavingReader", "ValidationReader", "row_of"]

Row = dict[str, Any]


@dataclass(frozen=True)
class SavingReader(TTDReader):
    """Reads what a create or an update of one record answers. `key`: where the answer holds the record.

    `ad_groups`: whether ad groups were created along with a campaign.
    """

    model: type[Entity]
    key: str
    ad_groups: bool = False

    def _saved(self, answer: Answer) -> Row:
        body = json_object(answer)
        found = body.get(self.key)
        if not isinstance(found, dict) or not shapes.is_id(found.get("id")):
            raise shapes.unreadable(answer, "it does not hold what was saved, with its id")
        row = row_of(self.model, found)
        # A list that is missing or null says nothing: the session looks at the campaign then.
        groups = body.get("adGroups")
        if self.ad_groups and groups is not None:
            if not isinstance(groups, list) or not all(isinstance(group, dict) for group in groups):
                raise shapes.unreadable(answer, "its ad groups are not a list of objects")
            relation = self.model.__model__.relations["ad_groups"]
            row[relation.key] = [row_of(relation.target, group) for group in groups]
        return row


@dataclass(frozen=True)
class ValidationReader(TTDReader):
    """Reads what a save answers that only had its input checked: nothing, or the error that it reports.

    No fact shows the answer of a validation: an empty one is taken, and any object.
    """

    model: type[Entity]

    def _saved(self, answer: Answer) -> None:
        empty = not answer.content.strip()
        if empty and answer.status < 400:
            return
        found = json_body(answer)
        if not isinstance(found, dict):
            raise shapes.unreadable(answer, "it is not a JSON object")


@dataclass(frozen=True)
class ArchivingReader(TTDReader):
    """Reads the list of ids that were archived. `ids`: those that were sent.

    The row is that of the first, with the ids that the answer confirms as ``archived``.
    """

    model: type[Entity]
    ids: Sequence[str]

    def _saved(self, answer: Answer) -> Row:
        body = json_body(answer)
        if not isinstance(body, list) or not all(shapes.is_id(one) for one in body):
            raise shapes.unreadable(answer, "it is not a list of ids")
        # Archiving several is not said to be all or nothing. Of one there is nothing to settle without its id.
        confirmed = [one for one in self.ids if one in body]
        if not confirmed:
            raise shapes.unreadable(answer, f"it does not tell that {', '.join(self.ids)} was archived")
        return {"id": self.ids[0], "archived": confirmed}


def row_of(model: type[Entity], found: Row) -> Row:
    """A campaign or ad group of an answer as a row of its class."""
    wires = _wires(model)  # type: ignore[arg-type]  # a class can be hashed
    row: Row = {}
    for key, value in found.items():
        wire, nested = wires.get(key, (key, False))
        # Goals are text here and objects elsewhere; a null list does not mean that there are none.
        if not nested or isinstance(value, (dict, list)):
            row[wire] = value
    return row


@cache
def _wires(model: type[Entity]) -> dict[str, tuple[str, bool]]:
    """By the names of an answer: the key in the row, and whether only dicts and lists are taken there.

    A field's name in Workflows is the end of its write path, else its own; a relation's its key.
    """
    named = {relation.key: (relation.key, True) for relation in model.__model__.relations.values()}
    fields = model.__model__.fields.values()
    named |= {field.wire: (field.wire, field.mutable) for field in fields}
    return named | {write_path(f).rpartition(".")[2]: (f.wire, f.mutable) for f in fields if write_path(f)}
