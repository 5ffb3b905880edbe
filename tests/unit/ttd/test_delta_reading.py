"""Changes since a version: read in chunks and parts, resumed by the token, old versions refused."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from adplatforms.core.errors import ClientError, ParserException, UnknownNameError
from adplatforms.core.messages import Request
from adplatforms.sandbox import Sandbox
from adplatforms.ttd import TTD

Offline = Callable[..., TTD]


def part(*ids: str, version: int, more: bool = False, oldest: int = 0) -> dict[str, Any]:
    """An answer of `campaignDelta`."""
    told = {"nextChangeTrackingVersion": version, "moreAvailable": more, "currentMinimumTrackingVersion": oldest}
    return {"data": {"campaignDelta": {**told, "campaigns": [{"id": each, "name": each} for each in ids]}}}


def variables(ttd: TTD) -> list[Any]:
    return [request.json["variables"] for request in ttd.transport.calls]


def test_parts_are_read_until_there_is_no_more(offline: Offline) -> None:
    ttd = offline(part("c1", version=5, more=True), part("c2", version=8))
    changes = ttd.changes_since(None, "campaigns", advertiser="a1")
    assert [campaign.id for campaign in changes] == ["c1", "c2"]
    assert variables(ttd) == [{"version": None, "ids": ["a1"]}, {"version": 5, "ids": ["a1"]}]
    assert changes.token == {"a1": 8}
    assert not any(request.writes for request in ttd.transport.calls)


def test_the_token_moves_on_only_past_what_was_given_out(offline: Offline) -> None:
    ttd = offline(part("c1", "c2", version=5, more=True), part("c3", version=8))
    changes = ttd.changes_since({"a1": 2}, "campaigns", advertiser="a1")
    reading = iter(changes)
    next(reading)
    assert changes.token == {"a1": 2}
    next(reading)
    next(reading)
    assert changes.token == {"a1": 5}


def test_many_parents_go_in_chunks_by_the_version_they_have(offline: Offline) -> None:
    ids = [f"a{number}" for number in range(150)]
    ttd = offline(*(part(version=9) for _ in range(3)))
    token = {"a0": 4}
    changes = ttd.changes_since(token, "campaigns", advertiser=ids)
    assert list(changes) == []
    assert [(told["version"], len(told["ids"])) for told in variables(ttd)] == [(4, 1), (None, 100), (None, 49)]
    assert set(changes.token.values()) == {9}
    assert token == {"a0": 4}


def test_a_version_that_is_not_kept_any_more_is_an_error(offline: Offline) -> None:
    ttd = offline(part("c1", version=90, oldest=50))
    with pytest.raises(ClientError, match=r"since version 7 are not kept any more, the oldest is 50.*token=None"):
        list(ttd.changes_since({"a1": 7}, "campaigns", advertiser="a1"))


def test_the_oldest_version_that_is_kept_is_not_too_old(offline: Offline) -> None:
    ttd = offline(part("c1", version=90, oldest=50))
    assert [c.id for c in ttd.changes_since({"a1": 50}, "campaigns", advertiser="a1")] == ["c1"]
    with pytest.raises(ClientError, match="since version 49 are not kept"):
        list(offline(part(version=90, oldest=50)).changes_since({"a1": 49}, "campaigns", advertiser="a1"))


def test_reading_from_the_beginning_asks_for_no_version_that_could_be_too_old(offline: Offline) -> None:
    ttd = offline(part("c1", version=90, oldest=50))
    assert [c.id for c in ttd.changes_since(None, "campaigns", advertiser="a1")] == ["c1"]


def test_a_version_that_does_not_move_on_ends_the_reading(offline: Offline) -> None:
    """A server that always says there is more would never end."""
    ttd = offline(part("c1", version=5, more=True), part("c2", version=5, more=True))
    assert [c.id for c in ttd.changes_since(None, "campaigns", advertiser="a1")] == ["c1", "c2"]


@pytest.mark.parametrize(
    ("collection", "scope", "given"),
    [
        ("advertisers", {"partner": "p1"}, "{changeTrackingVersion: $version, ids: $ids}"),
        ("campaigns", {"advertiser": "a1"}, "{advertiser: {changeTrackingVersion: $version, ids: $ids}}"),
        ("ad_groups", {"advertiser": "a1"}, "{advertiser: {changeTrackingVersion: $version, ids: $ids}}"),
    ],
)
def test_parents_are_named_as_the_query_takes_them(
    offline: Offline, collection: str, scope: dict[str, str], given: str
) -> None:
    ttd = offline({"data": {}})
    with pytest.raises(ParserException, match="neither data nor errors"):
        list(ttd.changes_since(None, collection, **scope))
    assert f"(input: {given})" in ttd.transport.calls[0].json["request"]


@pytest.mark.parametrize(
    ("collection", "parent", "name", "flags", "tells"),
    [
        ("advertisers", "partner", "Advertisers", {"ReturnEntireAdvertiser": True}, False),
        ("campaigns", "advertiser", "Campaigns", {"ReturnEntireCampaign": True}, True),
        ("ad_groups", "advertiser", "AdGroups", {"ReturnEntireAdGroup": True}, True),
        ("creatives", "advertiser", "Creatives", {}, False),
    ],
)
def test_rest_tells_changes_of_one_parent_at_a_time(
    offline: Offline, collection: str, parent: str, name: str, flags: dict[str, bool], tells: bool
) -> None:
    """Whether there is more is told of campaigns and ad groups always; of the others it is believed where it is."""
    key, more = f"{name.removesuffix('s')}Id", f"More{name}Available"

    def part(record: str, version: int, **told: Any) -> dict[str, Any]:
        return {name: [{key: record}], "LastChangeTrackingVersion": version, **told}

    ttd = offline(
        part("x1", 5, **{more: True}),
        part("x2", 6, **{more: False}),
        part("x3", 7, **{more: False}),
        route="rest-direct",
    )
    changes = ttd.changes_since({"p1": 3}, collection, **{parent: ["p1", "p2"]})
    assert [each.id for each in changes] == ["x1", "x2", "x3"]
    assert changes.token == {"p1": 6, "p2": 7}
    owner = "PartnerId" if parent == "partner" else "AdvertiserId"
    assert [call.json for call in ttd.transport.calls] == [
        {owner: one, "LastChangeTrackingVersion": since, **flags} for one, since in (("p1", 3), ("p1", 5), ("p2", None))
    ]
    silent = offline(part("x1", 5), route="rest-direct").changes_since(None, collection, **{parent: "p1"})
    if tells:
        with pytest.raises(ParserException, match=f"expected {more}"):
            list(silent)
    else:
        assert [each.id for each in silent] == ["x1"]
    with pytest.raises(ParserException, match="expected a record with its id"):
        list(offline({name: [{}]}, route="rest-direct").changes_since(None, collection, **{parent: "p1"}))


def test_words_are_checked_before_anything_is_sent(offline: Offline) -> None:
    ttd = offline()
    with pytest.raises(UnknownNameError, match="not report changes of seeds"):
        ttd.changes_since(None, "seeds", advertiser="a1")
    with pytest.raises(ClientError, match="reported by partner"):
        ttd.changes_since(None, "advertisers", advertiser="a1")


@pytest.mark.parametrize("route", ["graphql", "rest", "rest-direct"])
def test_a_change_is_told_once_and_the_token_survives_json(fresh_sandbox: Sandbox, route: str) -> None:
    ttd: Any = fresh_sandbox.ttd(route=route)
    before = ttd.changes_since(None, "advertisers", partner=["prt0001", "prt0002"])
    assert len(list(before)) == 12
    token = json.loads(json.dumps(before.token))
    assert list(ttd.changes_since(token, "advertisers", partner=["prt0001", "prt0002"])) == []
    advertiser = ttd.get("advertisers", "adv0002")
    advertiser.description = "changed"
    advertiser.save()
    (changed,) = ttd.changes_since(token, "advertisers", partner=["prt0001", "prt0002"])
    assert (changed, changed.description) == (advertiser, "changed")
    assert changed.session is ttd


@pytest.mark.parametrize("collection", ["campaigns", "ad_groups", "creatives", "tracking_tags"])
def test_all_of_an_advertisers_records_come_at_first(ttd: TTD, collection: str) -> None:
    found = {each.id for each in ttd.changes_since(None, collection, advertiser="adv0002")}
    assert {each.id for each in ttd.query(collection).within(advertiser="adv0002")} <= found
    assert found


def test_small_parts_of_the_sandbox_add_up(fresh_sandbox: Sandbox, fresh_ttd: TTD) -> None:
    body = Request("PATCH", "ttd/_settings", json={"delta_page": 7}, server=fresh_sandbox.url)
    fresh_ttd.exchange(body, lambda answer: answer.status)
    found = [each.id for each in fresh_ttd.changes_since(None, "campaigns", advertiser="adv0002")]
    assert sorted(found) == sorted(c.id for c in fresh_ttd.campaigns.where(advertiser_id="adv0002"))


def test_what_is_no_token_is_refused_before_anything_is_asked(offline: Offline) -> None:
    with pytest.raises(ClientError, match=r"'junk' is not a token.*changes\.token"):
        offline().changes_since("junk", "campaigns", advertiser="adv0001")
