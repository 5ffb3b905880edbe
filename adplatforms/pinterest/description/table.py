"""The table of operations, read from `table.json` when the first of them is asked for."""

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
"""The operations whose bodies or answers hold credentials or people: neither logs nor errors show them."""


class Operations(Mapping[str, Operation]):
    """The operations by id (``"campaigns/list"``); ``"campaigns_list"`` and ``"campaigns.list"`` are understood too."""

    def __getitem__(self, name: str) -> Operation:
        return _operation(name if name in _table()["operations"] else self._written(name))

    def _written(self, name: str) -> str:
        """The id as Pinterest writes it; an `UnknownNameError` for what is none."""
        found = _by_word().get(_word(name)) if isinstance(name, str) else None
        if found is None:
            raise UnknownNameError(f"Pinterest has no operation {name!r}", hint=did_you_mean(name, self))
        return found

    def of(self, request: Request) -> Operation | None:
        """The operation that a request is a call of; None where it is none."""
        for method, path, name in _templates():
            if method == request.method and path.fullmatch(request.path):
                return self[name]
        return None

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and _word(name) in _by_word()

    def __iter__(self) -> Iterator[str]:
        return iter(_table()["operations"])

    def __len__(self) -> int:
        return len(_table()["operations"])

    def __repr__(self) -> str:
        return "<the operations of Pinterest's API v5>"


OPERATIONS = Operations()
"""All operations of the description, 5.23.0."""


@cache
def _table() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = orjson.loads(Path(__file__).with_name("table.json").read_bytes())
    return found


@cache
def _shapes(private: bool = False) -> Shapes:
    return Shapes(_table()["types"], private)


@cache
def _by_word() -> dict[str, str]:
    return {_word(name): name for name in _table()["operations"]}


def _word(name: str) -> str:
    return name.replace("/", "_").replace(".", "_")


@cache
def _operation(name: str) -> Operation:
    row = _table()["operations"][name]
    params = [_param(key) for key in row["params"]]
    params.sort(key=lambda param: row["path"].find(f"{{{param.name}}}") if param.place == "path" else 1000)
    return Operation(
        name,
        row["method"],
        row["path"],
        {param.name: param for param in params},
        row["answer"],
        row["rate"],
        tuple(row["scopes"]),
        row["method"] != "GET" and name not in READING,
        _shapes(name in PRIVATE),
        row.get("body"),
        row.get("media", ""),
        row.get("sandbox", True),
        row.get("app_token", False),
        row.get("basic", False),
        name in PRIVATE,
        _success(row.get("success", {})),
    )


def _success(row: Mapping[str, Any]) -> Success:
    """What a good answer must have, from its entry in the table."""
    words = {name: tuple(row.get(name, ())) for name in ("needs", "some", "outcome")}
    nullable, identified = row.get("nullable", False), row.get("identified", False)
    return Success(**words, rows=row.get("rows", "object"), nullable=nullable, identified=identified)


@cache
def _param(key: str) -> Param:
    row = _table()["params"][key]
    shape = _shapes().resolved(row)
    item = _shapes().resolved(shape.get("items", {}))
    return Param(key.split(".")[0], row["in"], shape, row.get("must", False), row.get("encode", ""), item)


@cache
def _templates() -> list[tuple[str, re.Pattern[str], str]]:
    """Method, path as a pattern, id: paths with fewer parameters first, for ``/multiple`` is no id."""
    rows = sorted(_table()["operations"].items(), key=lambda item: item[1]["path"].count("{"))
    return [
        (row["method"], re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(row["path"][1:]))), name)
        for name, row in rows
    ]
