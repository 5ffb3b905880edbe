"""Creates, updates and deletions: batches by element, statuses, budgets, verbs of their own, deletions with a body."""

from typing import Any

import pytest

from adplatforms.sandbox.pinterest import AD_ACCOUNT_ID
from adplatforms.sandbox.pinterest.seed import first

ACCOUNT = f"/ad_accounts/{AD_ACCOUNT_ID}"


def campaign(**more: Any) -> dict[str, Any]:
    return {"ad_account_id": AD_ACCOUNT_ID, "name": "New", "objective_type": "AWARENESS", **more}


def test_a_batch_fails_by_element_and_answers_200(own: Any) -> None:
    body = [campaign(name="One"), campaign(is_campaign_budget_optimization=True), campaign(name="Three")]
    items = own.send("POST", f"{ACCOUNT}/campaigns", body)["items"]
    assert [item["exceptions"][0]["code"] if item["exceptions"] else None for item in items] == [None, 2384, None]
    assert "data" not in items[1]
    made = items[0]["data"]
    assert (made["status"], made["type"], made["summary_status"]) == ("ACTIVE", "campaign", "RUNNING")
    assert own.get(f"{ACCOUNT}/campaigns/{made['id']}") == made
    assert [entry.action for entry in own.sandbox.journal] == ["create", "create"]


def test_an_update_changes_what_it_names(own: Any) -> None:
    key = first("campaigns", 1)
    before = own.get(f"{ACCOUNT}/campaigns/{key}")
    body = [{"id": key, "ad_account_id": AD_ACCOUNT_ID, "status": "ARCHIVED", "lifetime_spend_cap": None}]
    (item,) = own.send("PATCH", f"{ACCOUNT}/campaigns", body)["items"]
    after = item["data"]
    assert (after["status"], after["summary_status"], after["lifetime_spend_cap"]) == ("ARCHIVED", "ARCHIVED", None)
    assert after["name"] == before["name"]
    assert after["updated_time"] > before["updated_time"]
    assert own.get(f"{ACCOUNT}/campaigns", campaign_ids=key)["items"] == []


def test_the_account_of_each_campaign_is_checked(own: Any) -> None:
    (item,) = own.send("POST", f"{ACCOUNT}/campaigns", [campaign(ad_account_id="5")])["items"]
    assert item["exceptions"][0]["code"] == 2
    # Left out, it is the one in the path, since 5.28.0.
    (item,) = own.send("POST", f"{ACCOUNT}/campaigns", [{"name": "New", "objective_type": "AWARENESS"}])["items"]
    assert (item["exceptions"], item["data"]["name"]) == ([], "New")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ([], "minimum of 1"),
        ([campaign()] * 31, "maximum of 30"),
        ([campaign(objective_type="VIDEO_VIEW")], "not one of AWARENESS"),
        ([campaign(daily_spend_cap="5")], "not of type integer"),
        ([campaign(daily_spend_cap=True)], "not of type integer"),
        ([campaign(name=None)], "null is not allowed"),
        (campaign(), "not of type array"),
    ],
)
def test_mistakes_in_a_body_are_refused(own: Any, body: Any, words: str) -> None:
    reply = own.raw("POST", f"{ACCOUNT}/campaigns", json=body)
    assert (reply.status_code, reply.json()["code"]) == (400, 1)
    assert words in reply.json()["message"]
    assert list(own.sandbox.journal) == []


def test_members_nobody_named_are_told_and_not_kept(own: Any) -> None:
    reply = own.raw("POST", f"{ACCOUNT}/campaigns", json=[campaign(summary_status="PAUSED", budget=5)])
    made = reply.json()["items"][0]["data"]
    assert made["summary_status"] == "RUNNING"
    assert "budget" not in made
    assert reply.headers["x-sandbox-ignored"] == "body[0].summary_status, body[0].budget"
    assert "x-sandbox-ignored" not in own.raw("POST", f"{ACCOUNT}/campaigns", json=[campaign()]).headers


def test_members_the_description_forbids_are_refused(own: Any) -> None:
    reply = own.raw("POST", "/catalogs", json={"catalog_type": "RETAIL", "name": "New", "country": "US"})
    assert (reply.status_code, reply.json()["code"]) == (400, 1)
    assert "unknown member 'country'" in reply.json()["message"]


def test_the_objective_is_fixed_outside_draft(own: Any) -> None:
    active, draft = first("campaigns", 0), first("campaigns", 13)
    body = [{"id": key, "ad_account_id": AD_ACCOUNT_ID, "objective_type": "WEB_CONVERSION"} for key in (active, draft)]
    items = own.send("PATCH", f"{ACCOUNT}/campaigns", body)["items"]
    assert "only change while in draft" in items[0]["exceptions"][0]["message"]
    assert items[1]["data"]["objective_type"] == "WEB_CONVERSION"


def test_budgets_of_ad_groups_follow_the_campaign(own: Any) -> None:
    group = {"name": "New", "billable_event": "IMPRESSION"}
    shared, plain = first("campaigns", 5), first("campaigns", 6)
    body = [
        {**group, "campaign_id": shared, "budget_type": "CBO_ADGROUP"},
        {**group, "campaign_id": shared, "budget_in_micro_currency": 1},
        {**group, "campaign_id": plain},
        {**group, "campaign_id": plain, "budget_in_micro_currency": 1, "budget_type": "LIFETIME"},
        {**group, "campaign_id": "1", "budget_in_micro_currency": 1},
    ]
    items = own.send("POST", f"{ACCOUNT}/ad_groups", body)["items"]
    told = [item["exceptions"][0]["message"] if item["exceptions"] else "" for item in items]
    assert told[0] == ""
    assert "needs budget_type CBO_ADGROUP" in told[1]
    assert "budget_in_micro_currency is required" in told[2]
    assert "needs end_time" in told[3]
    assert "Campaign 1 not found" in told[4]


def test_ads_have_one_exception_object(own: Any) -> None:
    good = {"ad_group_id": first("ad_groups", 4), "pin_id": first("pins"), "creative_type": "REGULAR"}
    items = own.send("POST", f"{ACCOUNT}/ads", [good, {**good, "pin_id": "1"}])["items"]
    assert items[0]["data"]["campaign_id"] == first("campaigns", 1)
    assert items[1]["exceptions"]["message"] == "Pin 1 not found"


def test_keywords_and_labels_are_answered_apart(own: Any) -> None:
    body = {"parent_id": first("ad_groups"), "keywords": [{"value": "hat", "match_type": "EXACT"}]}
    made = own.send("POST", f"{ACCOUNT}/keywords", body)
    key = made["keywords"][0]["id"]
    assert made["errors"] == []
    updates = {"keywords": [{"id": key, "archived": True}, {"id": "1", "bid": 5}]}
    changed = own.send("PATCH", f"{ACCOUNT}/keywords", updates)
    assert changed["keywords"][0]["archived"] is True
    assert changed["errors"][0]["error_messages"] == ["Keyword 1 not found"]


def test_promotions_have_another_key_and_a_singular(own: Any) -> None:
    body = [{"id": "1", "promotion_title": "x"}, {"id": first("promotions"), "promotion_title": "Now"}]
    answer = own.send("PATCH", f"{ACCOUNT}/promotions", body)["promotions"]
    assert answer[0]["exception"]["code"] == 4997
    assert answer[1]["data"]["promotion_title"] == "Now"
    assert own.raw("DELETE", f"{ACCOUNT}/promotions/{first('promotions')}").status_code == 204
    assert own.refused(f"{ACCOUNT}/promotions/{first('promotions')}")[:2] == (404, 4997)


def test_values_that_clear(own: Any) -> None:
    key = first("campaigns", 0)
    ids = {"id": key, "ad_account_id": AD_ACCOUNT_ID}
    assert own.get(f"{ACCOUNT}/campaigns/{key}")["tracking_urls"]
    kept = own.send("PATCH", f"{ACCOUNT}/campaigns", [{**ids, "tracking_urls": None}])["items"][0]["data"]
    assert kept["tracking_urls"]
    cleared = own.send("PATCH", f"{ACCOUNT}/campaigns", [{**ids, "tracking_urls": {}}])["items"][0]["data"]
    assert cleared["tracking_urls"] is None


def test_audiences_and_templates_are_removed_by_operation_type(own: Any) -> None:
    audience = f"{ACCOUNT}/audiences/{first('audiences')}"
    own.send("PATCH", audience, {"operation_type": "REMOVE"})
    assert own.refused(audience)[0] == 404
    body = {"id": first("targeting_templates"), "operation_type": "REMOVE"}
    reply = own.raw("PATCH", f"{ACCOUNT}/targeting_templates", json=body)
    assert (reply.status_code, reply.content) == (200, b"")


def test_a_customer_list_grows_and_is_read_when_looked_at(own: Any) -> None:
    records = ",".join(f"user{number}@example.com" for number in range(120))
    made = own.send("POST", f"{ACCOUNT}/customer_lists", {"name": "CRM", "records": records})
    path = f"{ACCOUNT}/customer_lists/{made['id']}"
    assert made["status"] == "PROCESSING"
    assert own.get(path)["status"] == "READY"
    own.send("PATCH", path, {"operation_type": "REMOVE", "records": records})
    assert own.get(path)["status"] == "TOO_SMALL"
    upper = own.raw("PATCH", path, json={"operation_type": "ADD", "records": "User@Example.com"})
    assert (upper.status_code, upper.json()["code"]) == (400, 1)


def test_boards_sections_and_pins_belong_together(own: Any) -> None:
    board = own.send("POST", "/boards", {"name": "Fresh"})
    section = own.send("POST", f"/boards/{board['id']}/sections", {"name": "Top"})
    source = {"source_type": "image_url", "url": "https://i.example.com/1.jpg"}
    body = {"board_id": board["id"], "board_section_id": section["id"], "media_source": source}
    pin = own.send("POST", "/pins", body)
    assert [row["id"] for row in own.get(f"/boards/{board['id']}/pins")["items"]] == [pin["id"]]
    pins = own.get(f"/boards/{board['id']}/sections/{section['id']}/pins")["items"]
    assert [row["id"] for row in pins] == [pin["id"]]
    assert own.get(f"/boards/{board['id']}")["pin_count"] == 1
    saved = own.send("POST", f"/pins/{pin['id']}/save", {"board_id": first("boards")})
    assert saved["parent_pin_id"] == pin["id"]
    assert own.raw("DELETE", f"/boards/{board['id']}").status_code == 204
    assert own.refused(f"/pins/{pin['id']}")[:2] == (404, 50)


def test_protected_boards_cannot_be_deleted(own: Any) -> None:
    assert own.raw("DELETE", f"/boards/{first('boards', 3)}").status_code == 401
    assert own.get(f"/boards/{first('boards', 3)}")["privacy"] == "PROTECTED"


def test_product_groups_in_use_stay(own: Any) -> None:
    reply = own.raw("DELETE", f"/catalogs/product_groups/{first('product_groups')}")
    assert (reply.status_code, reply.json()["code"]) == (409, 4176)
    assert own.raw("DELETE", f"/catalogs/product_groups/{first('product_groups', 6)}").status_code == 204


def test_deletions_of_business_access_carry_a_body(own: Any) -> None:
    path = "/businesses/759631500000000001/members"
    member = {"member_id": first("business_members"), "business_role": "EMPLOYEE"}
    answer = own.send("DELETE", path, {"members": [member, {**member, "member_id": "1"}]})
    assert answer == {"deleted_members": [first("business_members")]}
    assert first("business_members") not in own.ids(path)


def test_resetting_puts_the_seed_back(own: Any) -> None:
    own.raw("DELETE", f"/boards/{first('boards')}")
    own.sandbox.reset()
    assert own.get(f"/boards/{first('boards')}")["id"] == first("boards")


def test_parents_may_carry_a_letter(own: Any) -> None:
    group = {"name": "New", "billable_event": "IMPRESSION", "budget_in_micro_currency": 1}
    (made,) = own.send("POST", f"{ACCOUNT}/ad_groups", [{**group, "campaign_id": f"C{first('campaigns', 1)}"}])["items"]
    assert made["data"]["campaign_id"] == first("campaigns", 1)
    ad = {"ad_group_id": f"AG{made['data']['id']}", "pin_id": first("pins"), "creative_type": "REGULAR"}
    (item,) = own.send("POST", f"{ACCOUNT}/ads", [ad])["items"]
    assert item["data"]["ad_group_id"] == made["data"]["id"]
