"""People in conversion events: hashed by the rule of each field, or refused."""

import hashlib
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from adplatforms.core.errors import InvalidValueError
from adplatforms.core.testing import FakeTransport
from adplatforms.pinterest import Pinterest
from adplatforms.pinterest.hashing import HASHED

Offline = Callable[..., Pinterest]
DONE = {"events": [{"status": "processed"}], "num_events_received": 1, "num_events_processed": 1}
HASH = "A" * 32 + "0" * 32


def event(user: dict[str, Any], **custom: Any) -> dict[str, Any]:
    fields = {"event_name": "checkout", "action_source": "web", "event_time": 1, "event_id": "e"}
    return {**fields, "user_data": {"em": [HASH], **user}, "custom_data": {"currency": "USD", **custom}}


def sent(offline: Offline, user: dict[str, Any], **custom: Any) -> dict[str, Any]:
    pin = offline(DONE)
    pin.send_events([event(user, **custom)])
    assert isinstance(pin.transport, FakeTransport)
    found: dict[str, Any] = pin.transport.calls[0].json["data"][0]
    return found


@pytest.mark.parametrize(
    ("field", "value", "hashed"),
    [
        ("em", " Jane.Doe@Example.com ", "jane.doe@example.com"),
        ("ph", "+1 (555) 010-0199", "15550100199"),
        ("ph", "0049 30 123456", "4930123456"),
        ("ph", 4930123456, "4930123456"),
        ("fn", "Jane", "jane"),
        ("ln", "D'Arc", "d'arc"),
        ("ge", "F", "f"),
        ("ct", "St. John's", "stjohns"),
        ("ct", "San Francisco", "sanfrancisco"),
        ("st", "CA", "ca"),
        ("zp", "94107-1234", "941071234"),
        ("country", "US", "us"),
    ],
)
def test_a_value_is_hashed_in_the_form_of_its_field(offline: Offline, field: str, value: Any, hashed: str) -> None:
    expected = [hashlib.sha256(hashed.encode()).hexdigest()]
    assert sent(offline, {field: [value]})["user_data"][field] == expected
    assert sent(offline, {field: value})["user_data"][field] == expected


def test_a_hash_stays_as_it_is(offline: Offline) -> None:
    for field in HASHED:
        assert sent(offline, {field: [HASH]})["user_data"][field] == [HASH]


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("em", "jane.doe", "neither an e-mail address nor a SHA-256 hash"),
        ("em", "5d41402abc4b2a76b9719d911017c592", "neither an e-mail address nor a SHA-256 hash"),  # an MD5
        ("em", HASH + "0", "neither an e-mail address"),
        ("st", "California", "neither a state of two letters"),
        ("country", "USA", "neither a country of two letters"),
        ("ge", "female", "neither .* nor a SHA-256 hash"),
        ("ph", "none", "is empty in the form that Pinterest wants"),
        ("ct", "...", "is empty in the form that Pinterest wants"),
        ("db", "1990-01-02", "not a SHA-256 hash"),
        ("external_id", "jane-7", "not a SHA-256 hash"),
        ("hashed_maids", "AEBE52E7-03EE-455A-B3C4-E57283966239", "not a SHA-256 hash"),
        ("em", True, "is text, not a bool"),
    ],
)
def test_what_a_field_cannot_hash_is_refused_and_not_shown(offline: Offline, field: str, value: Any, told: str) -> None:
    pin = offline()
    with pytest.raises(InvalidValueError, match=rf"data\[0\]\.user_data\.{field}\[0\] {told}|{told}") as caught:
        pin.send_events([event({field: [value]})])
    assert isinstance(pin.transport, FakeTransport)
    assert pin.transport.calls == []
    assert str(value) not in f"{caught.value} {caught.value!r}"


def test_a_plain_call_hashes_as_well(offline: Offline) -> None:
    pin = offline(DONE)
    pin.call("events/create", {"data": [event({"em": ["jane@example.com"]})]})
    assert isinstance(pin.transport, FakeTransport)
    assert "jane" not in str(pin.transport.calls[0].json)


def test_what_is_no_hash_is_sent_as_it_is(offline: Offline) -> None:
    user = {"client_ip_address": "216.3.128.12", "client_user_agent": "Mozilla", "click_id": "k", "partner_id": "p"}
    assert sent(offline, user)["user_data"] == {"em": [HASH], **user}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (72, "72"),
        (72.39, "72.39"),
        (Decimal("72.390"), "72.390"),
        ("72.39", "72.39"),
        (1e-7, "0.0000001"),
        (1e21, "1" + "0" * 21),
    ],
)
def test_amounts_are_text(offline: Offline, value: Any, text: str) -> None:
    data = sent(
        offline, {}, value=value, predicted_ltv=value, contents=[{"id": "1", "item_price": value, "quantity": 2}]
    )
    assert (data["custom_data"]["value"], data["custom_data"]["predicted_ltv"]) == (text, text)
    assert data["custom_data"]["contents"] == [{"id": "1", "item_price": text, "quantity": 2}]


def test_an_amount_is_a_number(offline: Offline) -> None:
    with pytest.raises(InvalidValueError, match="value is text, not"):
        sent(offline, {}, value=True)
    with pytest.raises(InvalidValueError, match=r"custom_data\.value: it is not a finite number"):
        sent(offline, {}, value=float("nan"))
