"""The collections of a session by attribute are typed too. Read by mypy, never run."""

from typing import assert_type

from adplatforms.core.query import Query
from terminalone import T1
from terminalone.entities import Advertiser, Campaign, Strategy


def by_attribute(t1: T1) -> None:
    assert_type(t1.campaigns, Query[Campaign])
    assert_type(t1.strategies, Query[Strategy])
    assert_type(t1.advertisers.one(), Advertiser)
    for campaign in t1.campaigns.where(status=True):
        assert_type(campaign.advertiser.name, str)
