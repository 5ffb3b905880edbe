"""The table of operations, read when the first of them is asked for.

`table.json` is the official description, 5.23.0. `since_5_28.json` has what 5.28.0 added: whole entries that replace
those of the first. In them ``"since"`` marks operations, parameters and members, ``"newer"`` words. 5.28.0 is known by
a third party's client only, so nothing was taken out for it, and nothing made required that was not. The rate category
and the scopes of its new operations are those of their neighbours, for that client does not tell them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from adplatforms.core.errors import UnknownNameError, did_you_mean
from adplatforms.core.messages import Request

from .operation import Operation, Param, Success
from .shapes import Shapes

__all__ = ["OPERATIONS", "PRIVATE", "READING", "Operations"]

READING = frozenset(
    {
        "ad_groups/audience_sizing",
        "ad_groups_bid_floor/get",
        "catalogs_local_inventory_items/post",
        "get_campaign_delivery_estimates",
        "advanced_auction_items_get/post",
        "analytics/create_conversion_product_report",
        "analytics/create_mmm_report",
        "analytics/create_report",
        "analytics/create_template_report",
        "bulk_download/create",
        "items/post",
        "leads_export/create",
        "products_by_product_group_filter/list",
        "reports/create",
    }
)
"""The POST operations that change nothing: they read with a body, or have Pinterest compute a file."""

PRIVATE = frozenset(
    {
        "ad_accounts_subscriptions/get_by_id",
        "ad_accounts_subscriptions/get_list",
        "ad_accounts_subscriptions/post",
        "ad_groups_dynamic_titles_download_csv",
        "ad_groups_dynamic_titles_get_upload_url",
        "conversion_deletion_request/create",
        "conversion_deletion_request/get",
        "conversion_deletion_request/list",
        "customer_list_uploads/create",
        "customer_lists/create",
        "customer_lists/update",
        "events/create",
        "feeds/create",
        "feeds/get",
        "feeds/list",
        "feeds/update",
        "integrations/get_by_id",
        "integrations/get_list",
        "integrations_commerce/patch",
        "integrations_commerce/post",
        "lead_form_test/create",
        "media/create",
        "oauth/conversion_token",
        "oauth/token",
        "token/revoke",
    }
)
"""The operations whose bodies or answers hold credentials or people: neither logs nor errors show them.

Answers about feeds hold the credentials of their downloads, for one. Source: wire.md, section 12.
"""


class Operations(Mapping[str, Operation]):
    """The operations by id (``"campaigns/list"``); ``"campaigns_list"`` and ``"campaigns.list"`` are understood too."""

    def __getitem__(self, name: str) -> Operation:
        if name not in _table()["operations"]:
            name = self._id_of(name)
        return _operation(name)

    def _id_of(self, name: Any) -> str:
        """The id as Pinterest writes it; an `UnknownNameError` for a name that is none."""
        found = None
        if isinstance(name, str):
            found = _ids_by_python_name().get(_python_name(name))
        if found is None:
            raise UnknownNameError(f"Pinterest has no operation {name!r}", hint=did_you_mean(name, self))
        return found

    def of(self, request: Request) -> Operation | None:
        """The operation that a request is a call of; None where it is none."""
        # A walk over all of them, which is done in Pinterest's sandbox only.
        for method, path, name in _templates():
            if method == request.method and path.fullmatch(request.path):
                return self[name]
        return None

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and _python_name(name) in _ids_by_python_name()

    def __iter__(self) -> Iterator[str]:
        return iter(_table()["operations"])

    def __len__(self) -> int:
        return len(_table()["operations"])

    def __repr__(self) -> str:
        return "<the operations of Pinterest's API v5>"


OPERATIONS = Operations()
"""All operations of the descriptions, 5.23.0 and 5.28.0."""


_FILES = ("table.json", "since_5_28.json")


@cache
def _table() -> dict[str, dict[str, Any]]:
    """The files, parsed once: "operations" by id, "params" by key, "types" by name."""
    found, newer = (orjson.loads(Path(__file__).with_name(name).read_bytes()) for name in _FILES)
    return {part: {**entries, **newer[part]} for part, entries in found.items()}


@cache
def _shapes(private: bool = False) -> Shapes:
    """The types of the table; private: the ones whose errors show no values."""
    return Shapes(_table()["types"], private)


@cache
def _ids_by_python_name() -> dict[str, str]:
    return {_python_name(name): name for name in _table()["operations"]}


def _python_name(name: str) -> str:
    """An id as a Python name, which no two of them share: ``campaigns_list``."""
    return name.replace("/", "_").replace(".", "_")


@cache
def _operation(name: str) -> Operation:
    """The operation of an id, made from its row when it is first asked for: a session uses a few of the 266."""
    row = _table()["operations"][name]
    path = row["path"]

    def position(param: Param) -> int:
        if param.location == "path":
            return int(path.find(f"{{{param.name}}}"))
        return len(path)

    params = sorted((_param(key) for key in row["params"]), key=position)
    private = name in PRIVATE
    return Operation(
        id=name,
        method=row["method"],
        path=path,
        params={param.name: param for param in params},
        answer=row["answer"],
        rate=row["rate"],
        scopes=tuple(row["scopes"]),
        writes=row["method"] != "GET" and name not in READING,
        shapes=_shapes(private),
        body=row.get("body"),
        media=row.get("media", ""),
        sandbox=row.get("sandbox", True),
        app_token=row.get("app_token", False),
        basic=row.get("basic", False),
        private=private,
        success=_success(row.get("success", {})),
        since=row.get("since", ""),
    )


def _success(row: Mapping[str, Any]) -> Success:
    """What a good answer must have, from its entry in the table."""
    return Success(
        needs=tuple(row.get("needs", ())),
        some=tuple(row.get("some", ())),
        rows=row.get("rows", "object"),
        outcome=tuple(row.get("outcome", ())),
        nullable=row.get("nullable", False),
        identified=row.get("identified", False),
    )


@cache
def _param(key: str) -> Param:
    """The parameter of a key: its name, with a number where several have one name."""
    row = _table()["params"][key]
    shape = _shapes().resolved(row)
    item = _shapes().resolved(shape.get("items", {}))
    return Param(key.split(".")[0], row["in"], shape, row.get("must", False), row.get("encode", ""), item)


@cache
def _templates() -> list[tuple[str, re.Pattern[str], str]]:
    """Method, path as a pattern, and id of each operation.

    Paths with fewer parameters come first: ``catalogs/product_groups/multiple`` is not the product group "multiple".
    """
    rows = sorted(_table()["operations"].items(), key=lambda item: item[1]["path"].count("{"))
    return [(row["method"], _path_pattern(row["path"]), name) for name, row in rows]


def _path_pattern(path: str) -> re.Pattern[str]:
    """A path whose parameters match any one segment."""
    return re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path[1:])))
