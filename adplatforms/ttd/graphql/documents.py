"""GraphQL documents as trees: fields with their arguments, and what is selected inside. A tree is printed once.

Nothing reads the text of a document again. What a document asks for, and what stands at a position of it, is looked up
in its tree.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Protocol

from adplatforms.core.errors import InvalidValueError

__all__ = ["Document", "Fragment", "Node", "Variable", "Word", "literal"]

_NAME = re.compile(r"[_A-Za-z]\w*", re.ASCII)
_Token = tuple[str, tuple[str, ...]]
"""A piece of a printed document, and the path of the field whose name it is; empty for all else."""


class Word(str):
    """An enum value, which GraphQL writes without quotes."""

    __slots__ = ()


class Variable(str):
    """The name of a variable, written as ``$name``."""

    __slots__ = ()


class Fragment(Protocol):
    """Fields of a document that belong together, and are replaced together: those of an entity class."""

    nodes: tuple[Node, ...]
    text: str


@dataclass(frozen=True)
class Node:
    """A field of a document: its name, what is selected inside it, and its arguments as Python values."""

    name: str
    children: tuple[Node | Fragment, ...] = ()
    arguments: Mapping[str, Any] = field(default_factory=dict)

    # Kept: the nodes of fields are shared by all documents, and printing them anew cost more than the request.
    @cached_property
    def text(self) -> str:
        """As it stands in a document."""
        printed = self.name + self._arguments_text
        if self.children:
            inside = " ".join([child.text for child in self.children])
            printed += f" {{ {inside} }}"
        return printed

    @property
    def _arguments_text(self) -> str:
        """The arguments in parentheses; empty without any."""
        if not self.arguments:
            return ""
        written = [f"{name}: {literal(value)}" for name, value in self.arguments.items()]
        return f"({', '.join(written)})"

    def replacing(self, old: Fragment, new: Fragment) -> Node:
        """The same tree with another fragment in the place of one."""
        children = []
        for child in self.children:
            if isinstance(child, Node):
                child = child.replacing(old, new)
            elif child is old:  # by identity: the same class may be selected twice
                child = new
            children.append(child)
        return replace(self, children=tuple(children))

    def tokens(self, above: tuple[str, ...] = ()) -> Iterator[_Token]:
        """The pieces of `text`, for looking up positions. above: the names of the fields around it."""
        path = (*above, self.name)
        yield self.name, path
        yield self._arguments_text, ()
        if self.children:
            yield " { ", ()
            for place, node in enumerate(self._inner_nodes()):
                if place:
                    yield " ", ()
                yield from node.tokens(path)
            yield " }", ()

    def _inner_nodes(self) -> Iterator[Node]:
        """The fields inside, with those of fragments."""
        for child in self.children:
            if isinstance(child, Node):
                yield child
            else:
                yield from child.nodes

    def paths(self, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
        """The path of this field and of each one inside it."""
        path = (*above, self.name)
        yield path
        for node in self._inner_nodes():
            yield from node.paths(path)


@dataclass(frozen=True)
class Document:
    """A document with one root field. `types` declares its variables, by name; `variables` has their values.

    `operation`: "query" or "mutation".
    """

    root: Node
    types: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, Any] = field(default_factory=dict)
    operation: str = "query"

    @cached_property
    def text(self) -> str:
        """What is sent. It has no line breaks: literals escape those in values."""
        return f"{self._head}{{ {self.root.text} }}"

    @property
    def _head(self) -> str:
        """What stands before the root field's brace; nothing before that of a query without variables."""
        if self.types:
            declared = ", ".join([f"${name}: {kind}" for name, kind in self.types.items()])
            return f"{self.operation}({declared}) "
        # A query without variables needs no keyword.
        if self.operation == "query":
            return ""
        return f"{self.operation} "

    def replacing(self, old: Fragment, new: Fragment) -> Document:
        """The same document with another fragment in the place of one."""
        return replace(self, root=self.root.replacing(old, new))

    def path_at(self, line: Any, column: Any) -> tuple[str, ...]:
        """The names from the root field down to the one that stands at a position of the text, both counted from 1.

        Empty where no field's name stands there: in an argument, say, or where this is not a position at all.
        """
        # The text has one line. Positions come from the server, and may be anything.
        if not isinstance(line, int) or not isinstance(column, int) or line != 1:
            return ()
        end = 1 + len(self._head) + len("{ ")
        for text, path in self.root.tokens():
            start, end = end, end + len(text)
            if start <= column < end:
                return path
        return ()


def literal(value: Any) -> str:
    """A value as it stands in a document; see `Word` and `Variable` for what is not a JSON value.

    Raises an `InvalidValueError` for a name inside that GraphQL does not allow.
    """
    if isinstance(value, Word):
        return str(value)
    if isinstance(value, Variable):
        return f"${value}"
    if isinstance(value, Mapping):
        _check_names(value)
        return "{" + ", ".join(f"{name}: {literal(item)}" for name, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(literal, value)) + "]"
    # GraphQL's strings are those of JSON, and so are its numbers, booleans and null.
    return json.dumps(value, ensure_ascii=False)


def _check_names(names: Iterable[str]) -> None:
    # Names are not quoted: one with a brace in it could end the input and begin a field.
    for name in names:
        if not _NAME.fullmatch(name):
            raise InvalidValueError(f"{name!r} is not a name in GraphQL")
