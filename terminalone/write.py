"""The requests that change a record: creates, updates, deletions. No I/O. Source: wire.md section 4."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from adplatforms.core.errors import ClientError
from adplatforms.core.messages import Request

from .expected import ONE, STATUS
from .forms import pairs

__all__ = ["add_undeclared", "delete_request", "save_request", "version_of"]


def save_request(entity: Any, values: Mapping[str, Any], accept: Mapping[str, str]) -> Request:
    """A POST that creates or updates a record: a form, or JSON for deals.

    values: what to send, by Python name. accept: the header that chooses JSON or XML. An update names the version it
    is based on, where the record has one: T1 answers `conflict` when somebody else saved meanwhile.
    """
    version = None
    if entity._versioned and entity._raw.get("id") is not None:
        version = version_of(entity)
    path, body = entity._save_path(), entity._body(values, version)
    if isinstance(body, dict):
        return Request("POST", path, json=body, headers=accept, writes=True, subject=ONE)
    return Request("POST", path, form=body, headers=accept, writes=True, subject=ONE)


def delete_request(entity: Any, accept: Mapping[str, str]) -> Request:
    """``POST {path}/delete`` with the version, which T1 compares."""
    form = (("version", str(version_of(entity))),)
    return Request("POST", f"{entity._path()}/delete", form=form, headers=accept, writes=True, subject=STATUS)


def add_undeclared(request: Request, extra: Mapping[str, Any]) -> Request:
    """The request with undeclared fields by T1's names; they replace what the record itself would send under them."""
    if request.form is None:
        return replace(request, json={**request.json, **extra})
    own = tuple((name, value) for name, value in request.form if name not in extra)
    return replace(request, form=(*own, *pairs(extra)))


def version_of(entity: Any) -> Any:
    """The version that an update or a deletion is based on. Raises `ClientError` where it was never read."""
    version = entity._raw.get("version")
    if version is None:
        raise ClientError(
            f"{entity._label()} came from a list without its version, which T1 wants with every update",
            hint="call refresh() on it first (unsaved changes stay), or list with full=True",
        )
    return version
