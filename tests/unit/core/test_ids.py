"""Ids wherever they are taken: right entities and plain ids, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from adplatforms.core.errors import ClientError, InvalidValueError
from adplatforms.core.ids import id_of, ids_of
from adplatforms.core.testing import FakeTransport, reply
from adplatforms.pinterest import Pinterest
from adplatforms.pinterest import entities as pin_entities
from adplatforms.ttd import TTD
from adplatforms.ttd import entities as ttd_entities
from terminalone import models
from terminalone.forms import ids_of as t1_ids

CAMPAIGN = models.Campaign(None, {"id": 7})
STRATEGY = models.Strategy(None, {"id": 8})


@pytest.mark.parametrize(("value", "wanted"), [(7, 7), ("C7", "C7"), (7.0, 7), (Decimal(7), 7), (CAMPAIGN, 7)])
def test_what_is_an_id(value: Any, wanted: Any) -> None:
    found = id_of(value, models.Campaign)
    assert found == wanted
    assert type(found) is type(wanted)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (STRATEGY, r"limit x takes a Campaign or its id: these are strategies, not campaigns .*give campaigns"),
        (models.Campaign(None), r"has none yet .save\(\) it first"),
        (None, "takes an id, not None"),
        (True, "takes an id, not True"),
        ("", "takes an id, not ''"),
        ("  ", "takes an id"),
        (float("nan"), "takes an id, not nan"),
        (7.5, "takes an id, not 7.5"),
        (1e18, "lost its last digits .read ids as text"),
        ([7], "takes an id"),
        ({"id": 7}, "takes an id"),
    ],
)
def test_what_is_no_id(value: Any, words: str) -> None:
    with pytest.raises(InvalidValueError, match=words):
        id_of(value, models.Campaign, "limit x")


def test_several() -> None:
    assert ids_of(None) == []
    assert ids_of(CAMPAIGN) == [7]
    assert ids_of("7") == ["7"]
    assert ids_of((CAMPAIGN, 9)) == [7, 9]
    with pytest.raises(InvalidValueError, match="these are strategies"):
        ids_of([CAMPAIGN, STRATEGY], models.Campaign)
    assert ids_of([CAMPAIGN, STRATEGY], (models.Campaign, models.Strategy)) == [7, 8]


def test_arrays_of_ids() -> None:
    np = pytest.importorskip("numpy")
    assert ids_of(np.array([7, 8])) == t1_ids(np.array([7, 8]), "campaign") == [7, 8]


def group() -> Any:
    return pin_entities.AdGroup(None, {"id": "120"})


def campaign() -> Any:
    return pin_entities.Campaign(None, {"id": "320"})


WRONG: dict[str, Callable[[Any], Any]] = {
    "where": lambda pin: pin.ad_groups.where(campaign_id=[group()]),
    "where one": lambda pin: pin.ad_groups.where(campaign_id=group()),
    "condition": lambda pin: pin.ad_groups.where(pin_entities.AdGroup.campaign_id.in_([group()])),
    "relation": lambda pin: pin.ad_groups.where(campaign=group()),
    "relations": lambda pin: pin.ad_groups.where(campaign=[group()]),
    "limit": lambda pin: pin.ad_groups.within(campaign=group()).plan(),
    "limit by name": lambda pin: pin.ad_groups.within(campaign_ids=[group()]).plan(),
    "get": lambda pin: pin.get("campaigns", group()),
    "id": lambda pin: pin.campaigns.where(id=[group()]),
    "field": lambda pin: pin.new("ad_groups", campaign_id=group()),
    "analytics": lambda pin: pin.analytics("campaigns", [group()], "SPEND_IN_DOLLAR", "2026-11-29", "2026-11-29"),
    "call": lambda pin: pin.call("campaigns/list", campaign_ids=[group()]),
    "body": lambda pin: pin.call("leads_export/create", ad_id=group(), start_date="2026-01-01", end_date="2026-01-02"),
    "unchecked": lambda pin: pin.call("campaigns/list", campaign_ids=[group()], check=False),
    "pins": lambda pin: pin.pin_analytics([group()], "SAVE", "2026-11-29", "2026-11-29"),
    "groups": lambda pin: pin.delete_product_groups([group()]),
}


@pytest.mark.parametrize("call", WRONG.values(), ids=WRONG)
def test_pinterest_refuses_entities_of_another_class(call: Callable[[Any], Any]) -> None:
    transport = FakeTransport(lambda request: reply({"items": []}))
    pin = Pinterest("t", ad_account_id=5, transport=transport)
    with pytest.raises(ClientError, match="these are ad groups, not"):
        call(pin)
    assert transport.calls == []


def test_pinterest_takes_the_right_ones() -> None:
    transport = FakeTransport(lambda request: reply({"items": []}))
    pin = Pinterest("t", ad_account_id=5, transport=transport)
    for query in (
        pin.ad_groups.where(campaign_id=[campaign()]),
        pin.ad_groups.where(campaign=[campaign()]),
        pin.ad_groups.where(pin_entities.AdGroup.campaign_id.in_([campaign()])),
        pin.ad_groups.within(campaign_ids=[campaign()]),
    ):
        assert list(query) == []
        assert ("campaign_ids", "320") in transport.calls[-1].params
    assert pin.new("ad_groups", campaign_id=campaign()).campaign_id == "320"


T1_WRONG: dict[str, Callable[[Any], Any]] = {
    "limit": lambda t1: t1.campaigns.within(advertiser=STRATEGY).plan(),
    "where": lambda t1: t1.strategies.where(campaign_id=[STRATEGY]),
    "get": lambda t1: t1.get("campaigns", STRATEGY),
    "site lists": lambda t1: t1.new("campaign", id=7).set_site_lists(assign=[STRATEGY]),
    "deals": lambda t1: t1.new("strategy", id=7).set_deals([STRATEGY]),
    "supplies": lambda t1: t1.new("strategy", id=7).set_supplies([STRATEGY]),
    "segments": lambda t1: t1.new("strategy", id=7).set_audience_segments([STRATEGY]),
    "targets": lambda t1: t1.new("strategy", id=7).set_target_values({"REGN": {"include": [STRATEGY]}}),
    "copies": lambda t1: t1.new("campaign", id=7).bulk_copy_strategies(STRATEGY, [9]),
    "report": lambda t1: t1.new("report", "performance", filter={"campaign_id": STRATEGY}).params(),
    "extra": lambda t1: t1.get("strategies", other_params={"campaign_id": STRATEGY}),
}


@pytest.mark.parametrize("call", T1_WRONG.values(), ids=T1_WRONG)
def test_t1_refuses_entities_of_another_class(call: Callable[[Any], Any], offline: Any) -> None:
    t1 = offline()
    with pytest.raises(ClientError, match="these are strategies, not"):
        call(t1)
    assert t1.transport.calls == []


TTD_GROUP = ttd_entities.AdGroup(None, {"id": "grp"})
TTD_WRONG: dict[str, Callable[[Any], Any]] = {
    "limit": lambda ttd: ttd.campaigns.within(advertiser=TTD_GROUP).plan(),
    "limit field": lambda ttd: ttd.ad_groups.within(campaign_id=[TTD_GROUP]).plan(),
    "where": lambda ttd: ttd.ad_groups.where(campaign_id=[TTD_GROUP]),
    "get": lambda ttd: ttd.get("campaigns", TTD_GROUP),
    "clone": lambda ttd: ttd.clone(TTD_GROUP, "copy"),
    "version": lambda ttd: ttd.campaign_version(TTD_GROUP),
    "data": lambda ttd: ttd.submit_first_party_data(TTD_GROUP),
}


@pytest.mark.parametrize("call", TTD_WRONG.values(), ids=TTD_WRONG)
def test_ttd_refuses_entities_of_another_class(call: Callable[[Any], Any]) -> None:
    transport = FakeTransport(lambda request: reply({"data": {}}))
    ttd = TTD(token="t", transport=transport)
    with pytest.raises(ClientError, match="these are ad groups, not"):
        call(ttd)
    assert transport.calls == []
