"""REST's records: their canonical form, which is GraphQL's, and what a save sends.

Source: platform_rest_v3.md "Values", "Updates"; crosswalk.md for what is the same fact on both surfaces.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, cast

from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError

from .. import shapes
from ..base import TTDEntity
from ..mapped import Mapped
from .endpoints import ENDPOINTS

__all__ = ["body_of", "canonical", "dig", "identify"]

Row = dict[str, Any]


class _Shape(NamedTuple):
    """What is where in REST's records of a class: the fields with their paths, and the records of other classes inside
    with the key of their relation; and the properties that these take up."""

    fields: list[tuple[str, Mapped, list[str]]]
    inside: list[tuple[str, type[Entity], list[str]]]
    known: set[str]


_SHAPES: dict[type[Entity], _Shape] = {}


def _shape(model: type[Entity]) -> _Shape:
    """The shape of a class, made once."""
    shape = _SHAPES.get(model)
    if shape is None:
        kind = cast("type[TTDEntity]", model)
        declared = [(f.wire, cast("Mapped", f)) for f in kind._rest_fields().values()]
        fields = [(wire, field, field.rest.split(".")) for wire, field in declared]
        inside = [
            (relation.key, relation.target, place.inside[1].split("."))
            for relation in kind._relations.values()
            if relation.many
            and (place := ENDPOINTS.get(getattr(relation.target, "_rest", ""))) is not None
            and place.inside[0] == kind._type
        ]
        known = {steps[0] for _, _, steps in [*fields, *inside]}
        shape = _SHAPES[model] = _Shape(fields, inside, known)
    return shape


def canonical(model: type[Entity], record: Mapping[str, Any]) -> Row:
    """A record in the canonical form: GraphQL's names, parents as flat ids. What is undeclared stays as it is."""
    shape = _shape(model)
    taken = shape.known | {wire for wire, _, _ in shape.fields}  # an undeclared "id" is not what REST calls the id
    row = {name: value for name, value in record.items() if name not in taken}
    for wire, field, steps in shape.fields:
        found, value = dig(record, steps)
        if found:
            row[wire] = None if value is None else field.from_rest(value)
    for key, target, steps in shape.inside:
        found, records = dig(record, steps)
        if found:
            row[key] = [canonical(target, one) for one in shapes.records([] if records is None else records)]
            _belong(model, target, row, row[key])
    identify(model, row)
    return row


def _belong(model: type[Entity], target: type[Entity], row: Row, inside: list[Row]) -> None:
    """Tells records inside another one whose they are."""
    relation = target._relations.get(model._type)
    if relation is not None and relation.by:
        for one in inside:
            one.setdefault(relation.by_wire, row.get("id"))
            identify(target, one)


def identify(model: type[Entity], row: Row) -> None:
    """Makes the id of what has none of its own."""
    identity = cast("type[TTDEntity]", model)._identity
    if identity and all(name in row for name in identity):
        row["id"] = "/".join(str(row[name]) for name in identity)


def dig(record: Any, steps: list[str]) -> tuple[bool, Any]:
    """Whether there is something at a path, and what. A null on the way is a null."""
    for step in steps:
        if record is None:
            return True, None
        if not isinstance(record, Mapping) or step not in record:
            return False, None
        record = record[step]
    return True, record


def body_of(entity: Entity, values: Mapping[str, Any]) -> Row:
    """The body that saves these values: REST's names, the id in it where there is one."""
    body: Row = {}
    for name, value in values.items():
        declared = entity._fields[name]
        path = getattr(declared, "rest", "")
        if not path:
            raise ClientError(f"{entity._label()}.{name} cannot be saved: REST does not take it")
        *way, last = path.split(".")
        inner = body
        for step in way:
            inner = inner.setdefault(step, {})
        mapped = cast("Mapped", declared)
        inner[last] = None if value is None else mapped.to_rest(declared.dump(value))
    if entity._raw.get("id") is not None:
        body = {cast("Mapped", entity._fields["id"]).rest: entity._raw["id"], **body}
    return body
