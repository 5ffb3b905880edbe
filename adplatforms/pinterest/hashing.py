"""What conversion events tell of people, hashed by the rule that Pinterest has for each field before it is sent.

Source: the descriptions of ConversionEventsUserData, 5.23.0. Each wants the SHA-256 of a text in a form of its own.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from adplatforms.core.errors import InvalidValueError
from adplatforms.core.scalars import to_plain

__all__ = ["HASHED", "prepared_events"]

_HASH = re.compile(r"[0-9a-fA-F]{64}")


def _lower(text: str) -> str:
    """Lower case, without the blanks around it."""
    return text.strip().lower()


def _email(text: str) -> str:
    """An address in lower case."""
    found = _lower(text)
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", found):
        raise ValueError("an e-mail address")
    return found


def _country(text: str) -> str:
    """A country of ISO 3166, two letters in lower case."""
    found = _lower(text)
    if not re.fullmatch("[a-z]{2}", found):
        raise ValueError("a country of two letters")
    return found


def _state(text: str) -> str:
    """A state, two letters in lower case."""
    found = _lower(text)
    if not re.fullmatch("[a-z]{2}", found):
        raise ValueError("a state of two letters")
    return found


def _city(text: str) -> str:
    """A city in lower case, without spaces and punctuation."""
    return re.sub(r"[\W_]", "", text.lower())


def _gender(text: str) -> str:
    """f, m or n."""
    found = _lower(text)
    if found not in ("f", "m", "n"):
        raise ValueError('"f", "m" or "n"')
    return found


def _phone(text: str) -> str:
    """The digits of a number with its country code, without leading zeros."""
    return re.sub(r"\D", "", text).lstrip("0")


def _digits(text: str) -> str:
    """The digits of a text."""
    return re.sub(r"\D", "", text)


HASHED: Mapping[str, Callable[[str], str] | None] = {
    "country": _country,
    "ct": _city,
    "db": None,
    "em": _email,
    "external_id": None,
    "fn": _lower,
    "ge": _gender,
    "hashed_maids": None,
    "ln": _lower,
    "ph": _phone,
    "st": _state,
    "zp": _digits,
}
"""The members of `user_data` that hold hashes, each with the form that is hashed.

None: the description does not tell the form (the order and marks of a birthday, the case of a device's id), so another
hash than Pinterest's own could come of it: such values have to come hashed.
"""
_AMOUNTS = ("value", "predicted_ltv")


def prepared_events(body: Any) -> Any:
    """The body of events/create as it is sent: people hashed, amounts as text.

    Values that are hashes already, 64 hex digits, stay as they are. What has another form than the description's is
    left for the check of the body. Raises `InvalidValueError`, which shows no values, for one that cannot be hashed.
    """
    if not isinstance(body, Mapping) or not isinstance(body.get("data"), (list, tuple)):
        return body
    events = [_prepared(event, f"events/create.data[{index}]") for index, event in enumerate(body["data"])]
    return {**body, "data": events}


def _prepared(event: Any, where: str) -> Any:
    """One event. where: its path, for messages."""
    if not isinstance(event, Mapping):
        return event
    found = dict(event)
    if isinstance(event.get("user_data"), Mapping):
        found["user_data"] = {
            name: _hashed(name, value, f"{where}.user_data.{name}") for name, value in event["user_data"].items()
        }
    if isinstance(event.get("custom_data"), Mapping):
        found["custom_data"] = _with_amounts(event["custom_data"], f"{where}.custom_data")
    return found


def _hashed(name: str, value: Any, where: str) -> Any:
    """The member of `user_data`: a list of hashes where it holds these. One value stands for a list of it."""
    if name not in HASHED or value is None:
        return value
    if isinstance(value, (str, int)) or not isinstance(value, Iterable):
        value = [value]
    return [_hash(name, each, f"{where}[{index}]") for index, each in enumerate(value)]


def _hash(name: str, value: Any, where: str) -> str:
    """One value as its hash."""
    value = to_plain(value)
    # Phone numbers and postal codes are numbers to many programs.
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise InvalidValueError(f"{where} is text, not a {type(value).__name__}")
    text = str(value)
    if _HASH.fullmatch(text):
        return text
    form = HASHED[name]
    if form is None:
        raise InvalidValueError(
            f"{where} is not a SHA-256 hash (64 hex digits)",
            hint="Pinterest does not say in which form it is to be hashed: hash it yourself",
        )
    try:
        text = form(text)
    except ValueError as wanted:
        raise InvalidValueError(f"{where} is neither {wanted} nor a SHA-256 hash") from None
    if not text:
        raise InvalidValueError(f"{where} is empty in the form that Pinterest wants hashed")
    return hashlib.sha256(text.encode()).hexdigest()


def _with_amounts(data: Mapping[str, Any], where: str) -> dict[str, Any]:
    """The custom data of an event with its amounts as text, which is how the description has them."""
    found = {name: _amount(value, f"{where}.{name}") if name in _AMOUNTS else value for name, value in data.items()}
    contents = data.get("contents")
    if isinstance(contents, Iterable) and not isinstance(contents, (str, Mapping)):
        found["contents"] = [_with_price(each, f"{where}.contents[{index}]") for index, each in enumerate(contents)]
    return found


def _with_price(product: Any, where: str) -> Any:
    """A product with its price as text."""
    if not isinstance(product, Mapping) or "item_price" not in product:
        return product
    return {**product, "item_price": _amount(product["item_price"], f"{where}.item_price")}


def _amount(value: Any, where: str) -> Any:
    """A number as text without an exponent; anything else as it is. Raises `InvalidValueError` for NaN."""
    try:
        value = to_plain(value)
    except InvalidValueError as missing:
        raise InvalidValueError(f"{where}: {missing.message}", hint=missing.hint) from None
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return value
    return f"{Decimal(str(value)):f}"
