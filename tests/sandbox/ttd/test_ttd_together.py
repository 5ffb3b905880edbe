"""What the three surfaces share: rows, limits, settings, the journal, and the seed."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests

from adplatforms.sandbox import Fault, Sandbox
from adplatforms.sandbox.store import Store
from adplatforms.sandbox.ttd.records import KINDS, TABLES, Records
from adplatforms.sandbox.ttd.seed import fill
from adplatforms.sandbox.ttd.seed.rows import NOW

Body = dict[str, Any]


def test_a_campaign_of_workflows_is_found_by_graphql_and_rest(own: Any, campaign: Body) -> None:
    campaign["primaryInput"] |= {
        "secondaryGoal": {"cpaInAdvertiserCurrency": 12.5},
        "campaignConversionReportingColumns": [
            {"trackingTagId": "tag0001", "includeInCustomCPA": True, "reportingColumnId": 1}
        ],
    }
    id = own.workflows("POST", "/campaign", campaign).json()["campaign"]["id"]
    by_graphql = own.data(
        """query($i: ID!) { campaign(id: $i) { name advertiser { id } partner { id } startDate channelType pacingMode
            goal { type } budget { total } conversionReportingColumns { totalCount } version isArchived } }""",
        i=id,
    )["campaign"]
    assert by_graphql == {
        "name": "Spring launch",
        "advertiser": {"id": "adv0001"},
        "partner": {"id": "prt0001"},
        "startDate": "2026-06-01T00:00:00Z",
        "channelType": "DISPLAY",
        "pacingMode": "PACE_EVENLY",
        "goal": {"type": "REACH"},
        "budget": {"total": 1200.5},
        "conversionReportingColumns": {"totalCount": 1},
        "version": "KOKAI",
        "isArchived": False,
    }
    by_rest = own.rest("GET", f"campaign/{id}").json()
    assert by_rest["PrimaryGoal"] == {"MaximizeReach": True}
    assert by_rest["SecondaryGoal"] == {"CPAInAdvertiserCurrency": {"Amount": 12.5, "CurrencyCode": "USD"}}
    assert by_rest["CampaignConversionReportingColumns"][0]["TrackingTagId"] == "tag0001"
    assert (by_rest["StartDate"], by_rest["PacingMode"]) == ("2026-06-01T00:00:00", "PaceToEndOfFlight")


def test_an_ad_group_of_rest_is_updated_by_workflows_and_archived_by_graphql(own: Any) -> None:
    made = own.rest("PUT", "adgroup", {"AdGroupId": "adg0002", "AdGroupName": "By REST"}).json()
    bid = made["RTBAttributes"]["BaseBidCPM"]["Amount"]
    changed = own.workflows("PATCH", "/adgroup", {"id": "adg0002", "primaryInput": {"isEnabled": False}}).json()[
        "adGroup"
    ]
    assert (changed["name"], changed["baseBidCPMInAdvertiserCurrency"]) == ("By REST", bid)
    own.data('mutation { adGroupsArchive(input: {ids: ["adg0002"]}) { data } }')
    assert own.rest("GET", "adgroup/adg0002").json()["Availability"] == "Archived"


def test_one_entry_in_the_journal_for_each_row(own: Any, campaign: Body) -> None:
    made = own.workflows("POST", "/campaign", campaign).json()["campaign"]
    own.workflows("PATCH", "/campaign", {"id": made["id"], "primaryInput": {"name": "x"}})
    own.workflows("POST", "/campaign/archive", [made["id"]])
    entries = [(entry.platform, entry.action, entry.kind, entry.id) for entry in own.sandbox.journal]
    assert entries == [
        ("ttd", "create", "campaign", made["id"]),
        ("ttd", "create", "campaign_flight", made["flights"][0]["id"]),
        ("ttd", "update", "campaign", made["id"]),
        ("ttd", "update", "campaign", made["id"]),
    ]


@pytest.mark.parametrize("path", ["/ttd/graphql", "/ttd/v3/partner/*", "/ttd/workflows/campaign/cmp0001/version"])
def test_calls_are_limited_where_a_limit_is_set(own: Any, path: str) -> None:
    def calls() -> list[Any]:
        return [
            own.call("POST", "graphql", {"query": "{ me { id } }"}),
            own.rest("GET", "partner/prt0001"),
            own.workflows("GET", "/campaign/cmp0001/version"),
        ]

    own.set(limits={path: 1})
    assert [reply.status_code for reply in calls()] == [200, 200, 200]
    [refused] = [reply for reply in calls() if reply.status_code != 200]
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    own.sandbox.skew = 61
    assert [reply.status_code for reply in calls()] == [200, 200, 200]


def test_rows_can_come_and_go_between_pages(own: Any) -> None:
    body = {"AdvertiserId": "adv0001", "PageStartIndex": 0, "PageSize": 0}
    before = own.rest("POST", "campaign/query/advertiser", body).json()["TotalUnfilteredCount"]
    for rows, expected in ((2, before + 2), (-1, before + 1)):
        own.sandbox.faults.add(Fault("moving_pages", path="/ttd/v3/*", rows=rows, times=1))
        assert own.rest("POST", "campaign/query/advertiser", body).json()["TotalUnfilteredCount"] == expected
    assert [entry.action for entry in own.sandbox.journal] == ["create", "create", "delete"]


def test_many_threads_write_at_once(own: Any, campaign: Body) -> None:
    def create(number: int) -> str:
        headers = {"TTD-Auth": "demo-token"}
        reply = requests.post(f"{own.base}/workflows/campaign", json=campaign, headers=headers, timeout=30)
        id: str = reply.json()["campaign"]["id"]
        return id

    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(create, range(24)))
    assert sorted(made) == [f"cmp{number:04d}" for number in range(401, 425)]
    assert own.data("{ campaigns { totalCount } }") == {"campaigns": {"totalCount": 424}}


def test_settings_are_shown_and_reset(own: Any) -> None:
    own.set(job_looks=1, broken=["cmp0001"])
    shown = own.call("GET", "_settings").json()
    assert (shown["job_looks"], shown["broken"]) == (1, ["cmp0001"])
    assert own.call("PATCH", "_settings", {"nope": 1}).status_code == 400
    own.sandbox.reset()
    assert own.call("GET", "_settings").json()["job_looks"] == 3


def test_reset_puts_the_seed_back(own: Any, campaign: Body) -> None:
    before = own.rest("GET", "campaign/cmp0001").json()
    own.rest("PUT", "campaign", {"CampaignId": "cmp0001", "CampaignName": "Other"})
    own.workflows("POST", "/campaign", campaign)
    own.sandbox.reset()
    assert own.rest("GET", "campaign/cmp0001").json() == before
    assert own.rest("GET", "campaign/cmp0401").status_code == 404


def test_the_seed_is_the_same_on_every_run(desk: Any, own: Any) -> None:
    shape = "{ nodes { id name lastUpdatedAtUtc } }"
    query = f"{{ campaigns(first: 400) {shape} }}"
    assert desk.data(query) == own.data(query)


def test_the_seed_has_what_breaks_careless_clients(desk: Any) -> None:
    campaigns = desk.data(
        """{ campaigns(first: 1000) { nodes {
            name endDate description isArchived isTemplate version channelType seed { id } } } }"""
    )["campaigns"]["nodes"]
    assert any(not row["name"].isascii() for row in campaigns)
    assert {None} < {row["endDate"] for row in campaigns}
    assert {row["isArchived"] for row in campaigns} == {row["isTemplate"] for row in campaigns} == {True, False}
    assert {row["version"] for row in campaigns} == {"KOKAI", "SOLIMAR"}  # the latter is in no enum
    assert None in {(row["seed"] or {}).get("id") for row in campaigns}


def test_rows_are_kept_in_a_file(tmp_path: Any, campaign: Body) -> None:
    for expected in (201, 200):
        with Sandbox(db=tmp_path / "kept.db") as sandbox:
            headers = {"TTD-Auth": "demo-token"}
            url = f"{sandbox.url}/ttd/workflows/campaign"
            if expected == 201:
                reply = requests.post(url, json=campaign, headers=headers, timeout=30)
            else:
                reply = requests.get(f"{url}/cmp0401/version", headers=headers, timeout=30)
            assert reply.status_code == expected


REFERENCES = {
    "partnerId": "Partner",
    "advertiserId": "Advertiser",
    "campaignId": "Campaign",
    "campaignFlightId": "CampaignFlight",
    "campaignGroupId": "CampaignGroup",
    "seedId": "Seed",
    "defaultSeedId": "Seed",
    "audienceId": "Audience",
    "bidListId": "IBidList",
    "creativeIds": "Creative",
    "trackingTagId": "TrackingTag",
    "universalPixelId": "UniversalPixel",
    "firstPartyDataId": "FirstPartyData",
    "firstPartyDataIds": "FirstPartyData",
    "includedDataGroupIds": "DataGroup",
    "contractIds": "Contract",
}


def references(fact: Any) -> Iterator[tuple[str, str]]:
    """Kind and id of everything a fact points to, however deep."""
    for item in fact if isinstance(fact, list) else [fact]:
        for name, value in item.items() if isinstance(item, dict) else ():
            if name in REFERENCES:
                yield from ((REFERENCES[name], str(id)) for id in (value if isinstance(value, list) else [value]))
            else:
                yield from references(value)


def test_nothing_in_the_seed_points_nowhere() -> None:
    store = Store(TABLES, fill)
    rows = Records(store, lambda: NOW, lambda *entry: None)
    docs = {kind: rows.find(kind) for kind in KINDS}
    assert all(docs.values()), "a kind without rows"
    there = {(kind, doc["id"]) for kind, some in docs.items() for doc in some}
    pointed = {reference for some in docs.values() for doc in some for reference in references(doc)}
    assert pointed <= there
    assert {kind for kind, _ in pointed} == set(REFERENCES.values())
    store.close()
