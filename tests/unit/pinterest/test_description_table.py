"""The table of operations follows from the official description, which is not in this repository.

``python tests/unit/pinterest/test_description_table.py`` writes `adplatforms/pinterest/description/table.json` anew.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from adplatforms.pinterest.description import OPERATIONS
from adplatforms.pinterest.entities import PinterestEntity
from adplatforms.pinterest.fields import Choice

ROOT = Path(__file__).resolve().parents[3]
TABLE = ROOT / "adplatforms" / "pinterest" / "description" / "table.json"
NEWER = TABLE.with_name("since_5_28.json")
OPENAPI = ROOT.parent / "shared" / "spec" / "pinterest" / "openapi.json"

REGISTRY = PinterestEntity.__model__.registry.collections
MODELS_OF = {
    "ad_accounts": ["AdAccount", "AdAccountCreate"],
    "ad_groups": ["AdGroup", "AdGroupCreateCreate", "AdGroupUpdateBatchUpdate"],
    "ads": ["Ad", "AdCreate", "AdBatchUpdate"],
    "audiences": ["AdAccountsAudience"],
    "bulk_requests": ["BulkJobData"],
    "campaigns": ["Campaign", "CampaignCreateItem", "CampaignBatchUpdateItem"],
    "conversion_product_reports": ["ConversionProductReport"],
    "conversion_deletion_requests": ["ConversionDeletionRequest", "ConversionDeletionRequestCreate"],
    "customer_segments": ["CustomerSegment", "CustomerSegmentUpdateRequestUpdateWithRequiredBody"],
    "local_stores": ["LocalStore", "LocalStoreCreate", "LocalStoreBatchUpdate"],
    "schedules": ["Schedule", "ScheduleCreate", "ScheduleBatchUpdate"],
    "customer_lists": ["CustomerList", "CustomerListCreate", "CustomerListUpdateWithRequiredBody"],
    "mmm_reports": ["MMMReport", "MMMReportCreate"],
    "pins": ["Pin", "PinCreate", "PinUpdate"],
    "product_group_promotions": ["ProductGroupPromotion"],
    "report_templates": ["AccountTemplate"],
}
"""The models of 5.28.0 that an entity is read and written by."""
LEFT_OUT = {"mmm_reports": {"report_status"}}  # it is `status`
"""Members that are no fields, with the reason."""

METHODS = ("get", "post", "put", "patch", "delete")
PLAIN = {
    "type": "type",
    "enum": "enum",
    "format": "format",
    "pattern": "pattern",
    "minimum": "min",
    "maximum": "max",
    "minItems": "min_items",
    "maxItems": "max_items",
    "minLength": "min_length",
    "maxLength": "max_length",
    "minProperties": "min_members",
    "maxProperties": "max_members",
    "required": "required",
    "nullable": "nullable",
    "readOnly": "read_only",
    "default": "default",
}
"""What is taken over from a schema, and its name in the table. `exclusiveMinimum` stands nowhere in a request."""


class Derivation:
    """The table of one description: operations, parameters and the types that request bodies use."""

    def __init__(self, description: dict[str, Any]) -> None:
        self.components = description["components"]
        self.types: dict[str, Any] = {}
        self.params: dict[str, Any] = {}
        self.operations = {one["operationId"]: one for one in _operations(description)}
        self.operations = {name: self._operation(one) for name, one in sorted(self.operations.items())}
        used = set(_references([self.operations, self.params]))
        while more := set(_references([self.types[name] for name in used])) - used:
            used |= more
        self.types = {name: shape for name, shape in self.types.items() if name in used}

    def text(self) -> str:
        """The table as JSON, one entry a line."""
        parts = {"operations": self.operations, "params": self.params, "types": self.types}
        told = []
        for part, entries in parts.items():
            lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(entries[name])}" for name in sorted(entries))
            told.append(f" {json.dumps(part)}: {{\n{lines}\n }}")
        return "{\n" + ",\n".join(told) + "\n}\n"

    def _operation(self, one: dict[str, Any]) -> dict[str, Any]:
        schemes = [name for option in one["security"] for name in option]
        scopes = [scope for option in one["security"] for name in option for scope in option[name]]
        found: dict[str, Any] = {"method": one["method"], "path": one["path"]}
        found["params"] = [self._param(each) for each in one.get("parameters", ())]
        body = self._resolved(one["requestBody"]) if "requestBody" in one else None
        if body is not None:
            (found["media"],) = body["content"]
            found["body"] = self._shape(body["content"][found["media"]]["schema"])
        found["answer"] = self._answer(one["responses"])
        success = {} if one["method"] == "DELETE" else self._success(one, found["answer"])
        found |= {"success": success} if success else {}
        found["rate"] = one.get("x-ratelimit-category", "")
        found["scopes"] = sorted(set(scopes))
        found |= {"app_token": True} if "client_credentials" in schemes else {}
        found |= {"basic": True} if "basic" in schemes else {}
        found |= {"sandbox": False} if one.get("x-sandbox") != "enabled" else {}
        return found

    def _param(self, given: dict[str, Any]) -> str:
        """The name of a parameter in the table: its own, numbered where others have the same."""
        param = self._resolved(given)
        found = {"in": param["in"], **self._shape(param["schema"])}
        found |= {"must": True} if param.get("required") else {}
        if self._resolved(param["schema"]).get("type") == "array":
            explode = param.get("explode", param.get("style", "form") == "form")
            found["encode"] = "repeat" if explode else "comma"
        elif param.get("style") == "deepObject":
            found["encode"] = "deep_object"
        name, number = param["name"], 1
        while self.params.setdefault(name, found) != found:
            number += 1
            name = f"{param['name']}.{number}"
        return str(name)

    def _good(self, responses: dict[str, Any]) -> dict[str, Any] | None:
        """The schema of a good answer; None where it has no body."""
        good = self._resolved(next(responses[status] for status in sorted(responses) if status < "3"))
        return next(iter(good["content"].values()))["schema"] if good.get("content") else None

    def _success(self, one: dict[str, Any], kind: str) -> dict[str, Any]:
        """What a good answer must have, as `Success` says: of answers without a body, nothing. Where there is one
        record only (the user account), nothing has to tell it apart."""
        schema = self._good(one["responses"])
        if schema is None:
            return {}
        outer = self._resolved(schema)
        found: dict[str, Any] = {"nullable": True} if outer.get("nullable") else {}
        if kind == "array":
            return found | {"rows": self._resolved(outer["items"]).get("type", "object")}
        if kind in ("page", "items"):
            listed = self._answered(schema)["items"]
            found |= {"identified": True} if self._has_id(self._resolved(listed)["items"]) else {}
            return found | {"needs": ["items"]} | self._outcome(listed)
        if kind == "text":
            return found
        members = self._answered(schema)
        if self._has_id(schema) and (one["method"] != "GET" or "{" in one["path"]):
            return found | {"needs": ["id"]}
        if len(members) == 1:
            (alone,) = members
            return found | {"needs": [alone]} | self._outcome(members[alone])
        return found | ({"some": sorted(members)} if members else {})

    def _answered(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The members that an answer may have, those of all variants among them."""
        schema = self._resolved(schema)
        members = dict(schema.get("properties", {}))
        for part in (*schema.get("allOf", ()), *schema.get("oneOf", ()), *schema.get("anyOf", ())):
            members |= self._answered(part)
        return members

    def _has_id(self, schema: dict[str, Any]) -> bool:
        """Whether an answer has an ``id``, each of its variants where there are some."""
        schema = self._resolved(schema)
        variants = schema.get("oneOf", schema.get("anyOf", ()))
        own = "id" in schema.get("properties", {}) or any(self._has_id(part) for part in schema.get("allOf", ()))
        return own or (bool(variants) and all(self._has_id(each) for each in variants))

    def _outcome(self, listed: dict[str, Any]) -> dict[str, Any]:
        """The members of which each element of a batch's answer has one, where the list is one of outcomes."""
        names = self._answered(self._resolved(listed).get("items", {}))
        return {"outcome": sorted(names)} if {"data", "invite", "response"} & set(names) else {}

    def _answer(self, responses: dict[str, Any]) -> str:
        """The kind of a good answer: page, items, array, object, text or empty."""
        schema = self._good(responses)
        if schema is None:
            return "empty"
        members, kind = {"items", "bookmark"} & self._members(schema), self._resolved(schema).get("type")
        if members:
            return "page" if "bookmark" in members else "items"
        return {"array": "array", "string": "text"}.get(str(kind), "object")

    def _members(self, schema: dict[str, Any]) -> set[str]:
        schema = self._resolved(schema)
        return {name for part in (schema, *schema.get("allOf", ())) for name in self._own(part)}

    def _own(self, schema: dict[str, Any]) -> set[str]:
        return set(self._resolved(schema).get("properties", ()))

    def _resolved(self, thing: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in thing:
            _, _, kind, name = thing["$ref"].split("/")
            thing = self.components[kind][name]
        return thing

    def _named(self, ref: str) -> dict[str, Any]:
        name = ref.rsplit("/", 1)[1]
        if name not in self.types:
            self.types[name] = {}
            self.types[name] = self._shape(self.components["schemas"][name])
        return {"ref": name}

    def _shape(self, schema: dict[str, Any]) -> dict[str, Any]:
        """What a value must look like. Siblings of a reference count for nothing in OpenAPI 3.0; where one names
        required members (user data of events), it tells the variants apart, so it counts here."""
        if "$ref" in schema and "/schemas/" in schema["$ref"]:
            named = self._named(schema["$ref"])
            return _merged({"required": schema["required"]}, self._expanded(named)) if "required" in schema else named
        if "$ref" in schema:
            return self._shape(self._resolved(schema))
        found = {name: schema[key] for key, name in PLAIN.items() if key in schema}
        if "items" in schema:
            found["items"] = self._shape(schema["items"])
        if "properties" in schema:
            found["members"] = {name: self._shape(each) for name, each in schema["properties"].items()}
        more = schema.get("additionalProperties", True)
        if more is False:
            found["closed"] = True
        elif isinstance(more, dict) and more:
            found["others"] = self._shape(more)
        variants = schema.get("oneOf") or schema.get("anyOf")
        if variants:
            found["any"] = [self._shape(each) for each in variants]
        if "discriminator" in schema:
            found["by"] = schema["discriminator"]["propertyName"]
            mapping = schema["discriminator"].get("mapping", {})
            found["cases"] = {value: self._named(ref)["ref"] for value, ref in mapping.items()}
        for part in schema.get("allOf", ()):
            found = _merged(found, self._expanded(self._shape(part)))
        return found

    def _expanded(self, shape: dict[str, Any]) -> dict[str, Any]:
        return self.types[shape["ref"]] if "ref" in shape else shape


def _merged(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """What fits both of two shapes, as `allOf` says."""
    both = {**other, **one}
    for name in ("members", "cases"):
        if name in one or name in other:
            both[name] = {**other.get(name, {}), **one.get(name, {})}
    if "required" in one or "required" in other:
        both["required"] = sorted({*one.get("required", ()), *other.get("required", ())})
    return both


def _references(thing: Any) -> Iterator[str]:
    """The names of the types that are referred to in a part of the table."""
    if isinstance(thing, dict):
        found = thing.get("ref")
        yield from [found] if isinstance(found, str) else ()
        yield from thing["cases"].values() if isinstance(thing.get("cases"), dict) else ()
    for each in thing.values() if isinstance(thing, dict) else thing if isinstance(thing, list) else ():
        yield from _references(each)


def _operations(description: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path, item in description["paths"].items():
        for method in METHODS:
            if method in item:
                yield {**item[method], "method": method.upper(), "path": path}


def derived(openapi: Path) -> str:
    """The table's text as it follows from a description."""
    return Derivation(json.loads(openapi.read_bytes())).text()


def test_the_table_is_what_follows_from_the_description(spec: Path) -> None:
    assert TABLE.read_text() == derived(spec / "pinterest" / "openapi.json")


def test_the_table_agrees_with_the_table_of_resources(spec: Path) -> None:
    facts = json.loads((spec / "pinterest" / "resources.json").read_bytes())["operations"]
    assert {one["operation"] for one in facts} == {name for name, each in OPERATIONS.items() if not each.since}
    for one in facts:
        ours = OPERATIONS[one["operation"]]
        assert (ours.method, ours.path, ours.rate) == (one["method"], one["path"], one["rate"])
        assert ours.sandbox == one.get("sandbox", True), ours
        assert ours.app_token == one.get("client_credentials", False), ours
        told = {param["name"]: param for param in one["params"]}
        known = {name: param for name, param in ours.params.items() if "since" not in param.shape}
        assert set(known) == set(told), ours
        for name, param in known.items():
            assert param.required == (told[name].get("required", False) is not False), (ours, name)
            assert param.encode == told[name].get("encode", ""), (ours, name)
            assert param.location == told[name]["in"], (ours, name)
        assert (ours.body is None) == ("body" not in one), ours


def test_bodies_are_told_as_the_table_of_resources_tells_them(spec: Path) -> None:
    resources = json.loads((spec / "pinterest" / "resources.json").read_bytes())["resources"]
    compared = 0
    for resource in resources.values():
        for fact in (resource["operations"].get("create", {}), resource["operations"].get("update", {})):
            if "operation" not in fact:
                continue
            body, ours = fact.get("body", {}), OPERATIONS[fact["operation"]].content
            if "shape" in body and ours is not None:
                compared += 1
                told = (body["shape"], body.get("wrapper_field", ""), body.get("max_items"))
                assert (ours.kind, ours.wrapper, ours.most) == told, fact["operation"]
    assert compared > 50


HIDDEN = {
    "access_token",
    "answers",
    "credentials",
    "cryptographic_key",
    "partner_access_token",
    "password",
    "presigned_url",
    "records",
    "refresh_token",
    "upload_parameters",
    "user_data",
}
"""The members of the description that hold credentials or what identifies customers."""


SINCE_5_28 = {
    "ad_groups_dynamic_titles_download_csv",  # presigned links
    "ad_groups_dynamic_titles_get_upload_url",
    "conversion_deletion_request/create",  # e-mail addresses
    "conversion_deletion_request/get",
    "conversion_deletion_request/list",
}
"""Private operations of which there is no description to read."""


def test_what_holds_credentials_or_customers_is_private(spec: Path) -> None:
    description = json.loads((spec / "pinterest" / "openapi.json").read_bytes())

    def holds(thing: Any, seen: set[str]) -> bool:
        if isinstance(thing, list):
            return any(holds(each, seen) for each in thing)
        if not isinstance(thing, dict):
            return False
        found = thing.get("$ref")
        if isinstance(found, str) and found not in seen:
            seen.add(found)
            place = description
            for word in found.split("/")[1:]:
                place = place[word]
            return holds(place, seen)
        named = thing.get("properties")
        return bool(isinstance(named, dict) and HIDDEN & set(named)) or any(holds(v, seen) for v in thing.values())

    found = {
        one["operationId"]
        for one in _operations(description)
        if holds([one.get("requestBody"), {k: v for k, v in one["responses"].items() if k < "3"}], set())
    }
    assert found | {"token/revoke"} | SINCE_5_28 == {name for name in OPERATIONS if OPERATIONS[name].private}


def test_the_operations_are_those_of_5_28(spec: Path) -> None:
    facts = json.loads((spec / "pinterest" / "v5.28" / "operations.json").read_bytes())
    ours = {f"{each.method} {each.path}": each for each in OPERATIONS.values()}
    assert (set(ours), len(ours)) == (set(facts), 266)
    for key, told in facts.items():
        query = {name: param for name, param in ours[key].params.items() if param.location == "query"}
        missing = set(told["query"]) - set(query)
        assert not missing, (key, missing)
        assert set(query) - set(told["query"]) == DROPPED.get(key, set()), key
        for name, how in told["coll"].items():
            # "csv" joins by commas, "multi" repeats.
            assert query[name].encode == ENCODED.get((key, name), {"multi": "repeat", "csv": "comma"}[how]), (key, name)


DROPPED: dict[str, set[str]] = {"GET /trends/keywords/{region}/top/{trend_type}": {"include_prediction"}}
"""Parameters that 5.28.0 lacks: what is sent and not known there is ignored."""
ENCODED: dict[tuple[str, str], str] = {}
"""Where 5.23.0 contradicts, and wins."""


def test_words_of_5_28_are_there(spec: Path) -> None:
    enums = json.loads((spec / "pinterest" / "v5.28" / "models.json").read_bytes())["enums"]
    description = json.loads((spec / "pinterest" / "openapi.json").read_bytes())["components"]["schemas"]
    table = json.loads(NEWER.read_bytes())
    told = {tuple(sorted(each)) for each in _newer([table["types"], table["params"]])}
    fields = [field for model in REGISTRY.values() for field in model.__model__.fields.values()]
    told |= {tuple(sorted(field.newer)) for field in fields if isinstance(field, Choice)}
    for name, words in enums.items():
        old = description.get(name, {}).get("enum") or words
        # The generator of that client read YAML's NO as false.
        added = tuple(sorted(set(words) - set(old) - {"false"}))
        assert not added or added in told or name in ANSWERED, name


ANSWERED = {"ConversionTagType"}
"""Enums whose words come in data that is read as it is."""


def _newer(thing: Any) -> Iterator[list[str]]:
    """The words that are marked as added."""
    if isinstance(thing, dict):
        if isinstance(thing.get("newer"), list):
            yield thing["newer"]
        thing = list(thing.values())
    for each in thing if isinstance(thing, list) else ():
        yield from _newer(each)


def test_fields_of_5_28_are_those_of_the_models(spec: Path) -> None:
    """Each field that is marked as added is a member of a model, and each listed member of an entity is a field."""
    props = json.loads((spec / "pinterest" / "v5.28" / "models.json").read_bytes())["props"]
    for name, models in MODELS_OF.items():
        known = {member for model in models for member in props[model]}
        for field in REGISTRY[name].__model__.fields.values():
            if getattr(field, "since", "") and field.wire not in ("ad_account_id", "catalog_id"):
                assert field.wire in known, f"{name}.{field.wire}"
        declared = {field.wire for field in REGISTRY[name].__model__.fields.values()}
        assert known - declared == LEFT_OUT.get(name, set()), name


if __name__ == "__main__":
    TABLE.write_text(derived(OPENAPI))
