"""Conversion events: what happened on an advertiser's site or in its app. Source: wire.md section 12."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from adplatforms.core.errors import UNSURE, AdPlatformsError, ParserException
from adplatforms.core.messages import Answer

from .. import success
from ..answers import member, rows_of
from ..arguments import pieces
from ..description import OPERATIONS
from .reports import Reports

__all__ = ["EventResult", "Events"]

MOST = 1000


class EventResult(NamedTuple):
    """What became of one event: the event, "processed" or "failed", and Pinterest's words where it has some."""

    event: Mapping[str, Any]
    status: str
    error_message: str | None
    warning_message: str | None


class Events(Reports):
    """Conversion events."""

    def send_events(
        self, events: Iterable[Mapping[str, Any]], *, test: bool = False, ad_account_id: Any = None
    ) -> list[EventResult]:
        """Sends conversion events, 1,000 a call; what became of each, in their order.

        events: dicts of event_name, action_source ("web", "app_android", "app_ios", "offline"), event_time (a datetime,
        UTC where it has no zone, or seconds since 1970), event_id, user_data (hashed as Pinterest asks) and more. All
        are checked before the first is sent. test: they are checked by Pinterest and not counted. Pinterest answers
        events that fail beside others that do not: look at each `status`. Nothing is ever sent twice: where a call
        fails, the error's hint says how many events went before it. Source: the operation events/create.
        """
        given = list(events)
        owner = self._owner(ad_account_id)
        calls, operation = [], OPERATIONS["events/create"]

        def read(answer: Answer) -> list[Any]:
            found, sent = success.checked_body(answer, operation), len(answer.request.json["data"])
            told = [] if found.get("events") is None else rows_of(found, "events")
            if len(told) != sent:
                raise ParserException(f"{len(told):,} results came for {sent:,} events", hint=UNSURE)
            return told

        for some in pieces(given, MOST):
            body = {"data": [{**event, "event_time": _seconds(event.get("event_time"))} for event in some]}
            words = {**owner, **({"test": True} if test else {})}
            calls.append((some, self._prepared(operation, body, True, words)))
        results: list[EventResult] = []
        for some, request in calls:
            try:
                told = self.exchange(request, read)
            except AdPlatformsError as error:
                sent = f"{len(results):,} of {len(given):,} events were sent before it"
                error.hint = f"{error.hint}; {sent}" if error.hint else sent
                raise
            results += [_result(event, each) for event, each in zip(some, told, strict=True)]
        return results


def _result(event: Mapping[str, Any], told: Mapping[str, Any]) -> EventResult:
    return EventResult(event, str(member(told, "status")), told.get("error_message"), told.get("warning_message"))


def _seconds(moment: Any) -> Any:
    if not isinstance(moment, datetime):
        return moment
    return int((moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)).timestamp())
