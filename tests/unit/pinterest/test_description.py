"""Calls are checked by the table of operations before they are sent, and travel as it says."""

from datetime import date

import pytest

from adplatforms.core.errors import ClientError, InvalidValueError, UnknownNameError
from adplatforms.pinterest.description import OPERATIONS

ANALYTICS = {
    "ad_account_id": "549755885175",
    "ad_group_ids": ["2680060704746", 7],
    "start_date": date(2026, 1, 1),
    "end_date": "2026-01-31",
    "columns": ["SPEND_IN_DOLLAR", "TOTAL_CLICKTHROUGH"],
    "granularity": "DAY",
}


@pytest.mark.parametrize("name", ["keywords/get", "keywords_get", "keywords.get"])
def test_irregular_ids_are_found_with_any_separator(name: str) -> None:
    assert OPERATIONS[name] is OPERATIONS["keywords/get"]
    assert name in OPERATIONS


def test_a_misspelt_operation_is_told_what_there_is() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'campaigns/list'"):
        OPERATIONS["campaign/list"]
    assert "campaign/list" not in OPERATIONS


def test_each_parameter_travels_as_it_is_declared() -> None:
    given = {**ANALYTICS, "click_window_days": 0, "aggregate_report_rows": False, "view_window_days": None}
    request = OPERATIONS["ad_groups/analytics"].request(given)
    assert request.path == "ad_accounts/549755885175/ad_groups/analytics"
    assert set(request.params) == {
        ("ad_group_ids", "2680060704746"),
        ("ad_group_ids", "7"),
        ("start_date", "2026-01-01"),
        ("end_date", "2026-01-31"),
        ("columns", "SPEND_IN_DOLLAR,TOTAL_CLICKTHROUGH"),
        ("granularity", "DAY"),
        ("click_window_days", "0"),
        ("aggregate_report_rows", "false"),
    }
    assert (request.method, request.writes, request.category) == ("GET", False, "ads_analytics")


def test_nested_parameters_travel_as_a_deep_object() -> None:
    filters = {"catalog_type": "RETAIL", "report": {"report_type": "FEED_INGESTION_ISSUES", "feed_id": "7"}}
    request = OPERATIONS["reports/stats"].request({"parameters": filters})
    assert request.params == (
        ("parameters[catalog_type]", "RETAIL"),
        ("parameters[report][report_type]", "FEED_INGESTION_ISSUES"),
        ("parameters[report][feed_id]", "7"),
    )


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"granularity": "DAYS"}, "granularity is one of TOTAL, DAY, HOUR, WEEK, MONTH, not 'DAYS' .*'DAY'"),
        ({"click_window_days": 3}, "click_window_days is one of 0, 1, 7, 14, 30, 60, not 3"),
        ({"click_window_days": True}, "click_window_days is a whole number, not True"),
        ({"columns": ["SPEND_IN_DOLAR"]}, r"columns\[0\] cannot be 'SPEND_IN_DOLAR' .*'SPEND_IN_DOLLAR'"),
        ({"ad_group_ids": []}, "ad_group_ids takes at least 1 values, not 0"),
        ({"ad_group_ids": ["1"] * 251}, "ad_group_ids takes at most 250 values, not 251"),
        ({"ad_group_ids": ["1/../2"]}, r"ad_group_ids\[0\] is a string of digits, not '1/../2'"),
        ({"ad_account_id": "1/../2"}, "ad_account_id is a string of digits"),
        ({"aggregate_report_rows": "yes"}, "aggregate_report_rows is True or False"),
        ({"end_date": None}, "ad_groups/analytics needs end_date"),
    ],
)
def test_a_wrong_parameter_is_refused_with_the_reason(change: dict[str, object], told: str) -> None:
    with pytest.raises(InvalidValueError, match=told):
        OPERATIONS["ad_groups/analytics"].request({**ANALYTICS, **change})


def test_an_unknown_parameter_is_refused_with_the_right_name() -> None:
    with pytest.raises(UnknownNameError, match=r"'ad_groups_ids'.*did you mean 'ad_group_ids'"):
        OPERATIONS["ad_groups/analytics"].request({**ANALYTICS, "ad_groups_ids": ["1"]})


def test_keywords_with_a_comma_cannot_be_asked_for() -> None:
    given = {"ad_account_id": "7", "country_code": "US", "keywords": ["red, blue"]}
    with pytest.raises(InvalidValueError, match="'red, blue' cannot be one of them"):
        OPERATIONS["country_keywords_metrics/get"].request(given)


CAMPAIGN = {"name": "Spring", "ad_account_id": "7", "objective_type": "AWARENESS"}


def test_a_body_is_sent_as_it_was_given() -> None:
    request = OPERATIONS["campaigns/create"].request({"ad_account_id": "7"}, [{**CAMPAIGN, "daily_spend_cap": None}])
    assert request.json == [{**CAMPAIGN, "daily_spend_cap": None}]
    assert (request.method, request.writes, request.category) == ("POST", True, "ads_write")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (None, "campaigns/create needs a body"),
        (CAMPAIGN, "campaigns/create is a list, not"),
        ([CAMPAIGN] * 31, "campaigns/create takes at most 30 values, not 31"),
        ([{**CAMPAIGN, "nam": "x"}], r"campaigns/create\[0\] has no member 'nam'.*did you mean 'name'"),
        ([{"name": "x"}], r"campaigns/create\[0\] needs objective_type"),
        ([{**CAMPAIGN, "name": None}], r"campaigns/create\[0\].name cannot be None"),
        ([{**CAMPAIGN, "objective_type": "AWARENES"}], "objective_type is one of .*did you mean 'AWARENESS'"),
        ([{**CAMPAIGN, "daily_spend_cap": "1"}], "daily_spend_cap is a whole number, not '1'"),
    ],
)
def test_a_wrong_body_is_refused_with_the_reason(body: object, told: str) -> None:
    with pytest.raises(ClientError, match=told):
        OPERATIONS["campaigns/create"].request({"ad_account_id": "7"}, body)


def test_what_pinterest_added_since_can_be_sent_unchecked() -> None:
    body = [{"name": "x", "a_new_member": 1}]
    assert OPERATIONS["campaigns/create"].request({"ad_account_id": 7}, body, check=False).json == body


def test_a_body_with_variants_is_checked_as_the_one_it_names() -> None:
    feed = {"catalog_type": "HOTEL", "name": "f", "format": "XML", "default_currency": "EUR"}
    feed |= {"default_locale": "de-DE", "location": "https://example.org/feed.xml"}
    assert OPERATIONS["feeds/create"].request(body=feed).json == feed
    for wrong in ("HOTELS", ["HOTEL"], None):
        with pytest.raises(InvalidValueError, match="catalog_type is one of RETAIL, HOTEL, CREATIVE_ASSETS"):
            OPERATIONS["feeds/create"].request(body={**feed, "catalog_type": wrong})


def test_oauth_is_a_form_and_knows_what_its_grant_takes() -> None:
    operation = OPERATIONS["oauth/token"]
    assert operation.request(body={"grant_type": "refresh_token", "refresh_token": "x"}).form == (
        ("grant_type", "refresh_token"),
        ("refresh_token", "x"),
    )
    assert operation.basic
    with pytest.raises(InvalidValueError, match="needs refresh_token"):
        operation.request(body={"grant_type": "refresh_token"})


@pytest.mark.parametrize(
    "name",
    ["ad_groups_bid_floor/get", "items/post", "ad_groups/audience_sizing", "products_by_product_group_filter/list"],
)
def test_posts_that_only_read_are_no_writes(name: str) -> None:
    assert OPERATIONS[name].method == "POST"
    assert not OPERATIONS[name].writes


BODY = {"members": [{"member_id": "9", "business_role": "EMPLOYEE"}]}


def test_deletes_that_take_a_body_have_one() -> None:
    request = OPERATIONS["delete_business_membership"].request({"business_id": "7"}, BODY)
    assert (request.method, request.json) == ("DELETE", BODY)


def test_a_body_for_an_operation_without_one_is_refused() -> None:
    with pytest.raises(ClientError, match="campaigns/list takes no body"):
        OPERATIONS["campaigns/list"].request({"ad_account_id": "7"}, {})


def test_the_session_s_default_account_is_named_as_the_cure() -> None:
    with pytest.raises(InvalidValueError, match=r"needs ad_account_id .*Pinterest\(ad_account_id="):
        OPERATIONS["campaigns/list"].request()


@pytest.mark.parametrize(
    ("name", "kind", "most", "wrapper", "outside", "required"),
    [
        ("ad_groups/create", "array", 30, "", (), ("billable_event", "campaign_id", "name")),
        ("keywords/create", "wrapped_array", None, "keywords", ("parent_id",), ("match_type", "value")),
        ("boards/create", "object", None, "", (), ("name",)),
    ],
)
def test_what_a_body_holds(
    name: str, kind: str, most: int | None, wrapper: str, outside: tuple[str, ...], required: tuple[str, ...]
) -> None:
    body = OPERATIONS[name].content
    assert body is not None
    assert (body.kind, body.most, body.wrapper, body.outside, body.required) == (kind, most, wrapper, outside, required)
    assert set(required) <= set(body.members)


def test_an_operation_without_body_holds_none() -> None:
    assert OPERATIONS["campaigns/list"].content is None
