"""Writes the reference from the declarations.

A line `% entities: PACKAGE` of a page becomes one section for each entity class there, a line `% operators` the
list of operators.
"""

import importlib
import re
from collections.abc import Iterator
from typing import Any

from adplatforms.core.entity import Entity
from adplatforms.core.expr import OPERATORS
from adplatforms.core.fields import Field
from adplatforms.core.relations import Relation

MARK = re.compile(r"^% entities: ([\w.]+)$", re.MULTILINE)


def setup(app: Any) -> dict[str, bool]:
    """Called by Sphinx."""
    app.connect("source-read", _fill)
    return {"parallel_read_safe": True}


def entity_classes(package: str) -> list[type[Entity]]:
    """The entity classes that a package offers, by name."""
    found = {
        thing
        for thing in vars(importlib.import_module(package)).values()
        if isinstance(thing, type) and issubclass(thing, Entity) and (thing.collection or thing._type)
    }
    return sorted(found, key=lambda model: model.__name__)


def section(model: type[Entity]) -> str:
    """One entity as Markdown: what it is, its fields, its relations."""
    lines = [f"### {model.__name__}", "", (model.__doc__ or "").strip().split("\n\n")[0], ""]
    if model.collection:
        lines += [f'`session.get("{model.collection}")`', ""]
    lines += ["| Field | Type | Flags | Filters | Meaning |", "| --- | --- | --- | --- | --- |"]
    lines += [_row(_field(field)) for field in model._fields.values()]
    if model._relations:
        lines += ["", "| Relation | To | Meaning |", "| --- | --- | --- |"]
        lines += [_row(_relation(relation)) for relation in model._relations.values()]
    return "\n".join([*lines, ""])


def operators() -> str:
    """The operators with their meaning, as Markdown."""
    return "".join(f"- `{symbol}` {meaning}\n" for symbol, meaning in OPERATORS.items())


def _fill(app: Any, docname: str, source: list[str]) -> None:
    def sections(mark: re.Match[str]) -> str:
        return "\n".join(map(section, entity_classes(mark[1])))

    text = MARK.sub(sections, source[0]).replace("% operators\n", operators())
    if text != source[0]:
        app.env.note_reread()  # the declarations may have changed, though the page has not
        source[0] = text


def _field(field: Field[Any]) -> Iterator[str]:
    flags = ("readonly", "read-only"), ("create_only", "create-only"), ("required",) * 2, ("nullable",) * 2
    yield f"`{field.name}`"
    yield field.describe()
    yield ", ".join(word for attribute, word in flags if getattr(field, attribute))
    yield " ".join(f"`{operator}`" for operator in OPERATORS if operator in field.filters)
    yield field.doc


def _relation(relation: Relation[Any]) -> Iterator[str]:
    yield f"`{relation.name}`"
    yield f"{'many' if relation.many else 'one'} {relation.wire_type or relation.target_name}"
    yield relation.doc


def _row(cells: Iterator[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
