"""What the answer to a request must hold, and whether it is the answer to that request. Source: wire.md, 4 to 7 and 11.

T1 says ``ok`` in its envelope, also where the answer was cut or mixed up on its way. What an operation must answer with
is therefore checked; counts are not, because child collections come without them or with a total of 0.

| operation | must hold |
| --- | --- |
| a collection, a count, ``bulk_copy``, ``budget_flights/bulk``, ``site_lists`` | a list: JSON `data`, XML `entities` |
| a record by its id, a save, ``copy``, a POST of ``supplies`` or ``deals`` | one record, with its id |
| child collections, uploads, estimates, settings | content: a list or one object |
| ``history`` | a log (XML) |
| any other special call: deletions, segments, domains, hours, targets, margins, brain selections | a status only |
"""

from __future__ import annotations

from adplatforms.core.errors import ParserException
from adplatforms.core.hints import brief
from adplatforms.core.messages import Request

from .parsing import Reply

__all__ = ["CONTENT", "LIST", "LOG", "ONE", "STATUS", "check_answer"]

LIST, ONE, CONTENT, LOG, STATUS = "a list of records", "one record", "content", "a log", "a status"
"""What an answer must hold: the `Request.subject` of T1's requests."""


def check_answer(reply: Reply, request: Request) -> None:
    """Raises a `ParserException` where a success lacks what its operation must have, or is about another record."""
    if reply.errors:
        raise ParserException(f"T1 says ok and names an error: {reply.errors[0][2]}")
    wanted = request.subject
    if not _holds(reply, wanted):
        raise ParserException(f"T1 says ok, but its answer does not hold {wanted}")
    _check_subject(reply, request)


def _holds(reply: Reply, wanted: object) -> bool:
    """Whether a reply has the shape that is wanted."""
    if wanted not in (LIST, ONE, CONTENT, LOG):
        return True
    filled = [row for row in reply.rows if row.keys() - {"entity_type"}]
    if len(filled) < len(reply.rows):
        return False
    if wanted == LIST:
        return reply.many and all(row.get("id") is not None for row in filled)
    if wanted == ONE:
        return not reply.many and len(filled) == 1 and filled[0].get("id") is not None
    if wanted == CONTENT:
        return reply.many or bool(filled)
    return reply.logged


def _check_subject(reply: Reply, request: Request) -> None:
    """Whether the rows are of the record that the path names: its own id, or that of the parent where they show it."""
    collection, _, rest = request.path.partition("/")[2].partition("/")[2].partition("/")
    owner_id, *tail = rest.split("/")
    if not owner_id.isdecimal():
        return
    kind = collection[:-3] + "y" if collection.endswith("ies") else collection.removesuffix("s")
    for row in reply.rows:
        if tail == ["copy"] and (row.get("entity_type"), str(row.get("id"))) == (kind, owner_id):
            raise ParserException(f"the answer names {kind} {owner_id} itself, not a copy of it")
        if tail and tail[0] != "copy":
            own = row.get("id") if row.get("entity_type") == kind else row.get(f"{kind}_id")
            _compare(kind, own, owner_id)
    if request.method == "GET" and len(tail) == 2 and tail[1].isdecimal() and not reply.many:
        _compare(reply.rows[0].get("entity_type"), reply.rows[0].get("id"), tail[1])


def _compare(kind: object, shown: object, asked: str) -> None:
    if shown not in (None, "") and str(shown) != str(int(asked)):
        raise ParserException(
            f"the answer is about another record: {brief(kind)} {brief(shown)}, {asked} was asked for"
        )
