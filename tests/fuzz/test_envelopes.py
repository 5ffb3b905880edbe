"""Replies, fuzzed: damaged, made up or of another shape, they give rows or one of the framework's own errors."""

import contextlib
import json
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pytest
import requests
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from adplatforms.core.errors import AdPlatformsError, ParserException
from adplatforms.core.messages import Answer, Request
from adplatforms.pinterest import answers as pinterest
from adplatforms.sandbox import Sandbox
from adplatforms.ttd.read import graphql_data, json_body
from terminalone.parsing import Reply, parse_json, parse_xml
from terminalone.read import check

PATHS = ("campaigns?page_limit=3&full=*&with=advertiser", "campaigns/1", "campaigns?q=nonsense", "users/2/permissions")
TYPES = {parse_xml: "*/*", parse_json: "application/json"}


@pytest.fixture(scope="module", params=[parse_xml, parse_json], ids=["XML", "JSON"])
def parse(request: pytest.FixtureRequest) -> Callable[[bytes], Reply]:
    """Each parser of T1's envelopes."""
    parser: Callable[[bytes], Reply] = request.param
    return parser


@pytest.fixture(scope="module")
def samples(sandbox: Sandbox, parse: Callable[[bytes], Reply]) -> list[bytes]:
    """Real replies of one format."""
    with requests.Session() as http:
        http.params, http.headers["Accept"] = {"api_key": sandbox.api_key}, TYPES[parse]
        base = f"{sandbox.url}/api/v2.0"
        http.post(f"{base}/login", {"user": sandbox.username, "password": sandbox.password}, timeout=30)
        return [http.get(f"{base}/{path}", timeout=30).content for path in PATHS]


def read(parse: Callable[[bytes], Reply], content: bytes) -> None:
    """What comes out is a reply with rows that are dicts, or the parser's own error."""
    try:
        reply = parse(content)
    except ParserException:
        return
    assert all(isinstance(row, dict) for row in reply.rows)
    assert reply.status is None or isinstance(reply.status, str)


EDITS = st.lists(
    st.tuples(
        st.floats(0, 1), st.integers(0, 4), st.binary(max_size=3) | st.sampled_from([b"<", b'"', b"[", b"{", b"]]>"])
    ),
    min_size=1,
    max_size=4,
)


def test_a_damaged_reply(parse: Callable[[bytes], Reply], samples: list[bytes]) -> None:
    @settings(max_examples=examples(300), deadline=None, database=None)
    @given(st.sampled_from(samples), EDITS)
    def damage(content: bytes, edits: list[tuple[float, int, bytes]]) -> None:
        for place, length, new in edits:
            at = int(place * len(content))
            content = content[:at] + new + content[at + length :]
        read(parse, content)

    damage()


def test_a_reply_that_is_cut(parse: Callable[[bytes], Reply], samples: list[bytes]) -> None:
    """Half a list must not pass for the whole: every cut is noticed."""
    for content in samples:
        for end in range(0, len(content.rstrip()) - 1, max(1, len(content) // 150)):
            with pytest.raises(ParserException, match=r"cannot be read|cut|truncated"):
                parse(content[:end])


def test_any_bytes(parse: Callable[[bytes], Reply]) -> None:
    @settings(max_examples=examples(200), deadline=None, database=None)
    @given(st.binary(max_size=60))
    def check(content: bytes) -> None:
        read(parse, content)

    check()


TAGS = st.sampled_from(
    ["result", "entities", "entity", "prop", "amount", "status", "error", "errors", "field-error", "include", "exclude",
     "enabled", "permissions", "flags", "session", "log_entry", "field", "user", "access"]
)  # fmt: skip
WORDS = st.sampled_from(["campaign", "campaigns", "id", "name", "ok", "invalid", "1", "x", "", "advertiser", "value"])
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["type", "id", "name", "rel", "value", "code", "count", "error", "active", "currency_code"]),
    WORDS,
    max_size=4,
)
ELEMENTS: st.SearchStrategy[Any] = st.recursive(
    st.tuples(TAGS, ATTRIBUTES, st.just(()), WORDS),
    lambda inner: st.tuples(TAGS, ATTRIBUTES, st.lists(inner, max_size=4), WORDS),
    max_leaves=12,
)


def written(element: Any) -> str:
    """An element as text."""
    tag, attributes, children, text = element
    told = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
    return f"<{tag}{told}>{escape(text)}{''.join(map(written, children))}</{tag}>"


@settings(max_examples=examples(400), deadline=None, database=None)
@given(ELEMENTS)
def test_xml_of_any_shape(element: Any) -> None:
    read(parse_xml, f"<result>{written(element)}<status code='ok'/></result>".encode())


@pytest.mark.parametrize("nesting", [b"[", b'{"a":', b'{"data":['])
def test_a_json_bomb_is_refused(nesting: bytes) -> None:
    with pytest.raises(ParserException, match=r"cannot be read|recursion|nest"):
        parse_json(nesting * 200_000)


@pytest.mark.parametrize("tag", ["entity", "prop", "x"])
def test_an_xml_bomb_is_refused(tag: str) -> None:
    with pytest.raises(ParserException, match=r"cannot be read|nest|unsafe"):
        parse_xml(f"<result>{f'<{tag}>' * 100_000}".encode())
    bomb = b'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><result>&b;</result>'
    with pytest.raises(ParserException, match="unsafe"):
        parse_xml(bomb)


SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5)
)
KEYS = st.sampled_from(
    ["data", "errors", "code", "message", "items", "bookmark", "exceptions", "exception", "extensions", "path", "nodes",
     "userErrors", "ErrorDetails", "Property", "Reasons", "title", "detail", "status", "type", "id", "Message", "field"]
)  # fmt: skip
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5), max_leaves=15
)
STATUSES = st.sampled_from([200, 201, 204, 207, 240, 301, 400, 401, 403, 404, 408, 409, 410, 422, 429, 500, 502, 503])
BODIES = (
    JSON.map(json.dumps).map(str.encode) | st.binary(max_size=30) | st.just(b"<html><h1>502 Bad Gateway</h1></html>")
)


@pytest.mark.parametrize("body", [pinterest.body, json_body, graphql_data, check], ids=["pin", "ttd", "graphql", "t1"])
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.filterwarnings("ignore::adplatforms.core.errors.PartialResultWarning")
def test_any_answer_is_read_or_told(body: Callable[[Answer], Any], method: str) -> None:
    @settings(max_examples=examples(200), deadline=None, database=None)
    @given(STATUSES, st.sampled_from(["application/json", "text/html", "text/xml", ""]), BODIES)
    def answer(status: int, media_type: str, content: bytes) -> None:
        request = Request(method, "ad_accounts/1/campaigns", writes=method == "POST")
        with contextlib.suppress(AdPlatformsError):
            body(Answer(status, {"content-type": media_type, "retry-after": "x"}, content, request))

    answer()
