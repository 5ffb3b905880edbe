"""The operations of Pinterest's API, 5.28.0, as the tables have them, and which one a request is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import orjson

Shape = Any
"""What a value may look like; `shapes` explains the form."""

WRAPPED = ("labels",)
"""Resources whose list wraps each row once more: `{"labels": [row], "errors": []}`."""

_LEAF = ""


@dataclass(frozen=True)
class Param:
    """One parameter. `encode` says how a list is written: `repeat`, `comma` or `deep`; empty for a single value."""

    name: str
    place: str
    shape: Shape
    required: bool
    encode: str


@dataclass(frozen=True)
class Operation:
    """One operation of the description.

    `role` is what it does to which resource (`campaigns.list`), empty for the rest. `rate` is its rate limit category,
    `scopes` what a token must have, `app` whether an app's own token will do. `body` is the shape of the body, None
    where there is none; `answers` the shape by status, None for an answer without a body. `since`: the version that
    added it, empty for 5.23.0 and before.
    """

    id: str
    method: str
    path: str
    role: str
    rate: str
    scopes: tuple[str, ...]
    app: bool
    params: tuple[Param, ...]
    media_type: str
    body: Shape
    body_required: bool
    answers: Mapping[int, Shape]
    errors: tuple[str, ...]
    since: str = ""

    @property
    def resource(self) -> str:
        """The resource it belongs to, empty where it belongs to none."""
        return self.role.partition(".")[0]

    @property
    def status(self) -> int:
        """The status it answers with: 201 where that is declared, else the first declared."""
        return 201 if 201 in self.answers else next(iter(self.answers))

    @property
    def answer(self) -> Shape:
        """The shape of the answer."""
        return self.answers[self.status]


class Api:
    """All operations by id, and all named types."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.version: str = table["version"]
        self.types: Mapping[str, Shape] = table["types"]
        params = {key: _param(one) for key, one in table["params"].items()}
        self.operations = {id: _operation(id, one, params) for id, one in table["operations"].items()}
        self._tree: dict[str, Any] = {}
        for one in self.operations.values():
            node = self._tree
            for segment in _segments(one.path):
                node = node.setdefault("{}" if segment.startswith("{") else segment, {})
            node.setdefault(_LEAF, {})[one.method] = one

    def match(self, path: str) -> dict[str, Operation]:
        """The operations at a path, by method; empty where the path leads nowhere. Fixed words win over ids."""
        return _found(self._tree, _segments(path)) or {}

    @cached_property
    def rows(self) -> Mapping[str, Shape]:
        """The shape of the rows of each resource that can be read: an element of its list, else what `get` answers."""
        found: dict[str, Shape] = {}
        for verb in (".list", ".get"):
            for one in self.operations.values():
                if not one.role.endswith(verb) or one.answer is None:
                    continue
                plain = self.resolved(one.answer)
                items = plain.get("fields", {}).get("items")
                shape = self.resolved(items)["of"] if items else plain.get("of", one.answer)
                if one.resource in WRAPPED:
                    shape = self.resolved(self.resolved(shape)["fields"][one.resource])["of"]
                found.setdefault(one.resource, shape)
        return found

    def resolved(self, shape: Shape) -> Mapping[str, Any]:
        """A shape with references followed."""
        while isinstance(shape, str):
            shape = self.types[shape]
        found: Mapping[str, Any] = shape
        return found


def path_values(operation: Operation, path: str) -> dict[str, str]:
    """The values that stand for the names in braces."""
    pairs = zip(_segments(operation.path), _segments(path), strict=True)
    return {name[1:-1]: value for name, value in pairs if name.startswith("{")}


@cache
def api() -> Api:
    """The table, read once a process: 5.23.0, and what 5.28.0 added or changed over it."""
    folder = Path(__file__).resolve().parent
    old, new = (orjson.loads((folder / name).read_bytes()) for name in ("table.json", "since_5_28.json"))
    parts = {part: {**old[part], **new[part]} for part in ("operations", "params", "types")}
    return Api({"version": new["version"], **parts})


def _segments(path: str) -> list[str]:
    return path.strip("/").split("/")


def _found(node: Mapping[str, Any], segments: list[str]) -> dict[str, Operation] | None:
    if not segments:
        leaf: dict[str, Operation] | None = node.get(_LEAF)
        return leaf
    first, rest = segments[0], segments[1:]
    for key in (first, "{}"):
        if key in node and key:
            found = _found(node[key], rest)
            if found is not None:
                return found
    return None


def _param(found: Mapping[str, Any]) -> Param:
    required = bool(found.get("required"))
    return Param(found["name"], found["in"], found["shape"], required, found.get("encode", ""))


def _operation(id: str, found: Mapping[str, Any], params: Mapping[str, Param]) -> Operation:
    body = found.get("body") or {}
    return Operation(
        id=id,
        method=found["method"],
        path=found["path"],
        role=found["role"],
        rate=found["rate"],
        scopes=tuple(found["scopes"]),
        app=found["app"],
        params=tuple(params[key] for key in found.get("params", ())),
        media_type=body.get("type", ""),
        body=body.get("shape"),
        body_required=body.get("required", False),
        answers={int(status): shape for status, shape in found["answers"].items()},
        errors=tuple(found["errors"]),
        since=found.get("since", ""),
    )
