"""Paths, child collections, operators, hosts and statuses compared with the vendor's tables."""

import json
from pathlib import Path
from typing import Any

import pytest

from adplatforms.core import errors as core_errors
from adplatforms.core.errors import UnknownNameError
from terminalone import T1, T1Service, errors, filters
from terminalone.dialect import JSON, T1Dialect
from terminalone.parsing import plural
from terminalone.routes import CHILDREN, TARGET_DIMENSIONS, service
from terminalone.session import API_BASES


@pytest.fixture(scope="module")
def tables(spec: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((spec / "t1" / "collections.json").read_text())
    return found


def test_child_paths(tables: dict[str, Any]) -> None:
    theirs = {name: (child["path"], child["id"]) for name, child in tables["child_paths"].items()}
    assert theirs == CHILDREN
    assert len(TARGET_DIMENSIONS) == 16


def test_operators(tables: dict[str, Any]) -> None:
    assert {name: getattr(filters, name) for name in tables["filters"]} == tables["filters"]
    assert set(filters.__all__) == {*tables["filters"], "symbol"}


def test_list_names_of_types(tables: dict[str, Any]) -> None:
    theirs = tables["xml_relation_list_name_by_type"]
    assert {kind: plural(kind) for kind in theirs} == theirs


def test_hosts(tables: dict[str, Any]) -> None:
    assert tables["api_bases"] == API_BASES


def test_service_paths(tables: dict[str, Any]) -> None:
    paths = tables["service_base_paths"]
    assert service("campaigns") == f"{paths['mgmt']}/campaigns"
    assert service("deals") == f"{paths['deals']}/deals"


def test_cookie_and_accept_header(tables: dict[str, Any]) -> None:
    t1 = T1(session_id="abc", auth_method="delayed")
    assert t1.auth.headers() == {"Cookie": f"{tables['session_cookie']}=abc"}
    assert tables["accept_headers"]["json"] == JSON
    assert T1Dialect(json=True).accept == {"Accept": JSON}
    assert T1Dialect(json=False).accept == {"Accept": "*/*"}


def test_each_status_has_its_error(tables: dict[str, Any], offline: Any, answer: Any) -> None:
    for status, told in tables["status_codes"].items():
        name = told.partition(" ")[0]
        if status == "ok":
            continue
        reply = answer([])
        body = json.dumps({"errors": [{"message": "it said so"}], "meta": {"status": status}}).encode()
        reply = type(reply)(400, reply.headers, body, reply.request)
        with pytest.raises(core_errors.AdPlatformsError, match="it said so") as caught:
            offline(reply).get("campaigns")
        assert type(caught.value) is getattr(errors, name)
        assert caught.value.code == status
        assert "it said so" in caught.value.message
        assert caught.value.body["meta"] == {"status": status}


def test_the_classic_error_names_and_their_bases(tables: dict[str, Any]) -> None:
    for name, told in tables["errors"].items():
        kind = getattr(errors, name)
        assert issubclass(kind, errors.T1Error)
        if told["base"] != "Exception":
            assert issubclass(kind, getattr(errors, told["base"])), name
        if "alias" in told:
            assert getattr(errors, told["alias"]) is kind
    assert T1Service is T1


def test_the_classic_arguments_of_an_error() -> None:
    error = errors.T1Error("teapot", "no coffee", {"a": 1})
    assert (error.code, error.message, error.body) == ("teapot", "no coffee", {"a": 1})
    assert (str(error), str(errors.ClientError("no coffee"))) == ("teapot: no coffee", "no coffee")


@pytest.mark.parametrize(
    ("given", "symbol"),
    [("()", "in"), (":", "null"), (":!", "!null"), ("=:", "~"), ("==", "=="), ("in", "in"), ("~", "~")],
)
def test_classic_and_own_operators_mean_the_same(given: str, symbol: str) -> None:
    assert filters.symbol(given) == symbol


def test_a_misspelt_operator() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'EQUALS'"):
        filters.symbol("equal")
    with pytest.raises(UnknownNameError, match=r"CASE_INS_STRING, EQUALS"):
        filters.symbol("§")


@pytest.mark.parametrize("child", ["region", "Region", "PLAYER SIZE"])
def test_child_names_are_the_same_in_any_case(offline: Any, child: str) -> None:
    t1 = offline({"enabled": {"active": True}, "include": [], "exclude": []})
    assert t1.get("strategies", 7, child).enabled is True
    number = TARGET_DIMENSIONS[child.lower()]
    assert t1.transport.calls[0].path == f"api/v2.0/strategies/7/target_dimensions/{number}"
    assert dict(t1.transport.calls[0].params) == {"full": "*"}


def test_a_misspelt_child(offline: Any) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'concepts'"):
        offline().get("strategies", 7, "concept")
    with pytest.raises(UnknownNameError, match="no child collection 7"):
        offline().get("strategies", 7, 7)
