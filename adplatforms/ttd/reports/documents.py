"""The documents that ask for figures, and the rows in their answers. Pure, no I/O.

Records of one kind go 20 in a document, those of flights inside their campaign. By day and by hour the days are asked
for in parts: GraphQL's lists have 10 rows where nobody says how many [D], and no fact shows how to say it here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from adplatforms.core.messages import Answer, Request
from adplatforms.core.paging import Page

from .. import shapes
from ..calls import Calls
from ..graphql.documents import Document, Node, Word
from ..graphql.reader import GraphQLReader
from ..graphql.selection import Selection
from ..known import ROOTS
from ..read import graphql_parts

__all__ = ["BATCH", "Metric", "ReportingReader", "general", "lifetime", "metrics_node", "publishers", "readers"]

BATCH = 20
"""Records that one document names."""
_WINDOWS = {"day": 10, "hour": 1}
"""Days of one list, by grain."""
_MOST_LISTS = 60
"""Lists in one document, of all its records."""
_CURRENCY = Node("currency", (Node("id"),))
_OF_ADVERTISER = Node("advertiser", (_CURRENCY,))


class Metric(NamedTuple):
    """A metric by GraphQL's name. `money`: whether it is told as ``{advertiserCurrency}``, and read as a Decimal."""

    wire: str
    money: bool = False


@dataclass(frozen=True)
class ReportingReader(GraphQLReader):
    """Reads what `reporting` answers for some records: rows with `id`, `currency` and what is asked for in `node`.

    `campaign`: of the flights that are asked about, else empty. `ids`: of the records.
    """

    calls: Calls
    node: Node
    ids: tuple[str, ...]
    campaign: str = ""

    def _page(self, answer: Answer) -> Page:
        root = self.document.root
        data, partial = graphql_parts(answer, (root.name,))
        found = shapes.member(data, root.name)
        currency = None
        # A campaign that is null does not exist, or may not be seen: none of its flights is found.
        if self.campaign and found is None:
            return Page([], extra={"request": answer.request})
        if self.campaign:
            currency = _currency_of(found)
            found = shapes.member(found, "flights")
        rows = shapes.records(shapes.member(found, "nodes"), nulls=True)
        shapes.belonging(rows, {"id": self.ids})
        kept = []
        for row in rows:
            shapes.identified(row)
            # It was null, and was taken out for the error that stands for it.
            if partial and "reporting" not in row:
                continue
            reporting = shapes.an_object(shapes.member(row, "reporting"), "reporting")
            kept.append({"id": str(row["id"]), "currency": currency or _currency_of(row), "reporting": reporting})
        return Page(kept, extra={"request": answer.request})

    def smaller(self, request: Request) -> list[Request]:
        """The same for half of the records each; empty where there is one."""
        half = len(self.ids) // 2
        if not half:
            return []
        parts = (self.ids[:half], self.ids[half:])
        return [self.calls.graphql(replace(self, ids=part, document=self._document_of(part))) for part in parts]

    def _document_of(self, ids: Sequence[str]) -> Document:
        return _document(self.selection, self.campaign, ids, self.node)


def _currency_of(row: Mapping[str, Any]) -> Any:
    """The ISO 4217 code of a record's advertiser, as far as it is told."""
    advertiser = row if "currency" in row else shapes.dict_or_empty(row.get("advertiser"))
    return shapes.dict_or_empty(advertiser.get("currency")).get("id")


def readers(
    calls: Calls, selection: Selection, ids: Sequence[tuple[str, str]], node: Node
) -> Iterator[ReportingReader]:
    """What reads the figures of records, some in each document.

    ids: of the records, each with that of its campaign where it is a flight, else empty.
    """
    size = max(1, min(BATCH, _MOST_LISTS // max(1, len(node.children))))
    by_campaign: dict[str, list[str]] = {}
    for campaign, record_id in ids:
        by_campaign.setdefault(campaign, []).append(record_id)
    for campaign, members in by_campaign.items():
        for start in range(0, len(members), size):
            some = tuple(members[start : start + size])
            document = _document(selection, campaign, some, node)
            yield ReportingReader(document, selection, calls, node, some, campaign)


def _document(selection: Selection, campaign: str, ids: Sequence[str], node: Node) -> Document:
    arguments: dict[str, Any] = {"first": len(ids)}
    if campaign:
        # Ids of flights are numbers in filters [D].
        arguments["where"] = {"id": {"in": [int(each) for each in ids]}}
        flights = Node("flights", (Node("nodes", (Node("id"), node)),), arguments)
        return Document(Node("campaign", (_OF_ADVERTISER, flights), {"id": campaign}))
    arguments["where"] = {"id": {"in": list(ids)}}
    name = selection.model.__name__
    own = _CURRENCY if name == "Advertiser" else _OF_ADVERTISER
    return Document(Node(ROOTS[name].many, (Node("nodes", (Node("id"), own, node)),), arguments))


# what is asked for


def general(metrics: Mapping[str, Metric], since: date | None, until: date | None, by: str) -> Node:
    """``reporting`` with the total as ``total``, and with a grain its rows in ``part0``, ``part1``..."""
    rows = (Node("nodes", (metrics_node(metrics),)),)
    lists = [Node("total: generalReporting", rows, _between(since, until))]
    if by and since is not None and until is not None:
        time = Node("dimensions", (Node("time", (Node(by),)),))
        parts = (Node("nodes", (time, metrics_node(metrics))),)
        for number, (first, last) in enumerate(_windows(since, until, _WINDOWS[by])):
            lists.append(Node(f"part{number}: generalReporting", parts, _between(first, last)))
    return Node("reporting", tuple(lists))


def publishers(metrics: Mapping[str, Metric], since: date | None, until: date | None, most: int) -> Node:
    """``reporting`` with the publishers that most was spent with."""
    arguments: dict[str, Any] = {"first": most, "order": [{"spend": {"advertiserCurrency": Word("DESC")}}]}
    if since is not None and until is not None:
        # Here the facts show an end that is excluded.
        days = {"gte": since.isoformat(), "lt": (until + timedelta(days=1)).isoformat()}
        arguments["where"] = {"date": days}
    dimensions = Node("dimensions", (Node("publisherProperty", (Node("name"),)),))
    rows = (Node("nodes", (dimensions, metrics_node(metrics))),)
    return Node("reporting", (Node("publisherReporting", rows, arguments),))


def lifetime(names: Sequence[str]) -> Node:
    """``reporting`` with totals of its own."""
    return Node("reporting", tuple(map(Node, names)))


def metrics_node(metrics: Mapping[str, Metric]) -> Node:
    """``metrics`` with these inside."""
    amount = (Node("advertiserCurrency"),)
    return Node("metrics", tuple(Node(each.wire, amount if each.money else ()) for each in metrics.values()))


def _between(since: date | None, until: date | None) -> dict[str, Any]:
    """The argument for these days, both included; none for all that there ever was."""
    if since is None or until is None:
        return {}
    return {"where": {"date": {"gte": since.isoformat(), "lte": until.isoformat()}}}


def _windows(since: date, until: date, days: int) -> Iterator[tuple[date, date]]:
    first = since
    while first <= until:
        last = min(until, first + timedelta(days=days - 1))
        yield first, last
        first = last + timedelta(days=1)
