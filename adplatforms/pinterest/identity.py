"""Whose answer it is: rows held against what was asked for or sent. Source: wire.md, sections 5, 6 and 9.

On a kept connection the answer to one request can arrive as the answer to the next one, after a proxy or a library has
lost count. Such an answer has the right shape and tells of another record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from adplatforms.core.hints import brief

if TYPE_CHECKING:
    from .base import PinterestEntity
    from .description import Operation

__all__ = ["ELSEWHERE", "differs", "foreign", "strange"]

ELSEWHERE = "the answer is about another record"

_TYPES = {
    "campaigns": "campaign",
    "ad_groups": "adgroup",
    "ads": "pinpromotion",
    "keywords": "keyword",
    "audiences": "audience",
    "order_lines": "orderline",
}
"""What the member ``type`` of a record always is, by collection. Source: wire.md, section 9."""

_SHARED = ("audiences",)
"""Records that may belong to another ad account than the one whose listing shows them: audiences that were received."""


def foreign(
    rows: Sequence[Mapping[str, Any]], model: type[PinterestEntity], known: Mapping[str, Any], id: str | None
) -> str:
    """What shows that rows answer another question; empty where nothing does.

    known: the parents that they were asked under, by wire name. id: the one record that was asked for, None for a
    listing. Members that rows do not have tell nothing.
    """
    kind = _TYPES.get(model.collection)
    others = set() if kind is None else {str(row.get("type") or kind) for row in rows} - {kind}
    if others:
        return f"{ELSEWHERE}: of the type {_few(others)}, not {kind}"
    if id is None:
        return ""
    told = [model._identity(dict(row)) for row in rows]
    if any(each is not None and str(each) != id for each in told):
        return f"{ELSEWHERE}: {_few(told)}, not {id}"
    account = known.get("ad_account_id")
    if account is not None and model.collection not in _SHARED:
        others = {str(row.get("ad_account_id") or account) for row in rows} - {account}
        if others:
            return f"{ELSEWHERE}: of the ad account {_few(others)}, not {account}"
    return ""


def strange(found: Any, operation: Operation, path: str) -> str:
    """What shows that an object is not the record that the path of its read or update ends with; empty where nothing
    does, and where the path names none. The identity stands under the parameter's own name, else under ``id`` where the
    path names the collection so: ``boards/{board_id}``, not ``integrations/commerce/{external_business_id}``."""
    if operation.method not in ("GET", "PATCH") or not operation.path.endswith("}") or not isinstance(found, dict):
        return ""
    name, asked = operation.path_params[-1], unquote(path.rpartition("/")[2])
    collection, word = operation.path.split("/")[-2], name.removesuffix("_id").rpartition("_")[2]
    told = found.get("id") if name not in found and (name == "id" or word in collection) else found.get(name)
    return f"{ELSEWHERE}: {brief(told)}, not {asked}" if differs(told, asked) else ""


def differs(one: Any, other: Any) -> bool:
    """Whether two values that both tell something are not the same: ids as text, names but for blanks."""
    if one is None or other is None or isinstance(one, (dict, list)) or isinstance(other, (dict, list)):
        return False
    return " ".join(str(one).split()) != " ".join(str(other).split())


def _few(told: Any) -> str:
    return ", ".join(sorted(map(brief, told))[:3])
