"""Writes the reference from the declarations.

In a page, `% entities: PACKAGE` becomes one section for each entity class there, `% structs: PACKAGE` one for each
class of nested values, `% calls: PACKAGE.CLASS` the list of what a session can do beside what all can; `% operators`
the operators, `% children` the child collections of T1.
"""

import importlib
import inspect
import re
from collections.abc import Iterable
from typing import Any

from adplatforms.core.entity import Entity
from adplatforms.core.expr import OPERATORS
from adplatforms.core.field import Field
from adplatforms.core.nested import Struct
from adplatforms.core.relations import Relation
from adplatforms.net.session import HttpSession
from adplatforms.pinterest.fields import param_of

MARK = re.compile(r"^% (entities|structs|calls): ([\w.]+)$", re.MULTILINE)


def setup(app: Any) -> dict[str, bool]:
    """Called by Sphinx."""
    app.connect("source-read", _fill)
    return {"parallel_read_safe": True}


def marked(text: str, word: str) -> list[str]:
    """What the marks of a kind in a page name."""
    return [name for kind, name in MARK.findall(text) if kind == word]


def entity_classes(package: str) -> list[type[Entity]]:
    """The entity classes that a package offers, by name."""
    return [model for model in _classes(package, Entity) if model.collection or model._type]


def struct_classes(package: str) -> list[type[Struct]]:
    """The classes of nested values that a package offers and that have fields, by name."""
    return [struct for struct in _classes(package, Struct) if struct.__model__.fields]


def session_class(path: str) -> type[HttpSession]:
    """The session class at a dotted path."""
    package, _, name = path.rpartition(".")
    found: type[HttpSession] = getattr(importlib.import_module(package), name)
    return found


def _classes(package: str, base: type[Any]) -> list[type[Any]]:
    found = {
        thing
        for thing in vars(importlib.import_module(package)).values()
        if isinstance(thing, type) and issubclass(thing, base)
    }
    return sorted(found, key=lambda thing: thing.__name__)


def section(model: type[Entity]) -> str:
    """One entity as Markdown: what it is, its fields, its relations, its special calls."""
    lines = [f"### {model.__name__}", "", _about(model), ""]
    if model.collection:
        lines += [f'`session.get("{model.collection}")`; one of them is a `{model._type}`.', ""]
    by_parameter = _filters_by_parameter(model)
    rows = [_field(field, by_parameter) for field in model.__model__.fields.values()]
    lines += _table("Field Type Flags Filters Meaning", rows)
    if model.__model__.relations:
        lines += _table("Relation To Meaning", map(_relation, model.__model__.relations.values()))
    lines += _calls(special_calls(model))
    return "\n".join(lines)


def struct_section(struct: type[Struct]) -> str:
    """One class of nested values as Markdown: what it is, and its fields."""
    rows = (
        [name, kind, flags, meaning] for name, kind, flags, _, meaning in map(_field, struct.__model__.fields.values())
    )
    return "\n".join([f"### {struct.__name__}", "", _about(struct), "", *_table("Field Type Flags Meaning", rows)])


def special_calls(model: type[Entity]) -> list[tuple[str, Any]]:
    """What an entity can do beside what all entities of its platform can."""
    return _own_calls(model, model.__model__.registry.base)


def session_calls(session: type[HttpSession]) -> list[tuple[str, Any]]:
    """What a session can do beside what all sessions can."""
    return _own_calls(session, HttpSession)


def _own_calls(owner: type[Any], base: type[Any]) -> list[tuple[str, Any]]:
    """The public methods of a class that its base lacks, or has with other arguments."""
    own = [kind for kind in owner.__mro__ if kind not in base.__mro__]
    names = {name for kind in own for name, thing in vars(kind).items() if inspect.isfunction(thing)}
    calls = [(name, getattr(owner, name)) for name in sorted(names) if not name.startswith("_")]
    return [(name, call) for name, call in calls if _arguments(call) != _arguments(getattr(base, name, None))]


def _calls(calls: Iterable[tuple[str, Any]]) -> list[str]:
    return _table("Call What_it_does", ([f"`{name}{_arguments(call)}`", _about(call)] for name, call in calls))


def _arguments(call: Any) -> str:
    """The arguments of a call with their defaults, without types; empty where there is no call."""
    if call is None:
        return ""
    _, *rest = inspect.signature(call).parameters.values()
    plain = [each.replace(annotation=inspect.Parameter.empty) for each in rest]
    return str(inspect.Signature(plain))


def _about(thing: Any) -> str:
    """The first paragraph of a docstring, in one line."""
    return " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].replace("``", "`").split())


def children() -> str:
    """The child collections of T1, as Markdown."""
    from terminalone.routes import CHILDREN

    rows = (
        [f"`{name}`", f"`{path}`" if dimension is None else f"`{path}/{dimension}`"]
        for name, (path, dimension) in sorted(CHILDREN.items())
    )
    return "\n".join(_table("Child Path_below_the_entity", rows))


def operators() -> str:
    """The operators with their meaning, as Markdown."""
    return "".join(f"- `{symbol}` {meaning}\n" for symbol, meaning in OPERATORS.items())


def _fill(app: Any, docname: str, source: list[str]) -> None:
    def written(mark: re.Match[str]) -> str:
        kind, name = mark.groups()
        if kind == "calls":
            return "\n".join(_calls(session_calls(session_class(name))))
        if kind == "structs":
            return "\n".join(map(struct_section, struct_classes(name)))
        return "\n".join(map(section, entity_classes(name)))

    text = MARK.sub(written, source[0]).replace("% operators\n", operators()).replace("% children\n", children())
    if text != source[0]:
        app.env.note_reread()  # the declarations may have changed, though the page has not
        source[0] = text


_FLAGS = ("readonly", "create_only", "update_only", "write_only", "required", "nullable")


def _filters_by_parameter(model: type[Entity]) -> bool:
    """Whether the platform's listings filter by parameters, which fields name, and not by operators."""
    return any(
        param_of(field)
        for each in model.__model__.registry.classes.values()
        for field in each.__model__.fields.values()
    )


def _field(field: Field[Any], by_parameter: bool = False) -> list[str]:
    """Name, type, flags, filters and meaning."""
    flags = (word.replace("readonly", "read_only").replace("_", "-") for word in _FLAGS if getattr(field, word))
    known = [param_of(field)] if by_parameter else [operator for operator in OPERATORS if operator in field.filters]
    return [
        f"`{field.name}`",
        field.describe(),
        ", ".join(flags),
        " ".join(f"`{word}`" for word in known if word),
        ". ".join(filter(None, [field.doc, _elsewhere(field)])),
    ]


def _elsewhere(field: Field[Any]) -> str:
    """The platform's own names of a field, where they differ or there are several."""
    words, common = field.summary(), Field.summary(field)
    if words != common:
        return words.removeprefix(common).lstrip(". ")
    return "" if field.wire == field.name else f"`{field.wire}`"


def _relation(relation: Relation[Any]) -> list[str]:
    number = "many" if relation.many else "one"
    return [f"`{relation.name}`", f"{number} {relation.wire_type or relation.target_name}", relation.doc]


def _table(head: str, rows: Iterable[Iterable[str]]) -> list[str]:
    """A table and the empty line after it; nothing where there are no rows. Words of one heading are joined by _."""
    names = [name.replace("_", " ") for name in head.split()]
    lines = [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
    return [f"| {' | '.join(names)} |", f"| {' | '.join(['---'] * len(names))} |", *lines, ""] if lines else []
