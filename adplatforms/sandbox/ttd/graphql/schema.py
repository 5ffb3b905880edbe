"""The GraphQL schema, built from the tables once a process.

Types of which only the name is known have an `id` here, those that clients list by name (creatives, bid lists, campaign
groups) a `name` as well. Connections take `first`, `after`, `last` and `before`; `where` takes exactly the filters the
facts saw, and is no argument where they saw none; `order` takes the plain fields of the node.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLError,
    GraphQLField,
    GraphQLFloat,
    GraphQLID,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLString,
)

from adplatforms.sandbox.ttd.bodies import MOST_LONG
from adplatforms.sandbox.ttd.checks import moment
from adplatforms.sandbox.ttd.graphql import reporting, resolvers
from adplatforms.sandbox.ttd.graphql.enums import ENUMS, MORE_ENUMS
from adplatforms.sandbox.ttd.graphql.filters import FILTERS, NOT_SORTED
from adplatforms.sandbox.ttd.graphql.inputs import INPUTS, MUTATIONS
from adplatforms.sandbox.ttd.graphql.objects import CONNECTIONS, MORE_OBJECTS, MORE_ROOT, OBJECTS, REMOVED, ROOT
from adplatforms.sandbox.ttd.records import KINDS
from adplatforms.sandbox.ttd.workflows.schemas import ENUM_VALUES

__all__ = ["CONNECTION_NODES", "FIELDS", "build", "lines", "upper_snake"]


def lines(*texts: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The lines of a table: a name, and its `word:value` pairs (the value is empty where a word stands alone)."""
    for text in texts:
        for line in text.strip().replace("\n    ", " ").splitlines():
            name, _, rest = line.partition(": ")
            yield name, {word: value for word, _, value in (pair.partition(":") for pair in rest.split())}


def _merged(*texts: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name, words in lines(*texts):
        found.setdefault(name, {}).update(words)
    return found


FIELDS = _merged(OBJECTS, ROOT, MORE_ROOT, MORE_OBJECTS, reporting.OBJECTS)
"""The type of each field by name, by object type: what the schema has now."""
for _name, _fields in REMOVED.items():
    for _field in _fields:
        del FIELDS[_name][_field]

CONNECTION_NODES = dict(pair.split(":") for pair in CONNECTIONS.split())
"""The node type of each connection, by its name without `Connection`."""

NAMED = ("Creative", "IBidList", "CampaignGroup")
"""Types of unknown fields that have a name here."""


def upper_snake(word: str) -> str:
    """A PascalCase word as GraphQL spells enums."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", word).upper()


_PASCAL = {upper_snake(word): word for words in ENUM_VALUES.values() for word in words}


def _enum(name: str, words: dict[str, str]) -> Any:
    """An enum that also lets through, on the way out, words that it does not have: servers get new ones first."""
    values = {word: _PASCAL.get(word) or "".join(map(str.capitalize, word.split("_"))) for word in words}
    enum = GraphQLEnumType(name, values)
    known = {value: word for word, value in values.items()}

    def out(value: str) -> str:
        return known.get(value) or upper_snake(value)

    enum.serialize = enum.coerce_output_value = out
    return enum


def _moment(value: str) -> str:
    return value if value.endswith("Z") else f"{value}Z"


class _Builder:
    """Makes each type when it is first asked for."""

    def __init__(self) -> None:
        self._types: dict[str, Any] = {
            "ID": GraphQLID,
            "String": GraphQLString,
            "Boolean": GraphQLBoolean,
            "Float": GraphQLFloat,
            "Int": GraphQLInt,
            "Long": GraphQLScalarType("Long", serialize=int, parse_value=_whole),
            "DateTime": GraphQLScalarType("DateTime", serialize=_moment, parse_value=_read_moment),
            "Decimal": GraphQLScalarType("Decimal", parse_value=_number),
            "TimeZone": GraphQLScalarType("TimeZone"),
        }
        self._types.update((name, _enum(name, words)) for name, words in lines(ENUMS, MORE_ENUMS))
        for name in ("MutationError", "BulkJob"):
            self._types[name] = GraphQLInterfaceType(
                name, self._plain_fields(name), resolve_type=resolvers.TYPE_OF[name]
            )
        self._implemented = {
            "InSchemaError": "MutationError",
            "BulkJobQueryValidationError": "MutationError",
            "BulkQueryJob": "BulkJob",
            "BulkMutationJob": "BulkJob",
        }

    def schema(self) -> Any:
        """The whole schema."""
        mutation = GraphQLObjectType("Mutation", {name: self._mutation(name) for name in MUTATIONS})
        implementing = [self.type(name) for name in self._implemented]
        return GraphQLSchema(self.type("Query"), mutation, types=implementing)

    def type(self, text: str) -> Any:
        """An output or input type by its text: `Campaign`, `[Campaign]`, `ID!`."""
        if text.endswith("!"):
            return GraphQLNonNull(self.type(text[:-1]))
        if text.startswith("["):
            return GraphQLList(self.type(text[1:-1]))
        if text not in self._types:
            self._types[text] = self._input(text) if text in INPUTS else self._object(text)
        return self._types[text]

    def _object(self, name: str) -> Any:
        if name.endswith("Connection"):
            return self._connection(CONNECTION_NODES[name.removesuffix("Connection")], name)
        interfaces = [self._types[self._implemented[name]]] if name in self._implemented else []
        if name in FIELDS:
            return GraphQLObjectType(name, self._fields(name), interfaces)
        words = {"id": "ID", "name": "String"} if name in NAMED else {"id": "ID"}
        fields = {word: GraphQLField(self.type(text)) for word, text in words.items()}
        return GraphQLObjectType(name, fields, interfaces)

    def _fields(self, name: str) -> Callable[[], dict[str, Any]]:
        return lambda: {field: self._field(name, field, text) for field, text in FIELDS[name].items()}

    def _plain_fields(self, name: str) -> Callable[[], dict[str, Any]]:
        return lambda: {field: GraphQLField(self.type(text)) for field, text in FIELDS[name].items()}

    def _field(self, owner: str, name: str, text: str) -> Any:
        place = f"{owner}.{name}"
        args: dict[str, Any] = {}
        if text.endswith("Connection"):
            node = CONNECTION_NODES[text.removesuffix("Connection")]
            args = self._connection_args(place, node)
        elif place in resolvers.ARGUMENTS:
            args = {word: GraphQLArgument(self.type(kind)) for word, kind in resolvers.ARGUMENTS[place].items()}
        return GraphQLField(self.type(text), args, resolvers.resolver(place, text))

    # Connections

    def _connection(self, node: str, name: str) -> Any:
        edge = GraphQLObjectType(
            f"{name.removesuffix('Connection')}Edge",
            lambda: {"cursor": GraphQLField(GraphQLString), "node": GraphQLField(self.type(node))},
        )
        return GraphQLObjectType(
            name,
            lambda: {
                "nodes": GraphQLField(self.type(f"[{node}]")),
                "edges": GraphQLField(GraphQLList(edge)),
                "pageInfo": GraphQLField(self.type("PageInfo")),
                "totalCount": GraphQLField(GraphQLInt),
            },
        )

    def _connection_args(self, place: str, node: str) -> dict[str, Any]:
        args: dict[str, Any] = {
            "first": GraphQLArgument(GraphQLInt),
            "after": GraphQLArgument(GraphQLString),
            "last": GraphQLArgument(GraphQLInt),
            "before": GraphQLArgument(GraphQLString),
        }
        if place in FILTERS:
            args["where"] = GraphQLArgument(self._where(place))
        if place in resolvers.LISTED and node in KINDS and node in FIELDS:
            args["order"] = GraphQLArgument(GraphQLList(self._order(node)))
        return args

    def _where(self, place: str) -> Any:
        owner, _, field = place.partition(".")
        name = f"{owner}{field[0].upper()}{field[1:]}FilterInput"
        operators: dict[str, dict[str, str]] = {}
        for word, kind in FILTERS[place].items():
            fact, _, operator = word.partition(".")
            operators.setdefault(fact, {})[operator] = f"[{kind}]" if operator == "in" else kind

        def fields() -> dict[str, Any]:
            made = {fact: GraphQLInputField(self._operators(some)) for fact, some in operators.items()}
            nested = GraphQLInputField(GraphQLList(where))
            return {**made, "and": nested, "or": nested}

        where = GraphQLInputObjectType(name, fields)
        return where

    def _operators(self, operators: dict[str, str]) -> Any:
        name = "".join(f"{kind.strip('[]')}{operator.capitalize()}" for operator, kind in operators.items())
        name += "OperationInput"
        if name not in self._types:
            fields = {operator: GraphQLInputField(self.type(kind)) for operator, kind in operators.items()}
            self._types[name] = GraphQLInputObjectType(name, fields)
        return self._types[name]

    def _order(self, node: str) -> Any:
        name = f"{node}SortInput"
        if name not in self._types:
            plain = [
                field
                for field, text in FIELDS[node].items()
                if not isinstance(self.type(text), GraphQLObjectType | GraphQLList)
                and f"{node}.{field}" not in NOT_SORTED
            ]
            fields = {field: GraphQLInputField(self.type("SortDirection")) for field in plain}
            if node == "Campaign":
                fields["campaignReporting"] = GraphQLInputField(self.type("CampaignReportingSortInput"))
            self._types[name] = GraphQLInputObjectType(name, fields)
        return self._types[name]

    # Mutations

    def _input(self, name: str) -> Any:
        return GraphQLInputObjectType(
            name, lambda: {word: GraphQLInputField(self.type(text)) for word, text in INPUTS[name].items()}
        )

    def _mutation(self, name: str) -> Any:
        one = MUTATIONS[name]
        if one.payload not in self._types:
            errors = "[UserError]" if one.style == "userErrors" else "[MutationError]"
            fields = {"data": GraphQLField(self.type(one.data)), one.style: GraphQLField(self.type(errors))}
            self._types[one.payload] = GraphQLObjectType(one.payload, fields)
        args = {"input": GraphQLArgument(self.type(f"{one.takes}!"))}
        return GraphQLField(self._types[one.payload], args, one.resolve)


def _read_moment(value: Any) -> str:
    try:
        read = moment(value)
    except (ValueError, TypeError, AttributeError):
        read = None
    if read is None:
        raise GraphQLError(f"DateTime cannot represent {value!r}")
    return read


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not (isinstance(value, int) or (isinstance(value, str) and value.isdecimal())):
        raise GraphQLError(f"Long cannot represent {value!r}")
    if abs(int(value)) > MOST_LONG:
        raise GraphQLError(f"Long cannot represent {value!r}: it has more than 64 bits")
    return int(value)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise GraphQLError(f"Decimal cannot represent {value!r}")
    return float(value)


@cache
def build() -> Any:
    """The schema (a `graphql.GraphQLSchema`)."""
    return _Builder().schema()
