"""Records known by their id alone: what `Session.reference` makes, without a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .errors import ClientError, NotFoundError, did_you_mean
from .field import Field
from .ids import id_of, wire_id
from .record import Record

if TYPE_CHECKING:
    from .entity import Entity

__all__ = ["ReferenceRow", "exists_already", "given_values", "not_there", "reference_row"]


class ReferenceRow(dict[str, Any]):
    """The row of a record that is known by its id, and by the ids of the parents it lives under.

    A class of its own, because an empty-looking row means two things: a row that the platform sent has null for what it
    lacks (where the platform leaves nulls out), this one has not been loaded.
    """

    __slots__ = ()


def reference_row(model: type[Entity], entity_id: Any, parents: Mapping[str, Any]) -> ReferenceRow:
    """The row of a record that is known by its id.

    parents: where it lives, by the name of a relation (``campaign=``) or of a field with an id (``campaign_id=``), the
    values ids or entities. Raises `ClientError` for anything else: other values are set afterwards.
    """
    what = f"reference({model.collection or model.__model__.type!r}, ...)"
    row = ReferenceRow(model.__model__.id_parts(wire_id(entity_id, model, what)))
    for name, value in parents.items():
        if value is None:
            continue
        relation = model.__model__.relations.get(name)
        field = _id_field(model, name)
        if field is None:
            known = [*(each.name for each in model.__model__.relations.values() if each.by and not each.many)]
            known += [each for each in model.__model__.fields if _id_field(model, each) is not None]
            raise ClientError(
                f"a reference to a {model.__name__} takes ids only, not {name!r}",
                hint=did_you_mean(name, known, listing=False) or f"set it afterwards: record.{name} = ...",
            )
        if isinstance(value, Record):
            target = relation.target if relation is not None else _target(model, field)
            value = id_of(value, target, f"{what}: {name}")
        row[field.wire] = field.dump(field.check(value, model.__name__))
    return row


def _id_field(model: type[Entity], name: str) -> Field[Any] | None:
    """The field that has the id of a parent, by its own name or by that of the relation."""
    relation = model.__model__.relations.get(name)
    if relation is not None:
        return None if relation.many else model.__model__.fields.get(relation.by)
    field = model.__model__.fields.get(name)
    if field is None or name == "id":
        return None
    return (
        field
        if name.endswith("_id") or name in model.__model__.location_fields or _target(model, field) is not None
        else None
    )


def _target(model: type[Entity], field: Field[Any]) -> type[Entity] | None:
    """The class whose id a field has, where a relation tells it."""
    relation = model.__model__.owned_by(field.name)
    return None if relation is None else relation.target


def given_values(model: type[Entity], properties: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a new record, from a dict of them (or None) and from keywords; a `ClientError` for what is not a
    dict."""
    if properties is None:
        return dict(values)
    if isinstance(properties, Mapping):
        return {**properties, **values}
    what = model.__model__.type.replace("_", " ") or model.__name__
    example = f'new({model.collection or what!r}, {{"name": "Spring"}})'
    copied = "record.as_new() makes a copy of a record" if isinstance(properties, Record) else example
    raise ClientError(f"the values of a new {what} are a dict, not {properties!r:.60}", hint=copied)


def exists_already(model: type[Entity], given: Mapping[str, Any]) -> ClientError:
    """Why a new record cannot be given an id: it would overwrite the record that has it."""
    what, collection = model.__model__.type.replace("_", " ") or model.__name__, model.collection or model.__name__
    entity_id = given["id"]
    shown = getattr(entity_id, "id", entity_id)
    return ClientError(
        f"a new {what} has no id, but {shown!r} is given: saving it would change the {what} that exists",
        hint=(
            f"leave the id out to create a copy; to change that record, "
            f"get({collection!r}, {shown!r}), or session.reference({collection!r}, {shown!r}) without a request"
        ),
    )


def not_there(model: type[Entity], entity_id: Any) -> NotFoundError:
    """The error of a record that the platform does not show."""
    return NotFoundError(
        f"there is no {model.__model__.type.replace('_', ' ')} {entity_id}",
        hint="it does not exist, or this user may not see it",
    )
