"""Trying again: each line of the decision table, for reads and for writes, in requests that were counted."""

import random
import time
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from adplatforms.core.ambiguous import ambiguous
from adplatforms.core.errors import (
    AmbiguousWrite,
    APIError,
    AuthRequiredError,
    ClientError,
    ConflictError,
    ConnectError,
    NotFoundError,
    ParserException,
    RateLimitError,
    RequestTimeout,
    TransportError,
    UnavailableError,
    ValidationError,
)
from adplatforms.core.messages import Answer, Request
from adplatforms.core.testing import reply
from adplatforms.net.retry import TABLE, Retry, classify, decide, retry_after_seconds

READ, WRITE = Request("GET", "shops"), Request("POST", "shops", json={"name": "a"}, writes=True)
GOOD = reply({"id": "1"})


def lost(kind: type[TransportError]) -> TransportError:
    """A failure after the request was sent."""
    return kind("the connection broke", request="POST shops", unsure=True)


def temporary(answer: Answer) -> Any:
    """What a dialect knows to be temporary, whatever its status."""
    raise ValidationError("busy, nothing done", code="BUSY", status=400, transient=True)


def for_good(answer: Answer) -> Any:
    """What a dialect knows to be final, whatever its status."""
    raise UnavailableError("not available to you", code="NEVER", status=503, transient=False)


CASES: dict[str, tuple[str, Any, type[Exception], str, str]] = {
    # what happened: its line of the table, the failure, its error, what a read and what a write do then
    "refused": ("refused", ConnectError("refused"), ConnectError, "retry", "retry"),
    "no connection in time": ("refused", RequestTimeout("slow"), RequestTimeout, "retry", "retry"),
    "no safe connection": ("final", TransportError("bad certificate"), TransportError, "raise", "raise"),
    "broken": ("lost", lost(ConnectError), ConnectError, "retry", "ambiguous"),
    "no answer in time": ("lost", lost(RequestTimeout), RequestTimeout, "retry", "ambiguous"),
    "429": ("throttled", reply({"code": 8}, status=429), RateLimitError, "retry", "retry"),
    "503": ("throttled", reply({"code": 9}, status=503), UnavailableError, "retry", "retry"),
    "503, come back": (
        "throttled",
        reply({"code": 9}, status=503, retry_after="3"),
        UnavailableError,
        "retry",
        "retry",
    ),
    "429 of a gateway": ("gateway", reply("<h1>Slow</h1>", "text/html", 429), RateLimitError, "retry", "ambiguous"),
    "503 of a gateway": ("gateway", reply("<h1>Oops</h1>", "text/html", 503), UnavailableError, "retry", "ambiguous"),
    "503 of a gateway, come back": (
        "gateway",
        reply("<h1>Oops</h1>", "text/html", 503, retry_after="3"),
        UnavailableError,
        "retry",
        "ambiguous",
    ),
    "408": ("failing", reply({}, status=408), UnavailableError, "retry", "ambiguous"),
    "500": ("failing", reply("<h1>Oops</h1>", "text/html", 500), UnavailableError, "retry", "ambiguous"),
    "502": ("failing", reply("<h1>Oops</h1>", "text/html", 502), UnavailableError, "retry", "ambiguous"),
    "504": ("failing", reply("<h1>Oops</h1>", "text/html", 504), UnavailableError, "retry", "ambiguous"),
    "524": ("failing", reply("<h1>Oops</h1>", "text/html", 524), UnavailableError, "retry", "ambiguous"),
    "500 of the platform": ("failing", reply({"code": 7}, status=500), UnavailableError, "retry", "raise"),
    "temporary": ("transient", temporary, ValidationError, "retry", "retry"),
    "unreadable": ("unreadable", reply("{", "application/json"), ParserException, "retry", "ambiguous"),
    "no answer at all": ("unreadable", reply("", "text/html", 103), ParserException, "retry", "ambiguous"),
    "401 of a gateway": ("foreign", reply("<h1>Who?</h1>", "text/html", 401), AuthRequiredError, "raise", "ambiguous"),
    "403 of a gateway": ("foreign", reply("<h1>No</h1>", "text/html", 403), APIError, "raise", "ambiguous"),
    "404 of a gateway": ("foreign", reply("<h1>What?</h1>", "text/html", 404), NotFoundError, "raise", "ambiguous"),
    "400": ("final", reply({"code": 1}, status=400), ValidationError, "raise", "raise"),
    "401": ("final", reply({"code": 1}, status=401), AuthRequiredError, "raise", "raise"),
    "404": ("final", reply({"code": 1}, status=404), NotFoundError, "raise", "raise"),
    "409": ("final", reply({"code": 1}, status=409), ConflictError, "raise", "raise"),
    "418": ("final", reply({"code": 1}, status=418), APIError, "raise", "raise"),
    "501": ("final", reply({"code": 1}, status=501), UnavailableError, "raise", "raise"),
    "505": ("final", reply({"code": 1}, status=505), UnavailableError, "raise", "raise"),
    "505 of a gateway": ("foreign", reply("<h1>No</h1>", "text/html", 505), UnavailableError, "raise", "ambiguous"),
    "501 of a gateway": ("foreign", reply("<h1>No</h1>", "text/html", 501), UnavailableError, "raise", "ambiguous"),
    "final 503": ("final", for_good, UnavailableError, "raise", "raise"),
}


def test_every_line_of_the_table_is_tried() -> None:
    assert {line for line, *_ in CASES.values()} == set(TABLE)


@pytest.mark.parametrize("writes", [False, True], ids=["read", "write"])
@pytest.mark.parametrize("case", CASES)
def test_the_table(case: str, writes: bool, made: Any, session: Any, watch: Any) -> None:
    line, failure, kind, read, write = CASES[case]
    verdict = write if writes else read
    script = [failure if not callable(failure) else GOOD, GOOD]

    def understood(answer: Answer) -> Any:
        told = dialect.saved(answer)
        if callable(failure) and len(one.transport.calls) == 1:
            failure(answer)
        return told

    dialect = made.Dialect()
    one = session(*script)
    request = WRITE if writes else READ
    if verdict == "retry":
        assert one.exchange(request, understood) == {"id": "1"}
        assert len(one.transport.calls) == 2
        assert (one.stats.calls, one.stats.retries, one.stats.waits) == (2, 1, 1)
    else:
        told = (
            "the answer to POST shops was lost"
            if verdict == "ambiguous"
            else rf"HTTP {case[:3]}|bad cert|not available"
        )
        with pytest.raises(kind, match=told) as caught:
            one.exchange(request, understood)
        assert len(one.transport.calls) == 1
        assert isinstance(caught.value, AmbiguousWrite) is (verdict == "ambiguous")
        assert not watch.waits
    if verdict == "raise":
        assert TABLE[line].read == "raise" or writes


@pytest.mark.parametrize("case", CASES)
def test_the_printed_table_is_what_happens(case: str) -> None:
    """The one exception is in the docstring: a platform that answers a write itself has told what became of it."""
    line, _, _, read, write = CASES[case]
    assert TABLE[line].read == read
    assert TABLE[line].write == write or case == "500 of the platform"


@pytest.mark.parametrize("status", [300, 301, 302, 303, 304, 307, 308, 399])
def test_a_redirect_is_no_answer(status: int, session: Any) -> None:
    """A gateway that asks to sign in, say: nobody knows that anything was saved."""
    one = session(
        reply({"rows": [{"id": "1", "name": "a"}], "total": 1}),
        reply(b"", status=status, location="/login"),
        retry=None,
    )
    (shop,) = one.shops
    shop.name = "b"
    with pytest.raises(AmbiguousWrite, match=f"shop 1 was not saved: .* was redirected: HTTP {status}"):
        shop.save()
    assert list(shop.changes()) == ["name"]


def test_a_lost_write_says_so_and_keeps_what_is_known(session: Any) -> None:
    one = session(reply("<h1>Bad gateway</h1>", "text/html", 502))
    with pytest.raises(AmbiguousWrite, match=r"the answer to POST shops was lost.*may have been applied") as caught:
        one.exchange(WRITE, lambda answer: one.dialect.saved(answer))
    assert isinstance(caught.value, UnavailableError)
    assert caught.value.status == 502
    assert "look before you repeat it" in str(caught.value)


@pytest.mark.parametrize("error", [lost(ConnectError), lost(RequestTimeout), UnavailableError("x", status=502)])
def test_a_lost_write_is_an_error_of_the_kind_that_ended_it(error: Any) -> None:
    import pickle

    told = ambiguous(error, "POST shops")
    assert isinstance(told, AmbiguousWrite)
    assert isinstance(told, type(error))
    assert pickle.loads(pickle.dumps(told)).message == told.message


def test_a_read_gives_up_after_its_attempts(session: Any, watch: Any) -> None:
    one = session(*[reply({}, status=500)] * 4, retry=watch.retry(attempts=4))
    with pytest.raises(UnavailableError, match="HTTP 500"):
        one.fetch_page(READ)
    assert (len(one.transport.calls), len(watch.waits), one.stats.retries) == (4, 3, 3)


@pytest.mark.parametrize("retry", [None, Retry(attempts=1)])
def test_it_can_be_switched_off(retry: Any, session: Any) -> None:
    one = session(reply({}, status=500), retry=retry)
    with pytest.raises(UnavailableError, match="HTTP 500"):
        one.fetch_page(READ)
    assert len(one.transport.calls) == 1


def test_it_can_be_chosen_for_one_call(session: Any, watch: Any) -> None:
    one = session(*[reply({}, status=500)] * 3, reply({"rows": []}))
    with pytest.raises(UnavailableError, match="HTTP 500"):
        one.using(retry=None).fetch_page(READ)
    assert len(one.transport.calls) == 1
    assert one.fetch_page(READ).rows == []
    assert len(one.transport.calls) == 4
    assert one.stats.retries == 2


def test_retry_after_in_seconds_is_the_wait(session: Any, watch: Any) -> None:
    one = session(reply({}, status=429, retry_after="7"), reply({"rows": []}))
    one.fetch_page(READ)
    assert watch.waits == [7.0]
    assert (one.stats.waits, one.stats.waited) == (1, 7.0)


NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0.0),
        ("120", 120.0),
        ("1.5", 1.5),
        ("-3", 0.0),
        (format_datetime(NOON + timedelta(seconds=90), usegmt=True), 90.0),
        (format_datetime(NOON - timedelta(days=1), usegmt=True), 0.0),
        ("Sunday, 22-Nov-26 12:01:30 GMT", 90.0),
        ("Sun, 22 Nov 2026 12:01:30 -0000", 90.0),
        ("soon", None),
        ("", None),
    ],
)
def test_what_retry_after_may_be(text: str, seconds: float | None) -> None:
    """A date is one of the server's clock, which its own Date header tells."""
    ours = NOON + timedelta(hours=1)
    assert retry_after_seconds({"retry-after": text, "date": format_datetime(NOON, usegmt=True)}, ours) == seconds


def test_without_retry_after_nothing_is_told() -> None:
    assert retry_after_seconds({"date": format_datetime(NOON, usegmt=True)}, NOON) is None


def test_a_date_without_the_servers_clock_is_one_of_ours() -> None:
    later = format_datetime(NOON + timedelta(days=1), usegmt=True)
    assert retry_after_seconds({"retry-after": later}, NOON) == 86_400


def test_a_wait_that_is_too_long_is_told_at_once(session: Any, watch: Any) -> None:
    one = session(reply({}, status=429, retry_after="3600"), retry=watch.retry(longest_wait=65))
    with pytest.raises(RateLimitError, match="asks to wait 3,600 seconds, more than longest_wait") as caught:
        one.fetch_page(READ)
    assert caught.value.retry_after == 3600
    assert (len(one.transport.calls), watch.waits) == (1, [])


def test_the_total_time_is_capped(session: Any, watch: Any) -> None:
    one = session(lambda request: reply({}, status=429, retry_after="30"), retry=watch.retry(attempts=99, total=100.0))
    with pytest.raises(RateLimitError, match="HTTP 429"):
        one.fetch_page(READ)
    assert watch.waits == [30.0, 30.0, 30.0]


def test_slow_answers_count_towards_the_total(session: Any, watch: Any) -> None:
    def slow(request: Request) -> Answer:
        watch.now += 50
        return reply({}, status=500)

    one = session(slow, retry=watch.retry(attempts=99, total=100.0, base=0.001))
    with pytest.raises(UnavailableError, match="HTTP 500"):
        one.fetch_page(READ)
    assert len(one.transport.calls) == 2


def test_full_jitter(monkeypatch: Any) -> None:
    policy = Retry(attempts=9, base=0.5, factor=2.0, longest_wait=3.0)
    monkeypatch.setattr(random, "uniform", lambda low, high: high)
    assert [policy.wait(n, 0, None) for n in range(1, 6)] == [0.5, 1.0, 2.0, 3.0, 3.0]
    monkeypatch.setattr(random, "uniform", lambda low, high: low)
    assert [policy.wait(n, 0, None) for n in range(1, 6)] == [0, 0, 0, 0, 0]
    assert policy.wait(9, 0, None) is None


def test_a_wait_longer_than_the_longest_is_none_although_there_is_time() -> None:
    policy = Retry(longest_wait=65.0, total=10_000.0)
    assert (policy.wait(1, 0, 65.0), policy.wait(1, 0, 65.5)) == (65.0, None)


def test_a_policy_that_is_not_told_how_to_sleep_really_sleeps() -> None:
    """What the tests' own conftest.py takes away, so that no test waits."""
    (sleep,) = [each.default for each in fields(Retry) if each.name == "sleep"]
    assert sleep is time.sleep
    began = time.monotonic()
    Retry().sleep(30)
    assert time.monotonic() - began < 30


def test_waits_differ_so_that_clients_do_not_come_back_together() -> None:
    assert len({Retry().wait(3, 0, None) for _ in range(20)}) > 10


def test_an_error_keeps_what_the_last_answer_said(session: Any) -> None:
    one = session(reply({}, status=500), reply({"code": "GONE"}, status=404))
    with pytest.raises(NotFoundError, match="GONE: HTTP 404") as caught:
        one.fetch_page(READ)
    assert caught.value.code == "GONE"


def test_a_save_that_was_throttled_is_sent_again_once(session: Any) -> None:
    one = session(reply({"code": 8}, status=429, retry_after="1"), reply({"id": "1", "name": "a"}))
    shop = one.new("shops", name="a")
    assert set(shop.save()) == {"name"}
    assert [call.json for call in one.transport.calls] == [{"name": "a"}] * 2
    assert shop.id == "1"


def test_errors_that_are_no_failure_of_a_call_are_never_repeated() -> None:
    assert decide(TransportError("the link leads nowhere"), writes=False) == "raise"


@pytest.mark.parametrize("told", ["0", "-5", "nan", "Mon, 01 Jan 2001 00:00:00 GMT"])
def test_to_come_back_at_once_is_no_reason_to_hurry(told: str, session: Any, watch: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(random, "uniform", lambda low, high: high)
    one = session(reply({"code": 8}, status=429, retry_after=told), reply({"code": 8}, status=429), GOOD)
    one.exchange(READ, one.dialect.saved)
    assert watch.waits == [0.5, 1.0]


def test_what_would_come_the_same_again_is_not_asked_for_again(session: Any, watch: Any) -> None:
    """An answer that is larger than what is read, say."""

    def too_large(answer: Answer) -> Any:
        raise ParserException("the answer is too large", transient=False)

    one = session(GOOD)
    with pytest.raises(ParserException, match="the answer is too large"):
        one.exchange(READ, too_large)
    assert (len(one.transport.calls), watch.waits) == (1, [])


@pytest.mark.parametrize(
    ("status", "row"), [(200, "unreadable"), (302, "unreadable"), (399, "unreadable"), (400, "final")]
)
def test_an_answer_that_is_no_error_and_tells_nothing_is_one_that_cannot_be_read(status: int, row: str) -> None:
    error = APIError("neither rows nor an error", code="ODD", status=status, unsure=True)
    assert classify(error) == row
    assert classify(error.copy_with(unsure=False)) == "final"


def test_whose_answer_it_was_decides_the_row() -> None:
    assert classify(ParserException("odd")) == "unreadable"
    assert classify(APIError("no", status=403)) == "foreign"
    assert classify(APIError("no", status=403, code="NO")) == "final"
    assert classify(RateLimitError("slow", status=400, code=8)) == "throttled"
    assert classify(RateLimitError("slow", status=400)) == "gateway"
    assert classify(ClientError("wrong")) == "final"


def test_a_redirect_of_a_read_is_told_at_once(session: Any, watch: Any) -> None:
    one = session(reply(b"", status=302, location="/login"))
    with pytest.raises(APIError, match="was redirected: HTTP 302"):
        one.fetch_page(READ)
    assert (len(one.transport.calls), watch.waits) == (1, [])


def test_the_wait_that_a_dialect_reads_from_the_answer_comes_before_its_header(session: Any, watch: Any) -> None:
    def read(answer: Answer) -> Any:
        if len(one.transport.calls) == 1:
            raise RateLimitError("slow", code=8, status=429, retry_after=7.0)
        return "fine"

    one = session(reply({}, status=429, retry_after="3"), GOOD)
    assert one.exchange(READ, read) == "fine"
    assert watch.waits == [7.0]


def test_an_answer_that_failed_widens_no_window(session: Any) -> None:
    one = session(reply({"code": 1}, status=404), GOOD, capabilities={"prefetch": 8})
    one.connection._window.narrow()
    before = one.connection._window._now
    with pytest.raises(NotFoundError, match="HTTP 404"):
        one.fetch_page(READ)
    assert one.connection._window._now == before
    one.fetch_page(READ)
    assert one.connection._window._now > before
