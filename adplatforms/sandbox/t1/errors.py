"""Refusals: what a T1 request is answered with when it is not answered as asked.

The body's status decides, and clients look at nothing else. The facts give an HTTP status only for the
gateway (403); the others here are the plain reading of the word.
"""

from __future__ import annotations

from dataclasses import dataclass

from adplatforms.sandbox.store import Row
from adplatforms.sandbox.t1.schema import Resource

HTTP_STATUS = {
    "invalid": 400,
    "bad_request": 400,
    "auth_required": 401,
    "auth_error": 401,
    "denied": 403,
    "not_found": 404,
    "conflict": 409,
    "error": 500,
}
BARE = ("auth_required", "denied")
"""Statuses whose reply is the status alone, without `errors`: so recorded."""


@dataclass(frozen=True)
class FieldError:
    """One field that was refused, by its name on the wire, and why."""

    field: str
    message: str


class Refusal(Exception):
    """Ends a request with a T1 error envelope.

    `fields` come with status `invalid`; `current` is the entity as it is, which a conflict shows.
    """

    def __init__(
        self,
        status: str,
        message: str = "",
        fields: list[FieldError] | None = None,
        current: tuple[Resource, Row] | None = None,
    ) -> None:
        super().__init__(message or status)
        self.status = status
        self.message = message
        self.fields = fields or []
        self.current = current


def invalid(field: str, message: str) -> Refusal:
    """A refusal of one field or one query parameter.

    How T1 answers a malformed `q`, an unknown relation or sort key is not recorded; this follows the one
    recorded case, a page_limit over 100: status `invalid` with the parameter as the field.
    """
    return Refusal("invalid", "Validation errors", [FieldError(field, message)])


def not_found(message: str = "Entity not found") -> Refusal:
    """A refusal because the path leads nowhere."""
    return Refusal("not_found", message)
