"""What a save of a campaign or an ad group sends: flat, typed properties put where their `write` paths say.

A field declared with ``write="primaryInput.budget.pacingMode"`` lands at that place of the body; values that meet on
the way are merged. Null and absent stay apart: what was set to None is sent as null, what was not set is not sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError
from adplatforms.core.field import Field
from adplatforms.core.fields import ListOf
from adplatforms.core.nested import Nested

from ..required import check_required

__all__ = ["create_body", "update_body"]

Values = Mapping[str, Any]
Body = dict[str, Any]
_HINTS = {
    "budget": "set pacing_mode for the pacing; amounts are changed on the flights: campaign.flights[0], then save()",
    "initial_flights": "flights are records of their own: change campaign.flights[0], then save()",
}


def create_body(entity: Entity, values: Values, ad_groups: Iterable[Entity] = ()) -> Body:
    """The body that creates the entity; for a campaign also the ad groups that are created with it.

    Raises `ClientError` for what is missing or cannot be given, before anything is sent.
    """
    body = _assembled(entity, values)
    groups = [_with_campaign(group, entity) for group in ad_groups]
    return {**body, "adGroups": groups} if groups else body


def update_body(entity: Entity, values: Values) -> Body:
    """The body that changes these values of the entity: nothing else is in it."""
    body: Body = {"id": entity._raw["id"]}
    for name, value in values.items():
        field = entity._fields[name]
        if not field.write or field.create_only:
            hint = _HINTS.get(name, "")
            raise ClientError(f"{entity._label()}.{name} cannot be changed through Workflows", hint=hint)
        _put(body, field, value)
    _check(entity, values, body)
    return body


def _assembled(entity: Entity, values: Values, leave_out: tuple[str, ...] = ()) -> Body:
    """The body of a create: primaryInput is always there."""
    body: Body = {"primaryInput": {}}
    fields = entity._fields
    check_required(entity, values, leave_out)
    for name, value in values.items():
        field = fields[name]
        if not field.write or field.update_only:
            raise ClientError(f"{entity._label()}.{name} cannot be given when it is created")
        _put(body, field, value)
    _check(entity, fields, body, leave_out)
    return body


def _with_campaign(group: Entity, campaign: Entity) -> Body:
    """An ad group as part of a new campaign: it names neither the campaign nor its flights, which do not exist yet. Its
    budgets have the digits of the campaign's currency."""
    if group._raw.get("id") is not None:
        raise ClientError(f"{group._label()} exists already", hint="only new ad groups go with a new campaign")
    group._memo().setdefault("campaign", campaign)
    values = group._pending()
    if values.pop("campaign_id", None) is not None:
        raise ClientError(f"{group._label()} names a campaign", hint="leave its campaign_id out")
    return _assembled(group, values, leave_out=("campaign_id", "campaign_flight_id"))


def _put(body: Body, field: Field[Any], value: Any) -> None:
    """Sets a value at the field's path of the body; dicts that meet there are merged."""
    *path, last = field.write.split(".")
    for step in path:
        body = body.setdefault(step, {})
    wire = None if value is None else _outward(field, field.dump(value))
    known = body.get(last)
    body[last] = {**known, **wire} if isinstance(known, dict) and isinstance(wire, dict) else wire


def _outward(field: Field[Any], wire: Any) -> Any:
    """A wire value as a create or update takes it: nested values without what only answers have."""
    if isinstance(field, ListOf) and wire is not None:
        return [_outward(field.item, item) for item in wire]
    if not isinstance(field, Nested) or wire is None:
        return wire
    inner = [each for each in field.struct._fields.values() if each.wire in wire and not each.readonly]
    return {each.wire: _outward(each, wire[each.wire]) for each in inner}


def _check(entity: Entity, names: Iterable[str], body: Body, leave_out: tuple[str, ...] = ()) -> None:
    """Raises `ClientError` for the first of these fields whose value in the body is incomplete."""
    for name in names:
        field, found = entity._fields[name], body
        for step in field.write.split("."):
            found = found.get(step) if isinstance(found, dict) else None  # type: ignore[assignment]
        _complete(field, found, f"{entity._label()}.{name}", leave_out)


def _complete(field: Field[Any], wire: Any, where: str, leave_out: tuple[str, ...]) -> None:
    if isinstance(field, ListOf):
        for place, item in enumerate(wire or ()):
            _complete(field.item, item, f"{where}[{place}]", leave_out)
    elif isinstance(field, Nested) and wire is not None:
        fields: dict[str, Field[Any]] = field.struct._fields
        early = [name for name in leave_out if name in fields and fields[name].wire in wire]
        if early:
            raise ClientError(f"{where} cannot name a {early[0]} yet", hint="it goes with a new campaign: leave it out")
        missing = [n for n, f in fields.items() if f.required and f.wire not in wire and n not in leave_out]
        if missing:
            raise ClientError(f"{where} is incomplete", hint=f"set {', '.join(missing)}")
        for name, inner in fields.items():
            _complete(inner, wire.get(inner.wire), f"{where}.{name}", leave_out)
