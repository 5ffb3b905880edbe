"""What became of the elements of a batch, in the answer of a call. Source: wire.md, section 6."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adplatforms.core.errors import AdPlatformsWarning, APIError, warn

from .errors import failure

__all__ = ["item_errors", "warn_of_refused_items"]

_LISTS = ("items", "promotions")
_PROBLEMS = ("exceptions", "exception", "error_messages")


def item_errors(answer: Any) -> list[APIError | None]:
    """The error of each element that the answer to a batch tells of, None for those that were saved.

    answer: what `Pinterest.call` returned. Elements come in the order of the request, except for keywords and labels:
    their answers have the good ones first, then those that failed. An answer that is not one of a batch has none.

    >>> answer = {"items": [{"data": {"id": "7"}, "exceptions": []}, {"exceptions": [{"code": 1, "message": "no"}]}]}
    >>> item_errors(answer)
    [None, ValidationError('no')]
    """
    if isinstance(answer, list):
        return [_error_of(each) for each in answer]
    if not isinstance(answer, Mapping):
        return []
    for name in _LISTS:
        if isinstance(answer.get(name), list):
            return [_error_of(each) for each in answer[name]]
    errors = answer.get("errors")
    # Of other answers `errors` are no elements: those of rows of a file, say.
    if not isinstance(errors, list) or not all(
        isinstance(each, Mapping) and "error_messages" in each for each in errors
    ):
        return []
    saved = [None for each in answer.values() if isinstance(each, list) and each is not errors for _ in each]
    return [*saved, *(_error_of(each) or failure(each, {}) for each in errors)]


def warn_of_refused_items(operation: str, answer: Any) -> None:
    """Warns where elements of a batch were refused: the status of the answer is that of a success all the same.

    operation: its id, for the message. answer: the parsed answer.
    """
    errors = item_errors(answer)
    refused = [(position, error) for position, error in enumerate(errors) if error is not None]
    if not refused:
        return
    position, error = refused[0]
    warn(
        f"{operation}: {len(refused)} of {len(errors)} elements were refused, the first of them [{position}]: "
        f"{error.message}; item_errors(answer) has all",
        AdPlatformsWarning,
    )


def _error_of(element: Any) -> APIError | None:
    """The error of one element; None where it has none."""
    if not isinstance(element, Mapping):
        return None
    parts = [element, element["data"]] if isinstance(element.get("data"), Mapping) else [element]
    problems = [part[name] for part in parts for name in _PROBLEMS if part.get(name)]
    return failure(problems[0], {}) if problems else None
