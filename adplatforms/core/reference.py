"""Records that did not come from the platform: new ones, and those known by their id alone, which `Session.reference`
makes without a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .errors import ClientError, NotFoundError, did_you_mean
from .field import Field
from .ids import id_of, wire_id
from .record import Record

if TYPE_CHECKING:
    from .entity import Entity

__all__ = ["NewRow", "ReferenceRow", "exists_already", "given_values", "not_there", "reference_row"]


class ReferenceRow(dict[str, Any]):
    """The row of a record that is known by its id, and by the ids of the parents it lives under.

    A class of its own, because an empty-looking row means two things: a row that the platform sent has null for what it
    lacks (where the platform leaves nulls out), this one has not been loaded.
    """

    __slots__ = ()


class NewRow(dict[str, Any]):
    """The row of a record that was made here: what was not set is unknown until a save brings the row of its answer.

    A class of its own, because a row without an id means two things: a new record, or one that the platform sent
    without its id. Saving the latter would create a second one.
    """

    __slots__ = ()


def reference_row(entity_class: type[Entity], entity_id: Any, parents: Mapping[str, Any]) -> ReferenceRow:
    """The row of a record that is known by its id.

    parents: where it lives, by the name of a relation (``campaign=``) or of a field with an id (``campaign_id=``), the
    values ids or entities. Raises `ClientError` for anything else: other values are set afterwards.
    """
    model = entity_class.__model__
    what = f"reference({model.collection or model.type!r}, ...)"
    row = ReferenceRow(model.id_parts(wire_id(entity_id, entity_class, what)))
    for name, value in parents.items():
        # Scripts pass what they have: ``campaign=None`` says no more than leaving it out.
        if value is None:
            continue
        field = _id_field(entity_class, name)
        if field is None:
            known = [relation.name for relation in model.parents if relation.by]
            known += [each for each in model.fields if _id_field(entity_class, each) is not None]
            raise ClientError(
                f"a reference to a {entity_class.__name__} takes ids only, not {name!r}",
                hint=did_you_mean(name, known, listing=False) or f"set it afterwards: record.{name} = ...",
            )
        if isinstance(value, Record):
            value = id_of(value, model.target(name), f"{what}: {name}")
        row[field.wire] = field.dump(field.check(value, entity_class.__name__))
    return row


def _id_field(entity_class: type[Entity], name: str) -> Field[Any] | None:
    """The field that has the id of a parent, by its own name or by that of the relation; None for anything else."""
    model = entity_class.__model__
    relation = model.relations.get(name)
    if relation is not None and relation.many:
        return None
    if relation is not None:
        return model.fields.get(relation.by)
    # The record's own id comes with another argument.
    if name == "id" or name not in model.fields:
        return None
    # Ids of what no class is declared for have no relation, and are recognised by their names.
    is_id = name.endswith("_id") or name in model.location_fields or model.owned_by(name) is not None
    if not is_id:
        return None
    return model.fields[name]


def given_values(entity_class: type[Entity], properties: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a new record, from a dict of them (or None) and from keywords; a `ClientError` for what is not a
    dict."""
    if properties is None:
        return dict(values)
    if isinstance(properties, Mapping):
        return {**properties, **values}
    what = entity_class.__model__.label
    cure = f'new({entity_class.collection or what!r}, {{"name": "Spring"}})'
    if isinstance(properties, Record):
        cure = "record.as_new() makes a copy of a record"
    raise ClientError(f"the values of a new {what} are a dict, not {properties!r:.60}", hint=cure)


def exists_already(entity_class: type[Entity], given: Mapping[str, Any]) -> ClientError:
    """The error of giving an id to a new record: saving it would overwrite the record that has the id."""
    what, collection = entity_class.__model__.label, entity_class.collection or entity_class.__name__
    entity_id = given["id"]
    shown = getattr(entity_id, "id", entity_id)
    return ClientError(
        f"a new {what} has no id, but {shown!r} is given: saving it would change the {what} that exists",
        hint=(
            f"leave the id out to create a copy; to change that record, "
            f"get({collection!r}, {shown!r}), or session.reference({collection!r}, {shown!r}) without a request"
        ),
    )


def not_there(entity_class: type[Entity], entity_id: Any) -> NotFoundError:
    """The error of a record that the platform does not show."""
    return NotFoundError(
        f"there is no {entity_class.__model__.label} {entity_id}", hint="it does not exist, or this user may not see it"
    )
