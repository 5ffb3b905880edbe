"""Queries to calls: what is pushed, split, applied here or refused, as `explain()` shows it."""

from collections.abc import Callable
from typing import Any

import pytest

from adplatforms.core.errors import ClientError, InvalidValueError, PagingError, UnknownNameError
from adplatforms.core.messages import Answer, Request
from adplatforms.core.testing import FakeTransport, reply
from adplatforms.net.retry import Retry
from adplatforms.pinterest import Pinterest
from adplatforms.pinterest.entities import Ad, AdGroup, Campaign, Keyword

Offline = Callable[..., Pinterest]
Page = Callable[..., Answer]
STATUSES = ["ACTIVE", "PAUSED", "ARCHIVED", "DRAFT", "DELETED_DRAFT"]


@pytest.fixture
def pin(offline: Offline) -> Pinterest:
    return offline()


def sent(request: Request, name: str) -> list[str]:
    return [value for key, value in request.params if key == name]


def test_a_page_is_as_large_as_pinterest_allows(pin: Pinterest) -> None:
    first = pin.campaigns.plan().first
    assert (first.path, dict(first.params)) == ("ad_accounts/549755885175/campaigns", {"page_size": "250"})


def test_a_few_rows_make_a_small_page(pin: Pinterest) -> None:
    assert sent(pin.campaigns.take(3).plan().first, "page_size") == ["3"]
    assert sent(pin.campaigns.where(name="x").take(3).plan().first, "page_size") == ["250"]


def test_a_listing_without_page_size_gets_none(pin: Pinterest) -> None:
    assert pin.pins.within(query="hats").plan().first.params == (("query", "hats"),)
    assert pin.conversion_tags.plan().first.params == ()


def test_ids_are_looked_up_with_all_statuses(pin: Pinterest) -> None:
    first = pin.campaigns.where(id="7").plan().first
    assert sent(first, "campaign_ids") == ["7"]
    assert sent(first, "entity_statuses") == STATUSES


def test_what_a_listing_hides_is_told(pin: Pinterest) -> None:
    told = str(pin.campaigns.explain())
    assert "status ACTIVE, PAUSED only" in told
    assert "where(status=[...]) reaches ARCHIVED, DRAFT, DELETED_DRAFT" in told
    assert "note" not in str(pin.campaigns.where(status=["DRAFT", "ARCHIVED"]).explain())


@pytest.mark.parametrize(
    ("condition", "statuses"),
    [
        (Campaign.status == "DRAFT", ["DRAFT"]),
        (Campaign.status.in_(["DRAFT", "PAUSED"]), ["DRAFT", "PAUSED"]),
        (Campaign.status != "ACTIVE", ["PAUSED", "ARCHIVED", "DRAFT", "DELETED_DRAFT"]),
        (Campaign.status.not_null(), STATUSES),
    ],
)
def test_any_condition_on_a_status_reaches_the_hidden_rows(pin: Pinterest, condition: Any, statuses: list[str]) -> None:
    assert sent(pin.campaigns.where(condition).plan().first, "entity_statuses") == statuses


def test_what_a_status_is_not_is_checked_again_here(pin: Pinterest) -> None:
    plan = pin.campaigns.where(Campaign.status != "ACTIVE").plan()
    assert [str(condition) for condition in plan.rechecked] == ["status != 'ACTIVE'"]


def test_what_pinterest_cannot_filter_is_filtered_here(offline: Offline, page: Page) -> None:
    pin = offline(page([{"id": "1", "name": "Spring"}, {"id": "2", "name": "Autumn"}, {"id": "3"}]))
    query = pin.campaigns.where(Campaign.name.like("*spring*"))
    assert "here: name ~ '*spring*'" in str(query.explain())
    assert [campaign.id for campaign in query] == ["1"]


def test_of_exclusive_parameters_one_is_sent_and_the_other_applied_here(offline: Offline, page: Page) -> None:
    pin = offline(page([{"id": "1", "campaign_id": "7"}, {"id": "2", "campaign_id": "8"}]))
    query = pin.ads.where(campaign_id="7", ad_group_id="5")
    plan = query.plan()
    assert (sent(plan.first, "ad_group_ids"), sent(plan.first, "campaign_ids")) == (["5"], [])
    assert [str(condition) for condition in plan.local] == ["campaign_id == '7'"]
    assert [ad.id for ad in query] == ["1"]


def test_ids_win_over_parents(pin: Pinterest) -> None:
    first = pin.ad_groups.where(AdGroup.campaign_id == "7", AdGroup.id.in_(["1", "2"])).plan().first
    assert (sent(first, "ad_group_ids"), sent(first, "campaign_ids")) == (["1", "2"], [])


def test_more_ids_than_a_call_takes_go_in_several(offline: Offline, page: Page) -> None:
    ids = [str(number) for number in range(1, 601)]
    pin = offline(*(page([{"id": ids[start]}]) for start in (0, 250, 500)))
    assert [campaign.id for campaign in pin.campaigns.where(id=ids).prefetch(1)] == ["1", "251", "501"]
    asked = [sent(call, "campaign_ids") for call in pin.transport.calls]
    assert [len(each) for each in asked] == [250, 250, 100]
    assert [each for part in asked for each in part] == ids


def test_the_parts_of_a_long_list_follow_each_other_by_id(offline: Offline, page: Page) -> None:
    ids = [str(number) for number in range(1, 301)]
    pin = offline(page([{"id": "300"}]), page([{"id": "50"}]))
    assert [each.id for each in pin.campaigns.where(id=ids).order_by("-id")] == ["300", "50"]
    first, second = pin.transport.calls
    assert (sent(first, "campaign_ids")[0], sent(second, "campaign_ids")[0]) == ("300", "50")
    assert sent(second, "order") == ["DESCENDING"]


def test_no_ids_are_no_call(offline: Offline) -> None:
    pin = offline()
    assert list(pin.campaigns.where(id=[])) == []
    assert list(pin.pins.where(board_id=[])) == []
    assert list(pin.boards.where(id=[])) == []


def test_bookmarks_are_followed_with_everything_kept(offline: Offline, page: Page) -> None:
    pin = offline(page([{"id": "1"}], "b1"), page([], "b2"), page([{"id": "2"}]))
    assert [each.id for each in pin.campaigns.where(status="DRAFT").page_size(1)] == ["1", "2"]
    first, *rest = pin.transport.calls
    assert [call.params for call in rest] == [(*first.params, ("bookmark", each)) for each in ("b1", "b2")]


def test_a_page_that_lost_rows_meanwhile_does_not_end_the_listing(offline: Offline, page: Page) -> None:
    """Only the bookmark says where it ends: a short page does not, nor does an empty one."""
    pin = offline(page([{"id": "1"}, {"id": "2"}], "x"), page([{"id": "4"}], "y"), page([], "z"), page([{"id": "7"}]))
    assert [each.id for each in pin.campaigns.page_size(2)] == ["1", "2", "4", "7"]


@pytest.mark.parametrize("query", ["campaigns", "billing_profiles"])
def test_a_bookmark_that_comes_twice_is_an_error(offline: Offline, page: Page, query: str) -> None:
    pin = offline(*(page([{"id": str(number)}], "same") for number in range(6)))
    with pytest.raises(PagingError, match="the same bookmark twice"):
        list(pin.query(query))


def test_rows_that_were_read_are_not_read_again(offline: Offline, page: Page) -> None:
    pin = offline(page([{"id": "1"}, {"id": "2"}, {"id": "3"}], "more"))
    assert [each.id for each in pin.campaigns.skip(1).take(2)] == ["2", "3"]


def test_a_listing_is_resumed_at_its_bookmark(pin: Pinterest) -> None:
    assert sent(pin.campaigns.resume("b7").plan().first, "bookmark") == ["b7"]
    with pytest.raises(ClientError, match="several calls is not resumed"):
        pin.billing_profiles.resume("b7").plan()


@pytest.mark.parametrize(
    ("query", "why"),
    [
        (lambda pin: pin.boards.where(id=["1", "3"]), "boards are read one by one, not resumed"),
        (lambda pin: pin.campaigns.where(id=[str(n) for n in range(251)]), "several calls is not resumed"),
        (lambda pin: pin.user_account, "not read in pages, so not resumed"),
        (lambda pin: pin.conversion_tags, "conversion_tags are not read in pages, so not resumed"),
    ],
    ids=["one by one", "in parts", "there is one", "no pages"],
)
def test_what_has_no_bookmarks_is_not_resumed(pin: Pinterest, query: Any, why: str) -> None:
    """A token that were left out would bring all rows once more."""
    query(pin).plan()
    with pytest.raises(ClientError, match=rf"{why} \(read it from its start\)"):
        query(pin).resume("b7").plan()


def test_of_two_lists_that_are_too_long_the_second_is_applied_here(offline: Offline, page: Page) -> None:
    ids, campaigns = [str(n) for n in range(1, 301)], [str(n) for n in range(1001, 1301)]
    pin = offline(page([{"id": "7", "campaign_id": "1001"}, {"id": "8", "campaign_id": "9"}]), page([{"id": "270"}]))
    query = pin.labels.where(id=ids, parent_id=campaigns)
    plan = query.plan()
    assert [condition.field.name for condition in plan.pushed] == ["id"]
    assert [condition.field.name for condition in plan.local] == ["parent_id"]
    assert plan.chains == 2
    assert sent(plan.first, "campaign_ids") == []


def test_a_record_that_only_lists_have_is_refreshed_though_it_is_archived(offline: Offline, page: Page) -> None:
    row = {"id": "7", "name": "Spring", "status": "ARCHIVED"}
    pin = offline(page([row]), page([row]))
    (label,) = pin.labels.where(id="7")
    assert label.refresh().id == "7"
    for call in pin.transport.calls:
        assert sent(call, "label_ids") == ["7"]
        assert {"ACTIVE", "ARCHIVED"} <= set(sent(call, "entity_statuses"))
    assert sent(pin.labels.plan().first, "entity_statuses") == []


@pytest.mark.parametrize("size", [26, 51, 101])
def test_a_page_of_any_size_that_pinterest_chokes_on_is_read_whole(offline: Offline, page: Page, size: int) -> None:
    """Each page goes on where the one before it ended, whatever its size became."""

    def answer(request: Request) -> Answer:
        told = dict(request.params)
        start, end = int(told.get("bookmark", 0)), int(told.get("bookmark", 0)) + int(told["page_size"])
        if end - start > 25:
            return reply({"code": 0, "message": "too much"}, status=503)
        return page([{"id": str(n)} for n in range(start, min(end, 120))], str(end) if end < 120 else None)

    patient = Retry(attempts=2, sleep=lambda seconds: None)
    pin = offline(transport=FakeTransport(answer), retry=patient)
    query = pin.campaigns.page_size(size)
    assert [campaign.id for campaign in query] == [str(n) for n in range(120)]
    first = next(iter(query.pages()))
    assert [c.id for c in first] + [c.id for c in query.resume(first.token)] == [str(n) for n in range(120)]


def test_a_page_that_pinterest_chokes_on_is_halved(pin: Pinterest) -> None:
    request = pin.campaigns.plan().first
    sizes = []
    while smaller := pin.dialect.smaller(request):
        (request,) = smaller
        sizes.append(sent(request, "page_size"))
    assert sizes == [["125"], ["62"], ["31"], ["15"]]


def test_a_bookmark_is_followed_with_the_size_of_its_page(offline: Offline, page: Page) -> None:
    failed = reply({"code": 0, "message": "too much"}, status=503)
    patient = Retry(attempts=2, sleep=lambda seconds: None)
    pin = offline(failed, failed, page([{"id": "1"}], "b1"), page([{"id": "2"}]), retry=patient)
    assert [each.id for each in pin.campaigns] == ["1", "2"]
    assert [sent(call, "page_size") for call in pin.transport.calls] == [["250"], ["250"], ["125"], ["125"]]


# sorting


def test_ids_are_sorted_by_pinterest(pin: Pinterest) -> None:
    assert sent(pin.campaigns.order_by("id").plan().first, "order") == ["ASCENDING"]


@pytest.mark.parametrize(("collection", "key"), [("campaigns", "name"), ("pins", "id"), ("billing_invoices", "id")])
def test_other_orders_are_refused_with_the_cure(pin: Pinterest, collection: str, key: str) -> None:
    with pytest.raises(ClientError, match=r"does not sort .*sorted\("):
        pin.query(collection).order_by(key).plan()


def test_a_parameter_that_has_no_few_values_is_a_parent_too(pin: Pinterest) -> None:
    with pytest.raises(ClientError, match=r"audience_shared_accounts by audience only"):
        pin.audience_shared_accounts.within(account_type="AD_ACCOUNT").plan()


def test_a_word_of_few_values_that_nobody_gave_is_asked_for_with_each(pin: Pinterest) -> None:
    plan = pin.audience_shared_accounts.within(audience_id="7").plan()
    assert plan.chains == 2
    assert sent(plan.first, "account_type") == ["AD_ACCOUNT"]


def test_what_acts_for_no_account_is_not_limited_by_one(pin: Pinterest) -> None:
    with pytest.raises(UnknownNameError, match="business_members are not limited by 'act_as'"):
        pin.business_members.within(business="5", act_as="7").plan()


def test_an_order_is_no_word_of_limit_where_there_is_but_one(pin: Pinterest) -> None:
    with pytest.raises(UnknownNameError, match="campaigns are not limited by 'order'"):
        pin.campaigns.within(order="ASCENDING").plan()


def test_an_order_of_its_own_is_a_word_of_limit(pin: Pinterest) -> None:
    first = pin.billing_invoices.within(sort="BILLING_PERIOD", order="DESCENDING").plan().first
    assert (sent(first, "sort"), sent(first, "order")) == (["BILLING_PERIOD"], ["DESCENDING"])


# parents


def test_limit_names_the_account(pin: Pinterest) -> None:
    assert pin.campaigns.within(ad_account=5).plan().first.path == "ad_accounts/5/campaigns"
    assert pin.campaigns.within(ad_account_id="5").plan().first.path == "ad_accounts/5/campaigns"
    assert pin.campaigns.where(ad_account_id="5").plan().first.path == "ad_accounts/5/campaigns"


def test_an_entity_stands_for_its_id_where_it_is_of_the_right_class(pin: Pinterest) -> None:
    board = pin.reference("boards", "5")
    assert pin.pins.within(board=board).plan().first.path == "boards/5/pins"
    with pytest.raises(ClientError, match="limit board takes a Board"):
        pin.pins.within(board=pin.reference("pins", "5")).plan()
    with pytest.raises(ClientError, match=r"has none yet .*save"):
        pin.pins.within(board=pin.new("boards", name="new")).plan()


def test_without_an_account_the_cure_is_told(offline: Offline) -> None:
    with pytest.raises(ClientError, match=r'limit=\{"ad_account": \.\.\.\}, or open the session with Pinterest\(ad_ac'):
        offline(ad_account_id=None).campaigns.plan()


def test_the_listing_follows_from_the_parents(pin: Pinterest) -> None:
    assert pin.pins.plan().first.path == "pins"
    assert pin.pins.within(board=5).plan().first.path == "boards/5/pins"
    assert pin.pins.where(board_id="5").plan().first.path == "boards/5/pins"
    assert pin.pins.within(board=5, board_section=6).plan().first.path == "boards/5/sections/6/pins"
    assert pin.audiences.within(business=5).plan().first.path == "businesses/5/audiences"
    assert pin.boards.within(query="x").plan().first.path == "search/boards"


def test_several_parents_are_asked_at_once(offline: Offline, page: Page) -> None:
    pin = offline(page([{"id": "1"}], "more"), page([{"id": "2"}]), page([{"id": "3"}]))
    rows = list(pin.pins.where(board_id=["5", "6"]).prefetch(1))
    assert sorted((row.id, row.board_id) for row in rows) == [("1", "5"), ("2", "6"), ("3", "5")]
    assert [call.path for call in pin.transport.calls] == ["boards/5/pins", "boards/6/pins", "boards/5/pins"]


def test_a_missing_parent_is_told(pin: Pinterest) -> None:
    with pytest.raises(ClientError, match=r'board_sections by board only \(limit=\{"board"'):
        pin.board_sections.plan()


def test_an_unknown_word_is_refused(pin: Pinterest) -> None:
    with pytest.raises(UnknownNameError, match=r"campaigns are not limited by 'acount' .*ad_account"):
        pin.campaigns.within(acount=5).plan()


def test_words_that_no_listing_takes_together_are_refused(pin: Pinterest) -> None:
    with pytest.raises(ClientError, match="no listing of pins takes board, query together"):
        pin.pins.within(board=5, query="x").plan()


def test_list_parameters_that_are_no_fields_are_words_of_limit(pin: Pinterest) -> None:
    first = pin.pins.within(pin_filter="has_been_promoted", pin_metrics=True).plan().first
    assert (sent(first, "pin_filter"), sent(first, "pin_metrics")) == (["has_been_promoted"], ["true"])
    with pytest.raises(InvalidValueError, match="pin_filter"):
        pin.pins.within(pin_filter="promoted").plan()


def test_organic_listings_act_for_an_account_only_when_asked(offline: Offline) -> None:
    assert sent(offline().boards.plan().first, "ad_account_id") == []
    assert sent(offline(act_as="5").boards.plan().first, "ad_account_id") == ["5"]
    assert sent(offline().boards.within(ad_account=5).plan().first, "ad_account_id") == ["5"]


def test_rows_remember_whom_they_were_read_for(offline: Offline, page: Page) -> None:
    pin = offline(page([{"id": "1"}]), {"id": "1", "name": "new"})
    board = pin.boards.within(act_as="5").first()
    assert board is not None
    assert board.act_as == "5"
    board.name = "new"
    board.save()
    assert sent(pin.transport.calls[-1], "ad_account_id") == ["5"]


# what is required


def test_a_yes_or_no_that_nobody_asked_for_is_asked_both_ways(offline: Offline, page: Page) -> None:
    pin = offline(page([{"id": "1"}]), page([{"id": "2"}]))
    assert [(row.id, row.is_active) for row in pin.billing_profiles.prefetch(1)] == [("1", True), ("2", False)]
    assert sent(pin.billing_profiles.where(is_active=True).plan().first, "is_active") == ["true"]


def test_promotions_of_product_groups_want_ids_or_ad_groups(offline: Offline, page: Page) -> None:
    pin = offline(page([{"id": "1"}]), page([{"id": "2"}]))
    with pytest.raises(ClientError, match=r"product_group_promotions only by .*where\(ad_group_id=\[\.\.\.\]\)"):
        pin.product_group_promotions.plan()
    assert len(list(pin.product_group_promotions.where(ad_group_id=["5", "6"]).prefetch(1))) == 2


def test_items_of_a_catalog_are_asked_for_with_a_body(pin: Pinterest) -> None:
    with pytest.raises(ClientError, match="catalog_items by country, language, filters only"):
        pin.query("catalog_items").plan()
    words = {"country": "US", "language": "en-US", "filters": {"catalog_type": "RETAIL", "item_ids": ["a"]}}
    first = pin.query("catalog_items").within(words).plan().first
    assert (first.method, first.json, first.writes) == ("POST", words, False)


def test_keywords_of_ad_groups_come_with_their_parents(offline: Offline, page: Page) -> None:
    row = {"id": "1", "parent_id": "5", "parent_type": "ad_group", "value": "spade"}
    pin = offline(page([row]))
    assert "only keywords on the ad account itself" in str(pin.keywords.explain())
    assert sent(pin.keywords.where(ad_group_id="5").plan().first, "ad_group_id") == ["5"]
    assert sent(pin.keywords.where(Keyword.ad_group_id.in_(["5", "6"])).plan().first, "ad_group_ids") == ["5", "6"]
    (keyword,) = pin.keywords.where(ad_group_id=["5", "6"])
    assert (keyword.ad_group_id, keyword.campaign_id) == ("5", None)


def test_numbers_are_asked_for_as_the_parameter_wants_them(pin: Pinterest) -> None:
    issues = pin.feed_item_issues.where(processing_result_id="5", item_number=[3, 4])
    assert sent(issues.plan().first, "item_numbers") == ["3", "4"]
    assert sent(pin.product_groups.where(id=["30", "4"]).plan().first, "id") == ["30,4"]


# one by one


def test_ids_that_no_listing_takes_are_read_one_by_one(offline: Offline) -> None:
    pin = offline({"id": "1"}, {"id": "3"})
    plan = pin.boards.where(id=["1", "3"], privacy="PUBLIC").plan()
    assert (plan.most_calls, [str(each) for each in plan.local]) == (2, ["privacy == 'PUBLIC'"])
    assert [board.id for board in pin.boards.where(id=["1", "3"]).prefetch(1)] == ["1", "3"]
    assert [call.path for call in pin.transport.calls] == ["boards/1", "boards/3"]


def test_an_id_that_is_not_there_is_no_row(offline: Offline) -> None:
    pin = offline(reply({"code": 40, "message": "Board not found"}, status=404), {"id": "3"})
    assert [board.id for board in pin.boards.where(id=["1", "3"]).prefetch(1)] == ["3"]


def test_ids_under_a_parent_are_picked_from_its_listing(offline: Offline, page: Page) -> None:
    pin = offline(page([{"id": "1"}, {"id": "2"}]))
    assert [each.id for each in pin.pins.within(board="5").where(id="2")] == ["2"]
    assert pin.transport.calls[0].path == "boards/5/pins"


def test_what_cannot_be_looked_up_at_all_is_listed_and_filtered_here(offline: Offline, page: Page) -> None:
    pin = offline(page([{"id": "1"}, {"id": "2"}]), page([{"id": "1"}, {"id": "2"}]))
    assert [catalog.id for catalog in pin.catalogs.where(id="2")] == ["2"]
    assert pin.get("catalogs", "2").id == "2"


def test_one_record_is_read_by_its_id(offline: Offline) -> None:
    pin = offline({"id": "7", "name": "x"})
    assert pin.get("ads", "7") == Ad(None, {"id": "7"})
    assert pin.transport.calls[0].path == "ad_accounts/549755885175/ads/7"


def test_a_report_is_read_by_its_token(offline: Offline) -> None:
    pin = offline({"report_status": "FINISHED", "url": "https://example.com/r"})
    report = pin.get("reports", "abc")
    assert (report.id, report.token, report.report_status) == ("abc", "abc", "FINISHED")
    assert sent(pin.transport.calls[0], "token") == ["abc"]


def test_what_there_is_one_of_is_a_listing_of_one(offline: Offline) -> None:
    pin = offline({"id": "9", "username": "demo"})
    account = pin.user_account.one()
    assert (account.username, pin.transport.calls[0].path) == ("demo", "user_account")


@pytest.mark.parametrize(
    ("collection", "cure"), [("reports", "get it by its id"), ("asset_groups", "it is written only")]
)
def test_what_is_not_listed_is_refused_with_the_cure(pin: Pinterest, collection: str, cure: str) -> None:
    with pytest.raises(ClientError, match=cure):
        pin.query(collection).plan()


@pytest.mark.parametrize(
    ("collection", "parents", "row", "identity"),
    [
        ("business_asset_members", {"business": "1", "asset": "2"}, {"user": {"id": "7"}}, "7"),
        ("business_asset_partners", {"business": "1", "asset": "2"}, {"user": None}, None),
        ("business_member_assets", {"business": "1", "member": "7"}, {"asset_id": "2"}, "7/2"),
        ("business_partner_assets", {"business": "1", "partner": "7"}, {"asset_id": "2"}, "7/2"),
        ("catalog_products", {"product_group": "1"}, {"pin": {"id": "7"}}, "7"),
    ],
)
def test_what_identifies_rows_without_an_id(
    offline: Offline, page: Page, collection: str, parents: dict[str, str], row: dict[str, Any], identity: str | None
) -> None:
    [record] = offline(page([row])).query(collection).within(parents)
    assert record.raw["id"] == identity
