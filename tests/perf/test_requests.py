"""How many requests a piece of work costs."""

from typing import Any

import pytest

from adplatforms.core.testing import assert_calls
from terminalone import T1
from terminalone.entities import Campaign


@pytest.fixture
def t1(sandbox: Any) -> T1:
    session: T1 = sandbox.t1()
    return session


@pytest.mark.parametrize(
    ("work", "calls"),
    [
        (lambda t1: t1.get("campaigns", 7), 1),
        (lambda t1: t1.get("campaigns", 7, include=[["advertiser", "agency"]]).advertiser.agency.name, 1),
        (lambda t1: list(t1.get("campaigns", page_limit=100)), 1),
        (lambda t1: list(t1.get_all("campaigns")), 25),
        (lambda t1: t1.get_all("campaigns"), 0),
        (lambda t1: t1.count("strategies"), 1),
        (lambda t1: t1.campaigns.first(), 1),
        (lambda t1: list(t1.campaigns.take(150)), 2),
        (lambda t1: list(t1.campaigns.where(id=[*range(1, 201)])), 2),
        (lambda t1: list(t1.campaigns.where(id=[])), 0),
        (lambda t1: t1.campaigns.where(status=True).explain(), 0),
        (lambda t1: repr(t1.campaigns) + repr(t1) + str(dir(t1)), 0),
        (lambda t1: t1.new("campaigns", name="x").changes(), 0),
        (lambda t1: t1.get("campaigns", 7).save(), 1),
    ],
)
def test_calls(t1: T1, work: Any, calls: int) -> None:
    with assert_calls(t1, calls):
        work(t1)


def test_the_advertisers_of_a_page_cost_one_more(t1: T1) -> None:
    with assert_calls(t1, 2):
        found = [campaign.advertiser.name for campaign in t1.get("campaigns", full=True, page_limit=100)]
    assert len(found) == 100


def test_the_advertisers_of_all_campaigns_cost_one_a_page(t1: T1) -> None:
    with assert_calls(t1, 50):
        found = [campaign.advertiser.id for campaign in t1.get_all("campaigns", full=True)]
    assert len(found) == 2500


def test_included_they_cost_nothing(t1: T1) -> None:
    with assert_calls(t1, 1):
        found = list(t1.get("campaigns", include=[["advertiser", "agency"], "strategies"], page_limit=100))
        names = [campaign.advertiser.agency.name for campaign in found]
        count = sum(len(campaign.strategies) for campaign in found)
    assert len(names) == 100
    assert count > 100


def test_three_levels_cost_one_each(t1: T1) -> None:
    with assert_calls(t1, 4):
        page = list(t1.get("strategies", page_limit=100, full=True))
        names = {strategy.campaign.advertiser.agency.name for strategy in page}
    assert names


def test_an_edit_costs_a_read_and_a_write(fresh_sandbox: Any) -> None:
    t1 = fresh_sandbox.t1()
    with assert_calls(t1, 2):
        campaign = t1.get("campaigns", 7)
        campaign.name = "Summer"
        campaign.save()
    with assert_calls(t1, 1):
        campaign.name = "Autumn"
        campaign.save()
    page = list(t1.query(Campaign).full().take(5))
    for each in page[:3]:
        each.status = not each.status
    with assert_calls(t1, 3):
        t1.save_all(page)


def test_pages_are_fetched_side_by_side_and_come_in_order(t1: T1) -> None:
    ids = [campaign.id for campaign in t1.campaigns]
    assert ids == [campaign.id for campaign in t1.campaigns.prefetch(1)] == list(range(1, 2501))
