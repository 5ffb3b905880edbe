"""Runs a report: picks strategies, adds up their days by what is asked for, and writes CSV line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from adplatforms.sandbox.t1.reports import metadata
from adplatforms.sandbox.t1.reports.figures import STEP, Figures, Line
from adplatforms.sandbox.t1.reports.parameters import Asked

US_CENTS = {"USD": 100, "EUR": 110, "GBP": 125, "AUD": 65}
"""What a unit of a currency is worth in the one report that is in US dollars; made up."""

Key = tuple[Any, ...]


@dataclass(frozen=True)
class Result:
    """One row of a report: its span, the values of its dimensions, its figures."""

    key: Key
    figures: Figures


def rows(asked: Asked, lines: list[Line]) -> list[Result]:
    """The rows of a report, in its order, the page that is asked for."""
    sums: dict[Key, Figures] = {}
    extra, parts = metadata.breakdown(asked.report)
    shares = _shares(len(parts))
    for line in lines:
        if not all(one.holds(line.names[one.name]) for one in asked.filter if one.name in line.names):
            continue
        by_span: dict[tuple[date, date], Figures] = {}
        for day, figures in line.days(asked.first, asked.last):
            span = _span_of(day, asked)
            before = by_span.get(span)
            if asked.report == "watermark":
                figures = _in_dollars(figures, str(line.names["campaign_currency"]))
            by_span[span] = figures if before is None else before.plus(figures)
        for span, figures in by_span.items():
            for number, part in enumerate(parts):
                names = {**line.names, **dict(zip(extra, part, strict=True))}
                if all(one.holds(names[one.name]) for one in asked.filter):
                    key = (*span, *(names[name] for name in asked.dimensions))
                    some = figures.part(shares[number], sum(shares[:number]))
                    sums[key] = sums.get(key, Figures()).plus(some)
    found = [
        Result(key, figures)
        for key, figures in sums.items()
        if all(one.holds(metadata.metric(one.name, figures)) for one in asked.having)
    ]
    found.sort(key=lambda one: one.key)
    for name, descends in reversed(asked.order):
        found.sort(key=lambda one: _column(asked, one, name), reverse=descends)
    end = None if asked.limit is None else asked.offset + asked.limit
    return found[asked.offset : end]


def csv(asked: Asked, results: list[Result]) -> Iterator[str]:
    """The lines: the header bare, texts and dates in quotes, numbers as they are."""
    yield ",".join(asked.columns) + "\n"
    for one in results:
        cells = [_quoted(value) if not isinstance(value, int) else str(value) for value in one.key]
        cells += [metadata.text(name, metadata.metric(name, one.figures), asked.precision) for name in asked.metrics]
        yield ",".join(cells) + "\n"


def _column(asked: Asked, result: Result, name: str) -> Any:
    if name in asked.metrics:
        return metadata.metric(name, result.figures)
    return result.key[("start_date", "end_date", *asked.dimensions).index(name)]


def _span_of(day: date, asked: Asked) -> tuple[date, date]:
    """The span a day counts into; weeks start on Monday, and the ends of the report cut spans short."""
    if asked.rollup == "by_day":
        return day, day
    if asked.rollup == "by_week":
        first = day - timedelta(days=day.weekday())
        last = first + timedelta(days=6)
    elif asked.rollup == "by_month":
        first = day.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    else:
        return asked.first, asked.last
    return max(first, asked.first), min(last, asked.last)


def _shares(count: int) -> list[int]:
    """Hundredths that make 100, the first part the largest."""
    weights = range(count, 0, -1)
    shares = [weight * 100 // sum(weights) for weight in weights]
    shares[0] += 100 - sum(shares)
    return shares


def _in_dollars(figures: Figures, currency: str) -> Figures:
    rate = US_CENTS.get(currency, 100)
    revenue = {name: getattr(figures, name) * rate // 100 for name in ("post_click_revenue", "post_view_revenue")}
    return figures._replace(spend=figures.spend // STEP * rate // 100 * STEP, **revenue)


def _quoted(value: Any) -> str:
    text = str(value) if not isinstance(value, Decimal) else format(value, "f")
    return '"' + text.replace('"', '""') + '"'
