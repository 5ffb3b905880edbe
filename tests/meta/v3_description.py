"""Derives what `terminalone/v3/` declares from the vendor's description: one node for each member of each resource.

``python tests/meta/v3_declarations.py`` writes the declarations anew; `test_declarations.py` compares them with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DESCRIPTION = ROOT.parent / "shared/spec/t1/v3/campaigns-openapi.yaml"
METHODS = ("get", "post", "put", "delete")

# What the README beside the description calls POSTs that read.
READING_POSTS = ("/audit_log/", "/cpm_estimate", "/permissions/{user_id}", "/new_strategy_plans/forecast")

LEGACY = ("attachment", "target", "target-path")
"""Collections in the singular, which the description calls legacy beside those in the plural."""


@cache
def description() -> Any:
    """The vendor's description, parsed."""
    import yaml

    return yaml.load(DESCRIPTION.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def resolved(schema: Any) -> Any:
    """What a reference means; anything else as it is."""
    while "$ref" in schema:
        found = description()
        for part in schema["$ref"].split("/")[1:]:
            found = found[part]
        schema = found
    return schema


@dataclass
class Node:
    """A member as all schemas that describe it say together. `uses`: in which of "shown", "create", "update"."""

    types: set[str] = field(default_factory=set)
    format: str = ""
    enum: list[Any] = field(default_factory=list)
    limits: dict[str, Any] = field(default_factory=dict)
    nullable: bool = False
    read_only: bool = False
    deprecated: bool = False
    default: Any = None
    uses: set[str] = field(default_factory=set)
    required: set[str] = field(default_factory=set)
    members: dict[str, Node] = field(default_factory=dict)
    item: Node | None = None

    def add(self, schema: Any, use: str) -> None:
        """Takes over what one schema says of it."""
        schema = resolved(schema)
        self.uses.add(use)
        if "type" in schema:
            self.types.add(schema["type"])
        self.format = schema.get("format", self.format)
        self.enum += [value for value in schema.get("enum", ()) if value not in self.enum]
        self.nullable = self.nullable or bool(schema.get("nullable"))
        # Of what is shown it says nothing: ``advertiser_id`` is given by a create, and fixed from then on.
        self.read_only = self.read_only or (use != "shown" and bool(schema.get("readOnly")))
        self.deprecated = self.deprecated or bool(schema.get("deprecated"))
        self.default = schema.get("default", self.default)
        if use != "shown":
            for name in ("minimum", "maximum", "minLength", "maxLength", "pattern", "minItems", "maxItems"):
                if name in schema:
                    self.limits[name] = schema[name]
        for group in ("allOf", "anyOf", "oneOf"):
            for part in schema.get(group, ()):
                self.add(part, use)
        for name, member in schema.get("properties", {}).items():
            self.members.setdefault(name, Node()).add(member, use)
        for name in schema.get("required", ()):
            self.members.setdefault(name, Node()).required.add(use)
        if "items" in schema:
            self.types.add("array")
            self.item = self.item or Node()
            self.item.add(schema["items"], use)


@dataclass
class Resource:
    """One collection: its operations by what they do, and its records as one node."""

    collection: str
    node: Node
    operations: dict[str, str]
    listed: tuple[str, ...]
    withs: tuple[str, ...]

    @property
    def type(self) -> str:
        """The name of one record."""
        return singular(self.collection)

    @property
    def class_name(self) -> str:
        """The name of its class."""
        return camel(self.type)


def singular(name: str) -> str:
    """``agencies`` -> ``agency``, ``targeting_segments`` -> ``targeting_segment``."""
    if name.endswith("ies"):
        return f"{name[:-3]}y"
    if name.endswith("addresses"):
        return name[:-2]
    if name.endswith("s") and not name.endswith("ss"):
        return name[:-1]
    return name


def camel(name: str) -> str:
    """``ip_address`` -> ``IpAddress``."""
    return "".join(part[:1].upper() + part[1:] for part in name.replace("-", "_").split("_"))


def operations() -> Iterator[tuple[str, str, Any]]:
    """Path, method and operation of each of the description's operations."""
    for path, item in description()["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def body_of(operation: Any) -> tuple[str, Any]:
    """Media type and schema of a request's body; empty where it takes none."""
    content = resolved(operation.get("requestBody", {})).get("content", {})
    for media, described in content.items():
        return media, described.get("schema", {})
    return "", None


def answer_of(operation: Any) -> tuple[str, Any]:
    """Media type and schema of the answer to success; empty where it has no body."""
    for status, answer in operation["responses"].items():
        if str(status).startswith("2"):
            for media, described in resolved(answer).get("content", {}).items():
                return media, described.get("schema", {})
    return "", None


def data_of(schema: Any) -> list[Any]:
    """The schemas of the member `data`, in all variants of an answer."""
    if schema is None:
        return []
    schema = resolved(schema)
    found = [schema["properties"]["data"]] if "data" in schema.get("properties", {}) else []
    for group in ("allOf", "anyOf", "oneOf"):
        for part in schema.get(group, ()):
            found += data_of(part)
    return found


def is_list(schema: Any) -> bool:
    """Whether an answer holds a list of rows."""
    return any("items" in resolved(part) or resolved(part).get("type") == "array" for part in data_of(schema))


def members_of(schema: Any) -> Node:
    """One schema as a node."""
    node = Node()
    node.add(schema, "shown")
    return node


@cache
def resources() -> tuple[Resource, ...]:
    """All collections of the description, and the budget flights of a campaign."""
    listings = {path: operation for path, method, operation in operations() if method == "get"}
    by_path = {(path, method): operation for path, method, operation in operations()}
    found = []
    for path in sorted({path for path, _, _ in operations()}):
        parts = path.strip("/").split("/")
        nested = path == "/campaigns/{campaign_id}/budget_flights"
        is_collection = len(parts) == 1 and parts[0] not in LEGACY
        lists = path in listings and is_list(answer_of(listings[path])[1])
        # Creatives are read by their ids only.
        alone = path == "/creatives/{creative_id}"
        if not (nested or alone or (is_collection and lists and parts[0] != "search")):
            continue
        collection = "creatives" if alone else parts[-1]
        found.append(_resource(collection, path, by_path, alone))
    return tuple(found)


def _resource(collection: str, path: str, by_path: dict[tuple[str, str], Any], alone: bool) -> Resource:
    """One resource with everything that its operations say of its records."""
    own = next((p for p, _ in by_path if p.startswith(path + "/{") and p.count("/") == path.count("/") + 1), "")
    if alone:
        own = path
    if collection in ("site_lists", "strategy_ip_addresses", "strategy_postal_codes"):
        own = f"{path}/{{site_list_id}}" if collection == "site_lists" else ""
    places = {
        "list": ("" if alone else path, "get"),
        "get": (own, "get"),
        "create": (path, "post"),
        "update": (own, "post"),
        "delete": (own, "delete"),
        "bulk": (f"/bulk_update/{collection}", "post"),
    }
    there = {name: by_path[place] for name, place in places.items() if place in by_path}
    node, listed = Node(), ()
    for name, operation in there.items():
        if name == "bulk":
            continue
        if name in ("create", "update"):
            node.add(body_of(operation)[1], name)
        for data in data_of(answer_of(operation)[1]):
            resolved_data = resolved(data)
            node.add(resolved_data.get("items", data), "shown")
    if "list" in there:
        listed = _listed(there["list"])
        withs = [p for p in map(resolved, there["list"].get("parameters", ())) if p["name"] == "with"]
    else:
        withs = []
    ids = {name: operation["operationId"] for name, operation in there.items()}
    return Resource(collection, node, ids, listed, tuple(_values(withs)))


def _values(params: Iterable[Any]) -> Iterator[str]:
    """The words that parameters take."""
    for param in params:
        schema = resolved(param["schema"])
        yield from schema.get("enum", resolved(schema.get("items", {})).get("enum", ()))


def _listed(operation: Any) -> tuple[str, ...]:
    """The members of the rows of a list that was not asked for complete records; empty where all are complete."""
    names = {resolved(param)["name"] for param in operation.get("parameters", ())}
    variants = [members_of(resolved(d).get("items", d)) for d in data_of(answer_of(operation)[1])]
    if "full" not in names or len(variants) < 2:
        return ()
    return tuple(min(variants, key=lambda variant: len(variant.members)).members)
