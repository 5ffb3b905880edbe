"""Makes `table.json` from Pinterest's description: `python -m adplatforms.sandbox.pinterest.derive SPEC_FOLDER`.

The table says, in our own short form, what the sandbox has to know of every operation: path, parameters, body,
answers, rate category, and the shapes of the types they name. Prose, examples and titles are left out,
`allOf` is merged, unused types are dropped. `shapes` explains the form; a test compares the table with the
description it was made from.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
TABLE = HERE / "table.json"
"""Where the table lies, beside this module."""

VERBS = ("get", "post", "patch", "put", "delete")
LONG_ENUM = 12
"""Lists of more words than this are kept once and referred to."""

MOST_WORDS = 1_000
"""Longer lists are cut to their first words and marked: one type, in answers only, names thousands of columns."""

_RENAMED = {
    "pattern": "pattern",
    "enum": "enum",
    "format": "format",
    "minimum": "min",
    "maximum": "max",
    "minLength": "min",
    "maxLength": "max",
    "minItems": "min",
    "maxItems": "max",
    "minProperties": "min",
    "maxProperties": "max",
    "default": "default",
}


class Description:
    """Pinterest's OpenAPI description, read into shapes.

    Args:
        document: the decoded `openapi.json`.
        known: by operation id, what `resources.json` says of it: `role` (`campaigns.list`), `scopes`, and whether an
            app's own token will do.
    """

    def __init__(self, document: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]) -> None:
        self.document = document
        self.known = known
        self.types: dict[str, Any] = {}
        self._enums: dict[str, str] = {}
        self._queue: list[str] = []

    def table(self) -> dict[str, Any]:
        """All operations by id, the parameters and the types they use."""
        operations = {}
        params: dict[str, Any] = {}
        for path, method, found, shared in self._calls():
            given = [self._followed(one) for one in [*shared, *found.get("parameters", ())]]
            keys = [self._noted(params, one) for one in given if one["in"] in ("query", "path")]
            operations[found["operationId"]] = self._operation(path, method, found, keys)
        while self._queue:
            name = self._queue.pop()
            if name not in self.types:
                self.types[name] = self.shape(self.document["components"]["schemas"][name])
        return {
            "version": self.document["info"]["version"],
            "operations": operations,
            "params": params,
            "types": dict(sorted(self.types.items())),
        }

    def shape(self, schema: Mapping[str, Any]) -> Any:
        """One schema in the short form. A reference is the name of the type; what stands beside it is ignored."""
        if "$ref" in schema:
            name = str(schema["$ref"]).rsplit("/", 1)[1]
            self._queue.append(name)
            return name
        if "allOf" in schema:
            return self._merged(schema)
        found: dict[str, Any] = {}
        for word, short in (("oneOf", "one"), ("anyOf", "any")):
            if word in schema:
                found[short] = [self.shape(one) for one in schema[word]]
        if "type" in schema and not ({"one", "any"} & set(found)):
            found["is"] = schema["type"]
        for word, short in _RENAMED.items():
            if word in schema:
                found[short] = schema[word]
        if schema.get("exclusiveMinimum") is True:
            found["above"] = found.pop("min")
        if schema.get("nullable"):
            found["null"] = True
        if "items" in schema:
            found["of"] = self.shape(schema["items"])
        if "properties" in schema:
            found["fields"] = {name: self.shape(one) for name, one in schema["properties"].items()}
            found["is"] = "object"
            read_only = [name for name, one in schema["properties"].items() if one.get("readOnly")]
            if read_only:
                found["read_only"] = read_only
        if schema.get("required"):
            found["need"] = schema["required"]
        rest = schema.get("additionalProperties")
        if rest is False:
            found["closed"] = True
        elif isinstance(rest, dict):
            found["rest"] = self.shape(rest)
        elif rest is True:
            found["rest"] = {}
        choice = schema.get("discriminator")
        if choice:
            found["by"] = choice["propertyName"]
            found["variants"] = {key: self.shape({"$ref": target}) for key, target in choice.get("mapping", {}).items()}
        return self._shared(found) if len(found.get("enum", ())) > LONG_ENUM else found

    def _shared(self, shape: dict[str, Any]) -> str:
        """Long lists of words stand in the table once, under a name of our own."""
        if len(shape["enum"]) > MOST_WORDS:
            shape = {**shape, "enum": shape["enum"][:LONG_ENUM], "cut": True}
        known = self._enums.setdefault(_short(shape), f"enum {len(self._enums) + 1} {shape['enum'][0]}")
        self.types[known] = shape
        return known

    def _merged(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        beside = {key: value for key, value in schema.items() if key != "allOf"}
        for part in [*schema["allOf"], beside]:
            shape = self.shape(part)
            shape = self._resolved(shape)
            for key, value in shape.items():
                if key in ("by", "variants"):
                    continue
                if key == "fields":
                    found[key] = {**found.get(key, {}), **value}
                elif key in ("need", "read_only"):
                    found[key] = [*found.get(key, []), *(one for one in value if one not in found.get(key, []))]
                elif key == "null" and part is not beside:
                    continue
                else:
                    found[key] = value
        return found

    def _operation(self, path: str, method: str, found: Mapping[str, Any], params: list[str]) -> dict[str, Any]:
        made: dict[str, Any] = {"method": method.upper(), "path": path}
        known = self.known[found["operationId"]]
        made["role"] = known.get("role") or ""
        made["rate"] = found.get("x-ratelimit-category", "")
        made["scopes"] = known.get("scopes", [])
        made["app"] = bool(known.get("client_credentials"))
        if params:
            made["params"] = params
        body = self._followed(found.get("requestBody") or {})
        if body:
            ((kind, content),) = list(body["content"].items())[:1]
            made["body"] = {"type": kind, "shape": self.shape(content["schema"])}
            made["body"]["required"] = bool(body.get("required"))
        made["answers"] = {}
        for status, one in found["responses"].items():
            if status.startswith("2"):
                content = list((self._followed(one).get("content") or {}).values())
                schema = content[0].get("schema") if content else None
                made["answers"][status] = None if schema is None else self.shape(schema)
        made["errors"] = [status for status in found["responses"] if not status.startswith("2")]
        return made

    def _noted(self, params: dict[str, Any], found: Mapping[str, Any]) -> str:
        made: dict[str, Any] = {"name": found["name"], "in": found["in"], "shape": self.shape(found["schema"])}
        if found.get("required"):
            made["required"] = True
        kind = self._resolved(made["shape"]).get("is")
        if found.get("style") == "deepObject":
            made["encode"] = "deep"
        elif kind == "array":
            made["encode"] = "repeat" if found.get("explode", True) else "comma"
        number = 1
        key = str(found["name"])
        while key in params and params[key] != made:
            number += 1
            key = f"{found['name']}#{number}"
        params[key] = made
        return key

    def _resolved(self, shape: Any) -> Any:
        while isinstance(shape, str):
            schemas = self.document["components"]["schemas"]
            shape = self.types[shape] if shape in self.types else self.shape(schemas[shape])
        return shape

    def _followed(self, found: Mapping[str, Any]) -> Mapping[str, Any]:
        while "$ref" in found:
            _, _, kind, name = str(found["$ref"]).split("/")
            found = self.document["components"][kind][name]
        return found

    def _calls(self) -> Iterator[tuple[str, str, Mapping[str, Any], list[Any]]]:
        for path, item in self.document["paths"].items():
            for method in VERBS:
                if method in item:
                    yield path, method, item[method], item.get("parameters", [])


def derive(folder: Path) -> str:
    """The table as text, made from `openapi.json` and `resources.json` of a folder of facts."""
    document = json.loads((folder / "openapi.json").read_text(encoding="utf-8"))
    resources = json.loads((folder / "resources.json").read_text(encoding="utf-8"))
    known = {one["operation"]: one for one in resources["operations"]}
    return _lines(Description(document, known).table())


def _lines(table: Mapping[str, Any]) -> str:
    """JSON with one operation, parameter or type a line, so that a change of the description reads as one."""
    parts = [f'"version": {json.dumps(table["version"])}']
    for kind in ("operations", "params", "types"):
        rows = (f"{json.dumps(name)}: {_short(one)}" for name, one in table[kind].items())
        parts.append(f'"{kind}": {{\n' + ",\n".join(rows) + "\n}")
    return "{" + ",\n".join(parts) + "}\n"


def _short(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


if __name__ == "__main__":
    TABLE.write_text(derive(Path(sys.argv[1])), encoding="utf-8")
