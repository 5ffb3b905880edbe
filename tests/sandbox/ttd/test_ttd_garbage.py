"""Whatever is sent to it, The Trade Desk's part of the sandbox answers: never with an error of its heap."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from adplatforms.sandbox.ttd.graphql.inputs import INPUTS, MUTATIONS
from adplatforms.sandbox.ttd.rest.tables import ENTITIES, RTB
from adplatforms.sandbox.ttd.workflows.schemas import ENUM_VALUES, OPERATIONS, SCHEMAS

VALUES: tuple[Any, ...] = (
    None, True, -1, 10**30, "", "é\0", [], [None], [[]], [{}], {"x": {"y": []}}, {"Amount": "x", "CategoryId": {}},
)  # fmt: skip
OWNERS = {"PartnerId": "prt0001", "AdvertiserId": "adv0001", "CampaignId": "cmp0002", "OwnerPartnerId": "prt0001"}
FIRST = {"partner": "prt0001", "advertiser": "adv0001", "campaign": "cmp0002", "campaignflight": 900004}


def answered(reply: Any, sent: Any) -> None:
    """The reply is JSON, and no fault of the sandbox."""
    assert reply.status_code < 500, (sent, reply.text)
    assert not reply.content or isinstance(reply.json(), dict | list)


@pytest.mark.long
@pytest.mark.parametrize("path", ENTITIES)
def test_rest_answers_any_property(heap: Any, path: str) -> None:
    entity = ENTITIES[path]
    names = [(name, None) for name in entity.properties]
    names += [("RTBAttributes", inner) for inner in RTB if path == "adgroup"]
    required = {name: OWNERS.get(name, "x") for name, one in entity.properties.items() if one.required}
    for name, inner in names:
        for value in VALUES:
            body = {**required, name: value if inner is None else {inner: value}}
            answered(heap.rest("POST", path, body), body)
            body = {entity.id: FIRST.get(path, "700001"), **body}
            answered(heap.rest("PUT", path, body), body)


@pytest.mark.long
@pytest.mark.parametrize("path", [query.path for entity in ENTITIES.values() for query in entity.queries])
def test_rest_answers_any_query(desk: Any, path: str) -> None:
    page = {"PageStartIndex": 0, "PageSize": 1, **OWNERS, "EntityId": "adv0001"}
    for name in (*page, "SearchTerms", "SortFields", "Availabilities", "ExcludeTotalCounts"):
        for value in VALUES:
            answered(desk.rest("POST", path, {**page, name: value}), (name, value))


OTHERS = (
    "POST authentication", "POST campaign/clone", "POST campaign/template/clone", "PUT adgroup/status",
    "POST bidlist/batch/get", "POST bidlist/batch", "PUT bidlist/batch", "POST delta/adgroup/query/advertiser",
    "POST delta/advertiser/query/partner", "POST creative/generateuploadurlforaudiocreative",
)  # fmt: skip
WORDS = (
    "Login", "Password", "TokenExpirationInMinutes", "CampaignId", "CampaignName", "AdGroupId", "IsEnabled",
    "BidListIds", "BidLists", "LastChangeTrackingVersion", "AdvertiserId", "PartnerId",
)  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("call", OTHERS)
def test_rest_answers_other_calls(heap: Any, call: str) -> None:
    method, path = call.split()
    for value in VALUES:
        answered(heap.rest(method, path, value), value)
        for word in WORDS:
            body = {**OWNERS, "Login": "demo", "Password": "demo", word: value}
            answered(heap.rest(method, path, body), body)


def sound(type: str) -> Any:
    """The least a type of the Workflows API takes."""
    if type in SCHEMAS:
        return {one.name: sound(one.type) for one in SCHEMAS[type].values() if one.required}
    if type in ENUM_VALUES:
        return ENUM_VALUES[type][-1]
    if type.startswith("["):
        return [sound(type[1:-1])]
    plain = {"string": "adv0001", "integer": 1, "number": 1.0, "boolean": True, "datetime": "2030-01-01T00:00:00Z"}
    return plain.get(type, {})


def spoilt(type: str) -> Iterator[Any]:
    """Bodies of a type with something wrong at one place, level by level."""
    yield from VALUES
    if type.startswith("["):
        yield from ([value] for value in spoilt(type[1:-1]))
    if type in SCHEMAS:
        for one in SCHEMAS[type].values():
            yield from ({**sound(type), one.name: value} for value in VALUES)
            if one.type.strip("[]") in SCHEMAS and one.required:
                yield from ({**sound(type), one.name: value} for value in spoilt(one.type))


@pytest.mark.long
@pytest.mark.parametrize("operation", [one for one in OPERATIONS if one.takes], ids=lambda one: str(one.id))
def test_workflows_answers_any_body(heap: Any, operation: Any) -> None:
    for body in spoilt(operation.takes):
        answered(heap.workflows(operation.method, operation.path, body), body)


@pytest.mark.long
@pytest.mark.parametrize("name", MUTATIONS)
def test_graphql_answers_any_variable(heap: Any, name: str) -> None:
    mutation = MUTATIONS[name]
    query = f"mutation($i: {mutation.takes}!) {{ {name}(input: $i) {{ {mutation.style} {{ message }} }} }}"
    plain = {"ID": "cmp0001", "String": "{}", "Long": 900004}
    least = {word: plain.get(type.strip("[]!")) for word, type in INPUTS[mutation.takes].items() if type.endswith("!")}
    for word in INPUTS[mutation.takes]:
        for value in VALUES:
            answer = heap.graphql(query, i={**least, word: value})
            codes = {error["extensions"]["code"] for error in answer.get("errors", ())}
            assert "INTERNAL_SERVER_ERROR" not in codes, (word, value, answer)


@pytest.mark.parametrize("path", ["workflows/campaign", "v3/campaign", "graphql"])
@pytest.mark.parametrize(
    "text", ["", "{", "NaN", '{"query": Infinity}', '{"query": "\\ud800"}', "\0", '"' + "9" * 5000 + '"']
)
def test_texts_that_are_no_good_json_are_refused(desk: Any, path: str, text: str) -> None:
    reply = desk.call("POST", path, data=text.encode(), headers={"Content-Type": "application/json"})
    assert reply.status_code == 400
    assert isinstance(json.loads(reply.content), dict)


@pytest.mark.parametrize(
    "query", ["{", "", "{ me { id } } { me { id } }", "fragment F on Campaign { id }", "\0", "{ " * 500]
)
def test_documents_that_are_none(desk: Any, query: str) -> None:
    assert {error["extensions"]["code"] for error in desk.graphql(query)["errors"]} <= {
        "GRAPHQL_VALIDATION_FAILED",
        "VALIDATION_FAILURE",
    }
