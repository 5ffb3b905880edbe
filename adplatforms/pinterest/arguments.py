"""The arguments of operations: lists, dates and columns as users write them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from adplatforms.core.errors import AdPlatformsWarning, ClientError, did_you_mean, warn
from adplatforms.core.ids import Models, ids_of, is_entity
from adplatforms.core.parsing import parse_date
from adplatforms.core.scalars import to_plain_list

__all__ = ["check_columns", "days", "listed", "listed_ids", "pieces", "spans", "today"]

T = TypeVar("T")


def listed(values: Any) -> list[Any]:
    """One value or many as a list: a text may hold several, parted by spaces or commas."""
    values = to_plain_list(values)
    if values is None:
        return []
    if isinstance(values, str):
        return values.replace(",", " ").split()
    # A dict is one value here, and so is an entity.
    if is_entity(values) or not isinstance(values, Iterable) or isinstance(values, Mapping):
        return [values]
    return list(values)


def listed_ids(values: Any, models: Models, what: str) -> list[Any]:
    """One id or many as a list: a text may hold several, an entity stands for its id.

    models: the class that is meant. what: the argument, for messages. Raises `InvalidValueError` for entities of
    another class, None and empty text; an empty list stays empty.
    """
    # Ids hold neither spaces nor commas, so a text of several can be parted; an empty one is refused below.
    if isinstance(values, str) and values.strip():
        values = listed(values)
    return ids_of(values, models, what, required=True)


def pieces(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The items in parts of at most `size`, in their order."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def check_columns(columns: list[Any], known: Iterable[str], where: str) -> None:
    """Raises `ClientError` where there are no columns, and warns of those that the description does not know.

    They are sent all the same: Pinterest adds columns more often than it publishes a description.
    """
    if not columns:
        raise ClientError(f"{where} needs columns", hint='such as "SPEND_IN_DOLLAR TOTAL_CLICKTHROUGH"')
    names = set(known)
    for column in columns:
        if column not in names:
            hint = did_you_mean(column, names, listing=False)
            warn(
                f"the description of {where} has no column {column!r}; it is sent as it is. {hint}".strip(),
                AdPlatformsWarning,
            )


def today() -> date:
    """The day it is in UTC, by which Pinterest counts. Tests put another in its place."""
    return datetime.now(UTC).date()


def days(start: Any, end: Any) -> tuple[date, date]:
    """First and last day of a range, both counted; a `ClientError` where it ends before it starts."""
    try:
        first, last = parse_date(start), parse_date(end)
    except ValueError as error:
        raise ClientError(f"start and end are dates or YYYY-MM-DD: {error}") from None
    if last < first:
        raise ClientError(f"the range ends on {last}, before it starts on {first}")
    return first, last


def spans(start: Any, end: Any, longest: int) -> Iterator[tuple[date, date]]:
    """A range of days as ranges of at most `longest` days."""
    first, last = days(start, end)
    while first <= last:
        until = min(last, first + timedelta(days=longest - 1))  # both ends count
        yield first, until
        first = until + timedelta(days=1)
