"""Writes the reference from the declarations.

A line `% entities: PACKAGE` of a page becomes one section for each entity class there, `% operators` the list of
operators, `% children` the child collections of T1.
"""

import importlib
import inspect
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
    """One entity as Markdown: what it is, its fields, its relations, its special calls."""
    lines = [f"### {model.__name__}", "", (model.__doc__ or "").strip().split("\n\n")[0], ""]
    if model.collection:
        lines += [f'`session.get("{model.collection}")`; one of them is a `{model._type}`.', ""]
    lines += ["| Field | Type | Flags | Filters | Meaning |", "| --- | --- | --- | --- | --- |"]
    lines += [_row(_field(field)) for field in model._fields.values()]
    if model._relations:
        lines += ["", "| Relation | To | Meaning |", "| --- | --- | --- |"]
        lines += [_row(_relation(relation)) for relation in model._relations.values()]
    calls = special_calls(model)
    if calls:
        lines += ["", "| Call | What it does |", "| --- | --- |"]
        lines += [_row(iter((f"`{name}{inspect.signature(call)}`", _summary(call)))) for name, call in calls]
    return "\n".join([*lines, ""])


def special_calls(model: type[Entity]) -> list[tuple[str, Any]]:
    """What an entity can do beside what all entities of its platform can."""
    base = model._registry.base
    own = [kind for kind in model.__mro__ if issubclass(kind, base) and kind is not base]
    names = {name for kind in own for name, thing in vars(kind).items() if inspect.isfunction(thing)}
    return [(name, getattr(model, name)) for name in sorted(names) if not name.startswith("_")]


def _summary(call: Any) -> str:
    return " ".join((inspect.getdoc(call) or "").split("\n\n")[0].split())


def children() -> str:
    """The child collections of T1, as Markdown."""
    from terminalone.routes import CHILDREN

    rows = ["| Child | Path below the entity |", "| --- | --- |"]
    for name, (path, dimension) in sorted(CHILDREN.items()):
        rows.append(_row(iter((f"`{name}`", f"`{path}`" if dimension is None else f"`{path}/{dimension}`"))))
    return "\n".join([*rows, ""])


def operators() -> str:
    """The operators with their meaning, as Markdown."""
    return "".join(f"- `{symbol}` {meaning}\n" for symbol, meaning in OPERATORS.items())


def _fill(app: Any, docname: str, source: list[str]) -> None:
    def sections(mark: re.Match[str]) -> str:
        return "\n".join(map(section, entity_classes(mark[1])))

    text = (
        MARK.sub(sections, source[0])
        .replace("% operators\n", operators())
        .replace("% children\n", children())
    )
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
