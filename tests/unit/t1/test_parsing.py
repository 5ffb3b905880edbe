"""Envelopes that are cut, malformed, hostile, or merely unusual: rows, or an error a person can act on."""

import json
from typing import Any

import pytest

from adplatforms.core.errors import APIError, ParserException, TransportError
from adplatforms.core.testing import reply
from terminalone.parsing import Reply, parse, parse_json, parse_xml

ENTITY = '<entity id="7" name="Spring" type="campaign" version="3">{}</entity>'
RESULT = '<?xml version="1.0"?><result>{}<status code="ok"/></result>'
LAUGHS = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefg", "bcdefgh", strict=True))
LAUGHS = f'<!DOCTYPE lolz [<!ENTITY a "haha">{LAUGHS}]><result>&h;<status code="ok"/></result>'


def one(xml: str) -> dict[str, Any]:
    (row,) = parse_xml(RESULT.format(xml).encode()).rows
    return row


# what is unusual but means something


def test_a_property_wins_over_the_attribute_of_that_name() -> None:
    row = one(ENTITY.format('<prop name="type" value="AUD"/><prop name="name" value="Summer"/>'))
    assert (row["entity_type"], row["type"], row["name"]) == ("campaign", "AUD", "Summer")


def test_a_record_with_two_ids_is_refused() -> None:
    """A save would go to one of them."""
    assert one(ENTITY.format('<prop name="id" value="7"/>'))["id"] == "7"
    with pytest.raises(ParserException, match="a record with two ids, 7 and 8"):
        one(ENTITY.format('<prop name="id" value="8"/>'))


def test_a_property_without_value_is_null_and_unknown_elements_are_ignored() -> None:
    row = one(ENTITY.format('<prop name="io_name"/><news>x<deep a="1"/></news><prop name="z" value="1"/>'))
    assert (row["io_name"], row["z"]) == (None, "1")
    assert "news" not in row


def test_money_has_all_its_currencies() -> None:
    amounts = '<amount currency_code="USD" value="20"/><amount currency_code="EUR" value="18.5"/>'
    row = one(ENTITY.format(f'<prop name="total_budget" value="20">{amounts}</prop>'))
    assert row["total_budget"] == [{"currency_code": "USD", "value": "20"}, {"currency_code": "EUR", "value": "18.5"}]


def test_the_name_of_a_relation() -> None:
    row = one(
        ENTITY.format(
            '<entity id="1" rel="advertiser" type="advertiser"/>'
            '<entity id="2" rel="billing_contact" type="contact"/>'
            '<entity id="3" type="agency"/><entity id="4" type="agency"/>'
        )
    )
    assert row["advertiser"]["id"] == "1"
    assert [each["id"] for each in row["billing_contact"]] == ["2"]
    assert [each["id"] for each in row["agencies"]] == ["3", "4"]


def test_text_and_entities_that_xml_itself_knows() -> None:
    assert one(ENTITY.format('<prop name="n" value="a &amp; &lt;b&gt; &#233;"/>'))["n"] == "a & <b> é"


def test_a_bare_success() -> None:
    for found in (parse_xml(RESULT.format("").encode()), parse_json(b'{"meta":{"status":"ok"}}')):
        assert (found.status, found.rows, found.many) == ("ok", [], False)


@pytest.mark.parametrize("kind", ["text/xml", "application/xml; charset=utf-8", "TEXT/XML"])
def test_the_content_type_says_xml(kind: str) -> None:
    assert parse(reply(RESULT.format(ENTITY.format("")), kind)).rows[0]["id"] == "7"


def test_the_content_type_alone_decides() -> None:
    assert parse(reply('{"meta": {"status": "ok"}}', "application/json;charset=UTF-8")).status == "ok"
    assert parse(reply('{"meta": {"status": "ok"}}', "text/plain")) == Reply()


@pytest.mark.parametrize(
    ("errors", "expected"),
    [
        ([{"message": "a"}, {"message": "b"}], "a, b"),
        ("Authentication error", "Authentication error"),
        (["no", "go"], "no, go"),
        ({"message": "one object"}, "one object"),
    ],
)
def test_all_forms_of_json_errors(offline: Any, errors: Any, expected: str) -> None:
    with pytest.raises(APIError, match=expected):
        offline(reply({"errors": errors, "meta": {"status": "error"}})).get("campaigns")


def test_a_bare_message_and_a_bare_status(offline: Any) -> None:
    with pytest.raises(APIError, match="too late"):
        offline(reply({"message": "too late", "meta": {"status": "error"}})).get("campaigns")
    with pytest.raises(APIError, match=r"^denied$"):
        offline(reply({"meta": {"status": "denied"}})).get("campaigns")


def test_json_permissions_and_dimensions_may_be_empty() -> None:
    body = {"data": {"permissions": {"flags": [], "entities": {"agency": []}}}, "meta": {"status": "ok"}}
    row = parse_json(json.dumps(body).encode()).rows[0]
    assert (row["agency"], row["entity_type"]) == (None, "permission")
    row = parse_json(b'{"data": {"enabled": {"active": false}}, "meta": {"status": "ok"}}').rows[0]
    assert (row["enabled"], row["include"], row["exclude"]) == (False, [], [])


# what cannot be read


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('{"data": [{"id": 1, "name": "Spr', r"JSON that cannot be read.*32 bytes arrived"),
        ("", "JSON that cannot be read"),
        ("\x00\x01", "JSON that cannot be read"),
        ("[" * 100_000 + "]" * 100_000, "JSON that cannot be read"),
        ('{"a":' * 5_000 + "1" + "}" * 5_000, "JSON that cannot be read"),
    ],
    ids=["cut", "empty", "binary", "deep lists", "deep objects"],
)
def test_json_that_cannot_be_read(offline: Any, body: str, words: str) -> None:
    with pytest.raises(ParserException, match=words) as caught:
        offline(reply(body, "application/json")).get("campaigns")
    assert isinstance(caught.value, (TransportError, ValueError))
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('<result><entity id="7"', "XML that cannot be read.*bytes arrived"),
        ("<result><a></b></result>", "mismatched tag"),
        ("", "no element found"),
        ("not xml", "XML that cannot be read"),
        (RESULT.format('<entity id="1" id="2"/>'), "duplicate attribute"),
        (RESULT.format("&nbsp;"), "undefined entity"),
        (LAUGHS, "refused as unsafe"),
        (
            '<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]><result>&f;<status code="ok"/></result>',
            "refused as unsafe",
        ),
        ('<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd"><result/>', "refused as unsafe"),
        (RESULT.format("<a>" * 50_000 + "</a>" * 50_000), "deeper than 100"),
        (RESULT.format('<entity id="1">' * 50_000 + "</entity>" * 50_000), "deeper than 100"),
        ('<?xml version="1.0" encoding="no-such"?><result/>', "XML that cannot be read"),
        ('<?xml version="1.0" encoding="shift_jis"?><result/>', "XML that cannot be read"),
    ],
)
def test_xml_that_cannot_be_read(offline: Any, body: str, words: str) -> None:
    with pytest.raises(ParserException, match=words) as caught:
        offline(reply(body, "text/xml")).get("campaigns")
    assert isinstance(caught.value, (TransportError, ValueError))
    assert len(str(caught.value)) < 500
    assert "root:" not in str(caught.value)


@pytest.mark.parametrize("status", [200, 403, 502])
@pytest.mark.parametrize("kind", ["text/html", "text/html; charset=utf-8", "application/octet-stream"])
def test_a_gateways_page_is_an_error_with_status_and_excerpt(offline: Any, status: int, kind: str) -> None:
    page = "<html><style>p {}</style><h1>Bad   gateway</h1><script>let a;</script>\n<p>Ray 42</p></html>"
    with pytest.raises(APIError, match=f"HTTP {status}, {kind[:9]}.*: Bad gateway Ray 42") as caught:
        offline(reply(page, kind, status)).get("campaigns")
    assert (caught.value.status, caught.value.code) == (status, None)
    assert caught.value.request == "GET api/v2.0/campaigns"
    assert "try again later" in str(caught.value)


def test_a_reply_without_content_type(offline: Any) -> None:
    bare = reply(b"", status=204)
    bare = type(bare)(204, {}, b"", bare.request)
    with pytest.raises(ParserException, match="not in its envelope: an empty body") as caught:
        offline(bare).get("campaigns")
    assert (caught.value.status, caught.value.request) == (204, "GET api/v2.0/campaigns")


def test_a_very_long_page_is_cut(offline: Any) -> None:
    with pytest.raises(APIError, match="no reply of T1 but HTTP 500") as caught:
        offline(reply("word " * 100_000, "text/html", 500)).get("campaigns")
    assert len(str(caught.value)) < 400


def test_the_call_limit_tells_how_long_to_wait(offline: Any) -> None:
    limit = {"X-Mashery-Error-Code": "ERR_403_DEVELOPER_OVER_QPS", "Retry_After": "17"}
    with pytest.raises(APIError, match=r"call limit of the api_key is reached; wait 17 seconds") as caught:
        offline(reply("<h1>Developer Over Qps</h1>", "text/xml", 403, **limit)).get("campaigns")
    assert caught.value.status == 403


def test_an_unreadable_reply_tells_where_it_came_from(offline: Any) -> None:
    cut = reply('{"data": [', "application/json", status=502)
    with pytest.raises(ParserException, match="JSON that cannot be read") as caught:
        offline(cut).get("campaigns", 7)
    assert (caught.value.status, caught.value.request) == (502, "GET api/v2.0/campaigns/7")
