"""Saving by REST v3 and by GraphQL mutations: what is sent, what comes back, whose words an error is told in."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from adplatforms.core.errors import (
    AmbiguousWrite,
    APIError,
    ClientError,
    ConflictError,
    DeniedError,
    ParserException,
    UnknownFieldError,
    ValidationError,
)
from adplatforms.core.testing import reply
from adplatforms.sandbox import Sandbox
from adplatforms.ttd import TTD

Offline = Callable[..., TTD]


def body(ttd: TTD, place: int = -1) -> Any:
    """The REST body of a request, unwrapped where it went through Workflows."""
    sent = ttd.transport.calls[place].json
    return json.loads(sent["dataBody"]) if "dataBody" in sent else sent


def test_an_update_sends_the_id_and_what_changed(offline: Offline) -> None:
    ttd = offline({"data": {"advertiser": {"id": "a1", "name": "Old", "description": "x"}}}, reply("", status=240))
    advertiser = ttd.get("advertisers", "a1")
    advertiser.name = "New"
    advertiser.description = None
    changes = advertiser.save()
    assert set(changes) == {"name", "description"}
    request = ttd.transport.calls[-1]
    assert (request.json["methodType"], request.json["endpoint"]) == ("PUT", "advertiser")
    assert body(ttd) == {"AdvertiserId": "a1", "AdvertiserName": "New", "Description": None}
    assert request.writes
    assert (advertiser.name, advertiser.changes()) == ("New", {})


def test_nothing_changed_nothing_sent(offline: Offline) -> None:
    ttd = offline({"data": {"advertiser": {"id": "a1", "name": "Old"}}})
    assert ttd.get("advertisers", "a1").save() == {}
    assert len(ttd.transport.calls) == 1


def test_a_create_is_told_its_id(offline: Offline) -> None:
    record = {"DataGroupId": "d1", "AdvertiserId": "a1", "DataGroupName": "x", "FirstPartyDataIds": [1]}
    ttd = offline(record, route="rest-direct")
    group = ttd.new("data_groups", name="x", advertiser_id="a1", first_party_data_ids=[1])
    group.save()
    (request,) = ttd.transport.calls
    assert (request.method, request.path) == ("POST", "datagroup")
    assert body(ttd) == {"DataGroupName": "x", "AdvertiserId": "a1", "FirstPartyDataIds": [1]}
    assert group.id == "d1"


def test_a_create_without_what_it_needs_sends_nothing(offline: Offline) -> None:
    ttd = offline()
    with pytest.raises(ClientError, match="cannot be created without advertiser_id"):
        ttd.new("audiences", name="x").save()
    with pytest.raises(ClientError, match="cannot be created without name"):
        ttd.new("seeds", advertiser_id="a1").save()
    assert ttd.transport.calls == []


def test_moments_and_nested_values_are_written_as_rest_has_them(offline: Offline) -> None:
    ttd = offline({"ContractId": "k1"}, route="rest-direct")
    moment = datetime(2026, 6, 1, 2, tzinfo=UTC)
    price = {"amount": "2.5", "currency_code": "EUR"}
    ttd.new("contracts", name="Deal", is_upfront=True, start_date_utc=moment, floor_price_cpm=price).save()
    assert body(ttd) == {
        "Name": "Deal",
        "IsUpfront": True,
        "StartDateUTC": "2026-06-01T02:00:00",
        "FloorPriceCPM": {"Amount": 2.5, "CurrencyCode": "EUR"},
    }


def test_strict_mode_is_a_header_and_goes_direct(offline: Offline) -> None:
    """The Workflows API hands on no headers."""
    ttd = offline({"SiteListId": "s1"}, strict=True)
    ttd.new("site_lists", name="x", advertiser_id="a1").save()
    (request,) = ttd.transport.calls
    assert (request.server, request.path) == ("https://api.thetradedesk.com/v3", "sitelist")
    assert request.headers["TTD-Strict-Mode"] == "true"


def test_errors_name_the_fields_as_python_does(offline: Offline) -> None:
    details = [
        {"Property": "AdvertiserName", "Reasons": ["is too long", "is taken"]},
        {"Property": "AdvertiserCategory.CategoryId", "Reasons": ["is unknown"]},
    ]
    refused = reply({"Message": "Invalid", "ErrorDetails": details}, status=400, x_ttd_request_id="r-1")
    ttd = offline({"data": {"advertiser": {"id": "a1", "name": "Old"}}}, refused)
    advertiser = ttd.get("advertisers", "a1")
    advertiser.name, advertiser.category_id = "New", 7
    with pytest.raises(ValidationError, match="name: is too long is taken") as caught:
        advertiser.save()
    assert caught.value.field_errors == {"name": "is too long is taken", "category_id": "is unknown"}
    assert caught.value.request_id == "r-1"
    assert set(advertiser.changes()) == {"name", "category_id"}


@pytest.mark.parametrize(
    ("status", "error", "words"),
    [(403, DeniedError, "may not"), (409, ConflictError, "No"), (410, APIError, "retired")],
)
def test_statuses_are_errors_of_their_kind(offline: Offline, status: int, error: type[APIError], words: str) -> None:
    ttd = offline({"data": {"advertiser": {"id": "a1"}}}, reply({"Message": "No"}, status=status))
    advertiser = ttd.get("advertisers", "a1")
    advertiser.name = "New"
    with pytest.raises(error, match=words) as caught:
        advertiser.save()
    assert caught.value.status == status


def test_what_rest_does_not_take_is_refused_before_it_is_sent(offline: Offline) -> None:
    ttd = offline({"data": {"advertiser": {"id": "a1", "isArchived": False}}})
    advertiser = ttd.get("advertisers", "a1")
    for name, value in {"is_archived": True, "partner_id": "p2", "vetting_status": "Approved"}.items():
        with pytest.raises(UnknownFieldError, match=name):
            setattr(advertiser, name, value)
    with pytest.raises(UnknownFieldError, match="did you mean 'description'"):
        advertiser.descripton = "x"


def test_lists_are_replaced_whole(fresh_ttd: TTD) -> None:
    advertiser = fresh_ttd.get("advertisers", "adv0001")
    advertiser.keywords = ["tea", "Käse"]
    advertiser.save()
    assert fresh_ttd.get("advertisers", "adv0001").keywords == ["tea", "Käse"]


# what the sandbox really keeps


def test_records_of_rest_are_created_changed_and_archived(fresh_ttd: TTD) -> None:
    for collection, values in {
        "audiences": {"name": "Käufer", "advertiser_id": "adv0001", "description": "x"},
        "data_groups": {"name": "Käufer", "advertiser_id": "adv0001"},
        "creatives": {
            "name": "Banner",
            "advertiser_id": "adv0001",
            "image_attributes": {"ImageUrl": "https://cdn.example.com/x.png", "Width": 300, "Height": 250},
        },
        "tracking_tags": {"name": "Kauf", "advertiser_id": "adv0001", "type": "Conversion"},
    }.items():
        entity = fresh_ttd.new(collection, **values)
        entity.save()
        assert entity.id
        entity.name = "Neu"
        entity.save()
        again = fresh_ttd.using(route="rest").get(collection, entity.id)
        assert (again.name, again.advertiser_id, again.is_archived) == ("Neu", "adv0001", False), collection
        entity.archive()
        assert entity.is_archived is True
        assert fresh_ttd.using(route="rest").get(collection, entity.id).is_archived is True


def test_bid_lists_are_created_changed_and_deleted(fresh_ttd: TTD) -> None:
    lines = [{"BidAdjustment": 1.5, "DomainFragment": "example.com"}]
    bid_list = fresh_ttd.new(
        "bid_lists",
        name="Domains",
        adjustment_type="Optimized",
        resolution_type="ApplyMultiplyAdjustment",
        owner="Advertiser",
        owner_id="adv0001",
        bid_lines=lines,
    )
    bid_list.save()
    bid_list.name = "Sites"
    bid_list.save()
    assert fresh_ttd.get("bid_lists", bid_list.id).name == "Sites"
    bid_list.delete()
    with pytest.raises(LookupError, match="no IBidList"):
        fresh_ttd.get("bid_lists", bid_list.id)


def test_labels_cannot_be_changed(fresh_ttd: TTD) -> None:
    label = next(iter(fresh_ttd.labels.within(partner="prt0001")))
    with pytest.raises(UnknownFieldError, match="fixed once created"):
        label.name = "x"


def test_what_cannot_be_deleted_or_archived_says_so(ttd: TTD) -> None:
    with pytest.raises(ClientError, match=r"cannot delete campaign cmp0001 .*archive"):
        ttd.get("campaigns", "cmp0001").delete()
    with pytest.raises(ClientError, match="cannot archive universal pixel"):
        next(iter(ttd.universal_pixels)).archive()
    partner = ttd.get("partners", "prt0001")
    with pytest.raises(ClientError, match="REST cannot change partner prt0001"):
        ttd.dialect.write(partner, {"name": "x"})


# flights and seeds


def test_a_flights_budget_is_changed_alone(sandbox: Sandbox, fresh_ttd: TTD, fresh_sandbox: Sandbox) -> None:
    flight = fresh_ttd.get("campaigns", "cmp0001").flights[0]
    flight.budget_in_advertiser_currency = "4321.5"
    flight.save()
    assert fresh_ttd.get("campaigns", "cmp0001").flights[0].budget_in_advertiser_currency == Decimal("4321.5")
    assert flight.refresh().budget_in_advertiser_currency == Decimal("4321.5")


def test_flights_are_created_by_a_mutation_and_deleted_by_rest(fresh_ttd: TTD) -> None:
    campaigns = fresh_ttd.campaigns.where(advertiser_id="adv0001").include("flights")
    campaign = next(c for c in campaigns if c.flights and all(f.end_date_exclusive_utc for f in c.flights))
    before = {flight.id for flight in campaign.flights}
    last = max(flight.end_date_exclusive_utc for flight in campaign.flights)
    flight = fresh_ttd.new(
        "campaign_flights",
        campaign_id=campaign.id,
        start_date_inclusive_utc=last,
        end_date_exclusive_utc=last.replace(year=last.year + 1),
        budget_in_advertiser_currency=1000,
    )
    flight.save()
    assert flight.id not in before
    assert flight.campaign == campaign
    flight.delete()
    assert {flight.id for flight in fresh_ttd.campaign_flights.within(campaign=campaign)} == before


def test_a_mutation_spells_out_its_input(offline: Offline) -> None:
    """The facts name no input types that variables could be declared with."""
    ttd = offline({"data": {"seedCreate": {"data": {"id": "s1"}, "userErrors": []}}}, route="graphql-direct")
    seed = ttd.new("seeds", name='Käufer "neu"', advertiser_id="a1")
    seed.save()
    (request,) = ttd.transport.calls
    assert request.writes
    assert 'seedCreate(input: {name: "Käufer \\"neu\\"", advertiserId: "a1"})' in request.json["query"]
    assert "userErrors { field message }" in request.json["query"]
    assert "variables" not in request.json
    assert seed.id == "s1"


def test_user_errors_of_a_mutation_are_field_errors(offline: Offline) -> None:
    errors = [{"field": ["input", "name"], "message": "is taken"}, {"field": [], "message": "and more"}]
    ttd = offline({"data": {"seedCreate": {"data": None, "userErrors": errors}}})
    seed = ttd.new("seeds", name="x", advertiser_id="a1")
    with pytest.raises(ValidationError, match="name: is taken; and more") as caught:
        seed.save()
    assert caught.value.field_errors == {"name": "is taken"}
    assert set(seed.changes()) == {"name", "advertiser_id"}


def test_seeds_are_created_and_renamed(fresh_ttd: TTD) -> None:
    seed = fresh_ttd.new("seeds", name="Neue", advertiser_id="adv0001")
    seed.save()
    seed.name = "Neuere"
    seed.save()
    assert seed.id in {each.id for each in fresh_ttd.seeds.within(advertiser="adv0001")}
    assert fresh_ttd.get("seeds", seed.id).name == "Neuere"


def test_a_create_has_to_be_answered_with_rests_own_id(offline: Offline) -> None:
    """``{"id": ...}`` is the answer of something else: REST calls it SiteListId."""
    ttd = offline({"id": "9"})
    with pytest.raises(AmbiguousWrite, match="its id"):
        ttd.new("site_list", name="Spring", advertiser_id="a1").save()


def test_what_rest_neither_archives_nor_deletes_is_refused_before_it_is_sent(offline: Offline) -> None:
    ttd = offline(route="rest-direct")
    with pytest.raises(ClientError, match="cannot archive bid list 8"):
        ttd.reference("bid_lists", "8").archive()
    with pytest.raises(ClientError, match=r"cannot delete advertiser a1 .*archive\(\) it instead"):
        ttd.reference("advertisers", "a1").delete()
    with pytest.raises(ClientError, match=r"cannot delete ad group flight g1/7$"):
        ttd.reference("ad_group_flights", "g1/7").delete()
    assert ttd.transport.calls == []


def test_an_archived_record_is_asked_to_be_so_and_a_deleted_one_is_named(offline: Offline) -> None:
    ttd = offline({"CreativeId": "k1", "Availability": "Archived"}, reply(b"", "", 204), route="rest-direct")
    creative = ttd.reference("creatives", "k1")
    creative.archive()
    assert creative.is_archived is True
    ttd.reference("bid_lists", "8/x").delete()
    archived, deleted = ttd.transport.calls
    assert (archived.method, archived.path, archived.writes) == ("PUT", "creative", True)
    assert archived.json == {"CreativeId": "k1", "Availability": "Archived"}
    assert (deleted.method, deleted.path, deleted.json, deleted.writes) == ("DELETE", "bidlist/8%2Fx", None, True)


def test_records_inside_another_that_lacks_their_place_are_no_empty_list(offline: Offline) -> None:
    whole, without = {"CampaignId": "c1", "CampaignFlights": None}, {"CampaignId": "c1"}
    assert list(offline(whole, route="rest-direct").campaign_flights.within(campaign="c1")) == []
    with pytest.raises(ParserException, match="expected CampaignFlights"):
        list(offline(without, route="rest-direct").campaign_flights.within(campaign="c1"))


def test_a_create_without_its_record_is_not_a_success(offline: Callable[..., TTD]) -> None:
    """REST's 240, "nothing to return", is the answer to an update only: a record that was created has an id."""
    ttd = offline(*[reply("", status=240)] * 30)
    advertiser = ttd.new("advertiser", name="New", partner_id="p1")
    with pytest.raises((ParserException, AmbiguousWrite), match="it is not a JSON object with something in it"):
        advertiser.save()
    assert advertiser.changes()
