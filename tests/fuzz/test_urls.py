"""URLs, fuzzed: whatever an id or a value holds, it stays where it was put."""

import io
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
import requests
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from requests.adapters import BaseAdapter

from adplatforms.core.auth import Auth
from adplatforms.core.errors import ClientError
from adplatforms.core.messages import Request, path_segment
from adplatforms.net.options import Options
from adplatforms.net.transport import HttpTransport, check_url

BASE = "https://api.example.com/v1"
NASTY = st.sampled_from(
    ["../..", "..%2F..", "%2e%2e", "?q=1", "#x", "a/b", "a\\b", "//host", "@host", "x&y=1", "a+b", "a b", "é", "%"]
)
TEXT = st.text(min_size=1, max_size=12) | st.builds("".join, st.lists(NASTY, min_size=1, max_size=3))
TRICKY = st.text(st.characters(), min_size=1, max_size=12) | TEXT
"""With lone surrogates, which no URL can hold."""


class Recorder(BaseAdapter):
    """Keeps the URL of a request instead of sending it."""

    url = ""

    def send(self, request: Any, *arguments: Any, **options: Any) -> requests.Response:
        type(self).url = str(request.url)
        reply = requests.Response()
        reply.status_code, reply.raw, reply.request = 200, io.BytesIO(), request
        return reply

    def close(self) -> None: ...


def sent(request: Request) -> str:
    """The URL that a request really goes to."""
    transport = HttpTransport(BASE, Auth(), Options(adapters={"https://": Recorder()}))
    transport.send(request)
    transport.close()
    return Recorder.url


def attempt(call: Callable[[], Any]) -> Any:
    """What a call gives; None where it refuses what it was given."""
    try:
        return call()
    except ClientError:
        return None


@settings(max_examples=examples(200), deadline=None, database=None)
@given(TRICKY)
def test_an_id_stays_one_segment_of_the_path(id: str) -> None:
    segment = attempt(lambda: path_segment(id))
    if segment is None:
        return
    parts = urlsplit(sent(Request("GET", f"campaigns/{segment}/history")))
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("https", "api.example.com", "", "")
    assert [unquote(part) for part in parts.path.split("/")] == ["", "v1", "campaigns", id, "history"]


@pytest.mark.parametrize("id", ["", ".", "..", "a\x00b", "a\nb", "a\r\nHost: b"])
def test_what_cannot_be_one_is_refused(id: str) -> None:
    with pytest.raises(ClientError, match="cannot be part of a URL"):
        path_segment(id)


@settings(max_examples=examples(200), deadline=None, database=None)
@given(st.lists(st.tuples(TEXT, st.text(max_size=12) | NASTY), min_size=1, max_size=5))
def test_parameters_arrive_as_they_were_given(params: list[tuple[str, str]]) -> None:
    parts = urlsplit(sent(Request("GET", "campaigns", params=tuple(params))))
    assert (parts.netloc, parts.path, parts.fragment) == ("api.example.com", "/v1/campaigns", "")
    assert parse_qsl(parts.query, keep_blank_values=True) == params
    assert "+" not in parts.query  # a space is %20: T1 and others take a plus for a plus


@settings(max_examples=examples(200), deadline=None, database=None)
@given(st.text(max_size=30) | st.builds("https://{}{}".format, TEXT, NASTY))
def test_a_base_url_is_taken_or_refused(url: str) -> None:
    taken = attempt(lambda: check_url(url))
    if taken is None:
        return
    parts = urlsplit(taken)
    assert parts.scheme == "https" or parts.hostname in ("127.0.0.1", "localhost", "::1")
    assert not parts.username


@settings(max_examples=examples(100), deadline=None, database=None)
@given(st.dictionaries(st.text(max_size=6), st.text(max_size=6), min_size=1, max_size=3))
def test_headers_hold_no_control_characters(headers: Mapping[str, str]) -> None:
    options = attempt(lambda: Options.of({"headers": headers}))
    if options is None:
        return
    joined = "".join(f"{name}{value}" for name, value in options.headers.items())
    assert all(ord(char) >= 32 and ord(char) != 127 for char in joined)
