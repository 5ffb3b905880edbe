"""Relations: included, loaded on first touch for all peers at once, null, assigned, forbidden."""

from typing import Any

import pytest

from adplatforms.core.errors import InvalidValueError, LazyLoadError, NotFoundError, UnknownNameError
from adplatforms.core.messages import Answer, Request
from adplatforms.core.relations import Children, Ref
from adplatforms.core.state import EntityState
from adplatforms.core.testing import FakeTransport, assert_calls, reply
from terminalone import T1
from terminalone.entities import Advertiser, Agency, Campaign, Strategy

AGENCY = {"entity_type": "agency", "id": 3, "name": "Agency", "rel": "agency"}
ADVERTISER = {"entity_type": "advertiser", "id": 12, "name": "Shoes", "rel": "advertiser", "agency": AGENCY}


def campaigns(*more: dict[str, Any]) -> list[dict[str, Any]]:
    """Campaigns 1, 2, 3, ... with these values each."""
    return [{"entity_type": "campaign", "id": n, "name": f"c{n}", **row} for n, row in enumerate(more, 1)]


# included


def test_one_list_and_chain_as_included_need_no_request(offline: Any) -> None:
    strategies = [{"entity_type": "strategy", "id": n, "name": f"s{n}", "rel": "strategies"} for n in (1, 2)]
    t1 = offline(campaigns({"advertiser": ADVERTISER, "strategies": strategies}))
    (campaign,) = t1.get("campaigns", include=[["advertiser", "agency"], "strategies"], page_limit=100)
    with assert_calls(t1, 0):
        assert (type(campaign.advertiser), campaign.advertiser.name) == (Advertiser, "Shoes")
        assert (type(campaign.advertiser.agency), campaign.advertiser.agency.id) == (Agency, 3)
        assert [strategy.name for strategy in campaign.strategies] == ["s1", "s2"]
        assert {type(strategy) for strategy in campaign.strategies} == {Strategy}
    assert campaign.advertiser is campaign.advertiser
    assert campaign.strategies is campaign.strategies


def test_a_role_named_parent_comes_as_a_list_of_one(offline: Any) -> None:
    contact = {"entity_type": "contact", "id": 281, "name": "Ann", "rel": "billing_contact"}
    row = {"entity_type": "agency", "id": 3, "billing_contact": [contact], "sales_contact": []}
    agency = offline(row).get("agencies", 3, include=["billing_contact", "sales_contact"])
    assert (agency.billing_contact.name, type(agency.billing_contact).__name__) == ("Ann", "Contact")
    assert agency.sales_contact is None


def test_an_included_null_and_an_empty_list(offline: Any) -> None:
    t1 = offline(campaigns({"advertiser": None, "strategies": []}))
    (campaign,) = t1.get("campaigns", include=["advertiser", "strategies"], page_limit=100)
    assert campaign.advertiser is None
    assert campaign.strategies == []


def test_what_was_included_with_another_relation_is_not_taken_for_included(offline: Any) -> None:
    """Advertisers came with their agency, strategies without their campaign: it is loaded, and not None."""
    strategy = {"entity_type": "strategy", "id": 5, "rel": "strategies", "name": "s"}
    rows = campaigns({"advertiser": ADVERTISER, "strategies": [strategy]})
    (campaign,) = offline(rows).get("campaigns", include=[["advertiser", "agency"], ["strategies", "campaign"]])
    of_advertisers, of_strategies = (
        EntityState(campaign).peers.nested("advertiser"),
        EntityState(campaign).peers.nested("strategies"),
    )
    assert (of_advertisers.included, of_strategies.included) == ((("agency",),), (("campaign",),))
    assert [of_advertisers.includes(name) for name in ("agency", "campaign")] == [True, False]
    assert [of_strategies.includes(name) for name in ("agency", "campaign")] == [False, True]


# first touch


def test_the_first_touch_loads_for_the_whole_page_and_the_second_is_free(sandbox: Any) -> None:
    t1 = sandbox.t1()
    page = list(t1.get("campaigns", full=True, page_limit=100))
    assert len(page) == 100
    with assert_calls(t1, 1) as calls:
        names = [campaign.advertiser.name for campaign in page]
    assert calls[0].path == "api/v2.0/advertisers"
    with assert_calls(t1, 0):
        again = [campaign.advertiser.name for campaign in page]
    ids = {campaign.advertiser_id for campaign in page}
    known = {each.id: each.name for each in t1.advertisers.where(id=list(ids))}
    assert names == again == [known[campaign.advertiser_id] for campaign in page]


def test_limited_records_load_their_relation_too(sandbox: Any) -> None:
    t1 = sandbox.t1()
    page = list(t1.get("campaigns", page_limit=100))
    with assert_calls(t1, 1):
        advertisers = [campaign.advertiser for campaign in page]
    whole = {each.id: each.advertiser_id for each in t1.get("campaigns", full=True, page_limit=100)}
    assert [each.id for each in advertisers] == [whole[campaign.id] for campaign in page]
    assert all(hasattr(each, "domain") for each in advertisers), "what is loaded on touch is whole"


def test_lists_load_for_the_whole_page(sandbox: Any) -> None:
    t1 = sandbox.t1()
    page = list(t1.get("campaigns", page_limit=100, limit={"advertiser": 7}))
    with assert_calls(t1, 1):
        counts = {campaign.id: len(campaign.strategies) for campaign in page}
    expected = dict.fromkeys(counts, 0)
    for strategy in t1.query("strategies").within({"campaign.advertiser": 7}).include("campaign"):
        expected[strategy.campaign.id] += 1
    assert counts == expected
    assert sum(counts.values()) > 100


def test_relations_of_included_records_load_for_all_of_them(sandbox: Any) -> None:
    t1 = sandbox.t1()
    page = list(t1.get("campaigns", include="advertiser", full=True, page_limit=100))
    with assert_calls(t1, 1):
        agencies = {campaign.advertiser.agency.id for campaign in page}
    assert len(agencies) > 1
    with assert_calls(t1, 1):
        organizations = {campaign.advertiser.agency.organization.name for campaign in page}
    assert len(organizations) >= 1


def test_records_of_xml_load_the_same(sandbox: Any) -> None:
    t1 = sandbox.t1(json=False)
    page = list(t1.get("campaigns", full=True, page_limit=20))
    with assert_calls(t1, 1):
        found = [campaign.advertiser.id for campaign in page]
    assert found == [campaign.advertiser_id for campaign in page]


def test_a_null_foreign_key_is_none_without_a_request(offline: Any) -> None:
    t1 = offline(campaigns({"merit_pixel_id": None}, {"merit_pixel_id": ""}))
    found = list(t1.get("campaigns", full=True, page_limit=100))
    with assert_calls(t1, 0):
        assert [campaign.merit_pixel for campaign in found] == [None, None]


def test_one_that_cannot_be_seen_is_an_error_and_not_none(offline: Any) -> None:
    (campaign,) = offline(campaigns({"advertiser_id": 12}), []).get("campaigns", full=True, page_limit=100)
    with pytest.raises(NotFoundError, match=r"campaign 1\.advertiser: Advertiser 12 cannot be loaded"):
        _ = campaign.advertiser


def test_a_failed_load_may_be_tried_again(offline: Any) -> None:
    t1 = offline(campaigns({"advertiser_id": 12}), reply("", "text/html", 502), [ADVERTISER])
    (campaign,) = t1.get("campaigns", full=True, page_limit=100)
    with pytest.raises(Exception, match="HTTP 502"):
        _ = campaign.advertiser
    assert campaign.advertiser.name == "Shoes"


def test_ids_are_asked_for_once_each(offline: Any) -> None:
    rows = campaigns({"advertiser_id": 12}, {"advertiser_id": 9}, {"advertiser_id": 12}, {"advertiser_id": None})
    t1 = offline(rows, [ADVERTISER, {**ADVERTISER, "id": 9, "name": "Hats"}])
    found = list(t1.get("campaigns", full=True, page_limit=100))
    assert [c.advertiser and c.advertiser.name for c in found] == ["Shoes", "Hats", "Shoes", None]
    assert dict(t1.transport.calls[1].params)["q"] == "(12,9)"


# lazy="raise"


def test_touching_may_be_forbidden(offline: Any) -> None:
    t1 = offline(campaigns({"advertiser": ADVERTISER}, {"advertiser_id": 12}))
    t1.lazy = "raise"
    included, other = t1.get("campaigns", page_limit=100)
    with assert_calls(t1, 0):
        assert included.advertiser.name == "Shoes"
        with pytest.raises(LazyLoadError, match=r"campaign 2\.advertiser is not loaded.*include='advertiser'"):
            _ = other.advertiser
        with pytest.raises(LazyLoadError, match=r"campaign 2.strategies is not loaded"):
            _ = other.strategies
        other.advertiser_id = 13
        with pytest.raises(LazyLoadError, match=r"campaign 2.advertiser is not loaded"):
            _ = other.advertiser


# assigning


def test_assigning_an_entity_sets_its_id(offline: Any) -> None:
    t1 = offline(campaigns({"advertiser_id": 12, "advertiser": ADVERTISER}))
    (campaign,) = t1.get("campaigns", page_limit=100)
    hats = t1.new("advertisers", {"id": 13, "name": "Hats"})
    campaign.advertiser = hats
    assert campaign.changes() == {"advertiser_id": (12, 13)}
    with assert_calls(t1, 0):
        assert campaign.advertiser is hats
    campaign.revert()
    assert campaign.advertiser.name == "Shoes"


def test_an_unsaved_foreign_key_leads_to_the_new_one(offline: Any) -> None:
    t1 = offline(campaigns({"advertiser_id": 12, "advertiser": ADVERTISER}), {**ADVERTISER, "id": 13, "name": "Hats"})
    (campaign,) = t1.get("campaigns", page_limit=100)
    assert campaign.advertiser.name == "Shoes"
    campaign.advertiser_id = 13
    with assert_calls(t1, 1) as calls:
        assert (campaign.advertiser.name, campaign.advertiser.name) == ("Hats", "Hats")
    assert calls[0].path == "api/v2.0/advertisers/13"


def test_a_saved_foreign_key_leads_to_the_new_one_too(fresh_sandbox: Any) -> None:
    t1 = fresh_sandbox.t1()
    agencies = [each.id for each in t1.query("agencies")]
    advertiser = next(t1.get("advertisers", full=True, page_limit=100))
    before = advertiser.agency.id
    advertiser.agency_id = next(each for each in agencies if each != before)
    advertiser.save()
    assert advertiser.agency.id == advertiser.agency_id != before


def test_assigning_an_id_leads_to_its_entity(offline: Any) -> None:
    t1 = offline(campaigns({"advertiser_id": 12}), {**ADVERTISER, "id": 13, "name": "Hats"})
    (campaign,) = t1.get("campaigns", page_limit=100)
    campaign.advertiser = 13
    assert campaign.changes() == {"advertiser_id": (12, 13)}
    assert campaign.advertiser.name == "Hats"


def test_a_new_entity_reaches_its_parent(offline: Any) -> None:
    t1 = offline(ADVERTISER)
    new = t1.new("campaigns", advertiser=t1.new("advertisers", {"id": 12}))
    assert new.advertiser_id == 12
    assert t1.new("campaigns", advertiser_id=12).advertiser.name == "Shoes"


def test_a_set_that_is_refused_leaves_related_records_as_they_were(offline: Any) -> None:
    t1 = offline(campaigns({"advertiser_id": 12, "advertiser": ADVERTISER}))
    (campaign,) = t1.get("campaigns", page_limit=100)
    shoes = campaign.advertiser
    with pytest.raises(InvalidValueError, match="goal_type"):
        campaign.set({"advertiser": t1.reference("advertisers", 13), "goal_type": "cppa"})
    with assert_calls(t1, 0):
        assert campaign.advertiser is shoes
    assert campaign.changes() == {}


def test_what_was_just_created_loads_its_relations(fresh_sandbox: Any) -> None:
    t1 = fresh_sandbox.t1()
    concept = t1.new("concepts", name="Spring", advertiser_id=7)
    concept.save()
    assert concept.advertiser.id == 7
    agency = t1.new("agencies", name="New", organization_id=t1.query("organizations").first().id)
    agency.save()
    assert agency.advertisers == []
    t1.get("advertisers", 7).save({"agency_id": agency.id})
    assert [each.id for each in t1.get("agencies", agency.id).advertisers] == [7]


def test_relations_of_a_refreshed_record_load(sandbox: Any) -> None:
    t1 = sandbox.t1()
    campaign = next(t1.get("campaigns", page_limit=1))
    campaign.refresh()
    assert campaign.advertiser.id == campaign.advertiser_id
    assert {each.campaign_id for each in campaign.refresh().strategies} == {campaign.id}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Strategy(None, {"id": 1}), "takes an Advertiser or its id: these are strategies, not advertisers"),
        (Advertiser(None), r"has none yet \(save\(\) it first\)"),
        (None, "cannot be None"),
        ("twelve", "whole number"),
    ],
    ids=["other class", "unsaved", "none", "text"],
)
def test_what_cannot_be_assigned(value: Any, words: str) -> None:
    campaign = Campaign(None, {"id": 1})
    with pytest.raises(InvalidValueError, match=words):
        campaign.advertiser = value
    assert campaign.changes() == {}


def test_lists_cannot_be_assigned() -> None:
    with pytest.raises(InvalidValueError, match=r"strategies cannot be set .*campaign_id on the Strategy"):
        Campaign(None).strategies = []  # type: ignore[misc]


# declarations


def test_on_the_class_a_relation_is_itself() -> None:
    assert isinstance(Campaign.advertiser, Ref)
    assert isinstance(Campaign.strategies, Children)
    assert (Campaign.advertiser.target, Campaign.strategies.target) == (Advertiser, Strategy)
    assert repr(Campaign.strategies) == "<Children strategies of Strategy>"


def test_a_misspelt_relation(offline: Any) -> None:
    t1: T1 = offline()
    with pytest.raises(UnknownNameError, match=r"Campaign has no relation 'advertisr'.*did you mean 'advertiser'"):
        t1.campaigns.include("advertisr.agency")
    with pytest.raises(UnknownNameError, match="Advertiser has no relation 'agnecy'"):
        t1.campaigns.include(["advertiser", "agnecy"])
    assert t1.transport.calls == []


def test_more_ids_than_a_page_are_asked_for_page_by_page() -> None:
    strategies = [
        {"entity_type": "strategy", "id": n, "rel": "strategies", "campaign_id": n % 7} for n in range(1, 251)
    ]

    def serve(request: Request) -> Answer:
        if request.path == "api/v2.0/campaigns":
            return reply({"data": campaigns({"strategies": strategies}), "meta": {"status": "ok"}})
        wanted = [int(each) for each in dict(request.params)["q"].strip("()").split(",")]
        assert len(wanted) <= 100
        currency = {"entity_type": "currency", "rel": "currency"}
        rows = [{"entity_type": "strategy", "id": n, "currency": {**currency, "id": n}} for n in wanted]
        return reply({"data": rows, "meta": {"status": "ok", "total_count": len(rows)}})

    t1 = T1("user", auth_method="delayed", transport=FakeTransport(serve))
    (campaign,) = t1.get("campaigns", include="strategies", page_limit=100)
    with assert_calls(t1, 3):
        assert [each.currency.id for each in campaign.strategies] == list(range(1, 251))
