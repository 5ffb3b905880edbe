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
from adplatforms.core.errors import UNSURE, APIError
from adplatforms.core.values import Answer

from .. import replies
from .operations import ARCHIVING

__all__ = ["PATHS", "row_of", "saved"]

Row = dict[str, Any]
PATHS = frozenset({"campaign", "adgroup", *ARCHIVING})
"""The paths of requests whose answers `saved` reads."""


def saved(answer: Answer) -> Row | None:
    """The row of a save's or an archiving's answer; None where there is nothing in it (a mere validation).

    Raises the error that the answer tells; an `APIError` when a record is not among the archived ones.
    """
    body = replies.body(answer)
    if answer.request.path in ARCHIVING:
        return _archived(answer, body)
    model: type[Entity] = answer.request.subject
    only_checked = isinstance(answer.request.json, dict) and answer.request.json.get("validateInputOnly")
    found = body.get("campaign" if answer.request.path == "campaign" else "adGroup") if isinstance(body, dict) else None
    if not isinstance(body, dict) or not isinstance(found, dict):
        if only_checked:
            return None
        error = APIError("the answer does not hold what was saved", status=answer.status, body=body)
        error.unsure = True
        raise error
    row = row_of(model, found)
    groups = body.get("adGroups")
    if isinstance(groups, list) and "adGroups" in answer.request.json:
        relation = model._relations["ad_groups"]
        row[relation.key] = [row_of(relation.target, group) for group in groups if isinstance(group, dict)]
    return row


def _archived(answer: Answer, body: Any) -> Row:
    """The identity of what was archived: every id that was sent is in the answer."""
    sent = answer.request.json
    left = [one for one in sent if not isinstance(body, list) or one not in body]
    if left:
        raise APIError(
            f"the answer does not tell that {', '.join(left)} was archived",
            body=body,
            status=answer.status,
            request=answer.request.label,
            hint=UNSURE,
        )
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
