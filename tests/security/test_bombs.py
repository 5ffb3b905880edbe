"""Answers that mean harm: bombs, depth, endless numbers, sizes. All end in an error of ours, soon and small."""

import contextlib
import gzip
import zlib
from functools import cache
from typing import Any

import pytest

from adplatforms.core.errors import AdPlatformsError, ParserException
from adplatforms.core.messages import Request
from adplatforms.core.testing import reply


def _laugh(place: int) -> str:
    """An entity made of ten of the one before."""
    return f'<!ENTITY {chr(97 + place)} "' + f"&{chr(96 + place)};" * 10 + '">'


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">'
    + "".join(map(_laugh, range(1, 12)))
    + ']><result><status code="ok">&l;</status></result>'
)
FILE = (
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    '<result><entities count="1"><entity id="7" name="&x;" type="campaign"/></entities><status code="ok"/></result>'
)
DTD = '<?xml version="1.0"?><!DOCTYPE r SYSTEM "{url}/evil.dtd"><result><status code="ok"/></result>'
QUADRATIC = (
    f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "{"x" * 50_000}">]>'
    f'<result><status code="ok">{"&a;" * 5_000}</status></result>'
)
DEEP_XML = "<a>" * 100_000 + "</a>" * 100_000
MANY_ATTRIBUTES = "<result " + " ".join(f'a{n}="1"' for n in range(100_000)) + "><status code='ok'/></result>"

XML = {
    "a billion laughs": LAUGHS,
    "a file": FILE,
    "a definition elsewhere": DTD.format(url="http://127.0.0.1:9"),
    "quadratic": QUADRATIC,
    "deep": DEEP_XML,
    "attributes without end": MANY_ATTRIBUTES,
    "a parameter entity": '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x">%p;]><result/>',
}
ROW = '{{"id": "7", "name": {0}, "version": {0}, "data": {0}, "items": {0}, "Result": {0}, "meta": {0}, "errors": {0}}}'
JSON = {
    "deep lists": "[" * 10_000 + "]" * 10_000,
    "deep lists that do not end": "[" * 1_000_000,
    "deep objects": '{"a":' * 10_000 + "1" + "}" * 10_000,
    "deep inside": ROW.format("[" * 10_000 + "]" * 10_000),
    "nothing": "",
    "half a number": '{"data": 1e',
    "not a number": '{"data": NaN}',
    "a torn character": '{"data": "\\ud800"}',
    "a null byte": '{"data": "\x00"}',
    "two documents": "{}{}",
    "another encoding": '{"data": 1}'.encode("utf-16"),
    "bytes that are no text": b'{"data": "\xff\xfe"}',
}
NUMBERS = {
    "10,000 digits": "9" * 10_000,
    "10,000 decimals": "0." + "9" * 10_000,
    "a huge exponent": "1e999999999",
    "a tiny exponent": "1e-999999999",
    "10,000 digits in text": '"' + "9" * 10_000 + '"',
    "a huge exponent in text": '"1e999999999"',
}


def acts(one: Any, platform: Any) -> list[Any]:
    """Reading one, reading all, writing one: each with every field of what came read."""

    def listing() -> None:
        for entity in one.get_all(platform.collection, limit=platform.scope or None):
            every_field(entity)

    return [
        lambda: every_field(one.get(platform.collection, platform.key)),
        listing,
        lambda: every_field_of_saved(one.new(*platform.fresh)),
    ]


def every_field_of_saved(entity: Any) -> None:
    entity.save()
    every_field(entity)


def every_field(entity: Any) -> None:
    """A field that cannot be read says so by an error of ours."""
    for name in entity.__model__.fields:
        with contextlib.suppress(AdPlatformsError):
            getattr(entity, name)
    repr(entity)


def survives(one: Any, platform: Any) -> None:
    """Nothing comes out but errors of ours: no RecursionError, MemoryError, OverflowError."""
    for act in acts(one, platform):
        problem: Exception | None = None
        try:
            act()
        except AdPlatformsError as error:
            problem = error
        assert len(str(problem)) < 5_000, "the message holds the bomb"


@pytest.mark.parametrize("bomb", XML.values(), ids=XML)
def test_xml_bombs(bomb: str, platform: Any) -> None:
    survives(platform.offline(lambda request: reply(bomb, "text/xml")), platform)


@pytest.mark.parametrize("bomb", [bomb for bomb in XML.values() if bomb is not DEEP_XML and "DOCTYPE" in bomb])
def test_xml_with_definitions_is_refused(bomb: str) -> None:
    """None of T1's replies has any."""
    from terminalone.parsing import parse_xml

    with pytest.raises(ParserException, match="unsafe"):
        parse_xml(bomb.encode())


def test_a_definition_elsewhere_is_not_fetched(platform: Any, web: Any) -> None:
    bomb = DTD.format(url=web.url)
    survives(platform.offline(lambda request: reply(bomb, "text/xml")), platform)
    assert not web.received


def test_a_file_is_not_read(platform: Any) -> None:
    from pathlib import Path

    name = Path("/etc/hostname")
    if not name.is_file():
        pytest.skip("this machine has no such file")
    try:
        found = str(platform.offline(lambda request: reply(FILE, "text/xml")).get(platform.collection, "7").to_dict())
    except AdPlatformsError as error:
        found = f"{error} {error.body}"
    assert name.read_text().strip() not in found


@pytest.mark.parametrize("bomb", JSON.values(), ids=JSON)
def test_json_bombs(bomb: Any, platform: Any) -> None:
    survives(platform.offline(lambda request: reply(bomb, "application/json")), platform)


@pytest.mark.parametrize("status", [400, 500])
@pytest.mark.parametrize("bomb", JSON.values(), ids=JSON)
def test_json_bombs_in_errors(bomb: Any, status: int, platform: Any) -> None:
    survives(platform.offline(lambda request: reply(bomb, "application/json", status)), platform)


@pytest.mark.parametrize("number", NUMBERS.values(), ids=NUMBERS)
def test_numbers_without_end(number: str, platform: Any) -> None:
    """In every field of a record: reading it gives a value or an error of ours, and soon."""
    one = platform.offline(lambda request: reply({}))
    model = one.registry.find(platform.collection)
    row = ", ".join(f'"{field.wire}": {number}' for field in model.__model__.fields.values() if field.wire != "id")
    rows = f'[{{"id": "7", "entity_type": "campaign", {row}}}]'
    for answer in (
        f'{{"data": {rows}, "meta": {{"status": "ok", "count": 1, "total_count": 1}}}}',
        f'{{"items": {rows}, "bookmark": null}}',
        f'{{"data": {{"campaigns": {{"nodes": {rows}, "totalCount": {number}}}}}}}',
        f'{{"Result": {rows}, "ResultCount": {number}, "TotalFilteredCount": {number}}}',
        rows,
    ):
        survives(platform.offline(lambda request, answer=answer: reply(answer, "application/json")), platform)


@cache
def compressed(encoding: str) -> bytes:
    """30 MB in 30 KB."""
    pack = {"gzip": gzip.compress, "deflate": zlib.compress}[encoding]
    return pack(b" " * 30_000_000)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_compressed_bombs(encoding: str, platform: Any, web: Any) -> None:
    """Reading stops at the session's limit."""
    bomb = compressed(encoding)
    web.answers = lambda request: request.reply(bomb, Content_Encoding=encoding)
    one = platform.at(web.url, most_bytes=1_000_000)
    with pytest.raises(ParserException, match="larger than 1,000,000 bytes"):
        one.exchange(Request("GET", "x"), lambda answer: answer)
    one.close()


def test_an_endless_error_of_a_link(platform: Any, web: Any) -> None:
    web.answers = endless
    one = platform.at(web.url, most_bytes=1_000_000)
    with pytest.raises(AdPlatformsError, match="larger than 1,000,000 bytes"):
        one.download(f"{web.url}/file")
    with pytest.raises(AdPlatformsError, match="larger than 1,000,000 bytes"):
        one.upload(f"{web.url}/file", b"x")
    one.close()


def endless(request: Any) -> None:
    """An error page that does not end."""
    request.wfile.write(b"HTTP/1.0 403 Forbidden\r\nContent-Type: text/html\r\n\r\n")
    while True:
        request.wfile.write(b"x" * 65536)


def test_headers_without_end(platform: Any, web: Any) -> None:
    def shout(request: Any) -> None:
        request.wfile.write(b"HTTP/1.0 200 OK\r\n" + b"".join(b"X-%d: 1\r\n" % n for n in range(5000)) + b"\r\n{}")

    web.answers = shout
    one = platform.at(web.url)
    with pytest.raises(AdPlatformsError, match=r"cannot reach|got more than 100 headers"):
        one.exchange(Request("GET", "x"), lambda answer: answer)
    one.close()


def test_an_answer_that_is_no_http(platform: Any, web: Any) -> None:
    web.answers = lambda request: request.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n")
    one = platform.at(web.url)
    with pytest.raises(AdPlatformsError, match=r"cannot reach .*SSH"):
        one.exchange(Request("GET", "x"), lambda answer: answer)
    one.close()


ODD = {
    "null": "null",
    "a list": "[]",
    "a list in a list": "[[]]",
    "text": '"row"',
    "a number": "7",
    "true": "true",
    "an empty row": "{}",
    "an id that is null": '{"id": null}',
    "an id that is a list": '{"id": [], "CampaignId": []}',
    "an id that is a row": '{"id": {}, "CampaignId": {}}',
    "an id that is true": '{"id": true, "entity_type": true}',
    "a type that is a list": '{"id": "7", "entity_type": [], "type": {}}',
    "names that are ours": '{"id": "7", "_raw": 1, "__class__": 2, "save": 3, "session": 4}',
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_rows_of_another_shape(odd: str, platform: Any) -> None:
    for answer in (
        f'{{"data": [{odd}, {odd}], "meta": {{"status": "ok", "count": 2, "total_count": 2}}}}',
        f'{{"data": {odd}, "meta": {{"status": "ok"}}}}',
        f'{{"items": [{odd}, {odd}], "bookmark": null}}',
        f'{{"items": {odd}, "bookmark": {odd}}}',
        f'{{"data": {{"campaigns": {{"nodes": [{odd}], "totalCount": 1, "pageInfo": {odd}}}, "campaign": {odd}}}}}',
        f'{{"data": {odd}, "errors": {odd}}}',
        f'{{"Result": [{odd}, {odd}], "ResultCount": 2, "TotalFilteredCount": 2}}',
        f'{{"Result": {odd}, "ResultCount": {odd}}}',
        f"[{odd}]",
        odd,
    ):
        survives(platform.offline(lambda request, answer=answer: reply(answer, "application/json")), platform)


@pytest.mark.parametrize("token", ["x", "-5", "1/../users", "9" * 400, "\x00", "{}", "1e9"], ids=ascii)
def test_tokens_that_no_page_had(token: str, platform: Any) -> None:
    """A listing is resumed from text that may have been stored, and changed, anywhere."""
    one = platform.offline(lambda request: reply({"data": [], "items": [], "meta": {"status": "ok"}}))
    with contextlib.suppress(AdPlatformsError):
        list(one.query(platform.collection).within(platform.scope).resume(token))
