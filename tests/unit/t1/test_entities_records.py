"""What single kinds of records do of their own: deals, slots, contracts, read-only ones."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from adplatforms.core.errors import APIError, ClientError, InvalidValueError, UnsentValueWarning
from adplatforms.core.testing import assert_calls, reply
from terminalone import T1
from terminalone.entities import Contract, Deal, PlacementSlot, Strategy, StrategyDayPart, SupplySource, T1Entity

Row = dict[str, Any]
CLASSES: list[Any] = sorted(set(T1Entity.__model__.registry.collections.values()), key=lambda model: model.__name__)
READ_ONLY = [
    "ACL",
    "CreativeApproval",
    "RMXStrategy",
    "RMXStrategyROITargetPixel",
    "RetiredAudienceSegment",
    "RetiredStrategyAudienceSegment",
    "StrategyTargetingSegment",
    "TargetValue",
    "TargetValueCount",
]


def form(t1: Any, number: int = -1) -> Row:
    return dict(t1.transport.calls[number].form)


# deals


@pytest.fixture
def deal_row(spec: Path) -> Row:
    found: Row = json.loads((spec / "t1" / "fixtures" / "json" / "media_api_deal.json").read_text())["data"]
    return found


def test_a_deal_is_read_typed(offline: Any, deal_row: Row) -> None:
    deal = offline(deal_row).get("deals", 11111)
    assert (type(deal), deal.status, deal.price) == (Deal, True, {"value": "4.3200", "currency_code": "EUR"})
    assert deal.start_datetime == datetime(2016, 11, 16, 12, 31, 10, tzinfo=UTC)
    assert deal.permissions["advertiser_ids"] == [12345, 123456]
    assert deal.sub_supply_source_id is None


def test_a_deal_is_saved_as_json_with_what_changed(offline: Any, deal_row: Row) -> None:
    """No version goes with it, and datetimes have their offset."""
    t1 = offline(deal_row, {**deal_row, "name": "New"}, deal_row)
    deal = t1.get("deals", 11111)
    assert t1.transport.calls[0].path == "deals/v1.0/deals/11111"
    deal.name, deal.status = "New", False
    deal.end_datetime = "2027-01-01T02:00:00+02:00"
    deal.price["value"] = "5.0000"
    deal.save()
    call = t1.transport.calls[-1]
    assert (call.method, call.path, call.form) == ("POST", "deals/v1.0/deals/11111", None)
    assert call.json == {
        "name": "New",
        "status": False,
        "end_datetime": "2027-01-01T00:00:00+0000",
        "price": {"value": "5.0000", "currency_code": "EUR"},
    }
    deal.name = "Newer"
    deal.save()
    assert t1.transport.calls[-1].json == {"name": "Newer"}


def test_a_new_deal(offline: Any, deal_row: Row) -> None:
    t1 = offline({**deal_row, "name": "N"})
    owner = {"type": "ADVERTISER", "id": 7}
    deal = t1.new("deal", name="N", owner=owner, price_type="FIXED", start_datetime="now", supply_source_id=4)
    deal.owner["id"] = 8
    deal.save()
    call = t1.transport.calls[-1]
    assert call.path == "deals/v1.0/deals"
    assert call.json["owner"] == {"type": "ADVERTISER", "id": 8}
    assert call.json["start_datetime"].endswith("+0000")
    assert owner == {"type": "ADVERTISER", "id": 7}
    assert deal.id == 11111


def test_what_a_new_deal_must_have() -> None:
    assert {name for name, field in Deal.__model__.fields.items() if field.required} >= {
        "name", "owner", "permissions", "price", "price_method", "price_type", "start_datetime", "end_datetime",
    }  # fmt: skip


@pytest.mark.parametrize("field", ["description", "supply_source_id", "sub_supply_source_id"])
def test_a_deals_field_can_be_cleared(offline: Any, deal_row: Row, field: str) -> None:
    """Known defect 33: None is sent, as null; `del` says the same."""
    row = {**deal_row, "description": "x", "sub_supply_source_id": 5}
    t1 = offline(row, {**row, field: None}, row, {**row, field: None})
    deal = t1.get("deals", 11111)
    setattr(deal, field, None)
    deal.save()
    assert t1.transport.calls[-1].json == {field: None}
    other = t1.get("deals", 11111)
    delattr(other, field)
    assert getattr(other, field) is None
    other.save()
    assert t1.transport.calls[-1].json == {field: None}


def test_bad_values_of_deals_are_refused_when_set(offline: Any, deal_row: Row) -> None:
    """Known defect 33: no TypeError turns into an AttributeError when it is saved."""
    deal = offline(deal_row).get("deals", 11111)
    for name, value in (("price", "4.32"), ("price_type", "FLAT"), ("supply_source_id", [4]), ("status", "yes?")):
        with pytest.raises(InvalidValueError, match=f"Deal.{name}"):
            setattr(deal, name, value)
    assert deal.changes() == {}


@pytest.mark.parametrize(("told", "status"), [("0", False), ("false", False), (True, True), ("1", True)])
def test_the_status_of_a_deal_in_any_shape(told: Any, status: bool) -> None:
    """Known defect 39: "0" and "false" are False."""
    assert Deal(None, {"status": told}).status is status


def test_errors_of_the_deals_service(offline: Any, deal_row: Row, spec: Path) -> None:
    body = (spec / "t1" / "fixtures" / "json" / "media_api_error.json").read_bytes()
    t1 = offline(deal_row, reply(body, "application/json", 400))
    deal = t1.get("deals", 11111)
    deal.name = "New"
    with pytest.raises(APIError, match=r"None is not of type 'integer'") as caught:
        deal.save()
    assert caught.value.field_errors == {"sub_supply_source_id": "None is not of type 'integer'"}
    assert (caught.value.code, caught.value.status) == ("error", 400)
    assert set(deal.changes()) == {"name"}


def test_deals_of_an_advertiser(offline: Any) -> None:
    t1 = offline([], [], [])
    for limit in ({"advertiser": 7}, {"permissions.advertiser_id": 7}):
        list(t1.get("deals", limit=limit))
        call = t1.transport.calls[-1]
        assert call.path == "deals/v1.0/deals"
        assert dict(call.params)["permissions.advertiser_id"] == "7"
    with pytest.raises(ClientError, match="deals are not limited by 'agency'"):
        t1.get("deals", limit={"agency": 7})


def test_the_older_shape_of_a_deal_is_readable(offline: Any) -> None:
    inside = (
        '<prop name="advertiser_id" value="7"/><prop name="status" value="1"/><prop name="price" value="2.5"/>'
        '<prop name="start_datetime" value="2016-11-16T12:31:10"/>'
    )
    body = f'<result><entity type="deal" id="5" version="2">{inside}</entity><status code="ok"/></result>'
    deal = offline(reply(body)).get("deals", 5)
    assert (deal.advertiser_id, deal.status, deal.price, deal.version) == ("7", True, "2.5", 2)


# records with rules of their own


def test_a_new_slot_gets_defaults_but_no_dates(offline: Any) -> None:
    """Known defect 38: nothing of 2012 is sent, and what is given wins."""
    row = {"entity_type": "placement_slot", "id": 3, "version": 0}
    t1 = offline(row, row)
    slot = t1.new("placement_slots", site_placement_id=9, width=300, height=250, buy_price=1.5, budget=7)
    slot.save()
    sent = form(t1)
    assert {name: sent[name] for name in ("budget", "ad_slot", "auction_type", "volume_unit")} == {
        "budget": "7.0",
        "ad_slot": "1",
        "auction_type": "FIRST_PRICED",
        "volume_unit": "impressions",
    }
    assert not {"start_date", "end_date"} & set(sent)
    slot.start_date = "2026-12-31"
    slot.save()
    assert form(t1) == {"start_date": "2026-12-31T00:00:00", "version": "0"}


def test_a_slot_can_be_saved_with_data(offline: Any) -> None:
    """Known defect 38: what is passed to save is what is sent."""
    row = {"entity_type": "placement_slot", "id": 3, "version": 0}
    t1 = offline(row, row)
    t1.get(PlacementSlot, 3).save({"width": 728})
    assert form(t1) == {"width": "728", "version": "0"}


def test_the_displayed_text_of_a_placement(offline: Any) -> None:
    """Known defect 38: an update without a name is no failure."""
    row = {"entity_type": "site_placement", "id": 3, "version": 0, "name": "Top"}
    t1 = offline(row, {**row, "display_text": "Top"}, row)
    placement = t1.new("site_placements", name="Top", publisher_site_id=4)
    placement.save()
    assert form(t1) == {"name": "Top", "publisher_site_id": "4", "display_text": "Top"}
    placement.media_type = "video"
    placement.save()
    assert form(t1) == {"media_type": "video", "version": "0"}


def test_contracts_are_saved(offline: Any) -> None:
    """Known defect 37: contracts are written, their undeclared fees on request."""
    row = {"entity_type": "contract", "id": 3, "version": 2, "organization_id": 1, "spend_cap": 5}
    t1 = offline(row, row, row)
    contract = t1.get("contracts", 3)
    contract.effective_end_date = "2027-12-31"
    contract.save(extra={"spend_cap": 10, "fbx_dynamic_cpm": None})
    assert form(t1) == {"effective_end_date": "2027-12-31T00:00:00", "spend_cap": "10", "version": "2"}
    assert contract.spend_cap == 5
    contract.save(extra={"spend_cap": 11})
    assert form(t1) == {"spend_cap": "11", "version": "2"}
    assert Contract(t1, organization_id=1).changes() == {"organization_id": (None, 1)}


def test_undeclared_values_go_along_with_any_save(offline: Any, deal_row: Row) -> None:
    row = {"entity_type": "atomic_creative", "id": 3, "version": 1, "is_mraid": False}
    t1 = offline(row, {**row, "is_mraid": True, "version": 2}, deal_row, deal_row)
    creative = t1.get("atomic_creatives", 3)
    extra = {"is_mraid": True}
    creative.save({"name": "x"}, extra=extra)
    assert form(t1) == {"name": "x", "version": "1", "is_mraid": "1"}
    assert (creative.is_mraid, extra) == (True, {"is_mraid": True})
    t1.get("deals", 11111).save(extra={"media_type": "video"})
    assert t1.transport.calls[-1].json == {"media_type": "video"}


def test_a_strategys_deal_is_made_of_its_two_ids(offline: Any) -> None:
    """Known defect 37: the fields of a StrategyDeal are sent when it is created, and fixed then."""
    row = {"entity_type": "strategy_deal", "id": 3, "version": 0, "strategy_id": 9, "deal_id": 4}
    t1 = offline(row)
    link = t1.new("strategy_deals", strategy_id=9, deal_id=4)
    link.save()
    assert form(t1) == {"strategy_id": "9", "deal_id": "4"}
    with pytest.warns(UnsentValueWarning, match="fixed once created"):
        link.deal_id = 5


def test_misspelt_names_of_the_classic_sdk_mean_the_right_ones(offline: Any) -> None:
    """Known defect 40: the right field is typed; the misspelt one reads it too."""
    row = {"entity_type": "strategy_day_part", "id": 3, "version": 0, "updated_on": "2026-03-01T00:00:00+0000"}
    part = offline(row).get(StrategyDayPart, 3)
    assert part.updated_on == part.udpated_on == datetime(2026, 3, 1, tzinfo=UTC)


def test_the_choices_of_supply_sources_are_applied() -> None:
    """Known defect 40."""
    source = SupplySource(None, rtb_type="BATCH")
    with pytest.raises(InvalidValueError, match="BATCH, MARKETPLACE, STANDARD"):
        source.rtb_type = "FAST"


def test_a_frequency_type_can_be_set(offline: Any) -> None:
    """Known defect 36."""
    row = {"entity_type": "advertiser", "id": 3, "version": 0, "frequency_type": "no-limit"}
    t1 = offline(row, row)
    advertiser = t1.get("advertisers", 3)
    advertiser.frequency_type = "even"
    advertiser.save()
    assert form(t1) == {"frequency_type": "even", "version": "0"}
    assert advertiser.get_formdata(includeunchanged=True) == {"frequency_type": "no-limit"}


def test_pixels_are_saved_without_their_type(offline: Any) -> None:
    """Known defect 42: pixel_type need not be loaded."""
    row = {"entity_type": "pixel_bundle", "id": 3, "version": 0, "name": "x"}
    t1 = offline(row, row)
    pixel = t1.get("pixel_bundles", 3)
    pixel.cost_cpm = None
    pixel.save()
    assert form(t1) == {"cost_cpm": "", "version": "0"}


def test_a_pixel_of_any_type_can_be_saved_elsewhere(offline: Any) -> None:
    """Known defect 42: another URL is honoured for pixels that are no data pixels too."""
    row = {"entity_type": "pixel_bundle", "id": 3, "version": 0, "name": "x", "pixel_type": "event"}
    t1 = offline(row, row, row)
    pixel = t1.get("pixel_bundles", 3)
    for save in (lambda: pixel.save({"name": "y"}, "pixel_bundles/3/there"), lambda: pixel.save({"name": "y"})):
        save()
    assert [call.path for call in t1.transport.calls[1:]] == [
        "api/v2.0/pixel_bundles/3/there",
        "api/v2.0/pixel_bundles/3",
    ]


def test_typing_mistakes_in_choices_are_refused() -> None:
    """Known defect 42: "CPA" does not become another goal."""
    with pytest.raises(InvalidValueError, match="did you mean 'cpa'"):
        Strategy(None, id=9).goal_type = "CPA"


@pytest.mark.parametrize("name", READ_ONLY)
def test_read_only_records_say_why(offline: Any, name: str) -> None:
    t1 = offline()
    model = next(model for model in CLASSES if model.__name__ == name)
    record = model(t1, {"id": 3})
    with assert_calls(t1, 0), pytest.raises(ClientError, match=r"3 cannot be saved \(.+\)"):
        record.save()


def test_all_others_are_saved() -> None:
    for model in CLASSES:
        assert bool(model._read_only) == (model.__name__ in READ_ONLY)


# against the sandbox


@pytest.mark.parametrize("json_replies", [True, False])
def test_every_collection_is_read(sandbox: Any, json_replies: bool) -> None:
    t1: T1 = sandbox.t1(json=json_replies)
    nested = {"acl", "permissions", "target_dimensions", "budget_flights"}
    for name, model in T1Entity.__model__.registry.collections.items():
        if name in nested:
            continue
        found = list(t1.get(name, full=True, page_limit=5))
        assert found, name
        for entity in found:
            assert type(entity) in (model, T1Entity.__model__.registry.find("target_values")), name
            assert all(getattr(entity, field, None) is not NotImplemented for field in entity.__model__.fields)


def test_a_deal_lives_in_the_sandbox(fresh_sandbox: Any) -> None:
    t1 = fresh_sandbox.t1()
    usable = list(t1.get("deals", limit={"advertiser": 7}, full=True, get_all=True))
    assert 0 < len(usable) < t1.count("deals")
    deal = usable[0]
    deal.name, deal.description = "Renamed", None
    deal.save()
    again = t1.get("deals", deal.id)
    assert (again.name, again.description) == ("Renamed", None)
