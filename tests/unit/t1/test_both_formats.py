"""The same work through JSON and XML gives the same."""

from typing import Any

import pytest

from adplatforms.core.errors import ConflictError, NotFoundError, ValidationError
from adplatforms.core.testing import assert_calls
from terminalone import filters
from terminalone.entities import Campaign, T1Entity

COLLECTIONS = [
    "organizations",
    "agencies",
    "advertisers",
    "campaigns",
    "strategies",
    "concepts",
    "atomic_creatives",
    "pixel_bundles",
    "users",
]
both = pytest.mark.parametrize("json", [True, False], ids=["json", "xml"])


def values(entity: T1Entity) -> dict[str, Any]:
    """What is loaded of an entity, typed."""
    return {name: getattr(entity, name) for name in type(entity).__model__.fields if hasattr(entity, name)}


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_whole_records_are_equal_field_by_field(sandbox: Any, collection: str) -> None:
    pages = [list(sandbox.t1(json=json).get(collection, full=True, page_limit=25)) for json in (True, False)]
    assert len(pages[0]) > 0
    assert pages[0] == pages[1]
    for one, other in zip(*pages, strict=True):
        ours, theirs = values(one), values(other)
        nulls = {name for name, value in ours.items() if value in (None, "")}  # XML leaves these out or empty
        assert {n: v for n, v in ours.items() if n not in nulls} == {
            n: v for n, v in theirs.items() if v not in (None, "")
        }


@both
def test_reading(sandbox: Any, json: bool) -> None:
    t1 = sandbox.t1(json=json)
    campaign = t1.get("campaigns", 7, include=[["advertiser", "agency"], "strategies"])
    assert campaign.advertiser.id == campaign.advertiser_id
    assert campaign.advertiser.agency.name
    assert {type(each).__name__ for each in campaign.strategies} == {"Strategy"}
    found, total = t1.get("campaigns", count=True, page_limit=3, sort_by="-id")
    assert ([each.id for each in found], total) == ([2500, 2499, 2498], 2500)
    assert len(list(t1.get_all("strategies", limit={"campaign": 7}))) == len(campaign.strategies)
    assert t1.count("advertisers") == 120
    some = list(t1.find("campaigns", "name", filters.CASE_INS_STRING, "*a*", get_all=True))
    assert len(some) == t1.query(Campaign).where(Campaign.name.like("*a*")).count()


@both
def test_conditions_are_applied_to_typed_values(sandbox: Any, json: bool) -> None:
    t1 = sandbox.t1(json=json)
    query = t1.query(Campaign).where(Campaign.id < 200, Campaign.status == True, Campaign.goal_value > 2)  # noqa: E712
    assert len(query.plan().here) == 2
    expected = [c.id for c in t1.campaigns.full().take(199) if c.status and c.goal_value > 2]
    assert [c.id for c in query] == expected
    assert expected


@both
def test_writing(fresh_sandbox: Any, json: bool) -> None:
    t1 = fresh_sandbox.t1(json=json)
    campaign, stale = t1.get("campaigns", 7), t1.get("campaigns", 7)
    campaign.name, campaign.status = "Grün & <b>", not campaign.status
    with assert_calls(t1, 1):
        changes = campaign.save()
    assert changes.keys() == {"name", "status"}
    assert campaign.version == stale.version + 1
    stale.name = "other"
    with pytest.raises(ConflictError, match="campaign 7 was not saved"):
        stale.save()
    with pytest.raises(
        ValidationError, match=r"new concept was not saved: invalid\nadvertiser_id: Must supply"
    ) as caught:
        t1.new("concepts", name="x").save()
    assert "advertiser_id" in caught.value.field_errors
    concept = t1.new("concepts", name="x", advertiser_id=7, status=True)
    concept.save()
    assert (concept.version, t1.get("concepts", concept.id).name) == (0, "x")
    with pytest.raises(NotFoundError, match="999999"):
        t1.get("campaigns", 999_999)
    (entry,) = [e for e in campaign.history() if "name" in e["fields"]][:1]
    assert entry["fields"]["name"]["new_value"] == "Grün & <b>"


@both
def test_clearing(fresh_sandbox: Any, json: bool) -> None:
    t1 = fresh_sandbox.t1(json=json)
    query = t1.query(Campaign).where(Campaign.merit_pixel_id.not_null()).full()
    campaign = query.first()
    assert campaign is not None
    campaign.merit_pixel_id = None
    campaign.save()
    assert campaign.merit_pixel is None
    again = t1.get("campaigns", campaign.id)
    assert getattr(again, "merit_pixel_id", None) is None
    assert campaign.id not in [each.id for each in query]
