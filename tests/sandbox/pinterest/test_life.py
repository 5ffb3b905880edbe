"""From create to delete: what was created is read back, what was changed stays changed, what was deleted is gone."""

from typing import Any

import pytest

from adplatforms.sandbox.pinterest import AD_ACCOUNT_ID
from adplatforms.sandbox.pinterest.seed import first

ACCOUNT = f"/ad_accounts/{AD_ACCOUNT_ID}"
FEED = {
    "name": "Feed",
    "format": "CSV",
    "location": "https://feeds.example.com/new.csv",
    "catalog_type": "RETAIL",
    "default_country": "US",
    "default_locale": "en-US",
    "default_currency": "USD",
    "credentials": {"username": "ana", "password": "geheim"},
}
GROUP = {
    "catalog_id": first("catalogs"),
    "catalog_type": "RETAIL",
    "name": "Group",
    "filters": {"any_of": [{"BRAND": {"values": ["Aurora"]}}]},
}
PIN = {"board_id": first("boards"), "media_source": {"source_type": "image_url", "url": "https://i.example.com/1.jpg"}}
LIVES: list[tuple[str, dict[str, Any], dict[str, Any], bool]] = [
    ("/boards", {"name": "Board"}, {"description": "Schön"}, True),
    ("/pins", PIN, {"title": "Look"}, True),
    ("/catalogs/feeds", FEED, {"name": "Fed", "format": "TSV", "catalog_type": "RETAIL"}, True),
    ("/catalogs/product_groups", GROUP, {"name": "Groups", "catalog_type": "RETAIL"}, True),
    (
        f"{ACCOUNT}/audiences",
        {"name": "A", "audience_type": "VISITOR", "rule": {"retention_days": 9}},
        {"name": "B"},
        False,
    ),
    ("/integrations/commerce", {"external_business_id": "new-shop"}, {"scopes": "ads:read"}, True),
]


@pytest.mark.parametrize(("path", "body", "change", "deletable"), LIVES, ids=[path for path, *_ in LIVES])
def test_a_row_lives(own: Any, path: str, body: dict[str, Any], change: dict[str, Any], deletable: bool) -> None:
    made = own.send("POST", path, body)
    row = f"{path}/{body.get('external_business_id', made['id'])}"
    assert own.get(row) == made
    assert {name: made[name] for name in body if name in made} == {name: body[name] for name in body if name in made}
    changed = own.send("PATCH", row, change)
    assert own.get(row) == changed
    assert {name: changed[name] for name in change} == change
    kept = set(made) - set(change) - {"updated_at", "updated_timestamp"}
    assert {name: changed[name] for name in kept} == {name: made[name] for name in kept}
    if deletable:
        assert own.raw("DELETE", row).status_code == 204
        assert own.raw("GET", row).status_code == 404
        assert own.raw("DELETE", row).status_code == 404
    actions = ["create", "update", "delete"] if deletable else ["create", "update"]
    assert [entry.action for entry in own.sandbox.journal if entry.id == made["id"]] == actions


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("ad_accounts", {"name": "New", "country": "DE", "owner_user_id": "759631500000000001"}),
        (f"ad_accounts/{AD_ACCOUNT_ID}/conversion_tags", {"name": "Tag", "aem_enabled": True}),
        (f"ad_accounts/{AD_ACCOUNT_ID}/customer_lists", {"name": "CRM", "records": "a" * 64}),
        (f"ad_accounts/{AD_ACCOUNT_ID}/leads/subscriptions", {"webhook_url": "https://hook.example.com/"}),
    ],
)
def test_what_is_created_is_listed(own: Any, kind: str, body: dict[str, Any]) -> None:
    made = own.send("POST", f"/{kind}", body)
    query = {} if kind.endswith("tags") else {"page_size": 250}
    listed = own.get(f"/{kind}", **query)["items"]
    assert [row for row in listed if row["id"] == made["id"]] == [made]


def test_a_lead_form_is_made_and_changed_in_batches(own: Any) -> None:
    form = {
        "name": "Contact",
        "privacy_policy_link": "https://www.example.com/privacy",
        "has_accepted_terms": True,
        "completion_message": "Danke schön",
        "questions": [{"question_type": "FULL_NAME"}],
    }
    (item,) = own.send("POST", f"{ACCOUNT}/lead_forms", [form])["items"]
    key = item["data"]["id"]
    own.send("PATCH", f"{ACCOUNT}/lead_forms", [{"id": key, "status": "DRAFT"}])
    found = own.get(f"{ACCOUNT}/lead_forms/{key}")
    assert (found["status"], found["completion_message"]) == ("DRAFT", "Danke schön")
    tested = own.raw("POST", f"{ACCOUNT}/lead_forms/{key}/test", json={"answers": ["Ana"]})
    assert tested.status_code == 400
    hook = {"webhook_url": "https://hook.example.com/", "lead_form_id": key}
    subscription = own.send("POST", f"{ACCOUNT}/leads/subscriptions", hook)["id"]
    assert own.send("POST", f"{ACCOUNT}/lead_forms/{key}/test", {"answers": ["Ana"]}) == {
        "subscription_id": subscription
    }
    assert own.raw("DELETE", f"{ACCOUNT}/leads/subscriptions/{subscription}").status_code == 204


def test_an_ad_account_that_was_made_is_used(own: Any) -> None:
    account = own.send("POST", "/ad_accounts", {"name": "New", "country": "DE"})["id"]
    body = [{"ad_account_id": account, "name": "First", "objective_type": "AWARENESS"}]
    made = own.send("POST", f"/ad_accounts/{account}/campaigns", body)["items"][0]["data"]
    assert own.ids(f"/ad_accounts/{account}/campaigns") == [made["id"]]
    assert made["id"] not in own.ids(f"{ACCOUNT}/campaigns")


def test_websites_are_claimed_and_given_up(own: Any) -> None:
    own.send("POST", "/user_account/websites", {"website": "new.example.com", "verification_method": "METATAG"})
    assert "new.example.com" in [row["website"] for row in own.get("/user_account/websites")["items"]]
    gone = own.raw("DELETE", "/user_account/websites", params={"website": "new.example.com"})
    assert gone.status_code == 204
    assert own.raw("DELETE", "/user_account/websites", params={"website": "new.example.com"}).status_code == 404


def test_invites_are_answered(own: Any) -> None:
    business = "/businesses/759631500000000001"
    body = {"business_role": "EMPLOYEE", "invite_type": "MEMBER_INVITE", "members": ["ana@example.com"]}
    (item,) = own.send("POST", f"{business}/invites", body)["items"]
    key = item["invite"]["id"]
    answer = {"invite_id": key, "action": {"accept_invite": True}}
    own.send("PATCH", "/businesses/invites", {"invites": [answer]})
    (invite,) = [row for row in own.get(f"{business}/invites", page_size=250)["items"] if row["id"] == key]
    assert invite["invite_data"]["invite_status"] == "ACCEPTED"
    cancelled = own.send("DELETE", f"{business}/invites", {"invite_ids": [key, "1"]})["items"]
    assert [one["exception"] and one["exception"]["invite_id"] for one in cancelled] == [None, "1"]
