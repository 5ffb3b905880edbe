"""Writes `terminalone/v3/`'s declarations from the vendor's description: ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

import json
import keyword
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from v3_description import (
    READING_POSTS,
    ROOT,
    Node,
    Resource,
    answer_of,
    body_of,
    camel,
    data_of,
    is_list,
    members_of,
    operations,
    resolved,
    resources,
    singular,
)

from adplatforms.core.registry import snake_case

FOLDER = ROOT / "terminalone/v3"
MOST_LINES = 330
RESERVED = {"raw", "session", "changes", "revert", "save", "refresh", "delete", "archive", "set", "to_dict", "as_new"}
"""What every entity has, so that no field can be called so."""


def python_name(wire: str, owner: set[str]) -> str:
    """The name of a field; with an underscore behind it where Python or every entity has that name."""
    if keyword.iskeyword(wire) or wire in owner:
        return f"{wire}_"
    return wire


# the table of operations


def operation_table() -> dict[str, Any]:
    """Every operation, by its id: what `t1.call` and the requests of entities need."""
    table = {}
    for path, method, operation in operations():
        media, body = body_of(operation)
        answer_media, answer = answer_of(operation)
        entry: dict[str, Any] = {"method": method.upper(), "path": path, "params": _params(operation)}
        if media:
            node = members_of(body)
            entry["body"] = {
                "media": media,
                "members": list(node.members),
                "required": [name for name, member in node.members.items() if member.required],
            }
        entry["answer"] = _answer_kind(answer_media, answer)
        if method == "get" or (method == "post" and _reads(path)):
            entry["reads"] = True
        table[operation["operationId"]] = entry
    return table


def _reads(path: str) -> bool:
    """Whether a POST reads."""
    if path.startswith("/permissions/{user_id}"):
        return True
    return any(part in path for part in READING_POSTS)


def _answer_kind(media: str, schema: Any) -> str:
    """What an answer is: "list" or "one" of `data`, "text", or "any"."""
    if media == "text/csv":
        return "text"
    if not data_of(schema):
        return "any"
    return "list" if is_list(schema) else "one"


def _params(operation: Any) -> dict[str, Any]:
    """The parameters of an operation, each with what it takes."""
    found = {}
    for param in map(resolved, operation.get("parameters", ())):
        schema = resolved(param["schema"])
        entry: dict[str, Any] = {"in": param["in"], "type": schema.get("type", "string")}
        if param.get("required"):
            entry["required"] = True
        for name in ("enum", "minimum", "maximum"):
            if name in schema:
                entry[name] = schema[name]
        found[param["name"]] = entry
    return found


# the classes of one resource


class Writer:
    """The source of one resource: the classes of its nested values, then its own."""

    def __init__(self, resource: Resource, by_type: dict[str, Resource]) -> None:
        self.resource, self.by_type = resource, by_type
        self.structs: list[tuple[str, str]] = []
        self.relations: dict[str, str] = {}

    def entity(self) -> str:
        """The entity class."""
        resource, members = self.resource, self.resource.node.members
        self._find_relations()
        lines = []
        for wire, member in members.items():
            if wire in ("entity_type", *self.relations) or (wire == "id" and member.types <= {"integer", "number"}):
                continue
            lines.append(self._line(wire, member, resource.class_name, RESERVED, is_top=True))
        lines += [f"    {name} = {value}" for name, value in self.relations.items()]
        arguments = [f'collection="{resource.collection}"', f'type="{resource.type}"']
        arguments += [f'{verb}="{name}"' for verb, name in resource.operations.items()]
        if resource.withs:
            arguments.append(f"withs={json.dumps(resource.withs)}")
        doc = f"{_article(resource.type)}. Fields without a doc are not described by the vendor."
        text = f'class {resource.class_name}(V3Entity, {", ".join(arguments)}):\n    """{doc}"""\n\n'
        listed = [name for name in resource.listed if name != "entity_type" and name not in self.relations]
        if listed:
            text += f"    _limited = ({', '.join(map(repr, listed))},)\n\n"
        return text + "\n".join(lines) + "\n"

    def _find_relations(self) -> None:
        """Relations to one by the ids in ``advertiser_id`` and its like, those that `with` brings, and to many."""
        members, own = self.resource.node.members, self.resource
        for wire, member in members.items():
            kind = wire.removesuffix("_id")
            if kind == wire or kind not in self.by_type or member.types != {"integer"}:
                continue
            other = members.get(kind)
            if other is None or kind in own.withs:
                self.relations[kind] = f'Ref["{self.by_type[kind].class_name}"](by="{wire}")'
        for name in own.withs:
            if name in self.by_type and name not in self.relations and name in members:
                self.relations[name] = f'Ref["{self.by_type[name].class_name}"]()'
        for other in self.by_type.values():
            by = f"{own.type}_id"
            if other is own or by not in other.node.members or other.collection in members or own.collection == "users":
                continue
            if other.operations.get("list") and _takes_q(other):
                self.relations[other.collection] = f'Children["{other.class_name}"](by="{by}")'

    def _line(self, wire: str, node: Node, owner: str, reserved: set[str], is_top: bool = False) -> str:
        """The declaration of one member."""
        name = python_name(wire, reserved)
        kind, arguments = self._type(node, owner + camel(wire), owner + camel(singular(wire)))
        if name != wire:
            arguments.append(f'wire="{wire}"')
        arguments += self._flags(wire, node, is_top)
        about = []
        if node.deprecated:
            about.append("Deprecated")
        if node.default is not None and not isinstance(node.default, (dict, list)):
            about.append(f"Default: {node.default}")
        if about:
            arguments.append(f"doc={'. '.join(about)!r}")
        if is_top and wire == "version":
            kind, arguments = "Version", ["readonly=True"]
        return f"    {name} = {kind}({', '.join(arguments)})"

    def _flags(self, wire: str, node: Node, is_top: bool) -> list[str]:
        """What may be done with a member."""
        verbs = self.resource.operations.keys() & {"create", "update"}
        taken = node.uses & verbs
        flags = []
        if node.read_only or not taken:
            flags.append("readonly=True")
        elif verbs == {"create", "update"} and taken == {"create"}:
            flags.append("create_only=True")
        elif verbs == {"create", "update"} and taken == {"update"}:
            flags.append("update_only=True")
        if "shown" not in node.uses:
            flags.append("write_only=True")
        is_required = "create" in node.required or (not is_top and bool(node.required & verbs))
        if is_required and "readonly=True" not in flags:
            flags.append("required=True")
        elif node.nullable and "readonly=True" not in flags:
            flags.append("nullable=True")
        if "password" in wire:
            flags.append("secret=True")
        return flags

    def _type(self, node: Node, name: str, item_name: str) -> tuple[str, list[str]]:
        """The type of a member, and the first arguments of its declaration."""
        types = node.types - {"null"}
        if node.item is not None and types <= {"array"}:
            kind, arguments = self._type(node.item, item_name, item_name)
            limits = _limits(node, {"minItems": "fewest", "maxItems": "most"})
            return "ListOf", [f"{kind}({', '.join(arguments)})", *limits]
        if node.members and types <= {"object"}:
            return "Nested", [self._struct(node, name)]
        if types <= {"string"} and node.enum:
            return "Choice", [json.dumps(word) for word in node.enum if word is not None]
        if types == {"string"} and node.format == "date-time":
            return "DateTime", []
        if types == {"string"} and node.format == "date":
            return "Date", []
        if types == {"string"}:
            return "Str", _limits(node, {"minLength": "shortest", "maxLength": "longest"})
        if types in ({"integer"}, {"number"}):
            return types.pop().replace("integer", "Int").replace("number", "Float"), _limits(
                node, {"minimum": "least", "maximum": "most"}
            )
        if types == {"boolean"}:
            return "Bool", []
        return "Object", []

    def _struct(self, node: Node, name: str) -> str:
        """The class of a nested value, which is written before what holds it; its name."""
        if name in {other.class_name for other in self.by_type.values()}:
            name += "Part"
        lines = [
            self._line(wire, member, name, {"to_dict", "set", "wire", "from_wire"})
            for wire, member in node.members.items()
        ]
        doc = f'"""A nested value of {_plain(self.resource.collection)}."""'
        text = f"class {name}(Struct):\n    {doc}\n\n" + "\n".join(lines)
        if name not in [known for known, _ in self.structs]:
            self.structs.append((name, text + "\n"))
        return name


def _takes_q(resource: Resource) -> bool:
    """Whether the listing of a resource filters."""
    for _, _, operation in operations():
        if operation["operationId"] == resource.operations["list"]:
            return "q" in {resolved(param)["name"] for param in operation.get("parameters", ())}
    return False


def _limits(node: Node, names: dict[str, str]) -> list[str]:
    """The range of a member as arguments; what a number's format implies is left to the server."""
    found = []
    for name, argument in names.items():
        value = node.limits.get(name)
        if value is not None and not (name == "minLength" and value == 0) and abs(value) < 2**31:
            found.append(f"{argument}={value}")
    return found


def _plain(kind: str) -> str:
    return kind.replace("_", " ")


def _article(kind: str) -> str:
    return ("An " if kind[0] in "aeiou" else "A ") + _plain(kind)


HEADER = '''"""{title} of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

'''


def module(title: str, names: list[str], classes: list[str], imports: list[str], entity: bool = False) -> str:
    """The source of one module."""
    source = "\n\n".join(classes)
    known = ["Bool", "Children", "Choice", "Date", "DateTime", "Float", "Int", "ListOf", "Nested", "Object", "Ref"]
    used = [name for name in [*known, "Str", "Version"] if f"{name}(" in source or f"{name}[" in source]
    if "(Struct)" in source:
        used.append("Struct")
    text = HEADER.format(title=title)
    targets = set(re.findall(r'(?:Ref|Children)\["(\w+)"\]', source)) - set(names)
    if targets:
        text += "from typing import TYPE_CHECKING\n\n"
    if entity:
        text += "from ..base import V3Entity\n"
    text += f"from ..fields import {', '.join(sorted(used))}\n"
    text += "\n".join(imports) + "\n"
    if targets:
        text += "\nif TYPE_CHECKING:\n"
        text += "".join(f"    from .{snake_case(name)} import {name}\n" for name in sorted(targets))
    text += f"\n__all__ = {json.dumps(sorted(names))}\n\n\n"
    return text + source


def files() -> Iterator[tuple[Path, str]]:
    """Every file with its text, not yet formatted."""
    by_type = {resource.type: resource for resource in resources()}
    names = {}
    for resource in resources():
        writer = Writer(resource, by_type)
        entity = writer.entity()
        parts = _parts(writer.structs)
        names[resource.type] = resource.class_name
        if len(parts) == 1:
            classes = [text for _, text in parts[0]] + [entity]
            found = [name for name, _ in parts[0]] + [resource.class_name]
            yield (
                FOLDER / f"entities/{resource.type}.py",
                module(camel_words(resource.collection), found, classes, [], entity=True),
            )
            continue
        homes = {name: index for index, part in enumerate(parts, 1) for name, _ in part}
        for index, part in enumerate(parts, 1):
            own = [name for name, _ in part]
            text = "\n\n".join(source for _, source in part)
            title = f"Nested values of {_plain(resource.collection)}, {index} of {len(parts)}"
            imports = _imports(text, homes, resource.type, index)
            yield FOLDER / f"entities/{resource.type}_{index}.py", module(title, own, [text], imports)
        imports = _imports(entity, homes, resource.type, 0)
        yield (
            FOLDER / f"entities/{resource.type}.py",
            module(camel_words(resource.collection), [resource.class_name], [entity], imports, entity=True),
        )
    yield FOLDER / "entities/__init__.py", _package(names)
    yield FOLDER / "operations.json", json.dumps(operation_table(), indent=1, sort_keys=True) + "\n"


def _imports(text: str, homes: dict[str, int], kind: str, own: int) -> list[str]:
    """What a module takes from the other parts of its resource."""
    found: dict[int, list[str]] = {}
    for name, home in homes.items():
        if home != own and (f"({name}," in text or f"({name})" in text):
            found.setdefault(home, []).append(name)
    return [f"from .{kind}_{home} import {', '.join(sorted(names))}" for home, names in sorted(found.items())]


def _parts(structs: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """The classes of nested values in parts of a size that a module may have."""
    total = sum(text.count("\n") + 3 for _, text in structs)
    if total < MOST_LINES - 110:
        return [structs]
    parts: list[list[tuple[str, str]]] = [[]]
    lines = 0
    for name, text in structs:
        size = int((text.count("\n") + 3) * 1.3)
        if lines + size > MOST_LINES and parts[-1]:
            parts.append([])
            lines = 0
        parts[-1].append((name, text))
        lines += size
    if len(parts) == 1:
        parts.append([])
    return [part for part in parts if part]


def camel_words(collection: str) -> str:
    """A collection as a title."""
    return _plain(collection).capitalize()


def _package(names: dict[str, str]) -> str:
    """The package of the entities."""
    text = '"""The entities of API v3.0, one class a collection. Written by tests/meta/v3_declarations.py."""\n\n'
    text += "from ..base import V3Entity\n"
    text += "".join(f"from .{kind} import {name}\n" for kind, name in sorted(names.items()))
    return text + f"\n__all__ = {json.dumps(sorted([*names.values(), 'V3Entity']))}\n"


def rendered() -> dict[Path, str]:
    """Every file with its text, as the formatter leaves it."""
    texts = dict(files())
    with TemporaryDirectory() as folder:
        for path, text in texts.items():
            if path.suffix == ".py":
                (Path(folder) / path.name).write_text(text, encoding="utf-8")
        config = ["--config", str(ROOT / "pyproject.toml"), "-q", "--no-cache", folder]
        for command in (["format"], ["check", "--select", "I", "--fix"], ["format"]):
            subprocess.run([sys.executable, "-m", "ruff", *command, *config], check=True)
        for path in texts:
            if path.suffix == ".py":
                texts[path] = (Path(folder) / path.name).read_text(encoding="utf-8")
    return texts


def stray() -> list[Path]:
    """Modules of entities that no resource has any more."""
    return sorted(set((FOLDER / "entities").glob("*.py")) - rendered().keys())


if __name__ == "__main__":
    for path, text in rendered().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
