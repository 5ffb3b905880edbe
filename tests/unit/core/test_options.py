"""What a user sets on a session: options are checked, honoured, and chosen for one call by `using`."""

from typing import Any

import pytest

from adplatforms.core.errors import ClientError, UnknownNameError
from adplatforms.core.messages import Request
from adplatforms.core.testing import reply
from adplatforms.net.options import Options
from adplatforms.net.retry import Retry

READ = Request("GET", "shops")
EMPTY = {"rows": []}


def test_an_option_that_does_not_exist() -> None:
    with pytest.raises(UnknownNameError, match=r"no option 'time_out'.*did you mean 'timeout'"):
        Options.of({"time_out": 5})


@pytest.mark.parametrize("word", ["verify", "ssl", "insecure", "cert_reqs"])
def test_there_is_no_option_that_switches_verification_off(word: str) -> None:
    with pytest.raises(UnknownNameError, match=f"no option {word!r}"):
        Options.of({word: False})


@pytest.mark.parametrize("bad", ["a\r\nX-Evil: 1", "a\nb", "a\x00b", "\x7f"])
@pytest.mark.parametrize("place", ["name", "value"])
def test_headers_with_control_characters(bad: str, place: str) -> None:
    with pytest.raises(ClientError, match=r"header"):
        Options.of({"headers": {bad: "x"} if place == "name" else {"X-Thing": bad}})


@pytest.mark.parametrize(
    ("given", "seconds"), [(5, (5, 5)), (60.0, (10.0, 60.0)), ((3.0, 9.0), (3.0, 9.0)), (0.5, (0.5, 0.5))]
)
def test_one_timeout_or_two(given: Any, seconds: Any) -> None:
    assert Options.of({"timeout": given}).timeouts == seconds


@pytest.mark.parametrize(
    ("word", "values"),
    [
        ("timeout", [None, 0, -1, "5", (1,), (1, 2, 3), (1, None), True]),
        ("retry", [0, -1, "3", True, 2.5]),
        (
            "headers",
            [None, [("A", "b")], {"A": 5}, {"a b": "c"}, {"": "c"}, {"a:b": "c"}, {"A": " b"}, {"A": "\u2028"}],
        ),
        ("limits", [[], {"read": 5}, "5/day"]),
        ("most_bytes", [0, -1, None, "1"]),
        ("ca", [False, 0, True]),
        ("server", [8080, None]),
    ],
)
def test_what_an_option_does_not_take(word: str, values: list[Any]) -> None:
    for value in values:
        with pytest.raises(ClientError, match=f"^{word} takes"):
            Options.of({word: value})


def test_a_header_that_is_refused_is_not_shown() -> None:
    with pytest.raises(ClientError, match="headers takes") as caught:
        Options.of({"headers": {"X-Key": "s3cret\n"}})
    assert "s3cret" not in str(caught.value)


def test_a_number_of_attempts(session: Any) -> None:
    retry = Options.of({"retry": 3}).retry
    assert retry == Retry(attempts=3)


def test_every_request_has_a_timeout(session: Any) -> None:
    one = session(*[reply(EMPTY)] * 3, timeout=(2.0, 20.0))
    one.fetch_page(READ)
    one.using(timeout=7).fetch_page(READ)
    one.fetch_page(Request("GET", "slow", timeout=(1.0, 900.0)))
    assert [call.timeout for call in one.transport.calls] == [(2.0, 20.0), (7, 7), (1.0, 900.0)]


def test_every_answer_has_to_be_complete_in_time(session: Any) -> None:
    one = session(*[reply(EMPTY)] * 4, timeout=(2.0, 20.0))
    one.fetch_page(READ)
    one.using(timeout=7).fetch_page(READ)
    one.using(timeout=7, total_timeout=60).fetch_page(READ)
    one.fetch_page(Request("GET", "slow", timeout=(1.0, 900.0), total=1000.0))
    assert [call.total for call in one.transport.calls] == [900.0, 7, 60, 1000.0]


def test_the_server_of_one_call(session: Any) -> None:
    one = session(*[reply(EMPTY)] * 3)
    one.using(server="https://eu.example.com").fetch_page(READ)
    one.using(server="https://eu.example.com").fetch_page(Request("GET", "x", server="https://own.example.com"))
    one.fetch_page(READ)
    assert [call.server for call in one.transport.calls] == ["https://eu.example.com", "https://own.example.com", ""]


def test_the_server_of_a_session(session: Any) -> None:
    one = session(reply(EMPTY), server="https://eu.example.com")
    one.fetch_page(READ)
    assert one.transport.calls[0].server == "https://eu.example.com"


def test_using_leaves_the_session_as_it_was(session: Any) -> None:
    one = session(*[reply(EMPTY)] * 2, timeout=30)
    other = one.using(timeout=1).using(retry=None)
    assert other.options.timeout == 1
    assert other.options.retry is None
    assert (one.options.timeout, type(one.options.retry)) == (30, Retry)
    assert other is not one


def test_using_shares_what_a_session_owns(session: Any) -> None:
    one = session(reply(EMPTY))
    other = one.using(timeout=1)
    other.fetch_page(READ)
    assert one.stats.calls == 1
    assert (other.transport, other.auth, other.dialect) == (one.transport, one.auth, one.dialect)


def test_what_using_loads_is_saved_the_same_way(session: Any) -> None:
    one = session(reply({"rows": [{"id": "1", "name": "a"}], "total": 1}), reply({"id": "1", "name": "b"}))
    (shop,) = one.using(timeout=1).shops
    shop.name = "b"
    shop.save()
    assert [call.timeout for call in one.transport.calls] == [(1, 1), (1, 1)]


@pytest.mark.parametrize(
    "options",
    [{"headers": {"A": "b"}}, {"limits": {"*": "1/day"}}, {"proxies": {}}, {"most_bytes": 9}, {"before": print}],
    ids=str,
)
def test_using_refuses_what_is_fixed_for_a_session(options: Any, session: Any) -> None:
    with pytest.raises(ClientError, match=f"{next(iter(options))} is fixed for a session"):
        session().using(**options)


def test_using_takes_no_other_words(session: Any) -> None:
    with pytest.raises(UnknownNameError, match=r"timeuot"):
        session().using(timeuot=1)
