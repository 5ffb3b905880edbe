"""How a request is refused, before any surface words it in its own way."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Fault", "Refusal", "missing"]


@dataclass(frozen=True)
class Fault:
    """One fact that was refused, by the dotted name the request gave it, and why."""

    field: str
    message: str


class Refusal(Exception):
    """Ends a request: `status` is the HTTP status of it, `faults` name facts where it is about some.

    `retry_after` are the seconds to wait, with 429.
    """

    def __init__(
        self, status: int, message: str, faults: tuple[Fault, ...] = (), retry_after: int | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.faults = faults
        self.retry_after = retry_after


def missing(kind: str, id: object) -> Refusal:
    """A refusal because there is no such row."""
    return Refusal(404, f"There is no {kind} {id!r}")
