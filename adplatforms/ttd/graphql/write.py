"""Writing by GraphQL mutations: seeds, and new campaign flights. Pure, no I/O.

The facts name these mutations [O] and show no input of theirs: the names inside are those that GraphQL's types have
[I]. `campaignFlightUpdate` and `...Delete` exist too; flights that exist go by REST, whose input is known [O] [D].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError
from adplatforms.core.messages import Answer, Request

from .. import shapes
from ..calls import Route
from ..fields import Enum, graphql_enum
from ..read import mutation_payload
from .documents import Document, Word, mutation
from .refused import Names
from .selection import Selection

__all__ = ["MUTATIONS", "Mutation", "settled", "write"]

MUTATIONS = {"Seed": ("seedCreate", "seedUpdate"), "CampaignFlight": ("campaignFlightCreate", "campaignFlightUpdate")}
"""By class: the mutations that create and change one. Source: graphql.md "Writing"."""


@dataclass(frozen=True)
class Mutation:
    """What a request changes, and what is selected of the record: kept as its `subject`."""

    model: type[Entity]
    name: str
    selection: Selection


def write(entity: Entity, values: Mapping[str, Any], route: Route, without: Names = frozenset()) -> Request:
    """The mutation that creates or changes an entity. without: fields that are not selected of the answer."""
    create, update = MUTATIONS[type(entity).__name__]
    created = entity._raw.get("id") is None
    given = {} if created else {"id": entity._raw["id"]}
    missing = [n for n, f in entity._fields.items() if created and f.required and n not in values]
    if missing:
        told = ", ".join(missing)
        raise ClientError(f"{entity._label()} cannot be created without {told}", hint=f"set {told}")
    for name, value in values.items():
        field = entity._fields[name]
        wire = None if value is None else field.dump(value)
        given[field.wire] = Word(graphql_enum(wire)) if isinstance(field, Enum) and wire is not None else wire
    name = create if created else update
    selection = Selection(type(entity), (), without)
    text = mutation(name, given, "id" if create == "seedCreate" and created else selection.text)
    return route.graphql(Document(text, {}), Mutation(type(entity), name, selection), writes=True)


def settled(answer: Answer) -> dict[str, Any]:
    """The canonical row of a mutation's answer."""
    subject: Mutation = answer.request.subject
    row = shapes.an_object(mutation_payload(answer, subject.name), "a record")
    shapes.identified(row)
    subject.selection.adapt([row])
    return row
