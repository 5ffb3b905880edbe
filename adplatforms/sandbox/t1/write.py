"""Creates, updates and deletes: checks a form, then changes the store.

Where the facts are silent this server does the following. Fields it does not know and fields that are read
only (or create only, on an update) are ignored. A key given twice counts once, the first time. An accepted
update advances `version` by one and `updated_on` by at least a second, even when it changes nothing. A
campaign that gets another currency, zone or span leaves its strategies and flights as they are. Two users
may have the same name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import orjson

from adplatforms.sandbox.store import Row, Store
from adplatforms.sandbox.t1 import values
from adplatforms.sandbox.t1.errors import FieldError, Refusal, invalid
from adplatforms.sandbox.t1.render import decimal_text
from adplatforms.sandbox.t1.schema import Field, Resource, Value
from adplatforms.sandbox.t1.tables import REGISTRY
from adplatforms.sandbox.t1.values import WIRE_TIME

Form = Mapping[str, str]

STAMPS = ("created_at", "created_on", "updated_on", "last_modified")
_KIND_WORDS = {"int": "integer", "bool": "boolean", "money": "float"}
_PIXEL_GROUP = r"\( ?\[\d+\](?: (?:AND|OR) \[\d+\])* ?\)"
_PIXEL_TARGETS = re.compile(rf"{_PIXEL_GROUP}|NOT {_PIXEL_GROUP}|{_PIXEL_GROUP} AND NOT {_PIXEL_GROUP}", re.ASCII)
"""`( [1] OR [2] ) AND NOT ( [3] )`: pixels to include, to exclude, or both (grammar of t1-python)."""


def create(store: Store, resource: Resource, form: Form, user_id: Value) -> Row:
    """Adds an entity with version 0. Fields that are not given get their default.

    Raises:
        Refusal: invalid, with every field that is missing or wrong.
    """
    given, errors = _read(resource, form, creating=True)
    row: Row = {name: field.default for name, field in resource.fields.items() if name != "id"} | given
    _inherit(store, resource, row)
    _check(store, resource, row, given, errors)
    now = values.now().strftime(WIRE_TIME)
    row["version"] = 0
    row.update({name: now for name in STAMPS if name in row})
    row["id"] = store.insert(resource.table, row)
    _name(store, resource, row)
    _log(store, resource, row["id"], now, user_id, [(name, None, row[name]) for name in given])
    store.note("create", resource.type, row["id"])
    return _reread(store, resource, row)


def update(store: Store, resource: Resource, current: Row, form: Form, user_id: Value) -> Row:
    """Changes an entity. An empty value clears a field: null, or the default where there is one.

    Raises:
        Refusal: conflict, showing the entity as it is, when the form's `version` is not the entity's or is
            missing; invalid, with every field that is wrong.
    """
    _same_version(resource, current, form)
    given, errors = _read(resource, form, creating=False)
    row = current | given
    _inherit(store, resource, row)
    _check(store, resource, row, given, errors)
    stamps = _next_stamps(resource, current)
    changed = {name: row[name] for name in row if row[name] != current[name]}
    store.update(resource.table, _id(current), changed | stamps)
    _name(store, resource, row)
    differences = [(name, current[name], value) for name, value in changed.items()]
    if "updated_on" in stamps:
        differences.append(("last_modified", current["updated_on"], stamps["updated_on"]))
    _log(store, resource, row["id"], stamps.get("updated_on"), user_id, differences)
    store.note("update", resource.type, row["id"])
    return _reread(store, resource, row)


def delete(store: Store, resource: Resource, current: Row, form: Form) -> None:
    """Removes an entity.

    Raises:
        Refusal: conflict, as for an update.
    """
    _same_version(resource, current, form)
    store.delete(resource.table, _id(current))
    store.note("delete", resource.type, current["id"])


def insert(store: Store, resource: Resource, given: Row) -> Row:
    """Adds a row that a call makes by itself, with the defaults of its type; logs nothing.

    Raises:
        Refusal: invalid, for text that XML cannot hold; nothing else is checked.
    """
    for name, value in given.items():
        if isinstance(value, str) and not values.is_printable(value):
            raise invalid(name, "Must not hold control characters")
    now = values.now().strftime(WIRE_TIME)
    row: Row = {name: field.default for name, field in resource.fields.items() if name != "id"}
    row.update({name: now for name in STAMPS if name in row})
    row |= given | {"version": 0}
    row["id"] = store.insert(resource.table, row)
    _name(store, resource, row)
    store.note("create", resource.type, row["id"])
    return _reread(store, resource, row)


def clear(store: Store, type: str, column: str, value: Value) -> None:
    """Removes the rows of a type whose column holds a value."""
    table = REGISTRY.by_type[type].table
    for row in store.rows_where_in(table, column, [value]):
        store.delete(table, _id(row))
        store.note("delete", type, row["id"])


def groups(form: Form, name: str) -> list[tuple[str, dict[str, str]]]:
    """The forms inside a form of `{name}.{n}.{field}` keys, in the order of n, each with its key prefix."""
    found: dict[int, dict[str, str]] = {}
    for key, value in form.items():
        match = re.fullmatch(rf"{re.escape(name)}\.(\d{{1,6}})\.(\w+)", key, re.ASCII)
        if match:
            found.setdefault(int(match[1]), {})[match[2]] = value
    return [(f"{name}.{number}.", found[number]) for number in sorted(found)]


def history(store: Store, resource: Resource, row: Row) -> list[tuple[Row, list[list[str]]]]:
    """What was changed, newest first: attributes of each entry, and (field, old, new) as text.

    The names of an entry's attributes are not recorded: id, date (UTC), user_id and user_name are ours.
    """
    found = store.query(
        "SELECT t1_log.*, t1_user.name AS user_name FROM t1_log LEFT JOIN t1_user ON t1_user.id = user_id"
        " WHERE t1_log.type = ? AND entity_id = ? ORDER BY t1_log.id DESC",
        (resource.type, row["id"]),
    )
    return [
        (
            {"id": one["id"], "date": one["at"], "user_id": one["user_id"], "user_name": one["user_name"]},
            orjson.loads(str(one["changes"])),
        )
        for one in found
    ]


def _same_version(resource: Resource, current: Row, form: Form) -> None:
    if form.get("version") != str(current["version"]):
        raise Refusal("conflict", "Entity was changed by someone else", current=(resource, current))


def _read(resource: Resource, form: Form, creating: bool) -> tuple[Row, list[FieldError]]:
    """The values a form gives, and what is wrong with them."""
    given: Row = {}
    errors = []
    for name, field in resource.fields.items():
        if field.readonly or name == "version" or (field.create_only and not creating):
            continue
        text = form.get(name)
        if text is None or text == "":
            may_be_empty = text == "" and field.nullable
            if field.required and not may_be_empty and (creating or text == ""):
                kind = _KIND_WORDS.get(field.kind, field.kind)
                errors.append(FieldError(name, f"Must supply {name} ({kind})"))
            elif text == "":
                given[name] = field.default
            continue
        try:
            given[name] = values.read(field, text)
        except ValueError as error:
            errors.append(FieldError(name, str(error)))
    return given, errors


def _inherit(store: Store, resource: Resource, row: Row) -> None:
    """Fills what a row takes from its parents or from its own other fields."""
    if resource.type in ("strategy", "budget_flight"):
        campaign = _parent(store, "campaign", row["campaign_id"])
        for name in ("currency_code", "zone_name"):
            row[name] = row[name] or (campaign or {}).get(name)
    if resource.type == "campaign" and not row["currency_code"]:
        advertiser = _parent(store, "advertiser", row["advertiser_id"]) or {}
        agency = _parent(store, "agency", advertiser.get("agency_id")) or {}
        organization = _parent(store, "organization", agency.get("organization_id")) or {}
        row["currency_code"] = organization.get("currency_code", "USD")
    if resource.type == "campaign":
        row["initial_start_date"] = row["initial_start_date"] or row["start_date"]
    if resource.type == "strategy":
        row["effective_goal_value"] = row["goal_value"]


def _check(store: Store, resource: Resource, row: Row, given: Row, errors: list[FieldError]) -> None:
    """Adds what is wrong between fields and with keys to other rows, and refuses if anything is."""
    wrong = {error.field for error in errors}
    for relation in resource.relations.values():
        name = relation.column
        if relation.many or name not in given or given[name] is None or relation.target == "time_zone":
            continue
        table = REGISTRY.by_type[relation.target].table
        if not store.count(table, f"{relation.key} = ?", (given[name],)):
            errors.append(FieldError(name, f"Invalid {name}: {given[name]}"))
    zone = given.get("zone_name")
    if zone is not None and not values.is_zone(str(zone)):
        errors.append(FieldError("zone_name", f"Unknown time zone: {zone!r}"))
    pixels = given.get("pixel_target_expr")
    if pixels and not _PIXEL_TARGETS.fullmatch(str(pixels)):
        errors.append(FieldError("pixel_target_expr", f"Malformed expression: {pixels!r}"))
    start, end = row.get("start_date"), row.get("end_date")
    if start and end and not wrong & {"start_date", "end_date"}:
        if str(end) <= str(start):
            errors.append(FieldError("end_date", "Must be after start_date"))
        elif resource.type == "budget_flight":
            errors += _outside_campaign(store, row)
    if errors:
        raise Refusal("invalid", "Validation errors", errors)


def _outside_campaign(store: Store, flight: Row) -> list[FieldError]:
    campaign = _parent(store, "campaign", flight["campaign_id"])
    if campaign is None:
        return []
    errors = []
    if str(flight["start_date"]) < str(campaign["start_date"]):
        errors.append(FieldError("start_date", "Must not be before the campaign starts"))
    if str(flight["end_date"]) > str(campaign["end_date"]):
        errors.append(FieldError("end_date", "Must not be after the campaign ends"))
    return errors


def _name(store: Store, resource: Resource, row: Row) -> None:
    """Names a row of a type whose rows name themselves."""
    field = resource.fields["name"]
    if resource.auto_name and (field.readonly or not row["name"]):
        store.update(resource.table, _id(row), {"name": resource.auto_name.format(**row)})


def _next_stamps(resource: Resource, current: Row) -> Row:
    version = current["version"]
    assert isinstance(version, int)
    stamps: Row = {"version": version + 1}
    if "updated_on" in resource.fields:
        last = datetime.strptime(str(current["updated_on"]), WIRE_TIME).replace(tzinfo=UTC)
        moment = max(values.now(), last + timedelta(seconds=1))
        stamps["updated_on"] = moment.strftime(WIRE_TIME)
    if "last_modified" in resource.fields:
        stamps["last_modified"] = stamps["updated_on"]
    return stamps


def _log(
    store: Store, resource: Resource, id: Value, at: Value, user_id: Value, changes: list[tuple[str, Value, Value]]
) -> None:
    shown = [
        (name, _text(resource.fields.get(name), old), _text(resource.fields.get(name), new))
        for name, old, new in changes
        if not (name in resource.fields and resource.fields[name].secret)
    ]
    entry = {"type": resource.type, "entity_id": id, "at": at, "user_id": user_id}
    store.insert("t1_log", entry | {"changes": orjson.dumps(shown).decode()})


def _text(field: Field | None, value: Value) -> str:
    if value is None:
        return ""
    if field is not None and isinstance(value, float):
        return decimal_text(field, value)
    return str(value)


def _parent(store: Store, type: str, id: Value) -> Row | None:
    return store.get(REGISTRY.by_type[type].table, id) if isinstance(id, int) else None


def _reread(store: Store, resource: Resource, row: Row) -> Row:
    found = store.get(resource.table, _id(row))
    assert found is not None
    return found


def _id(row: Row) -> int:
    id = row["id"]
    assert isinstance(id, int)
    return id
