"""The sandbox's table of Pinterest operations against the description it is made from."""

import json
from pathlib import Path
from typing import Any

import pytest

from adplatforms.sandbox.pinterest.context import HANDLERS
from adplatforms.sandbox.pinterest.derive import TABLE, derive
from adplatforms.sandbox.pinterest.rows import KINDS
from adplatforms.sandbox.pinterest.table import api


@pytest.fixture(scope="module")
def document(spec: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((spec / "pinterest" / "openapi.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def resources(spec: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((spec / "pinterest" / "resources.json").read_text(encoding="utf-8"))
    return found


def test_the_table_is_what_the_description_gives(spec: Path) -> None:
    assert TABLE.read_text(encoding="utf-8") == derive(spec / "pinterest")


def test_every_operation_is_in_the_table(resources: dict[str, Any]) -> None:
    told = {
        one["operation"]: (one["method"], one["path"], one["role"] or "", one["rate"], tuple(one["scopes"]))
        for one in resources["operations"]
    }
    found = {
        one.id: (one.method, one.path, one.role, one.rate, one.scopes)
        for one in api().operations.values()
        if not one.since
    }
    assert found == told
    assert (len(found), len(api().operations)) == (231, 266)


def test_every_parameter_has_its_encoding(resources: dict[str, Any], spec: Path) -> None:
    newer = json.loads((spec / "pinterest" / "v5.28" / "operations.json").read_bytes())
    added = {one.id: newer[f"{one.method} {one.path}"]["query"] for one in api().operations.values()}
    encodings = {"deep_object": "deep"}
    for told in resources["operations"]:
        found = {(one.name, one.place): one for one in api().operations[told["operation"]].params}
        names = {(one["name"], one["in"]) for one in told["params"]}
        assert {name for name, _ in set(found) - names} <= set(added.get(told["operation"], ()))
        assert names <= set(found)
        for one in told["params"]:
            param = found[one["name"], one["in"]]
            encode = encodings.get(one.get("encode", ""), one.get("encode", ""))
            assert param.encode == encode, (told["operation"], one["name"])
            assert param.required == bool(one.get("required"))


def test_bodies_and_answers_have_the_declared_statuses(document: dict[str, Any]) -> None:
    for path, item in document["paths"].items():
        for method in ("get", "post", "patch", "delete"):
            if method not in item:
                continue
            told, found = item[method], api().operations[item[method]["operationId"]]
            assert (found.path, found.method) == (path, method.upper())
            assert {str(status) for status in found.answers} | set(found.errors) == set(told["responses"])
            assert (found.body is not None) == ("requestBody" in told)


def test_every_resource_has_rows_or_answers_of_its_own(resources: dict[str, Any]) -> None:
    made_when_asked = {
        "user_account",
        "reports",
        "conversion_product_reports",
        "mmm_reports",
        "bulk_requests",
        "catalog_reports",
        "lead_exports",
    }
    assert set(resources["resources"]) - set(KINDS) <= made_when_asked


def test_fixed_words_win_over_ids() -> None:
    found = api().match("/ad_accounts/1/audiences/shared/accounts")["GET"]
    assert found.id == "ad_accounts_audiences_shared_accounts/list"
    assert api().match("/ad_accounts/1/audiences/7")["GET"].id == "audiences/get"
    assert api().match("/pins/analytics")["GET"].id == "multi_pins/analytics"
    assert api().match("/nowhere") == {}


def test_every_write_is_handled() -> None:
    """What only reads may be made up; what writes has a handler, or is a plain create, update or delete."""
    assert set(HANDLERS) <= set(api().operations)
    served = set(HANDLERS) | {"oauth/token", "oauth/conversion_token", "token/revoke"}
    verbs = ("create", "update", "delete")
    rest = [one for one in api().operations.values() if one.method != "GET" and one.id not in served]
    assert [one.id for one in rest if one.role.partition(".")[2] not in verbs or one.resource not in KINDS] == []
