"""What a report is asked for: dimensions, metrics, conditions, time, order and page, read strictly.

Where the facts are silent: without `time_window` and dates a report covers the last 30 days; without
`time_rollup` it is one span (`all`); without dimensions it has one row. Conditions of a filter and of having
must all hold; `=` and `!=` take several values with commas between. `precision` is the number of places
after the point, 2 unless given. The reasons of errors are the sandbox's, but for `incorrect_predicates`.
"""

from __future__ import annotations

import calendar
import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from werkzeug.datastructures import MultiDict

from adplatforms.sandbox.t1.reports import metadata
from adplatforms.sandbox.t1.reports.figures import LAST_DAY

OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "!=": operator.ne, "<=": operator.le, ">=": operator.ge, "=": operator.eq, "<": operator.lt, ">": operator.gt,
}  # fmt: skip
_CONDITION = re.compile(r"(\w+)(!=|<=|>=|=|<|>)(.*)", re.DOTALL)
_DATE = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d)(?:T\d\d(?::\d\d(?::\d\d)?)?)?)?", re.ASCII)
FIRST_DAY = date(2020, 1, 1)
"""No campaign is older."""


class ReportRefusal(Exception):
    """Ends a report with status bad_request: a reason, and a text for people."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message


@dataclass(frozen=True)
class Condition:
    """One comparison: a name, an operator, and the values it may be compared with."""

    name: str
    operator: str
    values: tuple[Any, ...]

    def holds(self, value: Any) -> bool:
        """Whether a value satisfies it: one of several for `=`, all of them else."""
        compare = OPERATORS[self.operator]
        results = (compare(value, wanted) for wanted in self.values)
        return any(results) if self.operator == "=" else all(results)


@dataclass(frozen=True)
class Asked:
    """What a report is asked for. `order` holds (column, whether it descends)."""

    report: str
    dimensions: tuple[str, ...]
    metrics: tuple[str, ...]
    filter: tuple[Condition, ...]
    having: tuple[Condition, ...]
    first: date
    last: date
    rollup: str
    order: tuple[tuple[str, bool], ...]
    precision: int
    limit: int | None
    offset: int

    @property
    def columns(self) -> tuple[str, ...]:
        """The header of the CSV."""
        return ("start_date", "end_date", *self.dimensions, *self.metrics)


def read(report: str, given: MultiDict[str, str]) -> Asked:
    """Reads the query of a report.

    Raises:
        ReportRefusal: something is unknown or malformed.
    """
    dimensions = _names(given, "dimensions", metadata.dimensions(report))
    default = "impressions,clicks,total_conversions,total_spend"
    metrics = _names(given, "metrics", metadata.METRICS, default)
    first, last = _span(given)
    rollup = given.get("time_rollup", "all")
    if rollup not in metadata.TIME_ROLLUPS:
        raise ReportRefusal("incorrect_time", f"Unknown time_rollup: {rollup!r}")
    columns = ("date", "start_date", "end_date", *dimensions, *metrics)
    order = _names(given, "order", [sign + name for name in columns for sign in ("", "-")])
    # T1's own README orders by "date"; what it stands for is not said: here it is the start of the time.
    order = tuple("start_date".join(name.rsplit("date", 1)) if name in ("date", "-date") else name for name in order)
    return Asked(
        report,
        dimensions,
        metrics,
        _conditions(given, "filter", metadata.dimensions(report), is_number=lambda name: name.endswith("_id")),
        _conditions(given, "having", metadata.METRICS, is_number=lambda name: True),
        first,
        last,
        rollup,
        tuple((name.removeprefix("-"), name.startswith("-")) for name in order),
        _whole(given, "precision", 2, 10) or 0,
        _whole(given, "page_limit", None, 10**6),
        _whole(given, "page_offset", 0, 10**9) or 0,
    )


def _names(given: MultiDict[str, str], key: str, known: Sequence[str], default: str = "") -> tuple[str, ...]:
    found = tuple(name for name in (given.get(key) or default).split(",") if name)
    unknown = [name for name in found if name not in known]
    if unknown:
        raise ReportRefusal(f"incorrect_{key}", f"Unknown {key}: {', '.join(unknown)}")
    return tuple(dict.fromkeys(found))


def _conditions(
    given: MultiDict[str, str], key: str, known: Sequence[str], is_number: Callable[[str], bool]
) -> tuple[Condition, ...]:
    found = []
    for part in filter(None, (given.get(key) or "").split("&")):
        match = _CONDITION.fullmatch(part)
        if match is None or match[1] not in known:
            raise ReportRefusal("incorrect_predicates", f"Cannot {key} by {part!r}")
        name, sign, text = match.groups()
        texts = text.split(",") if sign in ("=", "!=") else [text]
        try:
            values = tuple(Decimal(one) if is_number(name) else one for one in texts)
        except InvalidOperation:
            raise ReportRefusal("incorrect_predicates", f"Not a number: {part!r}") from None
        if any(isinstance(value, Decimal) and not value.is_finite() for value in values):
            raise ReportRefusal("incorrect_predicates", f"Not a number: {part!r}")
        found.append(Condition(name, sign, values))
    return tuple(found)


def _span(given: MultiDict[str, str]) -> tuple[date, date]:
    window, start, end = given.get("time_window"), given.get("start_date"), given.get("end_date")
    if window and (start or end):
        raise ReportRefusal("incorrect_time", "Give time_window, or start_date and end_date")
    if start and end:
        first, last = _date(start, is_end=False), _date(end, is_end=True)
        if last < first:
            raise ReportRefusal("incorrect_time", "end_date lies before start_date")
        return first, last
    if start or end:
        raise ReportRefusal("incorrect_time", "start_date and end_date go together")
    return _window(window or "last_30_days"), LAST_DAY


def _window(name: str) -> date:
    days = re.fullmatch(r"last_(\d{1,4})_days", name, re.ASCII)
    if days and int(days[1]):
        return LAST_DAY - timedelta(days=int(days[1]) - 1)
    if name == "yesterday":
        return LAST_DAY
    if name == "month_to_date":
        return LAST_DAY.replace(day=1)
    if name == "campaign_to_date":
        return FIRST_DAY
    raise ReportRefusal("incorrect_time", f"Unknown time_window: {name!r}")


def _date(text: str, is_end: bool) -> date:
    match = _DATE.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        year, month = int(match[1]), int(match[2])
        last = calendar.monthrange(year, month)[1]
        return date(year, month, int(match[3]) if match[3] else (last if is_end else 1))
    except (ValueError, calendar.IllegalMonthError):
        raise ReportRefusal("incorrect_time", f"Not a date: {text!r}") from None


def _whole(given: MultiDict[str, str], key: str, default: int | None, most: int) -> int | None:
    text = given.get(key)
    if text is None:
        return default
    if not re.fullmatch(r"\d{1,10}", text, re.ASCII) or int(text) > most:
        raise ReportRefusal("incorrect_page", f"{key} must be a whole number up to {most}: {text!r}")
    return int(text)
