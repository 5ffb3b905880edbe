"""Writing by GraphQL mutations: seeds, and new campaign flights. Pure, no I/O.

The facts name these mutations [O] and show no input of theirs: the names inside are those that GraphQL's types have
[I]. `campaignFlightUpdate` and `...Delete` exist too; flights that exist go by REST, whose input is known [O] [D].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adplatforms.core.entity import Entity
from adplatforms.core.field import Field
from adplatforms.core.messages import Answer, Request
from adplatforms.core.state import EntityState

from .. import shapes
from ..calls import Calls
from ..fields import Enum, graphql_enum
from ..read import mutation_payload
from ..required import check_required
from .documents import Document, Fragment, Node, Word
from .reader import GraphQLReader
from .refused import Names
from .selection import Selection

__all__ = ["MUTATIONS", "Mutation", "mutation", "write"]

MUTATIONS = {"Seed": ("seedCreate", "seedUpdate"), "CampaignFlight": ("campaignFlightCreate", "campaignFlightUpdate")}
"""By class: the mutations that create and change one. Source: graphql.md "Writing"."""


@dataclass(frozen=True)
class Mutation(GraphQLReader):
    """Reads what a mutation answers, its ``userErrors`` among it. `name`: of the mutation, which is its root field."""

    name: str

    def _saved(self, answer: Answer) -> dict[str, Any]:
        row = shapes.an_object(mutation_payload(answer, self.name), "a record")
        shapes.identified(row)
        self.selection.adapt([row])
        return row


def write(entity: Entity, values: Mapping[str, Any], calls: Calls, without: Names = frozenset()) -> Request:
    """The mutation that creates or changes an entity. without: fields that are not selected of the answer."""
    create, update = MUTATIONS[type(entity).__name__]
    selection = Selection(type(entity), (), without)
    state, fields = EntityState(entity), entity.__model__.fields
    given = {fields[name].wire: _input_value(fields[name], value) for name, value in values.items()}
    if not state.is_new:
        document = mutation(update, {"id": state.id, **given}, selection)
        return calls.graphql(Mutation(document, selection, update), writes=True)
    check_required(entity, values)
    # The vendor's script asks for nothing but the id of a new seed [O]; no fact shows what else its payload has.
    answered = Node("id") if create == "seedCreate" else selection
    return calls.graphql(Mutation(mutation(create, given, answered), selection, create), writes=True)


def _input_value(field: Field[Any], value: Any) -> Any:
    """A value as the input of a mutation takes it: enums are bare words there."""
    if value is None:
        return None
    wire = field.dump(value)
    return Word(graphql_enum(wire)) if isinstance(field, Enum) else wire


def mutation(name: str, values: Mapping[str, Any], selection: Node | Fragment) -> Document:
    """A mutation with its input written out: the facts name no input types to declare variables with.

    What is refused comes in ``userErrors``, as in the older payloads [O].
    """
    refusals = Node("userErrors", (Node("field"), Node("message")))
    root = Node(name, (Node("data", (selection,)), refusals), {"input": values})
    return Document(root, operation="mutation")
