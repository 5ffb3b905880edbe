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
from adplatforms.core.state import EntityState

from ..mapped import write_path
from ..required import check_required

__all__ = ["create_body", "update_body"]

Values = Mapping[str, Any]
Body = dict[str, Any]
_HINTS = {  # where else it is changed
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
    """The body that changes these values of the entity: nothing else is in it.

    Raises `ClientError` for a field that Workflows does not change, with where it is changed instead.
    """
    state = EntityState(entity)
    body: Body = {"id": state.id}
    for name, value in values.items():
        field = entity.__model__.fields[name]
        if not write_path(field) or field.create_only:
            hint = _HINTS.get(name, "")
            raise ClientError(f"{state.label}.{name} cannot be changed through Workflows", hint=hint)
        _put(body, field, value)
    _check(entity, values, body)
    return body


def _assembled(entity: Entity, values: Values, leave_out: tuple[str, ...] = ()) -> Body:
    """The body of a create: primaryInput is always there."""
    # The schema requires it, even where all that is given goes elsewhere.
    body: Body = {"primaryInput": {}}
    fields = entity.__model__.fields
    check_required(entity, values, leave_out)
    for name, value in values.items():
        field = fields[name]
        if not write_path(field) or field.update_only:
            raise ClientError(f"{EntityState(entity).label}.{name} cannot be given when it is created")
        _put(body, field, value)
    _check(entity, fields, body, leave_out)
    return body


def _with_campaign(group: Entity, campaign: Entity) -> Body:
    """An ad group as part of a new campaign: it names neither the campaign nor its flights, which do not exist yet."""
    state = EntityState(group)
    if not state.is_new:
        raise ClientError(f"{state.label} exists already", hint="only new ad groups go with a new campaign")
    # Its budgets are rounded to the digits of the campaign's currency, which it finds through this relation.
    state.cache().setdefault("campaign", campaign)
    values = state.pending()
    if values.pop("campaign_id", None) is not None:
        raise ClientError(f"{state.label} names a campaign", hint="leave its campaign_id out")
    return _assembled(group, values, leave_out=("campaign_id", "campaign_flight_id"))


def _put(body: Body, field: Field[Any], value: Any) -> None:
    """Sets a value at the field's path of the body; dicts that meet there are merged."""
    *above, last = write_path(field).split(".")
    for step in above:
        body = body.setdefault(step, {})
    # Null and absent are two things: what was set to None is sent, and clears the field.
    wire = None if value is None else _outward(field, field.dump(value))
    # Two fields may share an object: a campaign's budget and its pacing mode.
    known = body.get(last)
    if isinstance(known, dict) and isinstance(wire, dict):
        wire = {**known, **wire}
    body[last] = wire


def _outward(field: Field[Any], wire: Any) -> Any:
    """A wire value as a create or update takes it: nested values without what only answers have."""
    if wire is None:
        return None
    if isinstance(field, ListOf):
        return [_outward(field.item, item) for item in wire]
    if not isinstance(field, Nested):
        return wire
    # Ids of flights and the like, which the types of the inputs do not have.
    members = [each for each in field.struct.__model__.fields.values() if each.wire in wire and not each.readonly]
    return {each.wire: _outward(each, wire[each.wire]) for each in members}


def _check(entity: Entity, names: Iterable[str], body: Body, leave_out: tuple[str, ...] = ()) -> None:
    """Raises `ClientError` for the first of these fields whose value in the body is incomplete."""
    label = EntityState(entity).label
    for name in names:
        field = entity.__model__.fields[name]
        value = _value_at(body, write_path(field).split("."))
        _check_complete(field, value, f"{label}.{name}", leave_out)


def _value_at(body: Any, steps: list[str]) -> Any:
    """What stands at a path of the body; None where nothing does."""
    for step in steps:
        if not isinstance(body, dict):
            return None
        body = body.get(step)
    return body


def _check_complete(field: Field[Any], wire: Any, where: str, leave_out: tuple[str, ...]) -> None:
    """Raises `ClientError` for a nested value without a member that it needs. where: the field's name, for messages."""
    if wire is None:
        return
    if isinstance(field, ListOf):
        for place, item in enumerate(wire):
            _check_complete(field.item, item, f"{where}[{place}]", leave_out)
    elif isinstance(field, Nested):
        fields: dict[str, Field[Any]] = field.struct.__model__.fields
        # What a new campaign creates has no id yet that could be named.
        early = [name for name in leave_out if name in fields and fields[name].wire in wire]
        if early:
            raise ClientError(f"{where} cannot name a {early[0]} yet", hint="it goes with a new campaign: leave it out")
        missing = [n for n, f in fields.items() if f.required and f.wire not in wire and n not in leave_out]
        if missing:
            raise ClientError(f"{where} is incomplete", hint=f"set {', '.join(missing)}")
        for name, inner in fields.items():
            _check_complete(inner, wire.get(inner.wire), f"{where}.{name}", leave_out)
