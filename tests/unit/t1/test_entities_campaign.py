"""The special calls of campaigns, site lists, advertisers and users."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from adplatforms.core.errors import (
    AmbiguousWrite,
    APIError,
    ClientError,
    ConflictError,
    InvalidValueError,
    NotFoundError,
    ParserException,
)
from adplatforms.core.testing import assert_calls, reply
from terminalone.entities import BudgetFlight, Campaign, Concept
from terminalone.operations.campaign import BULK_COPY_PARTS

Row = dict[str, Any]
OK = reply({"meta": {"status": "ok"}})
MISSING = reply({"errors": [{"message": "none"}], "meta": {"status": "not_found"}}, status=404)
BASE = "api/v2.0/campaigns/7"


def sent(t1: Any, number: int = -1) -> tuple[str, str, Any]:
    """Method, path and form of a call."""
    call = t1.transport.calls[number]
    return call.method, call.path, None if call.form is None else list(call.form)


def flight(number: int, budget: float, day: int = 1, version: int = 0) -> Row:
    return {
        "entity_type": "budget_flight",
        "id": number,
        "version": version,
        "campaign_id": 7,
        "total_budget": [{"currency_code": "USD", "value": budget}],
        "start_date": f"2026-03-{day:02}T00:00:00+0000",
        "end_date": f"2026-03-{day + 5:02}T00:00:00+0000",
        "is_relevant": False,
    }


# budget flights


def test_flights_are_saved_in_one_call(offline: Any, campaign_row: Row) -> None:
    """Known defect 39: a flight's is_relevant of "0" or false is False."""
    listed = {**campaign_row, "budget_flights": [flight(1, 100), flight(2, 200, 10)]}
    answer = [flight(1, 150, version=1), flight(2, 200, 10, version=1), flight(3, 50, 20)]
    t1 = offline(listed, answer, {**campaign_row, "version": 4})
    campaign = t1.get("campaigns", 7, include="budget_flights")
    campaign.name = "Summer"
    first, second = campaign.budget_flights
    assert (first.is_relevant, BudgetFlight(None, is_relevant="0").is_relevant) == (False, False)
    first.total_budget = 150
    new = t1.new("budget_flight", total_budget=50, start_date="2026-03-20", end_date="2026-03-25")
    flights = [first, second, new]
    saved = campaign.save_budget_flights(flights)
    call = t1.transport.calls[-1]
    assert (call.path, call.params) == (f"{BASE}/budget_flights/bulk", (("full", "*"),))
    form = dict(call.form)
    assert {name: value for name, value in form.items() if ".1." in name} == {
        "budget_flights.1.id": "1",
        "budget_flights.1.version": "0",
        "budget_flights.1.campaign_id": "7",
        "budget_flights.1.total_budget": "150.0",
        "budget_flights.1.start_date": "2026-03-01T00:00:00",
        "budget_flights.1.end_date": "2026-03-06T00:00:00",
        "budget_flights.1.is_relevant": "0",
    }
    assert {name for name in form if ".3." in name} == {
        "budget_flights.3.total_budget",
        "budget_flights.3.start_date",
        "budget_flights.3.end_date",
    }
    assert flights == [first, second, new]
    assert [(each.id, each.version, each.changes()) for each in flights] == [(1, 1, {}), (2, 1, {}), (3, 0, {})]
    assert saved == campaign.budget_flights == flights
    assert campaign.changes() == {"name": ("Spring", "Summer")}
    campaign.save()
    assert dict(sent(t1)[2]) == {"name": "Summer", "version": "3"}


def test_flights_of_the_campaign_are_saved_when_none_are_given(offline: Any, campaign_row: Row) -> None:
    t1 = offline({**campaign_row, "budget_flights": [flight(1, 100)]}, [flight(1, 120, version=1)])
    campaign = t1.get("campaigns", 7, include="budget_flights")
    campaign.budget_flights[0].total_budget = 120
    campaign.save_budget_flights()
    assert dict(sent(t1)[2])["budget_flights.1.total_budget"] == "120.0"
    assert campaign.budget_flights[0].total_budget == 120.0


def test_flights_may_be_dicts(offline: Any, campaign_row: Row) -> None:
    t1 = offline(campaign_row, [flight(1, 100), flight(2, 5, 10)])
    given = [{"id": 1, "version": 0, "total_budget": 100}, {"total_budget": 5, "end_date": None}]
    copy = [dict(each) for each in given]
    with pytest.raises(InvalidValueError, match="end_date cannot be None"):
        t1.get("campaigns", 7).save_budget_flights(given)
    t1 = offline(campaign_row, [flight(1, 100), flight(2, 5, 10)])
    t1.get("campaigns", 7).save_budget_flights([given[0], {"total_budget": 5}])
    assert given == copy
    assert sent(t1)[2] == [
        ("budget_flights.1.id", "1"),
        ("budget_flights.1.version", "0"),
        ("budget_flights.1.total_budget", "100.0"),
        ("budget_flights.2.total_budget", "5.0"),
    ]
    with assert_calls(t1, 0), pytest.raises(InvalidValueError, match="did you mean 'total_budget'"):
        Campaign(t1, id=7).save_budget_flights([{"total_bugdet": 1}])


def test_single_flights_are_read(offline: Any, campaign_row: Row) -> None:
    t1 = offline(campaign_row, flight(4, 5), flight(4, 5), MISSING, MISSING)
    campaign = t1.get("campaigns", 7)
    assert campaign.get_budget_flight(4).total_budget == 5.0
    assert sent(t1) == ("GET", f"{BASE}/budget_flights/4", None)
    assert campaign.get_relevant_budget_flight().id == 4
    assert sent(t1) == ("GET", f"{BASE}/budget_flights/relevant", None)
    assert campaign.get_relevant_budget_flight() is None
    with pytest.raises(NotFoundError, match="not_found: none"):
        campaign.get_budget_flight(5)


def test_the_relevant_flight_comes_along(offline: Any, campaign_row: Row) -> None:
    included = {**campaign_row, "relevant_budget_flight": [{**flight(4, 5), "rel": "relevant_budget_flight"}]}
    t1 = offline([included], [{**campaign_row, "id": 8}], [{**campaign_row, "id": 8}])
    [campaign] = t1.get("campaigns", include="relevant_budget_flight")
    assert dict(t1.transport.calls[0].params)["with"] == "relevant_budget_flight"
    assert (campaign.relevant_budget_flight.id, campaign.relevant_budget_flight.campaign_id) == (4, 7)
    [other] = t1.get("campaigns")
    assert other.relevant_budget_flight is None


def test_a_deleted_flight_is_gone(offline: Any) -> None:
    """Known defect 34: loaded values and changes are both gone."""
    t1 = offline(flight(4, 5), OK)
    deleted = Campaign(t1, id=7).get_budget_flight(4)
    deleted.total_budget = 6
    deleted.remove()
    assert sent(t1) == ("POST", f"{BASE}/budget_flights/4/delete", [("version", "0")])
    assert (deleted.raw, deleted.changes(), deleted.to_dict()) == ({}, {}, {})
    with assert_calls(t1, 0), pytest.raises(ClientError, match="budget flight 4 was deleted"):
        deleted.save()


@pytest.mark.parametrize(
    "name", ["strategy_concepts", "strategy_day_parts", "strategy_deals", "pixels", "contracts", "vendor_contracts"]
)
def test_what_can_be_deleted_goes_with_its_version(offline: Any, name: str) -> None:
    t1 = offline({"entity_type": "x", "id": 1}, OK, reply({"meta": {"status": "conflict"}}))
    kind = t1.registry.find(name)
    t1 = offline({"entity_type": kind.__model__.type, "id": 3, "version": 8}, OK)
    t1.get(name, 3).remove()
    assert sent(t1) == ("POST", f"api/v2.0/{name}/3/delete", [("version", "8")])


def test_a_refused_deletion_leaves_the_record(offline: Any) -> None:
    """Known defect 35: a conflict has a class of its own."""
    row = {"entity_type": "strategy_concept", "id": 3, "version": 8, "percent": 5}
    conflict = reply({"data": row, "meta": {"status": "conflict"}}, status=409)
    denied = reply({"meta": {"status": "denied"}}, status=403)
    concept = offline(row, conflict, denied).get("strategy_concepts", 3)
    with pytest.raises(ConflictError, match="refresh"):
        concept.remove()
    with pytest.raises(PermissionError, match="denied"):
        concept.remove()
    assert (concept.id, concept.percent) == (3, 5.0)


# copies


def test_a_campaign_is_copied(offline: Any, campaign_row: Row) -> None:
    made = {"start_date": "2027-01-01T00:00:00+0000", "end_date": "2027-02-01T00:00:00+0000", "source_campaign_id": 7}
    t1 = offline(campaign_row, {**campaign_row, **made, "id": 8, "name": "Copy"})
    copy = t1.get("campaigns", 7).copy("Copy", start_date=datetime(2027, 1, 1, tzinfo=UTC), end_date="2027-02-01")
    assert sent(t1) == (
        "POST",
        f"{BASE}/copy",
        [("name", "Copy"), ("start_date", "2027-01-01T00:00:00"), ("end_date", "2027-02-01T00:00:00")],
    )
    assert (type(copy), copy.id, copy.source_campaign_id) == (Campaign, 8, 7)


def test_strategies_are_copied_in_bulk(offline: Any, campaign_row: Row) -> None:
    rows = [{"entity_type": "strategy", "id": 30}, {"entity_type": "strategy", "id": 31, "name": "Copy"}]
    t1 = offline(campaign_row, rows)
    campaign = t1.get("campaigns", 7)
    given = [9, {"id": 10, "name": "Copy", "site_lists": False}]
    copies = campaign.bulk_copy_strategies(Campaign(None, id=8), given, site_lists=True)
    assert sent(t1) == (
        "POST",
        "api/v2.0/strategies/bulk_copy",
        [
            ("from_campaign_id", "7"),
            ("to_campaign_id", "8"),
            ("strategies.1.id", "9"),
            ("strategies.1.site_lists", "1"),
            ("strategies.2.id", "10"),
            ("strategies.2.name", "Copy"),
            ("strategies.2.site_lists", "0"),
        ],
    )
    assert [copy.id for copy in copies] == [30, 31]
    assert given[1] == {"id": 10, "name": "Copy", "site_lists": False}
    assert len(BULK_COPY_PARTS) == 8
    with assert_calls(t1, 0), pytest.raises(InvalidValueError, match="did you mean 'site_lists'"):
        campaign.bulk_copy_strategies(8, [9], site_list=True)


# margins and brain selections


def test_margins_come_in_an_old_shape(offline: Any, campaign_row: Row) -> None:
    prop = [{"name": "margin_date", "value": "2026-03-01"}, {"name": "margin_pct", "value": "7.5"}]
    data = {"type": "campaign_margins_calc", "id": 7, "prop": prop}
    t1 = offline(campaign_row, reply({"data": data, "meta": {"status": "ok"}}), OK)
    campaign = t1.get("campaigns", 7)
    [margin] = campaign.get_margins()
    assert (type(margin).__name__, margin.margin_date, margin.margin_pct) == (
        "CampaignMarginsCalc",
        "2026-03-01",
        "7.5",
    )
    campaign.save_margins({"margin_pct": 8})
    assert sent(t1) == ("POST", f"{BASE}/margins", [("margin_pct", "8")])


def test_brain_selections(offline: Any, campaign_row: Row) -> None:
    row = {"entity_type": "campaign_custom_brain_selection", "id": 5, "version": 2, "selection_id": 3}
    t1 = offline(campaign_row, [row], [row], OK, OK)
    campaign = t1.get("campaigns", 7)
    campaign.save_custom_brain_selections([{"selection_type": "Dynamic", "selection_id": 3, "active": True}])
    assert sent(t1) == (
        "POST",
        f"{BASE}/custom_brain_selections/bulk",
        [
            ("custom_brain_selections.1.selection_type", "Dynamic"),
            ("custom_brain_selections.1.selection_id", "3"),
            ("custom_brain_selections.1.active", "1"),
        ],
    )
    [selection] = campaign.get_custom_brain_selections()
    campaign.remove_custom_brain_selection(selection)
    assert sent(t1) == ("POST", f"{BASE}/custom_brain_selections/5/delete", [("version", "2")])
    campaign.remove_custom_brain_selection(6)
    assert sent(t1) == ("POST", f"{BASE}/custom_brain_selections/6/delete", [])
    with assert_calls(t1, 0), pytest.raises(InvalidValueError, match="Event Pixel, Dynamic"):
        campaign.save_custom_brain_selections([{"selection_type": "Pixel"}])


# site lists


@pytest.mark.parametrize("owner", ["campaigns", "strategies"])
def test_site_lists_are_assigned(offline: Any, owner: str) -> None:
    kind = "campaign" if owner == "campaigns" else "strategy"
    t1 = offline({"entity_type": kind, "id": 7}, [{"entity_type": f"site_lists_for_{kind}", "id": 1, "assigned": True}])
    found = t1.get(owner, 7).set_site_lists(assign=[1, 2], unassign=3)
    assert sent(t1)[1] == f"api/v2.0/{owner}/7/site_lists"
    assert dict(sent(t1)[2]) == {
        "site_lists.1.id": "1",
        "site_lists.1.assigned": "1",
        "site_lists.2.id": "2",
        "site_lists.2.assigned": "1",
        "site_lists.3.id": "3",
        "site_lists.3.assigned": "0",
    }
    assert (found[0].id, found[0].assigned) == (1, True)


def test_domains_of_a_site_list(offline: Any) -> None:
    """Known defect 19: a reply with a status only is a success."""
    csv = reply("domain\r\nexample.com\r\nköln.example\r\n", "text/csv")
    row = {"entity_type": "site_list", "id": 4, "version": 1, "name": "Safe"}
    assignment = {"entity_type": "site_list_assignment", "id": 9, "campaign_id": 7}
    t1 = offline(row, OK, csv, [assignment], MISSING, reply("<html>oh</html>", "text/html", 502))
    sites = t1.get("site_lists", 4)
    sites.upload_domains(["example.com", "köln.example"])
    assert sent(t1) == (
        "POST",
        "api/v2.0/site_lists/4/domains",
        [("domain", "example.com"), ("domain", "köln.example")],
    )
    assert sites.download().split() == ["domain", "example.com", "köln.example"]
    assert sent(t1) == ("GET", "api/v2.0/site_lists/4/download.csv", None)
    assert [each.campaign_id for each in sites.get_assignments()] == [7]
    with pytest.raises(NotFoundError, match="not_found: none"):
        sites.download()
    with pytest.raises(APIError, match="HTTP 502"):
        sites.download()
    with assert_calls(t1, 0), pytest.raises(InvalidValueError, match="no domain"):
        sites.upload_domains([])


# uploads


def parts(t1: Any) -> list[tuple[str, bytes]]:
    """The parts of a multipart form, by name."""
    return [(name, content) for name, (_, content, _) in t1.transport.calls[-1].files]


def test_third_party_tags_are_uploaded_in_two_steps(offline: Any, tmp_path: Path) -> None:
    file = tmp_path / "tags.csv"
    file.write_bytes(b"name,tag\nA,<b>\n")
    batch_row = {"id": 12, "total": 2, "valid": 1, "invalid": 1, "placements": [{"index": 1, "name": "A"}]}
    t1 = offline(
        {"entity_type": "advertiser", "id": 7},
        reply({"data": batch_row, "meta": {"status": "ok"}}),
        [{"entity_type": "atomic_creative", "id": 70, "name": "A"}],
    )
    batch = t1.get("advertisers", 7).upload_tags(file)
    assert t1.transport.calls[-1].path == "api/v2.0/creatives/upload"
    assert parts(t1) == [("filename", b"tags.csv"), ("name", b"tags.csv"), ("file", b"name,tag\nA,<b>\n")]
    assert t1.transport.calls[-1].files[-1][1][::2] == ("tags.csv", "text/csv")
    assert repr(batch) == "<TagBatch id=12 total=2 valid=1 invalid=1>"
    [creative] = batch.create([{"index": 1, "concept": Concept(None, id=9), "click_url": "https://x.example"}])
    assert t1.transport.calls[-1].path == "api/v2.0/creatives/upload/12"
    assert parts(t1) == [
        ("advertiser_id", b"7"),
        ("batch_index", b"1"),
        ("concept_1", b"9"),
        ("click_url_1", b"https://x.example"),
    ]
    assert (type(creative).__name__, creative.id) == ("AtomicCreative", 70)
    with assert_calls(t1, 0), pytest.raises(InvalidValueError, match="index at least"):
        batch.create([{"concept": 9}])


def test_hosted_assets_are_uploaded_and_approved(offline: Any) -> None:
    asset = {"entity_type": "creative_asset", "id": 3, "file_role": "PRIMARY"}
    creative = {"entity_type": "atomic_creative", "id": 70}
    t1 = offline({"entity_type": "advertiser", "id": 7}, [asset], [{**asset, "id": 4}], [creative])
    advertiser = t1.get("advertisers", 7)
    assets = advertiser.upload_assets([b"zip", b"gif"])
    assert [each.id for each in assets] == [3, 4]
    told = {"primary": assets[0], "backup": 4, "concept": 9, "landing_page": "https://y", "click_url": "https://x"}
    advertiser.approve_assets([told])
    assert t1.transport.calls[-1].path == "api/v2.0/creative_assets/approve"
    assert parts(t1) == [
        ("advertiserid", b"7"),
        ("is_https", b"1"),
        ("landingPage.1", b"https://y"),
        ("click_url.1", b"https://x"),
        ("primary.1", b"3"),
        ("backup.1", b"4"),
        ("concept.1", b"9"),
    ]
    for wrong in ({"primary": 3, "landingpage": "https://y"}, {"backup": 4}):
        with pytest.raises(InvalidValueError, match=r"not 'landingpage'|primary at least"):
            advertiser.approve_assets([wrong])
    with pytest.raises(InvalidValueError, match="a path, bytes or an open file"):
        advertiser.upload_assets([7])


def test_a_batch_that_is_none_is_an_error(offline: Any) -> None:
    t1 = offline({"entity_type": "advertiser", "id": 7}, OK)
    with pytest.raises(AmbiguousWrite, match="does not hold content"):
        t1.get("advertisers", 7).upload_tags(b"x")


# users


def test_settings_of_a_user(offline: Any) -> None:
    t1 = offline({"entity_type": "user", "id": 5}, reply({"data": {"locale": "en"}, "meta": {"status": "ok"}}), OK)
    user = t1.get("users", 5)
    assert user.get_settings() == {"locale": "en"}
    assert sent(t1) == ("GET", "api/v2.0/users/5/settings", None)
    with pytest.raises(ParserException, match="does not hold content"):
        user.get_settings()


# against the sandbox


@pytest.mark.parametrize("json", [True, False])
def test_the_life_of_a_campaigns_flights_and_copies(fresh_sandbox: Any, json: bool) -> None:
    t1 = fresh_sandbox.t1(json=json)
    campaign = next(t1.get("campaigns", full=True, include="budget_flights", page_limit=1))
    campaign.name = "Pending all the time"
    flights = campaign.budget_flights
    flights[0].total_budget = 4321
    assert campaign.save_budget_flights()[0].total_budget == 4321.0
    flights[0].total_budget = 4322
    flights[0].save()
    assert campaign.get_budget_flight(flights[0].id).total_budget == 4322.0
    copy = campaign.copy("Copied")
    assert (copy.name, copy.source_campaign_id) == ("Copied", campaign.id)
    strategy = next(t1.get("strategies", limit={"campaign": campaign.id}))
    [copied] = campaign.bulk_copy_strategies(copy, [strategy], site_lists=True)
    assert copied.id != strategy.id
    assert campaign.get_margins()
    sites = next(t1.get("site_lists", page_limit=1))
    assert sites.id in [each.id for each in campaign.set_site_lists(assign=[sites])]
    sites.upload_domains(["a.example", "b.example"])
    assert {"a.example", "b.example"} <= set(sites.download().split())
    assert campaign.save()["name"].new == "Pending all the time"


def test_uploads_reach_the_sandbox(fresh_sandbox: Any) -> None:
    t1 = fresh_sandbox.t1()
    advertiser = t1.get("advertisers", 7)
    concept = next(t1.get("concepts", limit={"advertiser": 7}))
    assets = advertiser.upload_assets([b"GIF89a"])
    told = {"primary": assets[0], "concept": concept, "landing_page": "https://y", "click_url": "https://x"}
    [creative] = advertiser.approve_assets([told])
    assert t1.get("atomic_creatives", creative.id).concept_id == concept.id
    batch = advertiser.upload_tags(b"name,width,height,tag\nA,300,250,<a>x</a>\nB,,,\n", "spring tags")
    assert (batch.total, batch.valid, batch.invalid) == (2, 1, 1)
    [tagged] = batch.create([{"index": 1, "concept": concept, "click_url": "https://x"}])
    assert t1.get("atomic_creatives", tagged.id).concept_id == concept.id
