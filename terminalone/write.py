"""The requests that change a record, and whether their answers show what was asked for. No I/O. Source: wire.md 4."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from adplatforms.core.errors import APIError, ClientError, InvalidValueError
from adplatforms.core.masked import MaskedText
from adplatforms.core.messages import Request
from adplatforms.core.secrets import Secret

from .forms import pairs, text
from .read import ONE, STATUS
from .routes import api_root
from .state import T1State

if TYPE_CHECKING:
    from .entities.base import T1Entity

__all__ = ["add_undeclared", "check_ids", "check_outcome", "delete_request", "save_request"]


def save_request(entity: T1Entity, values: Mapping[str, Any], accept: Mapping[str, str], url: str = "") -> Request:
    """A POST that creates or updates a record: a form, or JSON for deals.

    values: what to send, by Python name. accept: the header that chooses JSON or XML. url: a path below the service,
    instead of the record's own.

    An update names the version it is based on, where the record has one: T1 answers `conflict` when somebody else saved
    meanwhile. Raises `ClientError` where the version was never read.
    """
    state = T1State(entity)
    version = None
    if state.model.versioned and state.row.get("id") is not None:
        version = _version(state)
    path = f"{api_root(entity.collection)}/{url.strip('/')}" if url else state.path()
    body = state.body(values, version)
    # Deals are JSON, all other records forms (wire.md section 4).
    if isinstance(body, dict):
        return Request("POST", path, json=body, headers=accept, writes=True, reader=ONE)
    form: tuple[tuple[str, str | Secret], ...] = body
    if MaskedText in map(type, chain.from_iterable(body)):
        form = tuple((name, _secret(name, value, state)) for name, value in body)
    return Request("POST", path, form=form, headers=accept, writes=True, reader=ONE)


def _secret(name: str, value: str, state: T1State) -> str | Secret:
    """A value of a form; a credential as a `Secret`, which stays masked until it is sent.

    Raises `ClientError` for one that a pickle has left out.
    """
    if not isinstance(value, MaskedText):
        return value
    if value.withheld:
        raise ClientError(f"{state.label}.{name} was left out of a pickle, as every credential is", hint="set it again")
    return Secret(value.reveal())


def delete_request(entity: T1Entity, accept: Mapping[str, str]) -> Request:
    """``POST {path}/delete`` with the version, which T1 compares."""
    state = T1State(entity)
    form = (("version", str(_version(state))),)
    return Request("POST", f"{state.path()}/delete", form=form, headers=accept, writes=True, reader=STATUS)


def add_undeclared(request: Request, extra: Mapping[str, Any]) -> Request:
    """The request with undeclared fields by T1's names; they replace what the record itself would send under them."""
    if request.form is None:
        return replace(request, json={**request.json, **extra})
    # In their place: a key that is repeated is a list of values (wire.md section 1).
    own = tuple((name, value) for name, value in request.form if name not in extra)
    return replace(request, form=(*own, *pairs(extra)))


def _version(state: T1State) -> Any:
    """The version that an update or a deletion is based on. Raises `ClientError` where it was never read."""
    version = state.row.get("version")
    if version is None:
        raise ClientError(
            f"{state.label} came from a list without its version, which T1 wants with every update",
            hint="call refresh() on it first (unsaved changes stay), or list with full=True",
        )
    return version


# T1 takes forms whose keys it does not know without a word: a success may have left something out.


def check_outcome(saved: T1Entity, asked: Mapping[str, Any], how: str = "was created") -> None:
    """Compares a record of an answer with the values that were asked for, by T1's names; None and what the answer does
    not show are left out.

    how: what became of the record, for the message. Raises an `APIError` that names the record and what differs. The
    record exists: nothing is unsure about it.
    """
    wanted = {name: value for name, value in asked.items() if value is not None}
    differences = [_difference(saved, name, value) for name, value in wanted.items()]
    found = [difference for difference in differences if difference]
    if found:
        raise _not_as_asked(saved, how, "; ".join(found))


def check_ids(saved: T1Entity, what: str, asked: Iterable[int], shown: Iterable[int] | None) -> None:
    """Raises an `APIError` unless all ids that were given are among those that the answer shows; None where it shows
    none. what: what they are ids of, for the message."""
    # Answers of copies and side calls are short: what they do not show is not a difference.
    if shown is None:
        return
    missing = sorted(set(asked) - set(shown))
    if missing:
        raise _not_as_asked(saved, "was changed", f"it lacks {what} {', '.join(map(str, missing))}")


def _difference(saved: T1Entity, name: str, wanted: Any) -> str:
    """How the shown value of a field differs from the wanted one; empty where it does not."""
    state = T1State(saved)
    field = state.model.fields.get(name)
    shown = state.row.get(name if field is None else field.wire)
    if shown is None:
        return ""
    if field is not None:
        shown = state.loaded(name)
        try:
            wanted = field.check(wanted, state.model.name)
        except InvalidValueError:  # T1 has taken what the field does not: it is compared as text
            field = None
    if shown == wanted or (field is None and text(shown) == text(wanted)):
        return ""
    return f"{name} is {_brief(shown)}, not {_brief(wanted)}"


def _not_as_asked(saved: T1Entity, how: str, difference: str) -> APIError:
    """The error of a success that differs from what was asked."""
    state = T1State(saved)
    return APIError(
        f"{state.label} {how}, but not as asked: {difference}",
        body=dict(state.row),
        hint="it exists at T1 as the answer shows it: change it there, do not repeat the call",
        unsure=False,
    )


def _brief(value: Any) -> str:
    """A value for a message, at most 80 characters."""
    shown = value.isoformat() if hasattr(value, "isoformat") else repr(value)
    return shown if len(shown) <= 80 else f"{shown[:77]}..."
