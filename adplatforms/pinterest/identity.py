"""Whose answer it is: rows held against what was asked for or sent. Source: wire.md, sections 5, 6 and 9.

On a kept connection the answer to one request can arrive as the answer to the next one, after a proxy or a library has
lost count. Such an answer has the right shape and tells of another record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from adplatforms.core.hints import brief

if TYPE_CHECKING:
    from adplatforms.core.relations import Row

    from .description import Operation
    from .model import PinterestModel

__all__ = ["ELSEWHERE", "differs", "differs_from_path", "foreign"]

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


def foreign(rows: Sequence[Row], model: PinterestModel, known: Mapping[str, Any], id: str | None) -> str:
    """What shows that rows answer another question; empty where nothing does.

    known: the parents that they were asked under, by wire name. id: the one record that was asked for, None for a
    listing. Members that rows do not have tell nothing.
    """
    kind = _TYPES.get(model.collection)
    if kind is not None:
        others = {str(row.get("type") or kind) for row in rows} - {kind}
        if others:
            return f"{ELSEWHERE}: of the type {_few(others)}, not {kind}"
    if id is None:
        return ""
    ids = [model.identify(dict(row)) for row in rows]
    if any(each is not None and str(each) != id for each in ids):
        return f"{ELSEWHERE}: {_few(ids)}, not {id}"
    account = known.get("ad_account_id")
    if account is None or model.collection in _SHARED:
        return ""
    others = {str(row.get("ad_account_id") or account) for row in rows} - {account}
    if others:
        return f"{ELSEWHERE}: of the ad account {_few(others)}, not {account}"
    return ""


def differs_from_path(found: Any, operation: Operation, path: str) -> str:
    """What shows that an object is not the record that the path of its read or update ends with.

    Empty where nothing does, and where the path names no record. The identity stands under the parameter's own name,
    else under ``id`` where the path names the collection so: ``boards/{board_id}``, not
    ``integrations/commerce/{external_business_id}``.
    """
    if operation.method not in ("GET", "PATCH") or not operation.path.endswith("}") or not isinstance(found, dict):
        return ""
    name, wanted = operation.path_params[-1], unquote(path.rpartition("/")[2])
    collection, word = operation.path.split("/")[-2], name.removesuffix("_id").rpartition("_")[2]
    key = name
    if name not in found and (name == "id" or word in collection):
        key = "id"
    identity = found.get(key)
    if not differs(identity, wanted):
        return ""
    return f"{ELSEWHERE}: {brief(identity)}, not {wanted}"


def differs(one: Any, other: Any) -> bool:
    """Whether two values that both tell something are not the same: ids as text, names but for blanks."""
    # Objects are compared nowhere: a server may add members to them.
    if one is None or other is None or isinstance(one, (dict, list)) or isinstance(other, (dict, list)):
        return False
    # A server may trim or join the blanks of a name.
    return " ".join(str(one).split()) != " ".join(str(other).split())


def _few(values: Iterable[Any]) -> str:
    """The first three of some values, for a message."""
    return ", ".join(sorted(map(brief, values))[:3])
