"""Figures of advertisers, campaigns, flights and ad groups as typed rows.

The Trade Desk reports in UTC, whatever the campaign's time zone [D]; each row says so. Metrics are those of facts_2.md
section 2 [D]. How a date is written in the filter, and the name of the grain ``hour``, are in no fact: ISO 8601 and
``hour`` are our reading [I].
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from adplatforms.core.entity import Entity
from adplatforms.core.errors import (
    AdPlatformsError,
    ClientError,
    NotFoundError,
    ParserException,
    PartialResultWarning,
    UnknownNameError,
    did_you_mean,
    warn,
)
from adplatforms.core.ids import ids_of
from adplatforms.core.paging import drive, several
from adplatforms.core.parsing import parse_date, parse_datetime
from adplatforms.core.state import EntityState

from .. import shapes
from ..graphql.documents import Node
from ..graphql.selection import Selection
from ..limits import MAX_IN_FLIGHT
from . import documents
from .documents import Metric

if TYPE_CHECKING:
    from ..session import TTD

__all__ = ["KINDS", "METRICS", "Figures", "figures_of", "lifetime_of", "publishers_of"]

_PLAIN = "adPlays bids clicks completionRate conversions ctr impressions nielsenOtp revenue tvQualityIndex viewability"
_MONEY = "baseBid bidCpm cpa cpc cpcv cpm customCpa customRoas mediaCost mediaCpm roas spend tvQualityCpm vCpm"


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


METRICS = {
    **{_snake(name): Metric(name) for name in f"{_PLAIN} winRate".split()},
    **{_snake(name): Metric(name, money=True) for name in _MONEY.split()},
}
"""The metrics by Python name: ``cpm``, ``media_cost``. Rates are as the platform sends them: no fact tells a unit."""
KINDS = ("advertisers", "campaigns", "campaign_flights", "ad_groups")
"""The collections that have figures."""
REACH = {"hour": timedelta(days=30), "day": timedelta(days=366)}
"""How far back figures by hour and by day go: 30 days, and a year [D]."""
_MOST_PUBLISHERS = 1000
"""The longest page of a list [D]."""
_LIFETIME = {
    "campaigns": ("lifetimeImpressions", "lifetimeSpendInAdvertiserCurrency"),
    "campaign_flights": ("impressions", "spendInAdvertiserCurrency"),
}
"""Impressions and spend since the start, where a kind has them of its own [D] [3:1]."""

Row = dict[str, Any]


class Figures(dict[str, Any]):
    """A row of figures, by Python name; its items are attributes as well: ``row["spend"]``, ``row.spend``."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"no {name!r} in these figures ({did_you_mean(name, self)})") from None


class _Days(NamedTuple):
    """The days that are asked for, both included; None for all that there ever was."""

    since: date | None
    until: date | None


def figures_of(
    session: TTD,
    records: Any,
    since: Any = None,
    until: Any = None,
    by: str | None = None,
    metrics: Iterable[str] | str | None = None,
    kind: str = "",
) -> list[Figures]:
    """The figures of records of one kind, in their order; see `TTD.figures`."""
    days, chosen = _days(session, since, until, by), _chosen(metrics)
    collection, ids = _named(session, records, kind)
    # Impressions in any case: the rows of a record are held against its total by them.
    asked = {**chosen, "impressions": METRICS["impressions"]}
    node = documents.general(asked, *days, by or "")
    found = _read(session, collection, ids, node)
    rows = []
    with _readable():
        for _, record_id in ids:
            row = found[record_id]
            known = {**_known(collection, record_id), "time_zone": "UTC", "currency": row["currency"]}
            rows += _with_times(row, known, by, chosen) if by else [_total(row, known, chosen)]
    return rows


def publishers_of(session: TTD, record: Any, since: Any, until: Any, most: int) -> list[Figures]:
    """What was spent with each publisher, the most first; see `FiguresOperations.publisher_figures`."""
    if not isinstance(most, int) or not 1 <= most <= _MOST_PUBLISHERS:
        raise ClientError(f"most is a number of publishers, 1 to {_MOST_PUBLISHERS:,}, not {most!r}")
    days, chosen = _days(session, since, until, None), _chosen("spend cpa")
    collection, ids = _named(session, record, "")
    node = documents.publishers(chosen, *days, most)
    ((record_id, row),) = _read(session, collection, ids, node).items()
    rows = []
    with _readable():
        for each in _nodes(row, "publisherReporting"):
            told = shapes.dict_or_empty(shapes.member(each, "dimensions"))
            publisher = shapes.dict_or_empty(told.get("publisherProperty")).get("name")
            known = {**_known(collection, record_id), "publisher": publisher}
            rows.append(_values({**known, "time_zone": "UTC", "currency": row["currency"]}, each, chosen))
    return rows


def lifetime_of(session: TTD, record: Any) -> Figures:
    """Impressions and spend since the start; see `LifetimeOperations.lifetime_figures`."""
    collection, ids = _named(session, record, "")
    impressions, spend = _LIFETIME[collection]
    ((record_id, row),) = _read(session, collection, ids, documents.lifetime((impressions, spend))).items()
    told = row["reporting"]
    with _readable():
        counted, spent = _number(shapes.member(told, impressions)), _exact(shapes.member(told, spend))
    return Figures(
        {**_known(collection, record_id), "currency": row["currency"], "impressions": counted, "spend": spent}
    )


# what is asked for


def _days(session: TTD, since: Any, until: Any, by: str | None) -> _Days:
    if by not in (None, "day", "hour"):
        raise ClientError(f"figures are by 'day', by 'hour' or (None) in all, not by {by!r}")
    now = session.runtime.now()
    today = (session.connection.platform_time(now) or now).astimezone(UTC).date()
    first, last = _day(since, "since"), _day(until, "until")
    if first is None and (last is not None or by):
        raise ClientError("figures by day or hour, or until a day, need since=", hint="both days are included, in UTC")
    if first is None:
        return _Days(None, None)
    last = today if last is None else last
    if last < first:
        raise ClientError(f"until={last} is before since={first}")
    if by and today - first > REACH[by]:
        # The platform would leave out what is older, without a word.
        raise ClientError(f"figures by {by} go back {REACH[by].days} days, not to {first}", hint="by=None goes further")
    return _Days(first, last)


def _day(value: Any, name: str) -> date | None:
    """A day: a date, ISO text, or the day of a moment in UTC."""
    if value is None:
        return None
    try:
        if isinstance(value, datetime):
            return parse_datetime(value).astimezone(UTC).date()
        return parse_date(value)
    except (ValueError, TypeError):
        raise ClientError(f"{name} is a day, such as 2026-11-30, not {value!r:.80}") from None


def _chosen(metrics: Iterable[str] | str | None) -> dict[str, Metric]:
    """The metrics of these names; all without any."""
    if metrics is None:
        return METRICS
    names = metrics.replace(",", " ").split() if isinstance(metrics, str) else list(metrics)
    for name in names:
        if name not in METRICS:
            raise UnknownNameError(f"there is no metric {name!r}", hint=did_you_mean(name, METRICS))
    if not names:
        raise ClientError("figures need a metric", hint="leave metrics out for all")
    return {name: METRICS[name] for name in names}


def _named(session: TTD, records: Any, kind: str) -> tuple[str, list[tuple[str, str]]]:
    """The collection of records, and their ids, each once: with that of the campaign for flights, else with nothing.

    kind: the collection, where ids are given alone.
    """
    many = isinstance(records, Iterable) and not isinstance(records, (str, bytes, Mapping, Entity))
    members = list(records) if many else [records]
    kinds = {each.collection for each in members if isinstance(each, Entity)}
    if kind:
        kinds.add(session.registry.find(kind).collection)
    if not members or len(kinds) != 1:
        raise ClientError("figures are of one or more records of one kind", hint="of ids alone: kind='campaigns'")
    (collection,) = kinds
    if collection not in KINDS:
        raise ClientError(f"The Trade Desk has no figures of {collection}", hint=f"of {', '.join(KINDS)}")
    ids = ids_of(members, session.registry.find(collection), "figures")
    return collection, list(
        dict.fromkeys((_campaign_of(each), str(one)) for each, one in zip(members, ids, strict=True))
    )


def _campaign_of(record: Any) -> str:
    """The id of the campaign of a flight: flights are read inside theirs alone. Empty for all else."""
    if not isinstance(record, Entity) or record.__model__.type != "campaign_flight":
        return ""
    return str(EntityState(record).values["campaignId"])


def _known(collection: str, record_id: str) -> Row:
    """The column of the record's id: ``campaign_id``. Those of flights are numbers, as everywhere."""
    name = f"{collection.removesuffix('s')}_id"
    return {name: int(record_id) if collection == "campaign_flights" else record_id}


# what is answered


@contextmanager
def _readable() -> Iterator[None]:
    """Figures of another shape than the facts say are a `ParserException`, never taken for none."""
    try:
        yield
    except AdPlatformsError:
        raise
    except (ValueError, TypeError, ArithmeticError) as problem:
        raise ParserException(f"the figures cannot be read: {problem}") from None


def _read(session: TTD, collection: str, ids: list[tuple[str, str]], node: Node) -> dict[str, Row]:
    """The rows of records by id. Raises a `NotFoundError` that names those that are not there."""
    if collection == "campaign_flights" and not all(campaign for campaign, _ in ids):
        raise ClientError("figures of flights need the flights themselves", hint="campaign.flights, not their ids")
    selection = Selection(session.registry.find(collection))
    calls = session.dialect.calls
    requests = [calls.graphql(reader) for reader in documents.readers(calls, selection, ids, node)]
    pages = drive(several(*requests), session.fetch_page, min(MAX_IN_FLIGHT, len(requests)), session.runtime.submit)
    found = {row["id"]: row for page in pages for row in page.rows}
    missing = [record_id for _, record_id in ids if record_id not in found]
    if missing:
        raise NotFoundError(
            f"no figures of {collection} {', '.join(missing[:5])}{'...' if len(missing) > 5 else ''}",
            hint="they do not exist, or this user may not see them",
        )
    return found


def _nodes(row: Row, name: str) -> list[Row]:
    """The rows of a list of figures."""
    return shapes.records(shapes.member(shapes.member(row["reporting"], name), "nodes"), nulls=True)


def _total(row: Row, known: Row, chosen: Mapping[str, Metric]) -> Figures:
    """The total of a record: a row of nothing where the platform has none."""
    nodes = _nodes(row, "total")
    return _values(known, nodes[0] if nodes else {"metrics": {}}, chosen)


def _with_times(row: Row, known: Row, by: str, chosen: Mapping[str, Metric]) -> list[Figures]:
    """The rows of a record by day or hour, in their order, held against its total."""
    rows, shown = [], 0
    for name in row["reporting"]:
        if name == "total":
            continue
        for each in _nodes(row, name):
            rows.append(_values({**known, by: _time(each, by)}, each, chosen))
            shown += _impressions(each)
    total = sum(map(_impressions, _nodes(row, "total")))
    if shown != total:
        warn(
            f"the figures by {by} of {known} have {shown:,} impressions, the total {total:,}: some are missing",
            PartialResultWarning,
        )
    return sorted(rows, key=lambda each: each[by])


def _impressions(node: Row) -> int:
    return int(shapes.dict_or_empty(node.get("metrics")).get("impressions") or 0)


def _time(node: Row, by: str) -> date | datetime:
    """The day, or the hour in UTC, of a row."""
    told = shapes.member(shapes.member(shapes.member(node, "dimensions"), "time"), by)
    moment = parse_datetime(told)
    return moment.date() if by == "day" else moment


def _values(known: Row, node: Row, chosen: Mapping[str, Metric]) -> Figures:
    """A row: what is known of it, then its metrics."""
    metrics = shapes.dict_or_empty(shapes.member(node, "metrics"))
    found = dict(known)
    for name, metric in chosen.items():
        value = metrics.get(metric.wire)
        if metric.money:
            found[name] = _exact(shapes.dict_or_empty(value).get("advertiserCurrency"))
        else:
            found[name] = _exact(value) if name == "revenue" else _number(value)
    return Figures(found)


def _exact(value: Any) -> Decimal | None:
    """An amount; None where there is none."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise ValueError("expected an amount")
    return Decimal(str(value))


def _number(value: Any) -> int | float | None:
    """A count, or a rate."""
    if value is None or (isinstance(value, (int, float)) and not isinstance(value, bool)):
        return value
    raise ValueError("expected a number")
