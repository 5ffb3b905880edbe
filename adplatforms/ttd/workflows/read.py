"""What the Workflows API answers, as rows: thin ones, of which only what means the same as in GraphQL is taken.

The answer to a save is no whole entity (crosswalk.md): a campaign comes without its advertiser, archive state and
goals (those are text there, objects elsewhere). So goals as text are left out, and so are lists that are null, since
null there does not tell "none" from "not told" (our reading; the facts are silent). What was sent and is not in the
answer stays as it was sent.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from adplatforms.core.entity import Entity
from adplatforms.core.messages import Answer

from .. import shapes
from ..read import json_body, json_object
from .operations import ARCHIVING

__all__ = ["PATHS", "row_of", "saved"]

Row = dict[str, Any]
PATHS = frozenset({"campaign", "adgroup", *ARCHIVING})
"""The paths of requests whose answers `saved` reads."""


def saved(answer: Answer) -> Row | None:
    """The row of a save's or an archiving's answer; None where there is nothing in it (a mere validation).

    Raises the error that the answer tells; a `ParserException` when it does not hold the record with its id, or when a
    record is not among the archived ones.
    """
    if answer.request.path in ARCHIVING:
        return _archived(answer, json_body(answer))
    if answer.request.json.get("validateInputOnly"):
        _check_validation(answer)
        return None
    model: type[Entity] = answer.request.subject
    body = json_object(answer)
    found = body.get("campaign" if answer.request.path == "campaign" else "adGroup")
    if not isinstance(found, dict) or not shapes.is_id(found.get("id")):
        raise shapes.unreadable(answer, "it does not hold what was saved, with its id")
    row = row_of(model, found)
    groups = body.get("adGroups")
    if "adGroups" in answer.request.json and groups is not None:
        if not isinstance(groups, list) or not all(isinstance(group, dict) for group in groups):
            raise shapes.unreadable(answer, "its ad groups are not a list of objects")
        relation = model._relations["ad_groups"]
        row[relation.key] = [row_of(relation.target, group) for group in groups]
    return row


def _check_validation(answer: Answer) -> None:
    """A mere validation has nothing to tell: no fact shows its answer, so an empty one is fine, and an object."""
    if answer.content.strip():
        found = json_body(answer)
        if not isinstance(found, dict):
            raise shapes.unreadable(answer, "it is not a JSON object")
    elif answer.status >= 400:
        json_body(answer)


def _archived(answer: Answer, body: Any) -> Row:
    """The identity of what was archived: every id that was sent is in the answer."""
    sent = answer.request.json
    if not isinstance(body, list) or not all(shapes.is_id(one) for one in body):
        raise shapes.unreadable(answer, "it is not a list of ids")
    left = [one for one in sent if one not in body]
    if left:
        raise shapes.unreadable(answer, f"it does not tell that {', '.join(left)} was archived")
    return {"id": sent[0]}


def row_of(model: type[Entity], found: Row) -> Row:
    """A campaign or ad group of an answer as a row of its class."""
    places = _places(model)  # type: ignore[arg-type]  # a class can be hashed
    row: Row = {}
    for key, value in found.items():
        wire, nested = places.get(key, (key, False))
        if not nested or isinstance(value, (dict, list)):
            row[wire] = value
    return row


@cache
def _places(model: type[Entity]) -> dict[str, tuple[str, bool]]:
    """Where the names of an answer stand in a row, and whether only dicts and lists are taken there. A field's name in
    Workflows is the end of its write path, else its own; a relation's its key."""
    named = {relation.key: (relation.key, True) for relation in model._relations.values()}
    fields = model._fields.values()
    named |= {field.wire: (field.wire, field.mutable) for field in fields}
    return named | {f.write.rpartition(".")[2]: (f.wire, f.mutable) for f in fields if f.write}
