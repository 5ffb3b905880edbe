"""What a type checker makes of sessions and queries. Read by mypy, never run."""

from collections.abc import Iterator
from typing import Any, assert_type

from adplatforms.core.query import Explanation, Query
from adplatforms.core.session import SaveResult
from terminalone import T1
from terminalone.entities import Advertiser, Campaign


def queries(t1: T1) -> None:
    assert_type(t1.query(Campaign), Query[Campaign])
    assert_type(t1.query("campaigns"), Query[Any])
    narrow = t1.query(Campaign).where(Campaign.id > 7, status=True).include("advertiser", Campaign.strategies)
    assert_type(narrow.full().order_by("-name", Campaign.id).within(advertiser=7).take(5), Query[Campaign])
    assert_type(narrow.skip(5).page_size(50).prefetch(2), Query[Campaign])
    assert_type(iter(narrow), Iterator[Campaign])
    assert_type(narrow.pages(), Iterator[list[Campaign]])
    assert_type(narrow.first(), Campaign | None)
    assert_type(narrow.one(), Campaign)
    assert_type(narrow.count(), int)
    assert_type(narrow.explain(), Explanation)
    for campaign in narrow:
        assert_type(campaign, Campaign)
        assert_type(campaign.advertiser, Advertiser)
    assert_type([campaign.name for campaign in narrow], list[str])


def session(t1: T1, campaign: Campaign) -> None:
    assert_type(t1.attach(campaign), Campaign)
    assert_type(t1.reference(Campaign, 7), Campaign)
    assert_type(t1.reference("campaigns", 7), Any)
    assert_type(t1.save_all([campaign]), list[SaveResult])
    assert_type(t1.count("campaigns"), int)
    with t1 as same:
        assert_type(same, T1)
    t1.query(str)  # type: ignore[type-var]
    t1.query(Campaign).take("five")  # type: ignore[arg-type]
