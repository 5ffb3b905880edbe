"""Organic operations: figures of pins and of the user account, searches, following. Source: wire.md section 11."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from adplatforms.core.errors import ParserException
from adplatforms.core.parsing import parse_date

from ..account import Account
from ..answers import record, rows_of
from ..arguments import days, listed, listed_ids, pieces
from .record import RecordOperations

if TYPE_CHECKING:
    from ..entities import Board, Pin

__all__ = ["Organic", "PinOperations"]

Splits = dict[str, dict[str, Any]]
"""Figures by split: ``{"all": {"daily_metrics": [...], "summary_metrics": {...}}}``."""


class Organic(Account):
    """What a Pinterest user sees: figures without ads, searches, followers."""

    def pin_analytics(
        self, ids: Any, metric_types: Iterable[str] | str, start: Any, end: Any, **more: Any
    ) -> dict[str, Splits]:
        """The figures of pins, organic ones included, by pin id: as `Pin.analytics` has them for one.

        ids: pins or ids, any number; 100 go into one call.
        metric_types: as for `Pin.analytics`.
        start, end: days in UTC, both counted, 90 back at the most.
        more: app_types ("ALL", "MOBILE", "TABLET", "WEB").

        Source: the operation multi_pins/analytics.
        """
        first, last = days(start, end)
        common = {"start_date": first, "end_date": last, "metric_types": listed(metric_types), **more}
        found: dict[str, Splits] = {}
        for some in pieces(listed_ids(ids, self.registry.find("pins"), "ids"), 100):
            by_pin = record(self.call("multi_pins/analytics", pin_ids=some, **common))
            # Pins without figures may be missing, but hardly all of them.
            if not by_pin.keys() & set(map(str, some)):
                raise ParserException("the answer has figures of none of the pins: something else answered")
            found |= {pin: _splits(splits) for pin, splits in by_pin.items()}
        return found

    def user_analytics(
        self, start: Any, end: Any, metric_types: Iterable[str] | str | None = None, **more: Any
    ) -> Splits:
        """The figures of the user account, by split: ``"all"`` without one.

        start, end: days in UTC, both counted, 90 back at the most.
        metric_types: "IMPRESSION", "SAVE", "ENGAGEMENT" and others, all where left out.
        more: from_claimed_content, pin_format, app_types, content_type, source, split_field.

        Each split has lists of `daily_metrics`, each with its `date`, `data_status` and `metrics`, and
        `summary_metrics`. Source: the operation user_account/analytics.
        """
        return _splits(self.call("user_account/analytics", **_period(start, end, metric_types), **more))

    def top_pins(
        self, start: Any, end: Any, sort_by: str, metric_types: Iterable[str] | str | None = None, **more: Any
    ) -> Any:
        """The pins of the user account with most of something.

        sort_by: "ENGAGEMENT", "IMPRESSION", "OUTBOUND_CLICK", "PIN_CLICK" or "SAVE". more: num_of_pins (1 to 50),
        created_in_last_n_days=30 and what `user_analytics` takes.
        Source: the operation user_account/analytics/top_pins.
        """
        period = _period(start, end, metric_types)
        return self.call("user_account/analytics/top_pins", **period, sort_by=sort_by, **more)

    def top_video_pins(
        self, start: Any, end: Any, sort_by: str, metric_types: Iterable[str] | str | None = None, **more: Any
    ) -> Any:
        """As `top_pins`, for videos. sort_by: "VIDEO_MRC_VIEW", "VIDEO_START" and others.

        Source: the operation user_account/analytics/top_video_pins.
        """
        period = _period(start, end, metric_types)
        return self.call("user_account/analytics/top_video_pins", **period, sort_by=sort_by, **more)

    def search_pins(self, query: str) -> Iterator[Pin]:
        """The user's own pins that match a text, as they are read. Source: the operation search_user_pins/list."""
        return self._wrapped("pins", self.call_pages("search_user_pins/list", query=query))

    def search_boards(self, query: str) -> Iterator[Board]:
        """The user's own boards that match a text, as they are read. Source: the operation search_user_boards/get."""
        return self._wrapped("boards", self.call_pages("search_user_boards/get", query=query))

    def search_partner_pins(self, term: str, country_code: str, **more: Any) -> Iterator[Any]:
        """Pins of all of Pinterest that match a text (for partners), as plain data, as they are read.

        country_code: ISO 3166-1, "US". more: locale, limit (1 to 50 a page).
        Source: the operation search_partner_pins.
        """
        return self.call_pages("search_partner_pins", term=term, country_code=country_code, **more)

    def follow(self, username: str, auto_follow: bool = False) -> Any:
        """Follows a user. Source: the operation follow_user/update."""
        return self.call("follow_user/update", {"auto_follow": auto_follow}, username=username)

    def website_verification(self) -> Any:
        """The code with which a website is claimed: metatag, DNS text record, file.

        Source: the operation website_verification/get.
        """
        return self.call("website_verification/get")


class PinOperations(RecordOperations):
    """Extra operations of a pin."""

    __slots__ = ()

    def analytics(
        self, metric_types: Iterable[str] | str, start: Any, end: Any, **more: Any
    ) -> dict[str, dict[str, Any]]:
        """The figures of this pin, by split: ``"all"`` without one.

        metric_types: "IMPRESSION", "SAVE", "PIN_CLICK", "OUTBOUND_CLICK", "VIDEO_MRC_VIEW" and others.
        start, end: days in UTC, both counted, 90 back at the most.
        more: app_types ("ALL", "MOBILE", "TABLET", "WEB"), split_field ("NO_SPLIT", "APP_TYPE").

        Each split has `daily_metrics`, `lifetime_metrics` and `summary_metrics`. For what ads brought:
        `Pinterest.analytics("ad_pins", ...)`. Source: the operation pins/analytics.
        """
        return _splits(self._call("pins/analytics", **_period(start, end, metric_types), **more))

    def product_tags(self) -> list[Any]:
        """The products on it: dicts of pin_id. Source: the operation product_tags/list, since 5.28.0."""
        return rows_of(self._call("product_tags/list"), "product_tags")

    def add_product_tags(self, products: Any) -> list[Any]:
        """Puts products on it, one or many product pins, at most 24 a call; the products on it then.

        Source: the operation product_tags_bulk_add, since 5.28.0.
        """
        return rows_of(self._call("product_tags_bulk_add", {"product_tags": self._tags(products)}), "product_tags")

    def remove_product_tags(self, products: Any) -> None:
        """Takes products off it. Source: the operation product_tags_bulk/delete, since 5.28.0."""
        self._call("product_tags_bulk/delete", {"product_tags": self._tags(products)})

    def _tags(self, products: Any) -> list[dict[str, Any]]:
        """Product pins, as tags are written."""
        ids = listed_ids(products, self._account().registry.find("pins"), "products")
        return [{"pin_id": each} for each in ids]

    def save_to(self, board: Any = None, section: Any = None) -> Pin:
        """Saves this pin to a board, or a section of one (boards, sections or ids); returns the new pin.

        Source: the operation pins/save.
        """
        body = {"board_id": board, "board_section_id": section}
        row = self._call("pins/save", {name: value for name, value in body.items() if value is not None})
        found: Pin = next(self._account()._wrapped("pins", [row]))
        return found


def _period(start: Any, end: Any, metric_types: Any) -> dict[str, Any]:
    """The parameters that most operations on organic figures take."""
    first, last = days(start, end)
    found: dict[str, Any] = {"start_date": first, "end_date": last}
    if metric_types is not None:
        found["metric_types"] = listed(metric_types)
    return found


def _splits(answer: Mapping[str, Any]) -> Splits:
    """An answer with its days as dates; a `ParserException` where it has no split, for there is always ``all``."""
    splits = record(answer)
    if not splits:
        raise ParserException("the answer has no figures: Pinterest changed it, or something else answered")
    return {name: {**record(each), "daily_metrics": _days(each)} for name, each in splits.items()}


def _days(split: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The figures by day of a split, which may have none."""
    if split.get("daily_metrics") is None:
        return []
    return [{**day, "date": _day(day.get("date"))} for day in map(record, rows_of(split, "daily_metrics"))]


def _day(value: Any) -> date | Any:
    """A day as a date; as it came where it is none."""
    try:
        return parse_date(value)
    except ValueError:
        return value
