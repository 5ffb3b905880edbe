"""What cannot be asked for, or cannot be meant, is refused before anything is sent, with the cure."""

from collections.abc import Callable
from typing import Any

import pytest

from adplatforms.core.errors import AmbiguousWrite, ClientError, PagingError, UnknownNameError
from adplatforms.ttd import TTD
from adplatforms.ttd.entities import Advertiser, Campaign

Offline = Callable[..., TTD]
NOTHING: dict[str, Any] = {"data": {"advertiser": {"id": "a1", "name": "x"}}}


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda ttd: ttd.campaigns.adding(("a", "b")), r"no further parameters.*ttd\.graphql"),
        (lambda ttd: ttd.campaigns.within(advertiser=True), "takes an id, not True"),
        (lambda ttd: ttd.campaigns.within(advertiser=1.5), r"takes an id, not 1\.5"),
        (lambda ttd: ttd.campaign_groups, "of a parent only"),
        (lambda ttd: ttd.campaigns.within(label="x"), "cannot be limited by label.*advertiser"),
        (lambda ttd: ttd.partners.within(advertiser="a1"), "partners cannot be limited by advertiser"),
        (lambda ttd: ttd.contracts.within(advertiser="a1").where(id="c1"), "contracts cannot be limited by advertiser"),
        (lambda ttd: ttd.bid_lists.within(campaign="c1", advertiser="a1"), "by advertiser and campaign at once"),
        (lambda ttd: ttd.labels.within(campaign="c1", advertiser="a1"), "by advertiser and campaign at once"),
        (lambda ttd: ttd.seeds.within(campaign="c1", advertiser="a1"), 'of a parent only.*"advertiser": id'),
        (lambda ttd: ttd.using(route="rest").campaigns.where(id=["c1", "c2"]).order_by("name"), "sorts and resumes"),
        (lambda ttd: ttd.using(route="rest").campaigns.within(advertiser="a").resume("soon"), "not a token of a REST"),
        (lambda ttd: ttd.seeds.where(id=["s1", "s2"]).order_by("name"), "orders one list"),
    ],
)
def test_a_query_that_cannot_be_answered_says_why(offline: Offline, ask: Callable[[TTD], Any], words: str) -> None:
    ttd = offline()
    with pytest.raises(ClientError, match=words):
        ask(ttd).plan()
    assert ttd.transport.calls == []


def test_a_limit_takes_entities_of_the_right_class(offline: Offline) -> None:
    ttd = offline(NOTHING)
    advertiser = ttd.get("advertisers", "a1")
    assert "a1" in str(ttd.campaigns.within(advertiser=advertiser).plan().pushed[0])
    assert "a1" in str(ttd.campaigns.within(advertiser_id="a1").plan().pushed[0])
    with pytest.raises(ClientError, match="limit partner takes a Partner or its id"):
        ttd.advertisers.within(partner=advertiser).plan()
    with pytest.raises(ClientError, match=r"limit partner takes an id, and <Partner> has none yet .*save"):
        ttd.advertisers.within(partner=ttd.new("partner")).plan()


def test_a_bulk_job_reads_one_list_by_graphql(offline: Offline) -> None:
    dialect = offline().dialect
    with pytest.raises(ClientError, match="reads one list, and this query is 2"):
        dialect.bulk(offline().seeds.where(id=["s1", "s2"]))
    with pytest.raises(ClientError, match="does not have contracts"):
        dialect.bulk(offline().contracts.within(partner="p1"))


def test_options_of_a_save_are_for_campaigns_and_ad_groups(offline: Offline) -> None:
    ttd = offline(NOTHING)
    advertiser = ttd.get("advertisers", "a1")
    advertiser.name = "y"
    with pytest.raises(ClientError, match="validate_only: only for campaigns and ad groups"):
        advertiser.save(validate_only=True)
    with pytest.raises(ClientError, match="force: only for campaigns and ad groups"):
        advertiser.archive(force=True)
    with pytest.raises(UnknownNameError, match="did you mean 'validate_only'"):
        advertiser.save(validate_onyl=True)
    assert len(ttd.transport.calls) == 1


def test_undeclared_values_are_not_sent(offline: Offline) -> None:
    ttd = offline(NOTHING)
    advertiser = ttd.get("advertisers", "a1")
    with pytest.raises(ClientError, match=r"declared fields only.*ttd\.rest.*sends NewThing"):
        advertiser.save(extra={"NewThing": 1})


def test_a_field_that_rest_does_not_take_is_named(offline: Offline) -> None:
    ttd = offline(NOTHING)
    advertiser = ttd.get(Advertiser, "a1")
    with pytest.raises(ClientError, match="vetting_status cannot be saved: REST does not take it"):
        ttd.dialect.write(advertiser, {"vetting_status": "Approved"})


def test_a_lost_answer_of_a_mutation_is_an_open_question(offline: Offline) -> None:
    """The platform's own words for a failure of its own do not tell whether the seed was made."""
    failed = {"data": None, "errors": [{"message": "oops", "extensions": {"code": "INTERNAL_SERVER_ERROR"}}]}
    ttd = offline(failed)
    with pytest.raises(AmbiguousWrite, match="oops"):
        ttd.new("seeds", name="x", advertiser_id="a1").save()
    assert len(ttd.transport.calls) == 1


def test_one_of_several_lists_that_never_ends_is_an_error(offline: Offline) -> None:
    endless = {"nodes": [], "pageInfo": {"hasNextPage": True, "endCursor": "x"}}
    ttd = offline(*[{"data": {"seed": {"campaigns": endless}}}] * 6)
    with pytest.raises(PagingError, match="same bookmark twice"):
        list(ttd.campaigns.where(seed_id=["s1", "s2"]).prefetch(1))


def test_an_included_relation_that_is_null_is_none(offline: Offline) -> None:
    node = {"id": "c1", "seed": None, "advertiser": {"id": "a1"}, "currentFlight": None}
    ttd = offline({"data": {"campaigns": {"nodes": [node], "pageInfo": {"hasNextPage": False}}}})
    (campaign,) = ttd.campaigns.include("seed", "current_flight")
    assert campaign.seed is None
    assert campaign.current_flight is None
    assert campaign.seed_id is None


def test_what_is_not_saved_yet_has_no_place(offline: Offline) -> None:
    ttd = offline()
    new = ttd.new(Campaign, name="x")
    with pytest.raises(AttributeError, match="has not been set"):
        _ = new.description
    with pytest.raises(ClientError, match="no id yet"):
        new.refresh()
