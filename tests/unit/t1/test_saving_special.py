"""What is special about saving strategies, pixels and budget flights, and about deleting."""

from datetime import datetime
from typing import Any

import pytest

from adplatforms.core.errors import ClientError
from adplatforms.core.testing import reply
from terminalone.entities import Campaign, Strategy

Row = dict[str, Any]


def form(t1: Any, number: int = -1) -> dict[str, str]:
    """The form of a call, checked to name nothing twice."""
    pairs = t1.transport.calls[number].form
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


@pytest.mark.filterwarnings("ignore::adplatforms.core.errors.NaiveTimeWarning")
def test_a_strategy_that_follows_its_campaign_sends_no_date(offline: Any) -> None:
    row = {"entity_type": "strategy", "id": 5, "version": 1, "use_campaign_start": True, "use_campaign_end": False}
    t1 = offline(row, row, row)
    strategy: Strategy = t1.get("strategies", 5)
    strategy.start_date = strategy.end_date = datetime(2026, 6, 1)
    strategy.save()
    assert form(t1) == {"start_date": "", "end_date": "2026-06-01T00:00:00", "version": "1"}
    strategy.use_campaign_start, strategy.start_date = False, datetime(2026, 7, 1)
    strategy.save()
    assert form(t1) == {"use_campaign_start": "0", "start_date": "2026-07-01T00:00:00", "version": "1"}


def test_saving_a_strategy_leaves_its_pixel_targeting_alone(offline: Any) -> None:
    t1 = offline({"entity_type": "strategy", "id": 5, "version": 1}, {"entity_type": "strategy", "id": 5})
    strategy = t1.get("strategies", 5)
    strategy.name = "x"
    strategy.save()
    assert form(t1) == {"name": "x", "version": "1"}


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({"pricing": "CPM", "cost_cpm": 2, "cost_cpts": 3}, {"pricing", "cost_cpm"}),
        ({"pricing": "CPTS", "cost_cpm": 2, "cost_cpts": 3}, {"pricing", "cost_cpts"}),
        ({"cost_cpm": 2, "cost_pct_cpm": None}, {"cost_cpm"}),
        ({"cost_cpm": None, "cost_pct_cpm": 10}, {"cost_pct_cpm"}),
    ],
)
def test_a_data_pixel_sends_the_costs_of_its_pricing(offline: Any, given: Row, sent: set[str]) -> None:
    t1 = offline({"entity_type": "pixel_bundle", "id": 5})
    t1.new("pixel_bundles", {"pixel_type": "data", **given}).save()
    assert set(form(t1)) == {"pixel_type", *sent}


def test_an_event_pixel_sends_what_it_was_given(offline: Any) -> None:
    t1 = offline({"entity_type": "pixel_bundle", "id": 5})
    t1.new("pixel_bundles", pixel_type="event", cost_cpm=2, cost_cpts=3).save()
    assert set(form(t1)) == {"pixel_type", "cost_cpm", "cost_cpts"}


def test_budget_flights_live_under_their_campaign(offline: Any) -> None:
    row = {"entity_type": "budget_flight", "id": 4, "version": 2, "campaign_id": 7, "total_budget": 100}
    t1 = offline(row, row, reply({"meta": {"status": "ok"}}))
    flight = t1.new("budget_flights", campaign_id=7, total_budget=100)
    flight.save()
    flight.total_budget = 200
    flight.save()
    flight.remove()
    assert [(call.method, call.path) for call in t1.transport.calls] == [
        ("POST", "api/v2.0/campaigns/7/budget_flights"),
        ("POST", "api/v2.0/campaigns/7/budget_flights/4"),
        ("POST", "api/v2.0/campaigns/7/budget_flights/4/delete"),
    ]
    assert form(t1, 0) == {"campaign_id": "7", "total_budget": "100.0"}
    assert form(t1, 1) == {"total_budget": "200.0", "version": "2"}
    assert form(t1, 2) == {"version": "2"}


def test_most_records_cannot_be_deleted(offline: Any) -> None:
    with pytest.raises(ClientError, match=r"T1 cannot delete campaign 7 .*make it inactive"):
        Campaign(offline(), {"id": 7}).delete()
    with pytest.raises(ClientError, match=r"new budget flight has no id yet"):
        offline().new("budget_flights", campaign_id=7).remove()
