"""Conversion events: what happened on an advertiser's site or in its app. Source: wire.md section 12."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from adplatforms.core.errors import AdPlatformsError, ParserException
from adplatforms.core.hints import UNSURE
from adplatforms.core.messages import Answer

from .. import success
from ..answers import member, rows_of
from ..arguments import pieces
from ..description import OPERATIONS
from .reports import Reports

__all__ = ["EventResult", "Events"]

MOST = 1000
"""Events that one call takes. Source: wire.md, section 12."""


class EventResult(NamedTuple):
    """What became of one event: the event, "processed" or "failed", and Pinterest's messages where it has some."""

    event: Mapping[str, Any]
    status: str
    error_message: str | None
    warning_message: str | None


class Events(Reports):
    """Operations on conversion events."""

    def send_events(
        self, events: Iterable[Mapping[str, Any]], *, test: bool = False, ad_account_id: Any = None
    ) -> list[EventResult]:
        """Sends conversion events, 1,000 a call; returns what became of each, in their order.

        events: dicts of event_name, action_source ("web", "app_android", "app_ios", "offline"), event_time (a datetime,
            UTC where it has no zone, or seconds since 1970), event_id, user_data, custom_data and more. All are checked
            before the first is sent. Addresses, names and the like in user_data are hashed here by Pinterest's rule for
            each; 64 hex digits count as a hash. Fields for which Pinterest gives no rule (db, external_id,
            hashed_maids) have to come hashed. Amounts may be numbers.
        test: they are checked by Pinterest and not counted.

        An answer may have events that failed among others that did not: look at each `status`. Nothing is ever sent
        twice: where a call fails, the error's hint says how many events went before it.
        Source: the operation events/create.
        """
        given = list(events)
        operation = OPERATIONS["events/create"]
        scope = self._owner(ad_account_id)
        if test:
            scope["test"] = True
        # All are planned before the first is sent: one that does not fit must not leave the others half sent.
        calls = []
        for some in pieces(given, MOST):
            body = {"data": [{**event, "event_time": _seconds(event.get("event_time"))} for event in some]}
            calls.append((some, self._prepared(operation, body, True, scope)))
        results: list[EventResult] = []
        for some, request in calls:
            try:
                outcomes = self.exchange(request, _read)
            except AdPlatformsError as error:
                sent = f"{len(results):,} of {len(given):,} events were sent before it"
                error.hint = "; ".join(filter(None, (error.hint, sent)))
                raise
            results += [_result(event, each) for event, each in zip(some, outcomes, strict=True)]
        return results


def _read(answer: Answer) -> list[Any]:
    """What became of the events of a call; a `ParserException` where that is not one outcome each."""
    content, sent = success.checked_body(answer, OPERATIONS["events/create"]), len(answer.request.json["data"])
    outcomes: list[Any] = []
    if content.get("events") is not None:
        outcomes = rows_of(content, "events")
    # Fewer results than events, and nobody could say which ones they are about.
    if len(outcomes) != sent:
        raise ParserException(f"{len(outcomes):,} results came for {sent:,} events", hint=UNSURE)
    return outcomes


def _result(event: Mapping[str, Any], outcome: Mapping[str, Any]) -> EventResult:
    """An event with its outcome; a `ParserException` for one without a status."""
    status = str(member(outcome, "status"))
    return EventResult(event, status, outcome.get("error_message"), outcome.get("warning_message"))


def _seconds(moment: Any) -> Any:
    """A datetime as seconds since 1970; anything else as it is, for the check of the body to judge."""
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return int(moment.timestamp())
