"""Refusals: what a request is answered with when it is not answered as asked.

The body is `{"code", "message"}`; `code` is Pinterest's own number. Where the facts give no number for a case, the
HTTP status stands in, as some operations of the description do.
"""

from __future__ import annotations

from typing import Any

INVALID = 1
NOT_AUTHENTICATED = 2
NO_SCOPE = 3
RATE_LIMIT = 8
TEMPORARY = 12
NOT_PERMITTED = 29
USER_NOT_FOUND = 30
PIN_NOT_FOUND = 50
BAD_GRANT = 283
NO_BUDGET = 2384
FEED_NOT_FOUND = 4161
PRODUCT_GROUP_IN_USE = 4176
PRODUCT_GROUP_NAME = 4179
PRODUCT_GROUP_NOT_FOUND = 4180
NO_CATALOG = 4182
LEAD_FORM_NOT_FOUND = 4842
PROMOTION_NOT_FOUND = 4997

NOT_FOUND_CODES = {
    "pins": PIN_NOT_FOUND,
    "feeds": FEED_NOT_FOUND,
    "product_groups": PRODUCT_GROUP_NOT_FOUND,
    "commerce_integrations": PRODUCT_GROUP_NOT_FOUND,
    "lead_forms": LEAD_FORM_NOT_FOUND,
    "promotions": PROMOTION_NOT_FOUND,
}
"""The number for "not found" by resource; the others answer 404."""


class Refusal(Exception):
    """Ends a request with an error body. `more` are members beside code and message (events: `details`)."""

    def __init__(self, status: int, code: int, message: str, **more: Any) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.more = more

    @property
    def body(self) -> dict[str, Any]:
        """The body of the answer."""
        return {"code": self.code, "message": self.message, **self.more}


class ItemRefusal(Exception):
    """Refuses one element of a batch; the others go on."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    @property
    def exception(self) -> dict[str, Any]:
        """What stands in the element's `exceptions`."""
        return {"code": self.code, "message": self.message}


def invalid(message: str) -> Refusal:
    """400: a parameter or a member of the body is not what the description asks for."""
    return Refusal(400, INVALID, message)


def not_found(resource: str, key: str = "") -> Refusal:
    """404: there is no such row."""
    return Refusal(404, NOT_FOUND_CODES.get(resource, 404), told_missing(resource, key))


def told_missing(resource: str, key: str) -> str:
    """The words for a row that is not there."""
    return f"{singular(resource)} {key} not found".replace("_", " ").capitalize()


def singular(resource: str) -> str:
    """One row of a resource: `campaign` of `campaigns`."""
    return resource.removesuffix("es" if resource.endswith(("ches", "sses")) else "s")
