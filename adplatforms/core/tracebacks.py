"""Tracebacks without variables: what error reporters, debuggers and notebooks show of a frame may be a credential."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import wraps
from typing import Any, TypeVar, cast

__all__ = ["clear_frames", "handles_secrets"]

F = TypeVar("F", bound=Callable[..., Any])


def clear_frames(error: BaseException) -> None:
    """Empties the variables of all frames that an exception came through, and those of the exceptions behind it.

    The frames stay, so a traceback still shows where it happened. Frames that are still running, those of the callers,
    keep their variables.
    """
    for each in _chain(error):
        step = each.__traceback__
        while step is not None:
            with suppress(RuntimeError):  # it is still running
                step.tb_frame.clear()
            step = step.tb_next


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An exception and those behind it, each once: a cause may be a context too."""
    seen: set[int] = set()
    left: list[BaseException | None] = [error]
    while left:
        each = left.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        left += [each.__cause__, each.__context__]
        if isinstance(each, BaseExceptionGroup):
            left += each.exceptions


def handles_secrets(function: F) -> F:
    """A function that is given credentials, or makes them: whatever exception leaves it, Ctrl-C included, no frame of
    it holds a variable, neither its own nor those of what it calls."""
    # Twice, because Ctrl-C may come while the first one empties the frames of another exception.
    return _guard(_guard(function))


def _guard(function: F) -> F:
    @wraps(function)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        # The arguments are in this frame too. So they are forgotten once they are on their way to the call, and all of
        # it is one line: Ctrl-C on the line of the `try` would come before there is anything to catch it.
        try: return function(*args, **kwargs, **(args := (kwargs := {})))  # type: ignore[assignment]  # noqa: E701  # fmt: skip
        except BaseException as error:
            args = kwargs = {}  # type: ignore[assignment]
            clear_frames(error)
            raise

    return cast("F", guarded)
