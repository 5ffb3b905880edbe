"""What single kinds of records do of their own, and the classic SDK's defects with records shown mended."""

import json
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from adplatforms.core.errors import (
    APIError,
    ClientError,
    ConflictError,
    DeniedError,
    InvalidValueError,
    UnsentValueWarning,
    ValidationError,
)
from adplatforms.core.testing import assert_calls, reply
from terminalone import T1
from terminalone.models import (
    AudienceSegment,
    Contract,
    Deal,
    PlacementSlot,
    StrategyDayPart,
    SupplySource,
    T1Entity,
    TargetValue,
)

Row = dict[str, Any]
CLASSES = sorted(set(T1Entity._registry.collections.values()), key=lambda model: model.__name__)
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
    assert deal.start_datetime == datetime(2016, 11, 16, 12, 31, 10, tzinfo=timezone.utc)
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
    t1 = offline(deal_row)
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
    for name, value in (
        ("price", "4.32"),
        ("price_type", "FLAT"),
        ("supply_source_id", [4]),
        ("status", "yes?"),
    ):
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
    row = {
        "entity_type": "strategy_day_part",
        "id": 3,
        "version": 0,
        "updated_on": "2026-03-01T00:00:00+0000",
    }
    part = offline(row).get(StrategyDayPart, 3)
    assert part.updated_on == part.udpated_on == datetime(2026, 3, 1, tzinfo=timezone.utc)


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


def test_typing_mistakes_in_choices_are_refused() -> None:
    """Known defect 42: "CPA" does not become another goal."""
    with pytest.raises(InvalidValueError, match="did you mean 'cpa'"):
        offline_strategy().goal_type = "CPA"


def offline_strategy() -> Any:
    return T1Entity._registry.find("strategy")(None, id=9)


@pytest.mark.parametrize("name", READ_ONLY)
def test_read_only_records_say_why(offline: Any, name: str) -> None:
    t1 = offline()
    model = next(model for model in CLASSES if model.__name__ == name)
    record = model(t1, {"id": 3})
    with assert_calls(t1, 0), pytest.raises(ClientError, match=r"3 cannot be saved \(.+\)"):
        record.save()


def test_all_others_are_saved(offline: Any) -> None:
    for model in CLASSES:
        assert bool(model._read_only) == (model.__name__ in READ_ONLY)


# reading


def test_the_parent_of_an_audience_segment_is_a_segment(offline: Any) -> None:
    parent = {"entity_type": "audience_segment", "id": 1, "rel": "parent", "name": "All"}
    t1 = offline({"entity_type": "audience_segment", "id": 2, "version": 0, "parent": parent}, [])
    segment = t1.get(AudienceSegment, 2, include="parent")
    assert (type(segment.parent), segment.parent.name) == (AudienceSegment, "All")
    list(t1.get("audience_segments", parent=1))
    assert dict(t1.transport.calls[-1].params)["parent"] == "1"


def test_a_single_entity_counts_as_one(offline: Any) -> None:
    """Known defect 14: count=True gives a tuple, and the TargetValue class means target_values."""
    row = {"entity_type": "target_value", "id": 5}
    t1 = offline(row, [row])
    assert t1.get(TargetValue, 5, count=True) == (TargetValue(None, id=5), 1)
    list(t1.get(TargetValue, page_limit=1))
    assert [call.path for call in t1.transport.calls] == [
        "api/v2.0/target_values/5",
        "api/v2.0/target_values",
    ]


@pytest.mark.parametrize(
    "kind",
    [
        "currency",
        "time_zone",
        "targeting_segment",
        "strategy_target",
        "creative_asset",
        "site_list_assignment",
        "targeting_vendor",
        "something_new",
    ],
)
def test_types_without_a_class_are_generic(offline: Any, kind: str) -> None:
    """Known defect 15: a row or an included relation of an unknown type does not end the listing."""
    row = {"entity_type": kind, "id": 3, "code": "x"}
    known = {"entity_type": "campaign", "id": 1, "name": "a", kind: {**row, "rel": kind}, "others": [row]}
    first, second = offline([row, known]).get("campaigns")
    assert (first.id, first.code, type(first).__mro__[1]) == (3, "x", T1Entity)
    assert getattr(second, kind).code == second.others[0].code == "x"


def test_props_without_value_and_unknown_elements(offline: Any) -> None:
    """Known defect 21, also for nested entities without rel and of an unknown type."""
    inside = (
        '<prop name="description"/><surprise a="1"><b/></surprise><prop name="name" value="x"/>'
        '<entity type="something_new" id="4"/>'
    )
    body = f'<result><entity type="strategy" id="9">{inside}</entity><status code="ok"/></result>'
    strategy = offline(reply(body)).get("strategies", 9)
    assert (strategy.name, strategy.description) == ("x", None)
    assert [each.id for each in strategy.something_news] == [4]


@pytest.mark.parametrize(
    ("errors", "told"),
    [
        (None, "auth_required"),
        ({"message": "one"}, "one"),
        ("text", "text"),
        (["a", {"message": "b"}], "a, b"),
        ([{"field": "name", "message": "short"}, {"message": "general"}], "name"),
    ],
)
def test_errors_of_any_shape(offline: Any, errors: Any, told: str) -> None:
    """Known defect 22: no shape of an error hides what it says."""
    status = "auth_required" if errors is None else "invalid"
    body = {"meta": {"status": status}, **({} if errors is None else {"errors": errors})}
    with pytest.raises(APIError) as caught:
        offline(reply(body)).get("campaigns", 7)
    if isinstance(caught.value, ValidationError):
        assert all(part in str(caught.value) for part in told.split(", "))
    if told == "name":
        assert "general" in str(caught.value)
        assert caught.value.field_errors == {"name": "short"}


def test_a_list_of_numbers_in_a_field(offline: Any) -> None:
    """Known defect 22."""
    assert offline({"entity_type": "campaign", "id": 7, "numbers": [1, 2]}).get("campaigns", 7).numbers == [
        1,
        2,
    ]


@pytest.mark.parametrize(
    ("wire", "value"),
    [([], None), ([{"currency_code": "USD", "value": ""}], None), ("", None), ("10.0000", 10.0), (7, 7.0)],
)
def test_money_of_any_shape(offline: Any, wire: Any, value: Any) -> None:
    """Known defect 24: an empty list and an empty text are no amount."""
    row = {"entity_type": "campaign", "id": 7, "version": 1, "total_budget": wire}
    assert offline(row).get("campaigns", 7).total_budget == value


@pytest.mark.parametrize(
    ("wire", "moment"),
    [
        ("2026-03-01T10:00:00.250Z", datetime(2026, 3, 1, 10, 0, 0, 250000, tzinfo=timezone.utc)),
        ("2026-03-01", datetime(2026, 3, 1, tzinfo=timezone.utc)),
        ("2026-03-01T10:00:00+05:30", datetime(2026, 3, 1, 4, 30, tzinfo=timezone.utc)),
    ],
)
def test_dates_of_any_shape(offline: Any, wire: str, moment: datetime) -> None:
    """Known defect 24."""
    row = {"entity_type": "campaign", "id": 7, "version": 1, "start_date": wire}
    assert offline(row).get("campaigns", 7).start_date == moment


def test_all_currencies_of_an_amount(offline: Any, campaign_row: Row) -> None:
    """Known defect 24: no currency is dropped."""
    amounts = offline(campaign_row).get("campaigns", 7).amounts("total_budget")
    assert {code: str(amount) for code, amount in amounts.items()} == {"USD": "20", "EUR": "18.5"}


# writing


def failures() -> Iterator[Any]:
    yield (
        reply({"errors": [{"field": "name", "message": "bad"}], "meta": {"status": "invalid"}}),
        ValidationError,
    )
    yield reply({"meta": {"status": "conflict"}}), ConflictError
    yield reply({"meta": {"status": "denied"}}), DeniedError
    yield reply("<html>busy</html>", "text/html", 503), APIError


@pytest.mark.parametrize(("answered", "error"), list(failures()))
def test_a_failed_save_changes_nothing(offline: Any, campaign_row: Row, answered: Any, error: Any) -> None:
    """Known defects 26 and 35: the next save sends the same, with no stale version; each status has its class."""
    t1 = offline(campaign_row, answered, {**campaign_row, "version": 4})
    campaign = t1.get("campaigns", 7)
    campaign.set({"status": False, "start_date": "2026-04-01T00:00:00+02:00"})
    before = campaign.changes()
    with pytest.raises(error):
        campaign.save()
    assert campaign.changes() == before
    campaign.save()
    assert form(t1, 1) == form(t1, 2) == {"status": "0", "start_date": "2026-03-31T22:00:00", "version": "3"}


def test_bad_values_are_one_kind_of_error(offline: Any) -> None:
    """Known defect 27: in the constructor, by assignment, and None for a plain date."""
    t1 = offline([{"entity_type": "campaign", "id": 7, "name": "x"}])
    with pytest.raises(ClientError, match=r"Campaign.start_date"):
        t1.new("campaigns", properties={"start_date": "soon"})
    campaign = t1.new("campaigns")
    for name, value in (
        ("start_date", "soon"),
        ("start_date", None),
        ("goal_value", None),
        ("status", "maybe"),
    ):
        with pytest.raises(ClientError, match=f"Campaign.{name}"):
            setattr(campaign, name, value)
    short = next(t1.get("campaigns"))
    short.name = "y"
    with assert_calls(t1, 0), pytest.raises(ClientError, match=r"call refresh\(\)"):
        short.save()


def test_a_created_record_is_updated_next(offline: Any) -> None:
    """Known defect 28: the second save sends what changed since, and the caller's dict stays as it was."""
    row = {"entity_type": "concept", "id": 3, "version": 0, "name": "A", "advertiser_id": 7}
    t1 = offline(row, {**row, "name": "B", "version": 1})
    given = {"name": "A", "advertiser_id": "7"}
    concept = t1.new("concepts", properties=given)
    concept.save()
    concept.name = "B"
    concept.save()
    assert [call.path for call in t1.transport.calls] == ["api/v2.0/concepts", "api/v2.0/concepts/3"]
    assert form(t1) == {"name": "B", "version": "0"}
    assert given == {"name": "A", "advertiser_id": "7"}


def test_setting_the_id_changes_no_url(offline: Any, campaign_row: Row) -> None:
    """Known defect 29."""
    t1 = offline(campaign_row, campaign_row)
    campaign = t1.get("campaigns", 7)
    with pytest.warns(UnsentValueWarning, match="id is read-only"):
        campaign.id = 8
    campaign.name = "Summer"
    campaign.save()
    assert t1.transport.calls[-1].path == "api/v2.0/campaigns/7"


def test_times_of_any_zone_are_sent_in_utc(offline: Any, campaign_row: Row) -> None:
    """Known defect 31."""
    t1 = offline(campaign_row, campaign_row)
    campaign = t1.get("campaigns", 7)
    campaign.start_date = datetime.fromisoformat("2026-06-01T00:00:00+05:00")
    campaign.save()
    assert form(t1)["start_date"] == "2026-05-31T19:00:00"


def test_included_records_stay_records_after_a_save(offline: Any, campaign_row: Row) -> None:
    """Known defect 32."""
    advertiser = {"entity_type": "advertiser", "id": 12, "rel": "advertiser", "name": "Acme"}
    t1 = offline({**campaign_row, "advertiser": advertiser}, {**campaign_row, "name": "Summer", "version": 4})
    campaign = t1.get("campaigns", 7, include="advertiser")
    campaign.name = "Summer"
    campaign.save()
    with assert_calls(t1, 0):
        assert campaign.advertiser.name == "Acme"


def test_a_deleted_value_reads_as_none(offline: Any, campaign_row: Row) -> None:
    """Known defect 33: no marker is visible."""
    campaign = offline(campaign_row).get("campaigns", 7)
    del campaign.pc_window_minutes
    assert campaign.pc_window_minutes is None
    assert campaign.to_dict()["pc_window_minutes"] is None


# against the sandbox


@pytest.mark.parametrize("json_replies", [True, False])
def test_every_collection_is_read(sandbox: Any, json_replies: bool) -> None:
    t1: T1 = sandbox.t1(json=json_replies)
    nested = {"acl", "permissions", "target_dimensions", "budget_flights"}
    for name, model in T1Entity._registry.collections.items():
        if name in nested:
            continue
        found = list(t1.get(name, full=True, page_limit=5))
        assert found, name
        for entity in found:
            assert type(entity) in (model, T1Entity._registry.find("target_values")), name
            assert all(getattr(entity, field, None) is not NotImplemented for field in entity._fields)


def test_a_deal_lives_in_the_sandbox(fresh_sandbox: Any) -> None:
    t1 = fresh_sandbox.t1()
    usable = list(t1.get("deals", limit={"advertiser": 7}, full=True, get_all=True))
    assert 0 < len(usable) < t1.count("deals")
    deal = usable[0]
    deal.name, deal.description = "Renamed", None
    deal.save()
    again = t1.get("deals", deal.id)
    assert (again.name, again.description) == ("Renamed", None)
