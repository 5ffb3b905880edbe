"""The calls of strategies, campaigns and site lists: the forms they take, what they change, what they answer."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from adplatforms.sandbox import Sandbox

STRATEGY = "strategies/10001"


@pytest.fixture
def recorded(spec: Path) -> Path:
    return spec / "t1" / "fixtures"


def assert_same_keys(found: Any, expected: Any, at: str = "") -> None:
    """Every recorded key is there, at every depth."""
    if isinstance(expected, dict):
        assert set(expected) <= set(found), at
        for key in expected:
            assert_same_keys(found[key], expected[key], f"{at}.{key}")
    elif isinstance(expected, list) and expected:
        assert found, at
        assert_same_keys(found[0], expected[0], f"{at}[]")


# Target dimensions


def test_an_empty_dimension_has_only_enabled(api: Any) -> None:
    assert api.get(f"{STRATEGY}/target_dimensions/1")["data"] == {"enabled": {"active": False}}
    root = api.xml(f"{STRATEGY}/target_dimensions/1")
    assert [child.tag for child in root] == ["enabled", "status"]
    assert root.find("enabled").attrib == {"active": "0"}


@pytest.mark.parametrize("dimension", [1, 2, 3, 4, 5, 7, 8, 14, 15, 16, 19, 20, 21, 22, 23, 24])
def test_every_dimension_takes_values_and_gives_them_back(own: Any, dimension: int) -> None:
    values = own.ids("target_values", q=f"target_dimension_id=={dimension}")
    path = f"{STRATEGY}/target_dimensions/{dimension}?full=*"
    own.post(path, include=values[:2], exclude=values[2:3], include_op="AND")
    data = own.get(path)["data"]
    assert [value["id"] for value in data["include"]] == values[:2]
    assert [value["id"] for value in data["exclude"]] == values[2:3]
    assert (data["enabled"], data["include_op"], data["exclude_op"]) == ({"active": True}, "AND", "OR")
    own.post(path, include=values[:1])
    assert set(own.get(path)["data"]) == {"enabled", "include", "include_op"}
    assert own.post(path)["data"] == {"enabled": {"active": False}}


def test_a_dimension_has_the_recorded_shape_in_xml(own: Any, recorded: Path) -> None:
    expected = ElementTree.parse(recorded / "xml" / "target_dimensions.xml").getroot()
    own.post(f"{STRATEGY}/target_dimensions/7", include=own.ids("target_values", q="target_dimension_id==7")[:1])
    root = own.xml(f"{STRATEGY}/target_dimensions/7", full="*")
    assert [child.tag for child in root] == [child.tag for child in expected]
    found, wanted = (one.find("include/entities/entity") for one in (root, expected))
    assert set(wanted.attrib) == set(found.attrib)  # type: ignore[union-attr]
    props = [{prop.get("name") for prop in one.findall("prop")} for one in (wanted, found)]  # type: ignore[union-attr]
    assert props[0] <= props[1]
    assert root.find("include/entities").get("target_op") == "OR"


def test_values_of_another_dimension_are_refused(own: Any, errors: Any) -> None:
    browser = own.ids("target_values", q="target_dimension_id==4")[0]
    for wrong in (browser, 424242, "x"):
        assert list(errors(own.post(f"{STRATEGY}/target_dimensions/7", include=wrong))) == ["include"]
    assert own.get(f"{STRATEGY}/target_dimensions/7")["data"] == {"enabled": {"active": False}}
    assert own.get(f"{STRATEGY}/target_dimensions/6")["meta"]["status"] == "not_found"


def test_all_dimensions_in_one_call(own: Any, errors: Any) -> None:
    regions = own.ids("target_values", q="target_dimension_id==7")
    browsers = own.ids("target_values", q="target_dimension_id==4")
    form = {
        "dimensions.1.code": "REGN",
        "dimensions.1.restriction": "INCLUDE",
        "dimensions.1.operation": "OR",
        "dimensions.1.value_ids": ",".join(map(str, regions[:2])),
        "dimensions.2.code": "BSER",
        "dimensions.2.restriction": "EXCLUDE",
        "dimensions.2.operation": "AND",
        "dimensions.2.value_ids": browsers[0],
    }
    rows = own.post(f"{STRATEGY}/target_values?full=*", **form)["data"]
    found = {row["target_dimension"]["code"]: row for row in rows}
    assert {row["entity_type"] for row in rows} == {"strategy_target"}
    assert [value["id"] for value in found["REGN"]["target_values"]] == regions[:2]
    assert (found["BSER"]["exclude"], found["BSER"]["target_op"]) == (True, "AND")
    assert own.get(f"{STRATEGY}/target_values", full="*")["data"] == rows
    assert list(errors(own.post(f"{STRATEGY}/target_values", **{"dimensions.1.code": "NOPE"}))) == ["dimensions.1.code"]


def test_postal_codes_come_as_a_file_and_errors_are_a_list(own: Any) -> None:
    def send(text: str, **form: str) -> Any:
        return own.raw("POST", f"{STRATEGY}/target_postcodes", data=form, files={"file": ("codes.csv", text)}).json()

    assert send("10001\nSW1A 1AA\n", restriction="INCLUDE") == {"errors": [], "meta": {"status": "ok"}}
    refused = send("10001\n!!\n")
    assert (refused["meta"]["status"], len(refused["errors"])) == ("invalid", 1)
    assert send("10001\n!!\n", ignore_errors="1")["meta"]["status"] == "ok"
    assert send("10001", restriction="MAYBE")["errors"][0]["field"] == "restriction"


# Segments


@pytest.mark.parametrize(("kind", "group"), [("audience", "g1"), ("targeting", "tsg1")])
def test_segments_are_assigned_changed_and_unassigned(own: Any, kind: str, group: str) -> None:
    strategy = "strategies/10002"
    path = f"{strategy}/{kind}_segments"
    first, second = own.ids(f"{kind}_segments", q="buyable==1")[:2]
    assert own.get(path)["data"] == []
    form = {
        "segments.1.id": first,
        "segments.1.restriction": "INCLUDE",
        "segments.1.group_identifier": group,
        "segments.2.id": second,
        "segments.2.restriction": "EXCLUDE",
        "segments.2.user_cpm": "1.5",
        "include_op": "AND",
        "exclude_op": "OR",
    }
    own.post(path, **form)
    rows = own.get(path, full="*")["data"]
    assert [(row[f"{kind}_segment_id"], row["restriction"], row["group_identifier"]) for row in rows] == [
        (first, "INCLUDE", group),
        (second, "EXCLUDE", group),
    ]
    assert {row["entity_type"] for row in rows} == {f"strategy_{kind}_segment"}
    assert own.get(strategy)["data"][f"{kind}_segment_include_op"] == "AND"
    own.post(path, **{"segments.1.id": f"-{first}", "segments.1.restriction": "INCLUDE", "include_op": "OR"})
    left = own.get(path, full="*")["data"]
    assert [row[f"{kind}_segment_id"] for row in left] == [second]
    assert own.get(strategy)["data"][f"{kind}_segment_include_op"] == "OR"
    relation = f"strategy_{kind}_segments"
    included = own.get(strategy, full=relation.rstrip("s"), **{"with": relation})["data"][relation]
    assert included == [{**left[0], "rel": relation}]


def test_unknown_segments_are_refused(own: Any, errors: Any) -> None:
    form = {"segments.1.id": "424242", "segments.2.id": "x", "segments.2.restriction": "MAYBE"}
    found = errors(own.post("strategies/10002/audience_segments", **form))
    assert set(found) == {"segments.1.id", "segments.2.id", "segments.2.restriction"}


@pytest.mark.parametrize("kind", ["audience", "targeting"])
def test_a_price_estimate_changes_nothing(own: Any, kind: str) -> None:
    segment = own.rows(f"{kind}_segments", q="buyable==1")[0]
    path = f"strategies/10002/{kind}_segments"
    form = {"segments.1.id": segment["id"], "segments.1.restriction": "INCLUDE"}
    price = float(own.post(f"{path}/cpm", **form)["data"]["prop"][0]["value"])
    assert price == segment["retail_cpm"][0]["value"]
    assert own.get(path)["data"] == []


def test_retired_segments_have_the_recorded_shape_and_a_total_of_0(api: Any, recorded: Path) -> None:
    expected = json.loads((recorded / "json" / "retired_audience_segments.json").read_bytes())
    found = api.get(f"{STRATEGY}/retired_audience_segments", full="*")
    assert_same_keys(found, expected)
    assert (found["meta"]["total_count"], found["meta"]["count"]) == (0, 1)


def test_retired_segments_can_only_be_removed(own: Any, errors: Any) -> None:
    path = f"{STRATEGY}/retired_audience_segments"
    row = own.get(path, full="*")["data"][0]
    assert errors(own.post(path, **{"retired_segments.1.id": "424242"}))
    assert own.post(path, **{"retired_segments.1.id": row["retired_audience_segment_id"]})["data"] == []
    assert own.get(path)["data"] == []


# Lists a strategy is given whole


def test_deals_answer_the_strategy_in_the_recorded_shape(own: Any, recorded: Path) -> None:
    expected = json.loads((recorded / "json" / "strategy_with_deals.json").read_bytes())
    reply = own.post(f"{STRATEGY}/deals", **{"deal.1.id": 3, "deal.2.id": 4})
    assert reply["data"]["deals"] == [{"entity_type": "deal", "id": 3}, {"entity_type": "deal", "id": 4}]
    assert reply["data"]["entity_type"] == expected["data"]["entity_type"] == "strategy"
    assert set(reply["data"]["deals"][0]) == set(expected["data"]["deals"][0])
    assert own.get(f"{STRATEGY}/deals", full="*")["data"] == reply["data"]
    root = own.xml(f"{STRATEGY}/deals", full="*")
    assert [one.attrib for one in root.findall("entity/entity")] == [
        {"id": "3", "type": "deal"},
        {"id": "4", "type": "deal"},
    ]


def test_saving_after_deals_and_supplies_needs_no_new_version(own: Any) -> None:
    version = own.version(STRATEGY)
    own.post(f"{STRATEGY}/deals", **{"deal.1.id": 3})
    own.post(f"{STRATEGY}/supplies", **{"supply_source.1.id": 3})
    assert own.post(STRATEGY, version=version, name="Saved")["data"]["version"] == version + 1


def test_unknown_deals_are_refused_as_recorded(own: Any, recorded: Path) -> None:
    expected = ElementTree.parse(recorded / "xml" / "validation_errors.xml").getroot().find("errors/field-error")
    reply = own.raw("POST", f"{STRATEGY}/deals", data={"deal.1.id": "424242"}, headers={"Accept": "*/*"})
    error = ElementTree.fromstring(reply.content).find("errors/field-error")
    assert error.attrib == expected.attrib  # type: ignore[union-attr]


def test_supplies_replace_the_list(own: Any) -> None:
    own.post(f"{STRATEGY}/supplies", **{"supply_source.1.id": 3, "supply_source.2.id": 5})
    data = own.post(f"{STRATEGY}/supplies", **{"supply_source.1.id": 4})["data"]
    assert [one["id"] for one in data["supply_sources"]] == [4]
    assert own.get(f"{STRATEGY}/supplies")["data"]["supply_sources"] == data["supply_sources"]
    assert data["deals"] == []


def test_domains_are_set_and_cleared(own: Any, errors: Any) -> None:
    path = f"{STRATEGY}/domain_restrictions"
    form = {"domains.1.domain": "a.example", "domains.1.restriction": "INCLUDE", "domains.2.domain": "b.example"}
    assert list(errors(own.post(path, **form))) == ["domains.2.restriction"]
    assert own.get(path)["data"] == []
    reply = own.post(path, **form, **{"domains.2.restriction": "EXCLUDE"})
    assert set(reply) == {"meta"}
    rows = own.get(path, full="*")["data"]
    assert [(row["domain"], row["restriction"]) for row in rows] == [("a.example", "INCLUDE"), ("b.example", "EXCLUDE")]
    raw = own.raw("POST", path, headers={"Accept": "*/*"})
    assert [child.tag for child in ElementTree.fromstring(raw.content)] == ["status"]
    assert own.get(path)["data"] == []


def test_day_parts_are_set_and_have_the_recorded_shape(own: Any, errors: Any, recorded: Path) -> None:
    path = f"{STRATEGY}/day_parts"
    one = {"day_parts.1.start_hour": "0", "day_parts.1.end_hour": "15", "day_parts.1.days": "WR"}
    rows = own.post(f"{path}?full=*", **one, **{"day_parts.1.user_time": "1"})["data"]
    assert [(row["days"], row["start_hour"], row["end_hour"], row["user_time"]) for row in rows] == [
        ("WR", 0, 15, True)
    ]
    assert rows[0]["name"] == f"Day Parts #{rows[0]['id']}"
    expected = ElementTree.parse(recorded / "xml" / "strategy_day_parts.xml").getroot()
    found = own.xml(path, full="*")
    assert found.find("entities").attrib == expected.find("entities").attrib  # type: ignore[union-attr]
    names = [{prop.get("name") for prop in root.findall("entities/entity[1]/prop")} for root in (expected, found)]
    assert names[0] <= names[1]
    bad = {**one, "day_parts.1.days": "XY", "day_parts.1.end_hour": "24"}
    assert set(errors(own.post(path, **bad))) == {"day_parts.1.days", "day_parts.1.end_hour"}
    assert own.get(path, full="*")["data"] == rows


# Campaigns


def test_the_relevant_flight(api: Any) -> None:
    id = next(
        row["id"]
        for row in api.get("campaigns", **{"with": "relevant_budget_flight"})["data"]
        if row["relevant_budget_flight"]
    )
    found = api.get(f"campaigns/{id}/budget_flights/relevant")["data"]
    assert (found["campaign_id"], found["is_relevant"]) == (id, True)
    assert api.ids(f"campaigns/limit/relevant_budget_flight={found['id']}") == [id]


def test_margins_have_the_older_shape(own: Any) -> None:
    reply = own.post("campaigns/7/margins", margin_pct="17.5")
    assert set(reply) == {"meta"}
    data = own.get("campaigns/7/margins")["data"]
    assert data["type"] == "campaign_margins_calc"
    assert {one["name"]: one["value"] for one in data["prop"]}["margin_pct"] == "17.5000"
    assert own.get("campaigns/7")["data"]["margin_pct"] == 17.5


def test_custom_brain_selections(own: Any) -> None:
    path = "campaigns/7/custom_brain_selections"
    made = own.post(path, selection_type="Event Pixel", selection_id=8001)["data"]
    assert (made["entity_type"], made["active"]) == ("campaign_custom_brain_selection", True)
    bulk = {"custom_brain_selections.1.id": made["id"], "custom_brain_selections.1.version": 0}
    rows = own.post(f"{path}/bulk?full=*", **bulk, **{"custom_brain_selections.1.active": 0})["data"]
    assert next(row["active"] for row in rows if row["id"] == made["id"]) is False
    assert own.post(f"{path}/{made['id']}/delete")["meta"]["status"] == "conflict"
    assert own.post(f"{path}/{made['id']}/delete", version=1)["meta"]["status"] == "ok"


def test_a_campaign_copy_is_new_and_knows_its_source(own: Any) -> None:
    source = own.get("campaigns/7")["data"]
    copy = own.post("campaigns/7/copy", name="Again", start_date="2027-02-01T00:00:00", end_date="2027-03-01T00:00:00")
    row = copy["data"]
    assert (row["id"], row["name"], row["source_campaign_id"], row["version"]) == (2501, "Again", 7, 0)
    assert row["start_date"] == "2027-02-01T00:00:00+0000"
    assert row["total_budget"] == source["total_budget"]
    flights = own.get("campaigns/2501/budget_flights", full="*")["data"]
    assert [(one["start_date"], one["end_date"]) for one in flights] == [(row["start_date"], row["end_date"])]
    assert own.post("campaigns/7/copy")["data"]["name"] == f"Copy of {source['name']}"
    assert own.get("campaigns/7")["data"] == source


def test_a_campaign_copy_must_end_after_it_starts(own: Any, errors: Any) -> None:
    assert list(errors(own.post("campaigns/7/copy", end_date="2001-01-01T00:00:00"))) == ["end_date"]


def test_a_strategy_copy_takes_all_along(own: Any) -> None:
    made = own.post(f"{STRATEGY}/copy")["data"]
    source = own.get(STRATEGY)["data"]
    assert made["id"] > 22000
    assert (made["name"], made["campaign_id"]) == (f"Copy of {source['name']}", source["campaign_id"])
    for child in ("audience_segments", "targeting_segments", "day_parts", "concepts"):
        counts = [own.get(f"strategies/{id}/{child}")["meta"]["count"] for id in (10001, made["id"])]
        assert counts[0] == counts[1] > 0, child


def test_bulk_copy_takes_along_what_is_switched_on(own: Any, errors: Any) -> None:
    source = own.get(STRATEGY)["data"]
    form = {
        "from_campaign_id": source["campaign_id"],
        "to_campaign_id": "9",
        "strategies.1.id": "10001",
        "strategies.1.name": "Moved",
        "strategies.1.audience_targeting": "1",
        "strategies.1.creative_assignment": "0",
    }
    (row,) = own.post("strategies/bulk_copy?full=*", **form)["data"]
    assert (row["name"], row["campaign_id"], row["pixel_target_expr"]) == ("Moved", 9, "")
    assert row["currency_code"] == own.get("campaigns/9")["data"]["currency_code"]
    assert own.get(f"strategies/{row['id']}/audience_segments")["meta"]["count"] == 2
    assert own.get(f"strategies/{row['id']}/concepts")["meta"]["count"] == 0
    assert list(errors(own.post("strategies/bulk_copy", **{**form, "strategies.1.id": "424242"}))) == [
        "strategies.1.id"
    ]


# Site lists


@pytest.mark.parametrize(("owner", "type"), [("campaigns/7", "campaign"), ("strategies/10002", "strategy")])
def test_site_lists_are_assigned(own: Any, owner: str, type: str) -> None:
    rows = own.get(f"{owner}/site_lists", full="*")["data"]
    assert {row["entity_type"] for row in rows} == {f"site_lists_for_{type}"}
    free = next(row["id"] for row in rows if not row["assigned"])
    form = {"site_lists.1.id": free, "site_lists.1.assigned": 1}
    after = own.post(f"{owner}/site_lists?full=*", **form)["data"]
    assert [row["id"] for row in after if row["assigned"]].count(free) == 1
    assigned = own.get(f"site_lists/{free}/assignments", full="*")["data"]
    assert int(owner.rpartition("/")[2]) in {row.get(f"{type}_id") for row in assigned}
    form["site_lists.1.assigned"] = 0
    assert own.post(f"{owner}/site_lists?full=*", **form)["data"] == rows


@pytest.mark.parametrize("key", ["domain", "domains"])
def test_domains_of_a_site_list_go_up_and_come_down(own: Any, key: str) -> None:
    id = own.ids("site_lists")[0]
    reply = own.raw("POST", f"site_lists/{id}/domains", data={key: ["a.example", "b.example"]})
    assert set(reply.json()) == {"meta"}
    file = own.raw("GET", f"site_lists/{id}/download.csv")
    assert file.headers["Content-Type"] == "text/csv; charset=UTF-8"
    assert file.text.splitlines() == ["domain", "a.example", "b.example"]
    assert own.get(f"site_lists/{id}")["data"]["sites_count"] == 2


# Uploads


def test_third_party_tags_become_creatives(own: Any) -> None:
    text = "name,width,height,tag\nOne,300,250,<script>1</script>\nTwo,x,250,<script>2</script>\n"
    files = {"file": ("tags.csv", text, "text/csv")}
    batch = own.raw("POST", "creatives/upload", data={"name": "Tags", "filename": "tags.csv"}, files=files).json()[
        "data"
    ]
    assert (batch["total"], batch["valid"], batch["invalid"]) == (2, 1, 1)
    assert [one["name"] for one in batch["placements"]] == ["One", "Two"]
    concept = own.get("concepts/5001")["data"]
    form = {
        "advertiser_id": concept["advertiser_id"],
        "batch_index": 1,
        "concept_1": 5001,
        "click_url_1": "https://x.example",
    }
    parts = {key: (None, str(value)) for key, value in form.items()}
    (made,) = own.raw("POST", f"creatives/upload/{batch['id']}?full=*", files=parts).json()["data"]
    assert (made["name"], made["width"], made["concept_id"], made["click_url"]) == (
        "One",
        300,
        5001,
        "https://x.example",
    )
    assert own.get(f"atomic_creatives/{made['id']}")["data"] == made
    refused = own.raw("POST", f"creatives/upload/{batch['id']}", files={**parts, "batch_index": (None, "2")})
    assert refused.json()["meta"]["status"] == "invalid"


def test_hosted_assets_become_creatives(own: Any, fresh_sandbox: Sandbox) -> None:
    files = [("file", ("banner.zip", b"PK", "application/zip")), ("file", ("backup.png", b"x", "image/png"))]
    assets = own.raw("POST", "creative_assets/upload?full=*", data={"name": ["Banner", "Backup"]}, files=files)
    rows = assets.json()["data"]
    assert fresh_sandbox.calls[-1].files == (("file", "banner.zip"), ("file", "backup.png"))
    assert [(row["name"], row["file_role"]) for row in rows] == [("Banner", "PRIMARY"), ("Backup", "BACKUP")]
    concept = own.get("concepts/5001")["data"]
    form = {
        "advertiserid": concept["advertiser_id"],
        "is_https": 1,
        "landingPage.1": "https://land.example",
        "click_url.1": "https://click.example",
        "primary.1": rows[0]["id"],
        "backup.1": rows[1]["id"],
        "concept.1": 5001,
    }
    parts = {key: (None, str(value)) for key, value in form.items()}
    (made,) = own.raw("POST", "creative_assets/approve?full=*", files=parts).json()["data"]
    assert (made["name"], made["file_type"], made["is_https"]) == ("Banner", "html5", True)
    assert made["click_through_url"] == "https://land.example"


# Users and accounts


def test_flags_are_changed_on_the_user_not_with_the_permissions(own: Any) -> None:
    own.post("users/3/permissions", agency_id="101", edit_campaigns="0", role="ADMIN")
    flags = own.get("users/3/permissions")["data"]["permissions"]["flags"][0]["access"]
    assert {flag["type"]: flag["value"] for flag in flags}["edit_campaigns"] == 1
    own.post("users/3", version=own.version("users/3"), edit_campaigns="0", role="REPORTER")
    flags = own.get("users/3/permissions")["data"]["permissions"]["flags"][0]["access"]
    found = {flag["type"]: flag["value"] for flag in flags}
    assert (found["edit_campaigns"], found["role"]) == (0, "REPORTER")


def test_acl_lists_the_users_of_an_account(own: Any) -> None:
    own.post("users/3/permissions", advertiser_id="7")
    (row,) = own.get("advertisers/7/acl", full="*")["data"]
    assert (row["entity_type"], row["user_id"], row["advertiser_id"], row["editable"]) == ("advertiser_acl", 3, 7, True)
    (entity,) = own.xml("advertisers/7/acl", full="*").findall("entities/entity")
    assert entity.get("type") == "advertiser_acl"
