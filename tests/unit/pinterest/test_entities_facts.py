"""The declarations against the vendor's table, resources.json: nothing is left out, nothing is made up."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from adplatforms.core.field import Field
from adplatforms.core.relations import Children, Ref
from adplatforms.pinterest import fields
from adplatforms.pinterest.description import OPERATIONS
from adplatforms.pinterest.entities import PinterestEntity
from adplatforms.pinterest.fields import Refs, param_of

MODELS = PinterestEntity.__model__.registry.collections
OPEN_ENUMS = {"columns_a0d505", "ReportingColumnAsync", "ConversionProductReportingColumn"}
"""Columns: thousands of words that grow with every version; any name is taken."""

FIELD_DIFFERENCES = {
    ("ad_accounts", "updated_time"): "wire.md, section 9: seconds; resources.json does not state the unit",
    ("asset_groups", "asset_group_description"): "an update takes it too, as `description` of the nested item",
    ("asset_groups", "asset_group_name"): "an update takes it too, as `name` of the nested item",
    ("asset_groups", "asset_group_types"): "an update takes it too, in the nested item",
    ("asset_groups", "asset_groups_to_update"): "saving makes it from the fields that were set",
    ("customer_lists", "records"): "needed until 5.28.0, which has `records_v2` in its place",
    ("mmm_reports", "status"): "how far the report is, which 5.28.0 calls report_status, and not how the call went",
    ("business_member_assets", "asset_id"): "identifies the binding, which saving cannot change",
    ("business_member_assets", "member_id"): "in the path of the listing; identifies the binding",
    ("business_members", "member_id"): "identifies the member; the body of an update takes it from there",
    ("business_partner_assets", "asset_id"): "identifies the binding, which saving cannot change",
    ("business_partner_assets", "partner_id"): "in the path of the listing; identifies the binding",
    ("keywords", "parent_id"): "stands beside the list in the body of a create, which needs it",
    ("labels", "parent_id"): "stands beside the list in the body of a create, which needs it",
    ("product_group_promotions", "ad_group_id"): "stands beside the list in the body of every save",
}
"""Where type or flags differ from what resources.json says of the field itself, and why."""

SINCE_5_28 = {"conversion_deletion_requests", "customer_segments", "local_stores", "schedules"}
"""Resources that 5.28.0 added."""

ADDED = {
    "act_as": "the account that organic and catalog calls act for, a query parameter",
    "ad_account_id": "in the path",
    "asset_id": "in the path",
    "board_id": "in the path",
    "business_hierarchy_id": "in the path",
    "business_id": "in the path",
    "feed_id": "in the path",
    "id": "the identity, whatever the wire calls it",
    "leads_export_id": "in the answer to a create, and in the path",
    "processing_result_id": "in the path",
    "product_group_id": "in the path",
    "request_id": "in the answer to a create, and in the path",
    "token": "in the answer to a create, and a parameter of reading",
    "username": "in the path",
    ("asset_groups", "assets_to_add"): "a member of the nested item of an update",
    ("asset_groups", "assets_to_remove"): "a member of the nested item of an update",
    ("audience_shared_accounts", "audience_id"): "a parameter that the listing needs",
    ("billing_profiles", "is_active"): "a parameter that the listing needs, which no row tells",
    ("business_assets", "asset_group_id"): "a parameter of the listing",
    ("commerce_integrations", "integration_id"): "what the wire calls id; the identity is the business's id",
    ("mmm_reports", "size"): "in `data` until 5.28.0",
    ("mmm_reports", "url"): "in `data` until 5.28.0",
    ("keywords", "ad_group_id"): "the parent, where it is an ad group",
    ("keywords", "campaign_id"): "the parent, where it is a campaign",
}
"""Declared fields that resources.json does not list among the resource's own."""

NO_RELATION = {
    ("brand_accounts", "brand_account_id"): "the record's own id",
    ("conversion_product_reports", "ad_group_ids"): "sent only, never answered",
    ("conversion_product_reports", "campaign_ids"): "sent only, never answered",
    ("keywords", "parent_id"): "an ad account, a campaign or an ad group: a relation for each",
    ("lead_subscriptions", "user_account_id"): "only the token's own user account can be read",
    ("reports", "ad_group_ids"): "sent only, never answered",
    ("reports", "ad_ids"): "sent only, never answered",
    ("reports", "campaign_ids"): "sent only, never answered",
    ("reports", "product_group_ids"): "sent only, never answered",
}


@cache
def facts(spec: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((spec / "pinterest/resources.json").read_bytes())
    return found


@pytest.fixture
def resources(spec: Path) -> dict[str, Any]:
    found: dict[str, Any] = facts(spec)["resources"]
    return found


def by_wire(model: type[PinterestEntity]) -> dict[str, Field[Any]]:
    return {field.wire: field for field in model.__model__.fields.values()}


def test_every_resource_is_declared(resources: dict[str, Any]) -> None:
    assert set(MODELS) == set(resources) | SINCE_5_28


def test_operations_are_those_of_the_table(resources: dict[str, Any]) -> None:
    for name, resource in resources.items():
        told, routes = resource["operations"], MODELS[name].__model__.routes
        lists = [told["list"]["operation"]] if "list" in told else []
        lists += [each["operation"] for each in resource.get("further_lists") or []]
        assert list(routes.list) == lists, name
        for kind in ("get", "create", "update", "delete"):
            assert getattr(routes, kind) == told.get(kind, {}).get("operation", ""), (name, kind)
        for each in (*routes.list, routes.get, routes.create, routes.update, routes.delete):
            assert not each or each in OPERATIONS


def test_archiving_is_that_of_the_table(resources: dict[str, Any]) -> None:
    for name, resource in resources.items():
        retired = resource.get("soft_delete")
        assert MODELS[name].__model__.retired == ({retired["field"]: retired["value"]} if retired else {}), name


def test_exclusive_filters_are_those_of_the_table(resources: dict[str, Any]) -> None:
    for name, resource in resources.items():
        model = MODELS[name]
        if name != "keywords":  # its parents exclude each other too, says the text of the description
            assert set(model.__model__.exclusive) == set(resource.get("exclusive_filters") or ()), name
        assert model.__model__.one_required == bool(resource.get("one_filter_required")), name


def test_ids_that_can_be_looked_up_together_are(resources: dict[str, Any]) -> None:
    for name, resource in resources.items():
        lookup = resource.get("lookup_many")
        if lookup:
            param = OPERATIONS[MODELS[name].__model__.routes.list[0]].params[
                param_of(MODELS[name].__model__.fields["id"])
            ]
            assert (param.name, param.most) == (lookup["param"], lookup["max_items"]), name


def test_every_field_is_declared_as_the_table_says(resources: dict[str, Any], spec: Path) -> None:
    wrong = []
    for name, resource in resources.items():
        declared = by_wire(MODELS[name])
        for wire, told in resource["fields"].items():
            if (name, wire) in FIELD_DIFFERENCES:
                continue
            if wire not in declared:
                wrong.append(f"{name}.{wire} is not declared")
                continue
            field = declared[wire]
            for what, expected in expectation(name, wire, told, facts(spec)["enums"]).items():
                actual = of_5_23(field, what)
                if actual != expected:
                    wrong.append(f"{name}.{wire}: {what} is {actual!r}, the table says {expected!r}")
    assert not wrong, "\n".join(wrong)


def test_nothing_else_is_declared_but_what_paths_and_parameters_need(resources: dict[str, Any]) -> None:
    for name, resource in resources.items():
        for field in MODELS[name].__model__.fields.values():
            known = field.wire in resource["fields"] or field.name in ADDED or (name, field.name) in ADDED
            known = known or bool(getattr(field, "since", ""))  # see `test_description_table`
            assert known, f"{name}.{field.name}"


def test_no_difference_is_listed_that_is_none(resources: dict[str, Any], spec: Path) -> None:
    for (name, wire), reason in FIELD_DIFFERENCES.items():
        field = by_wire(MODELS[name]).get(wire)
        told = expectation(name, wire, resources[name]["fields"][wire], facts(spec)["enums"])
        same = field is not None and all(of_5_23(field, what) == expected for what, expected in told.items())
        assert reason
        assert not same, (name, wire)


def test_parameters_of_fields_exist(resources: dict[str, Any]) -> None:
    for name, model in MODELS.items():
        known = {param for each in model.__model__.routes.list for param in OPERATIONS[each].params}
        assert not [
            field.name for field in model.__model__.fields.values() if param_of(field) and param_of(field) not in known
        ], name


def test_every_relation_is_declared(resources: dict[str, Any]) -> None:
    for name, resource in resources.items():
        model = MODELS[name]
        declared = {
            model.__model__.fields[each.by].wire: each
            for each in model.__model__.relations.values()
            if is_forward(each)
        }
        for told in resource.get("relations") or []:
            if (name, told["field"]) in NO_RELATION:
                continue
            relation = declared[told["field"]]
            targets = told.get("polymorphic") or [told["resource"]]
            assert relation.target.collection in targets
            assert isinstance(relation, Refs) == told["many"]


def test_every_child_is_declared(resources: dict[str, Any]) -> None:
    for name, resource in resources.items():
        model = MODELS[name]
        children = {
            (each.target.collection, param_of(each.target.__model__.fields[each.by]))
            for each in model.__model__.relations.values()
            if isinstance(each, Children) and not isinstance(each, Refs)
        }
        for told in resource.get("children") or []:
            param = told["param"]
            if (told["resource"], param) in {("keywords", "ad_group_id")}:
                param = "ad_group_ids"  # one field, which takes one or many
            assert (told["resource"], param) in children, (name, told)


def is_forward(relation: Any) -> bool:
    return isinstance(relation, (Ref, Refs))


def expectation(name: str, wire: str, told: dict[str, Any], enums: dict[str, Any]) -> dict[str, Any]:
    """What a field is to be, by the rules that resources.json's words stand for."""
    create, update = told.get("on_create"), told.get("on_update")
    model = MODELS[name]
    identity = wire in ("id", model.__model__.key) and not create
    in_path = any(f"{{{wire}}}" in OPERATIONS[each].path for each in routes(model)) and wire != model.__model__.key
    expected: dict[str, Any] = {
        "type": type_of(told, wire, enums),
        "write_only": bool(told.get("write_only")),
        "readonly": wire == "id" or (not create and not update),
        "update_only": bool(update and not create and wire != "id"),
    }
    if wire != "id":
        expected["required"] = create == "required"
        expected["create_only"] = bool(create and not update)
        if create or update:
            expected["nullable"] = bool(told.get("nullable") or told.get("update_nullable"))
    if in_path and wire.endswith("_id") and wire != "id":
        writes = model.__model__.routes.create or model.__model__.routes.update
        expected.update(readonly=not writes, create_only=bool(writes), update_only=False, required=False)
        expected.pop("nullable", None)
    if identity:
        expected.pop("create_only", None)
    words = enum_of(told.get("items") or told, enums) or enum_of(told.get("create_differs") or {}, enums)
    if words and expected["type"] == "Choice":
        expected["values"] = words
    return expected


def routes(model: type[PinterestEntity]) -> list[str]:
    own = model.__model__.routes
    return [each for each in (*own.list[:1], own.get, own.create, own.update, own.delete) if each]


def enum_of(told: dict[str, Any], enums: dict[str, Any]) -> tuple[str, ...]:
    words = enums[told["enum_ref"]] if "enum_ref" in told else told.get("enum") or ()
    words = words["values"] if isinstance(words, dict) else words
    return tuple(str(word) for word in words if word is not None)


def of_5_23(field: Field[Any], what: str) -> Any:
    """What a field says of itself, without what 5.28.0 added."""
    if what == "type":
        return kind(field)
    if what != "values":
        return getattr(field, what)
    choice = getattr(field, "item", field)
    return tuple(word for word in choice.values if word not in choice.newer)


def kind(field: Field[Any]) -> str:
    """The type of a field; credentials are text or a dict that is not shown."""
    return {"Credential": "Str", "Credentials": "Object"}.get(type(field).__name__, type(field).__name__)


def test_credentials_are_not_shown() -> None:
    names = {"credentials", "cryptographic_key", "partner_access_token", "partner_refresh_token"}
    found = [field for model in MODELS.values() for field in model.__model__.fields.values() if field.wire in names]
    assert len(found) > len(names)
    assert {type(field).__name__ for field in found} == {"Credential", "Credentials"}


def type_of(told: dict[str, Any], wire: str, enums: dict[str, Any]) -> str:
    kind, unit = told["type"], told.get("unit", "")
    words = enum_of(told, enums) or enum_of(told.get("create_differs") or {}, enums)
    rules = {
        "Micros": unit.startswith("microcurrency"),
        "EpochSeconds": unit == "epoch seconds",
        "EpochMillis": unit == "epoch milliseconds",
        "Int": kind == "integer" and not words and (not unit or unit.startswith("epoch, unit not stated")),
        "Days": unit == "days" and bool(words),
        "Float": kind == "number" and not words and (unit in ("", "days") or unit.startswith("epoch, unit not stated")),
        "Date": unit == "YYYY-MM-DD",
        "DateTime": told.get("format") == "date-time",
        "Choice": kind in ("string", "one_of") and bool(words),
        "Id": kind == "string" and (unit.startswith("id:") or wire in ("id", "ad_account_id", "parent_id")),
        "Object": kind in ("object", "any") or (kind == "array" and told["items"].get("type") == "object"),
        "ListOf": kind == "array" and told["items"].get("type") != "object",
        "Bool": kind == "boolean",
    }
    found = [name for name, fits in rules.items() if fits]
    assert len(found) <= 1 or (found == ["Choice", "Id"]), (wire, found)
    name = found[0] if found else "Str"
    assert hasattr(fields, name)
    return name
