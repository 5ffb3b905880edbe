"""REST's records: their canonical form, which is GraphQL's, and what a save sends.

Source: platform_rest_v3.md "Values", "Updates"; crosswalk.md for what is the same fact on both surfaces.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError
from adplatforms.core.state import EntityState

from .. import shapes
from ..mapped import Mapped
from ..model import TTDModel, model_of
from .endpoints import ENDPOINTS

__all__ = ["always_sent", "body_of", "canonical", "dig", "identify"]

Row = dict[str, Any]


class _PlacedField(NamedTuple):
    """A field of a class, and the path to its value in REST's records."""

    wire: str
    field: Mapped
    steps: list[str]


class _PlacedRecords(NamedTuple):
    """Records of another class inside a record: the key of their relation, and the path to the list."""

    key: str
    model: type[Entity]
    steps: list[str]


class _Shape(NamedTuple):
    """What is where in REST's records of a class. `taken`: the names that no undeclared property may keep."""

    fields: list[_PlacedField]
    inside: list[_PlacedRecords]
    taken: set[str]


_SHAPES: dict[type[Entity], _Shape] = {}
"""By class. Not an lru_cache: its key would cost more than the look-up, for each record of a page."""


def _shape(entity_class: type[Entity]) -> _Shape:
    """The shape of a class, made once."""
    shape = _SHAPES.get(entity_class)
    if shape is None:
        model = model_of(entity_class)
        fields = [_PlacedField(f.wire, f, f.rest.split(".")) for f in model.rest_fields().values()]
        inside = list(_records_inside(model))
        # An undeclared "id" is not what REST calls the id, so our own names are taken as well.
        taken = {steps[0] for _, _, steps in fields} | {steps[0] for _, _, steps in inside}
        taken |= {wire for wire, _, _ in fields}
        shape = _SHAPES[entity_class] = _Shape(fields, inside, taken)
    return shape


def _records_inside(model: TTDModel) -> Iterator[_PlacedRecords]:
    """The relations whose records REST keeps inside the record of their owner."""
    for relation in model.relations.values():
        endpoints = ENDPOINTS.get(model_of(relation.target).rest_name)
        if relation.many and endpoints is not None and endpoints.inside[0] == model.type:
            yield _PlacedRecords(relation.key, relation.target, endpoints.inside[1].split("."))


def canonical(entity_class: type[Entity], record: Mapping[str, Any]) -> Row:
    """A record in the canonical form: GraphQL's names, parents as flat ids. What is undeclared stays as it is."""
    shape = _shape(entity_class)
    row = {name: value for name, value in record.items() if name not in shape.taken}
    for wire, field, steps in shape.fields:
        found, value = dig(record, steps)
        if found and value is not None:
            row[wire] = field.from_rest(value)
        elif found and field.rest_tells_null:
            row[wire] = None
    for key, target, steps in shape.inside:
        found, records = dig(record, steps)
        if found:
            # A null stands for none here: REST leaves an empty list out or sends null.
            row[key] = [canonical(target, one) for one in shapes.records(records or [])]
            _fill_in_owner(entity_class, target, row, row[key])
    identify(entity_class, row)
    return row


def _fill_in_owner(owner: type[Entity], target: type[Entity], row: Row, inside: list[Row]) -> None:
    """Gives records inside another one its id, which REST leaves out there."""
    relation = target.__model__.relations.get(owner.__model__.type)
    if relation is not None and relation.by:
        for one in inside:
            one.setdefault(relation.by_wire, row.get("id"))
            identify(target, one)


def identify(entity_class: type[Entity], row: Row) -> None:
    """Gives an id to a record of a class that has none of its own, made of other values."""
    model_of(entity_class).identify(row)


def dig(record: Any, steps: list[str]) -> tuple[bool, Any]:
    """Whether there is something at a path, and what. A null on the way is a null."""
    for step in steps:
        # What holds it is null: there is nothing of it either, which is known.
        if record is None:
            return True, None
        if not isinstance(record, Mapping) or step not in record:
            return False, None
        record = record[step]
    return True, record


def always_sent(entity: Entity) -> Row:
    """What REST wants with every update of a record, as far as the record shows it, by Python name."""
    state, model = EntityState(entity), model_of(type(entity))
    names = [name for name, field in model.rest_fields().items() if field.always]
    return {name: state.values[model.fields[name].wire] for name in names if model.fields[name].wire in state.values}


def body_of(entity: Entity, values: Mapping[str, Any]) -> Row:
    """The body that saves these values: REST's names, the id in it where there is one.

    Raises a `ClientError` for a field that REST does not take.
    """
    state, model = EntityState(entity), model_of(type(entity))
    body: Row = {}
    # The id of an update goes into the body, not into the path [O] [D].
    if not state.is_new:
        own_id = model.mapped("id")
        body[own_id.rest] = own_id.to_rest(state.id)
        values = {**always_sent(entity), **values}
    for name, value in values.items():
        field = model.fields[name]
        path = getattr(field, "rest", "")
        if not path:
            raise ClientError(f"{state.label}.{name} cannot be saved: REST does not take it")
        *above, last = path.split(".")
        inner = body
        for step in above:
            inner = inner.setdefault(step, {})
        # A null clears the property; what is absent is left alone [D].
        inner[last] = None if value is None else model.mapped(name).to_rest(field.dump(value))
    return body
