"""What a document asks for, before it runs: whether it is valid, what it costs, how deep it pages."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    VariableNode,
    parse,
    validate,
)

from adplatforms.sandbox.ttd.graphql.connections import DEFAULT_PAGE
from adplatforms.sandbox.ttd.graphql.schema import CONNECTION_NODES, FIELDS, build

__all__ = ["Asked", "Checked", "check"]

MOST_LEVELS = 2
"""Levels of pagination in a bulk query."""

INVALID = {"code": "GRAPHQL_VALIDATION_FAILED"}


class Asked(NamedTuple):
    """What one operation asks for: each field by place (`Campaign.name`), the cost, and levels of connections."""

    fields: frozenset[str]
    cost: int
    levels: int


class Checked(NamedTuple):
    """A parsed document and what is wrong with it; `kind` is query or mutation."""

    document: Any
    errors: tuple[Any, ...]
    kind: str

    def asked(self, variables: dict[str, Any]) -> Asked:
        """What it asks for with these variables."""
        fragments = {
            one.name.value: one for one in self.document.definitions if isinstance(one, FragmentDefinitionNode)
        }
        operation = next(one for one in self.document.definitions if isinstance(one, OperationDefinitionNode))
        seen: set[str] = set()
        root = "Query" if self.kind == "query" else "Mutation"
        cost, levels = _walk(operation.selection_set, root, fragments, variables, seen)
        return Asked(frozenset(seen), cost, levels)


@lru_cache(maxsize=256)
def check(text: str) -> Checked:
    """Parses and validates a document against the schema."""
    try:
        document = parse(text)
    except GraphQLSyntaxError as error:
        return Checked(None, (GraphQLError(error.message, extensions=INVALID),), "query")
    errors = [GraphQLError(one.message, one.nodes, extensions=INVALID) for one in validate(build(), document)]
    operations = [one for one in document.definitions if isinstance(one, OperationDefinitionNode)]
    kind = operations[0].operation if operations else OperationType.QUERY
    if kind == OperationType.MUTATION:
        errors += [
            GraphQLError(f"{field.name.value}: a mutation takes no alias", [field], extensions=INVALID)
            for field in operations[0].selection_set.selections
            if isinstance(field, FieldNode) and field.alias is not None
        ]
    return Checked(document, tuple(errors), kind.value)


def _walk(
    selected: Any, owner: str, fragments: dict[str, Any], variables: dict[str, Any], seen: set[str]
) -> tuple[int, int]:
    """The cost of a selection on a type, and its levels of connections; notes the fields it sees."""
    cost, levels = 0, 0
    for one in selected.selections if selected else ():
        if isinstance(one, FragmentSpreadNode):
            one = fragments[one.name.value]
        if not isinstance(one, FieldNode):
            type = one.type_condition.name.value if one.type_condition else owner
            more, deeper = _walk(one.selection_set, type, fragments, variables, seen)
            cost, levels = cost + more, max(levels, deeper)
            continue
        name = one.name.value
        seen.add(f"{owner}.{name}")
        text = FIELDS.get(owner, {}).get(name, "").strip("[]!")
        if text.endswith("Connection"):
            node = CONNECTION_NODES[text.removesuffix("Connection")]
            more, deeper = _walk(one.selection_set, node, fragments, variables, seen)
            cost, levels = cost + 1 + more * _page_size(one, variables), max(levels, deeper + 1)
        else:
            more, deeper = _walk(one.selection_set, text or owner, fragments, variables, seen)
            cost, levels = cost + 1 + more, max(levels, deeper)
    return cost, levels


def _page_size(field: Any, variables: dict[str, Any]) -> int:
    for argument in field.arguments or ():
        if argument.name.value in ("first", "last"):
            value = argument.value
            size = variables.get(value.name.value) if isinstance(value, VariableNode) else getattr(value, "value", None)
            return int(str(size)) if str(size).isdecimal() else DEFAULT_PAGE
    return DEFAULT_PAGE
