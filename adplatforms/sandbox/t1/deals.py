"""The deals service, `/deals/v1.0`: JSON in and out, whatever Accept says, and an error shape of its own.

Times end in `+00:00`, `status` is a boolean, `price`, `owner` and `permissions` are objects; there is no version.
An update changes the keys it brings; one that holds an object replaces it whole. A list takes `page_limit`,
`page_offset`, `sort_by`, `q`, `full` and `permissions.advertiser_id`. Not recorded, and read here as the
management API does it: that records of a list are limited without `full`, the most rows a page has (100;
"its own maximum" is all that is known), and the replies to a missing session or deal.
"""

from __future__ import annotations

import re
from typing import Any

import orjson
from flask import Response, request

from adplatforms.sandbox.store import Row
from adplatforms.sandbox.t1 import as_json, query, values, write
from adplatforms.sandbox.t1.answers import next_page
from adplatforms.sandbox.t1.as_json import JsonRenderer
from adplatforms.sandbox.t1.errors import HTTP_STATUS, Refusal
from adplatforms.sandbox.t1.relations import read_full
from adplatforms.sandbox.t1.schema import Field, Value
from adplatforms.sandbox.t1.service import Route, Service
from adplatforms.sandbox.t1.tables import REGISTRY
from adplatforms.sandbox.t1.values import WIRE_TIME

OWNERS = ("INTERNAL", "ORGANIZATION", "AGENCY", "ADVERTISER")
PERMISSIONS = {
    "all_organizations": "boolean",
    "organization_ids": "array",
    "agency_ids": "array",
    "advertiser_ids": "array",
}
FAILED = "Input payload validation failed"
_DEAL = REGISTRY.by_type["deal"]
_TYPES = {"boolean": bool, "integer": int, "array": list, "string": str, "object": dict}
_JSON_TYPES = {"int": "integer", "bool": "boolean", "object": "object"}


class DealRefusal(Exception):
    """Ends a request with the error shape of the deals service: (field, message) pairs."""

    def __init__(self, errors: list[tuple[str, str]], code: str = FAILED) -> None:
        super().__init__(code)
        self.errors = errors
        self.code = code


class DealsApi(Service):
    """The views of the service."""

    prefix = "/deals/v1.0"

    def routes(self) -> list[Route]:
        """Paths and methods."""
        return [
            ("/deals", "GET", self.list_deals),
            ("/deals", "POST", self.create),
            ("/deals/<int:id>", "GET", self.get),
            ("/deals/<int:id>", "POST", self.update),
        ]

    @property
    def format(self) -> JsonRenderer:
        """Always JSON."""
        return self.json

    def reply(self, body: bytes, status: int = 200) -> Response:
        """A reply of plain JSON."""
        return Response(body, status, content_type=as_json.PLAIN_TYPE)

    def list_deals(self) -> Response:
        """A page of the deals, or of those an advertiser may use (`permissions.advertiser_id`).

        Those are the deals that name it, its agency or its organization, or that all may use.
        """
        page = query.read_page(request.args.get("page_limit"), request.args.get("page_offset"))
        condition = query.read_q(_DEAL, request.args.get("q"))
        order = query.order(_DEAL, request.args.get("sort_by"), page)
        full = read_full(request.args.getlist("full"))
        sql = f"SELECT * FROM {_DEAL.table} WHERE {condition.sql} ORDER BY {order}"
        rows = self.store.query(sql, condition.values)
        advertiser = request.args.get("permissions.advertiser_id")
        if advertiser is not None:
            accounts = self._accounts(advertiser)
            rows = [row for row in rows if _may_use(orjson.loads(str(row["permissions"])), accounts)]
        some = rows[page.offset : page.offset + page.limit]
        shown = [
            _shown(row) if "deal" in full else {name: _shown(row)[name] for name in ("entity_type", "id", "name")}
            for row in some
        ]
        meta = {"count": len(some), "offset": page.offset, "total_count": len(rows), "status": "ok"}
        if page.offset + page.limit < len(rows):
            meta["next_page"] = next_page(page)
        return _json({"data": shown, "meta": meta})

    def get(self, id: int) -> Response:
        """One deal."""
        return _json({"data": _shown(self.find_row("deal", id)), "meta": {"status": "ok"}})

    def create(self) -> Response:
        """A new deal: the fields of t1-node's schema are needed."""
        given = _read(None)
        row: Row = {name: field.default for name, field in _DEAL.fields.items() if name != "id"} | given
        with self.store.transaction():
            made = write.insert(self.store, _DEAL, row)
        return _json({"data": _shown(made), "meta": {"status": "ok"}})

    def update(self, id: int) -> Response:
        """A changed deal."""
        row = self.find_row("deal", id)
        given = _read(row)
        with self.store.transaction():
            now = values.now().strftime(WIRE_TIME)
            version = int(str(row["version"])) + 1
            self.store.update(_DEAL.table, id, {**given, "updated_on": now, "version": version})
            self.store.note("update", "deal", id)
        return self.get(id)

    def refuse(self, refusal: Refusal) -> Response:
        """Errors of the gate and of parameters, in this service's shape."""
        if refusal.status != "invalid":
            return super().refuse(refusal)
        return self.refuse_deal(DealRefusal([(one.field, one.message) for one in refusal.fields]))

    def refuse_deal(self, refusal: DealRefusal) -> Response:
        """The reply to a payload that does not fit."""
        errors = [{"field": field, "message": message, "code": refusal.code} for field, message in refusal.errors]
        return _json({"errors": errors, "meta": {"status": "error"}}, HTTP_STATUS["invalid"])

    def blueprint(self) -> Any:
        """Makes the views answer."""
        paths = super().blueprint()
        paths.register_error_handler(DealRefusal, self.refuse_deal)
        return paths

    def _accounts(self, advertiser: str) -> dict[str, Value]:
        ids = self.known("advertiser", [advertiser])
        if not ids:
            raise DealRefusal([("permissions.advertiser_id", f"{advertiser!r} is no advertiser")])
        row = self.find_row("advertiser", ids[0])
        agency = self.find_row("agency", int(str(row["agency_id"])))
        return {"advertiser_ids": row["id"], "agency_ids": agency["id"], "organization_ids": agency["organization_id"]}


def _may_use(permissions: dict[str, Any], accounts: dict[str, Value]) -> bool:
    return bool(permissions.get("all_organizations")) or any(
        id in permissions.get(level, ()) for level, id in accounts.items()
    )


def _shown(row: Row) -> dict[str, object]:
    found: dict[str, object] = {"entity_type": "deal"}
    for name, field in _DEAL.fields.items():
        value = row[name]
        if field.secret:
            continue
        if value is None:
            if name in ("sub_supply_source_id", "supply_source_id", "description"):
                found[name] = None
        elif field.kind == "bool":
            found[name] = bool(value)
        elif field.kind == "datetime":
            found[name] = f"{value}+00:00"
        elif field.kind == "object":
            found[name] = orjson.loads(str(value))
        else:
            found[name] = value
    return found


def _read(current: Row | None) -> Row:
    """The values of a JSON payload; `current` is the deal it changes, None for a new one."""
    if not request.is_json:
        raise DealRefusal([("", "Must be JSON (application/json)")])
    try:
        payload = orjson.loads(request.get_data())
    except orjson.JSONDecodeError:
        payload = None
    if not isinstance(payload, dict):
        raise DealRefusal([("", "Must be a JSON object")])
    given: Row = {}
    errors = []
    for name, field in _DEAL.fields.items():
        if field.readonly or field.secret:
            continue
        if name not in payload:
            if field.required and current is None:
                errors.append((name, f"{name!r} is a required property"))
            continue
        try:
            given[name] = _value(field, payload[name])
        except ValueError as error:
            errors.append((name, str(error)))
    ends = {**(current or {}), **given}
    if not errors and str(ends["end_datetime"]) <= str(ends["start_datetime"]):
        errors.append(("end_datetime", "Must be after start_datetime"))
    if errors:
        raise DealRefusal(errors)
    return given


def _value(field: Field, value: Any) -> Value:
    if value is None:
        if field.name in ("description", "supply_source_id", "sub_supply_source_id", "zone_name"):
            return None
        raise ValueError(f"None is not of type {_JSON_TYPES.get(field.kind, 'string')!r}")
    _check_type(value, _JSON_TYPES.get(field.kind, "string"))
    if field.kind == "object":
        {"owner": _check_owner, "price": _check_price, "permissions": _check_permissions}[field.name](value)
        return orjson.dumps(value).decode()
    if field.kind in ("int", "bool"):
        if not 0 <= value < 2**53:
            raise ValueError(f"{value!r} is out of range")
        return int(value)
    return values.read(field, value)


def _check_type(value: Any, name: str) -> None:
    is_bool_for_int = name == "integer" and isinstance(value, bool)
    if not isinstance(value, _TYPES[name]) or is_bool_for_int:
        raise ValueError(f"{value!r} is not of type {name!r}")


def _check_owner(owner: dict[str, Any]) -> None:
    if owner.get("type") not in OWNERS:
        raise ValueError(f"{owner.get('type')!r} is not one of {list(OWNERS)!r}")
    _check_type(owner.get("id"), "integer")


def _check_price(price: dict[str, Any]) -> None:
    _check_type(price.get("value"), "string")
    _check_type(price.get("currency_code"), "string")
    if not re.fullmatch(r"\d{1,12}(\.\d{1,8})?", price["value"], re.ASCII):
        raise ValueError(f"{price['value']!r} is not a decimal number")


def _check_permissions(permissions: dict[str, Any]) -> None:
    for name, value in permissions.items():
        if name not in PERMISSIONS:
            raise ValueError(f"{name!r} was unexpected")
        _check_type(value, PERMISSIONS[name])


def _json(reply: dict[str, object], status: int = 200) -> Response:
    return Response(orjson.dumps(reply), status, content_type=as_json.PLAIN_TYPE)
