"""Pages of connections: what is in one, where it starts and ends, and its cursors.

A cursor names a row, not a place, so it stays good while rows come and go around it. Without `first` and `last` a page
has ten items, 1000 at most: what a larger one is answered is not in the facts; here it is a VALIDATION_FAILURE.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from typing import Any

from graphql import GraphQLError

from adplatforms.sandbox.ttd.graphql.context import Context
from adplatforms.sandbox.ttd.records import Condition, Doc, Order

__all__ = ["DEFAULT_PAGE", "conditions", "fault", "listed", "order", "rows"]

DEFAULT_PAGE = 10
MOST_ITEMS = 1000
METRICS = {"CpmInAdvertiserCurrency": "cpmInAdvertiserCurrency"}
"""The fact that holds a reporting metric."""


def fault(code: str, message: str) -> Exception:
    """A GraphQL error with a code in its extensions."""
    error: Exception = GraphQLError(message, extensions={"code": code})
    return error


def conditions(where: Mapping[str, Any]) -> list[Condition]:
    """A `where` as conditions on rows. A single object under `or` means any of its fields."""
    found: list[Condition] = []
    for fact, value in where.items():
        if fact == "or" and len(value) == 1:
            found.append(("", "or", conditions(value[0])))
        elif fact in ("and", "or"):
            found.append(("", fact, [("", "and", conditions(one)) for one in value]))
        else:
            found += [(fact, operator, _wanted(fact, one)) for operator, one in value.items()]
    return found


def order(keys: Sequence[Mapping[str, Any]]) -> list[Order]:
    """An `order` as facts and directions."""
    found: list[Order] = []
    for key in keys:
        for fact, direction in key.items():
            if fact == "campaignReporting":
                fact, direction = METRICS[direction["metric"]], direction["direction"]
            found.append((fact, "DESC" if direction == "Desc" else "ASC"))
    return found


def rows(context: Context, kind: str, numbers: list[int], args: Mapping[str, Any]) -> Doc:
    """A page of rows of the store, of which all the numbers are given."""
    start, end = _bounds(context, numbers, args)
    some = numbers[start:end]
    return _page(context, context.records.load(kind, some), some, (start, end, len(numbers)))


def listed(context: Context, docs: list[Doc], args: Mapping[str, Any]) -> Doc:
    """A page of a list that a row holds itself."""
    places = list(range(1, len(docs) + 1))
    start, end = _bounds(context, places, args)
    return _page(context, docs[start:end], places[start:end], (start, end, len(docs)))


def _page(context: Context, docs: list[Doc], places: list[int], bounds: tuple[int, int, int]) -> Doc:
    start, end, total = bounds
    nodes = [_broken(doc) if doc.get("id") in context.settings.broken else doc for doc in docs]
    cursors = [base64.b64encode(b"row:%d" % place).decode() for place in places]
    return {
        "nodes": nodes,
        "edges": [{"cursor": cursor, "node": node} for cursor, node in zip(cursors, nodes, strict=True)],
        "pageInfo": {
            "hasNextPage": end < total,
            "hasPreviousPage": start > 0,
            "startCursor": cursors[0] if cursors else None,
            "endCursor": cursors[-1] if cursors else None,
        },
        "totalCount": total,
    }


def _bounds(context: Context, places: list[int], args: Mapping[str, Any]) -> tuple[int, int]:
    if context.is_bulk:
        return 0, len(places)
    first, last = args.get("first"), args.get("last")
    for name, asked in (("first", first), ("last", last)):
        if asked is not None and not 0 <= asked <= MOST_ITEMS:
            raise fault("VALIDATION_FAILURE", f"{name} must be between 0 and {MOST_ITEMS}, not {asked}")
    start, end = 0, len(places)
    if args.get("after") is not None:
        start = _place(places, args["after"]) + 1
    if args.get("before") is not None:
        end = max(start, _place(places, args["before"]))
    if first is None and last is None:
        first = DEFAULT_PAGE
    if first is not None:
        end = min(end, start + first)
    if last is not None:
        start = max(start, end - last)
    return start, end


def _place(places: list[int], cursor: str) -> int:
    """Where the row of a cursor stands; where it is gone, the row that was made before it."""
    try:
        name, _, number = base64.b64decode(cursor, validate=True).decode().partition(":")
        if name != "row":
            raise ValueError
        row = int(number)
    except (ValueError, binascii.Error):
        raise fault("VALIDATION_FAILURE", f"{cursor!r} is no cursor of this connection") from None
    if row in places:
        return places.index(row)
    return sum(1 for place in places if place < row) - 1


def _wanted(fact: str, value: Any) -> Any:
    if fact != "id":
        return value
    return [str(one) for one in value] if isinstance(value, list) else str(value)


def _broken(doc: Doc) -> Exception:
    return fault("INTERNAL_SERVER_ERROR", f"Unexpected error while reading {doc['id']}")
