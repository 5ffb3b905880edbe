"""Lists: pages and bookmarks, default filters, what is refused, peculiar lists, odd rows."""

from typing import Any

import pytest

from adplatforms.sandbox.pinterest import AD_ACCOUNT_ID, seed
from adplatforms.sandbox.pinterest.seed import first

ACCOUNT = f"/ad_accounts/{AD_ACCOUNT_ID}"
ALL = ["ACTIVE", "PAUSED", "ARCHIVED", "DRAFT"]


def test_pages_bring_every_row_once(api: Any) -> None:
    found = api.ids(f"{ACCOUNT}/campaigns", entity_statuses=ALL, page_size=77)
    assert found == [first("campaigns", place) for place in range(seed.CAMPAIGNS[0])]
    assert api.ids(f"{ACCOUNT}/campaigns", entity_statuses=ALL, order="DESCENDING", page_size=250) == found[::-1]


def test_archived_and_draft_rows_are_hidden_by_default(api: Any) -> None:
    shown = api.get(f"{ACCOUNT}/campaigns", page_size=250)["items"]
    assert {row["status"] for row in shown} == {"ACTIVE", "PAUSED"}
    archived = first("campaigns", 9)
    assert api.get(f"{ACCOUNT}/campaigns", campaign_ids=archived)["items"] == []
    assert api.get(f"{ACCOUNT}/campaigns/{archived}")["status"] == "ARCHIVED"


def test_a_bookmark_stands_rows_coming_and_going(own: Any) -> None:
    query = {"page_size": 20}
    page = own.get("/boards", **query)
    own.raw("DELETE", f"/boards/{page['items'][0]['id']}")
    new = own.send("POST", "/boards", {"name": "Late"})["id"]
    rest = own.ids("/boards", **query, bookmark=page["bookmark"])
    assert rest == [*(first("boards", place) for place in range(20, seed.BOARDS)), new]


def test_a_page_may_be_short(api: Any) -> None:
    page = api.get("/pins", page_size=25)
    following = api.get("/pins", page_size=25, bookmark=page["bookmark"])
    assert (len(page["items"]), len(following["items"])) == (25, 24)
    assert following["bookmark"]


def test_a_bookmark_belongs_to_its_filters(api: Any) -> None:
    bookmark = api.get(f"{ACCOUNT}/campaigns", page_size=5)["bookmark"]
    status, code, message = api.refused(f"{ACCOUNT}/campaigns", page_size=5, bookmark=bookmark, order="DESCENDING")
    assert (status, code) == (400, 1)
    assert "other filters" in message
    assert api.refused(f"{ACCOUNT}/campaigns", bookmark="nonsense")[:2] == (400, 1)


@pytest.mark.parametrize(
    ("path", "query", "words"),
    [
        ("/campaigns", {"campaign_ids": "1,2"}, "does not match"),
        ("/campaigns", {"name": "x"}, "Unknown query parameter 'name'"),
        ("/campaigns", {"page_size": "251"}, "maximum of 250"),
        ("/campaigns", {"page_size": "0"}, "minimum of 1"),
        ("/campaigns", {"page_size": "ten"}, "not of type integer"),
        ("/campaigns", {"entity_statuses": "LIVE"}, "not one of ACTIVE"),
        ("/campaigns", {"campaign_ids": [str(number) for number in range(251)]}, "maximum of 250"),
        ("/ads", {"campaign_ids": "1", "ad_ids": "2"}, "Only one of campaign_ids, ad_ids"),
        ("/ad_groups", {"campaign_ids": "1", "ad_group_ids": "2"}, "Only one of"),
        ("/ad_groups", {"translate_interests_to_names": "yes"}, "not a boolean"),
        ("/product_group_promotions", {}, "is required"),
        ("/billing_profiles", {}, "'is_active' is required"),
        ("/campaigns/abc", {}, "does not match"),
        ("/ad_groups/analytics", {"columns": ["A", "B"]}, "separated by commas"),
    ],
)
def test_mistakes_in_a_query_are_refused(api: Any, path: str, query: dict[str, Any], words: str) -> None:
    if path.endswith("analytics"):
        query = {**query, "ad_group_ids": "1", "start_date": api.day(3), "end_date": api.day(2), "granularity": "DAY"}
    status, code, message = api.refused(ACCOUNT + path, **query)
    assert (status, code) == (400, 1)
    assert words in message


def test_keywords_hang_on_ad_groups(api: Any) -> None:
    own = api.get(f"{ACCOUNT}/keywords")["items"]
    assert {row["parent_id"] for row in own} == {AD_ACCOUNT_ID}
    group = api.get(f"{ACCOUNT}/keywords", ad_group_id=first("ad_groups"))["items"]
    assert {row["parent_id"] for row in group} == {first("ad_groups")}
    broad = api.get(f"{ACCOUNT}/keywords", ad_group_id=first("ad_groups"), match_types=["BROAD"])["items"]
    assert 0 < len(broad) < len(group)


def test_labels_come_wrapped(api: Any) -> None:
    (row,) = api.get(f"{ACCOUNT}/labels", label_ids=first("labels"))["items"]
    assert [label["id"] for label in row["labels"]] == [first("labels")]
    assert row["errors"] == []


def test_given_both_filters_the_ids_of_product_group_promotions_win(api: Any) -> None:
    key = first("product_group_promotions", 30)
    query = {"product_group_promotion_ids": key, "ad_group_id": first("ad_groups")}
    assert [row["id"] for row in api.get(f"{ACCOUNT}/product_group_promotions", **query)["items"]] == [key]


def test_the_last_rows_are_odd_as_real_ones_are(api: Any) -> None:
    key = first("campaigns", seed.CAMPAIGNS[0] - 1)
    row = api.get(f"{ACCOUNT}/campaigns/{key}")
    assert (row["name"], row["objective_type"] in ("VIDEO_VIEW", "WEB_SESSIONS")) == (None, True)
    assert row["experiment_group"] == "b"
    board = api.get(f"/boards/{first('boards', seed.BOARDS - 1)}")
    assert board["created_at"] == "2021-06-08T09:37:18"


def test_rows_may_move_while_a_listing_is_read(own: Any) -> None:
    from adplatforms.sandbox import Fault

    path = f"{ACCOUNT}/campaigns"
    first_page = own.get(path, page_size=5, entity_statuses=ALL)
    own.sandbox.faults.add(Fault("moving_pages", path="/pinterest/*", times=1, rows=-2))
    following = own.get(path, page_size=5, entity_statuses=ALL, bookmark=first_page["bookmark"])
    assert [row["id"] for row in following["items"]] == [first("campaigns", place) for place in range(5, 10)]
    assert [(entry.action, entry.id) for entry in own.sandbox.journal] == [
        ("delete", first("campaigns")),
        ("delete", first("campaigns", 1)),
    ]


def test_shared_accounts_can_be_left_out(api: Any) -> None:
    assert len(api.ids("/ad_accounts")) == 2
    assert api.ids("/ad_accounts", include_shared_accounts="false") == [AD_ACCOUNT_ID]


def test_an_account_may_have_no_catalog(api: Any) -> None:
    other = seed.ACCOUNTS[1]
    assert api.refused("/catalogs/product_groups", ad_account_id=other)[:2] == (409, 4182)
    assert api.get("/catalogs/product_groups", ad_account_id=AD_ACCOUNT_ID)["items"]


def test_invoices_are_found_by_the_day_they_are_due(api: Any) -> None:
    rows = api.get(f"{ACCOUNT}/billing_invoices", page_size=250)["items"]
    some = sorted(row["invoice_due_date"] for row in rows)[3]
    found = api.get(f"{ACCOUNT}/billing_invoices", start_due_date=some, end_due_date=some)["items"]
    assert found == [row for row in rows if row["invoice_due_date"] == some]


def test_pins_have_metrics_when_they_are_asked_for(api: Any) -> None:
    pin = first("pins")
    assert api.get(f"/pins/{pin}")["pin_metrics"] is None
    metrics = api.get(f"/pins/{pin}", pin_metrics="true")["pin_metrics"]
    assert metrics["lifetime_metrics"]["impression"] > metrics["90d"]["impression"] > 0
    assert api.get("/pins", pin_metrics="true", page_size=1)["items"][0]["pin_metrics"] == metrics


def test_billing_profiles_are_active_or_not(api: Any) -> None:
    active = api.ids(f"{ACCOUNT}/billing_profiles", is_active="true")
    others = api.ids(f"{ACCOUNT}/billing_profiles", is_active="false")
    assert active
    assert others
    assert not set(active) & set(others)


def test_an_audience_tells_who_it_is_shared_with(own: Any) -> None:
    query = {"audience_id": first("audiences"), "account_type": "AD_ACCOUNT"}
    path = f"{ACCOUNT}/audiences/shared/accounts"
    before = [row["account_id"] for row in own.get(path, **query)["items"]]
    body = {"audience_id": first("audiences"), "recipient_account_ids": ["5", before[0]]}
    own.send("PATCH", f"{ACCOUNT}/audiences/ad_accounts/shared", {**body, "operation_type": "SHARE"})
    assert [row["account_id"] for row in own.get(path, **query)["items"]] == [*before, "5"]
    own.send("PATCH", f"{ACCOUNT}/audiences/ad_accounts/shared", {**body, "operation_type": "REVOKE"})
    assert [row["account_id"] for row in own.get(path, **query)["items"]] == before[1:]
