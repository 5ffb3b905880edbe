"""A walk over all operations: each is called as the description asks, and its reply judged by `openapi-core`."""

import json
import re
import warnings
from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from adplatforms.sandbox import Sandbox
from adplatforms.sandbox.pinterest import AD_ACCOUNT_ID, seed
from adplatforms.sandbox.pinterest.seed import first
from adplatforms.sandbox.pinterest.seed_rest import BUSINESS
from adplatforms.sandbox.pinterest.synth import Maker
from adplatforms.sandbox.pinterest.table import Operation, api

TODAY_BACK = (12, 3)

PATH = {
    "ad_account_id": AD_ACCOUNT_ID,
    "business_id": BUSINESS,
    "business_hierarchy_id": "1",
    "external_business_id": "shop-0",
    "id": first("integrations"),
    "interest_id": "925056443165",
    "media_id": first("media"),
    "member_id": first("business_members"),
    "partner_id": first("business_partners"),
    "asset_id": first("business_assets"),
    "section_id": first("board_sections"),
    "billing_invoice_id": first("billing_invoices"),
    "subscription_id": first("lead_subscriptions"),
    "pin_order_id": first("ssio_insertion_orders"),
    "template_id": first("report_templates"),
    "processing_result_id": first("feed_processing_results"),
    "customer_list_upload_id": first("customer_list_uploads"),
    "system_user_id": first("system_users"),
    "brand_account_id": "220000000000",
    "targeting_type": "LOCATION",
    "region": "US",
    "trend_type": "growing",
    "username": "idol0",
}
"""Values for names in paths; `campaign_id` and the like are the first seeded row."""

QUERY = {
    "columns": "SPEND_IN_DOLLAR,TOTAL_IMPRESSION,CTR,CAMPAIGN_NAME",
    "granularity": "DAY",
    "metric_types": "IMPRESSION,SAVE",
    "audience_id": first("audiences"),
    "campaign_ids": first("campaigns"),
    "campaign_id": first("campaigns"),
    "ad_group_ids": first("ad_groups"),
    "ad_group_id": first("ad_groups"),
    "ad_ids": first("ads"),
    "pin_ids": first("pins"),
    "product_group_ids": first("product_group_promotions"),
    "keywords": "shoes,hats",
    "terms": "shoes",
    "term": "shoes",
    "query": "look",
    "id": f"{first('product_groups', 7)},{first('product_groups', 8)}",
    "catalog_id": first("catalogs"),
    "website": "shop0.example.com",
    "country_code": "US",
    "targeting_types": "GENDER,COUNTRY",
}
MORE_QUERY = {
    "product_group_promotions/list": [("ad_group_id", first("ad_groups"))],
    "ads/analytics": [("ad_ids", first("ads"))],
    "boards_user_follows/list": [("page_size", "5")],
    "reports/stats": [
        ("parameters[catalog_type]", "RETAIL"),
        ("parameters[report][report_type]", "DISTRIBUTION_ISSUES"),
        ("parameters[report][catalog_id]", first("catalogs")),
    ],
}

ACCESS = {"asset_id": first("business_assets"), "permissions": ["ADMIN"]}
MEMBER = {"member_id": first("business_members"), "business_role": "EMPLOYEE"}
SHARE = {"audience_id": first("audiences"), "operation_type": "SHARE"}
RECORDS = ",".join(f"user{number}@example.com" for number in range(120))
TEMPLATE = {
    "id": first("targeting_templates"),
    "operation_type": "UPDATE",
    "targeting_attributes": {"GENDER": ["male"]},
}
KEYWORDS = {"parent_id": first("ad_groups"), "keywords": [{"value": "hat", "match_type": "BROAD"}]}
GROUP = {
    "campaign_id": first("campaigns", 1),
    "name": "New",
    "billable_event": "CLICKTHROUGH",
    "budget_in_micro_currency": 1_000_000,
}
CAMPAIGN = {"ad_account_id": AD_ACCOUNT_ID, "name": "New", "objective_type": "AWARENESS"}
AD = {"ad_group_id": first("ad_groups"), "pin_id": first("pins", 5), "creative_type": "REGULAR"}
PROMOTIONS = {"ad_group_id": first("ad_groups"), "product_group_promotion": [{"status": "PAUSED"}]}
PRODUCT_GROUP = {
    "catalog_id": first("catalogs"),
    "catalog_type": "RETAIL",
    "filters": {"any_of": [{"BRAND": {"values": ["Aurora"]}}]},
}
BODIES: dict[str, Any] = {
    "ad_previews/create": {"pin_id": first("pins", 5)},
    "ads_credit/redeem": {"offerCodeHash": "abc123", "validateOnly": False},
    "campaigns/create": [CAMPAIGN],
    "campaigns/update": [{"id": first("campaigns"), "ad_account_id": AD_ACCOUNT_ID, "name": "Renamed"}],
    "ad_groups/create": [GROUP],
    "ad_groups/update": [{"id": first("ad_groups"), "name": "Renamed"}],
    "ads/create": [AD],
    "ads/update": [{"id": first("ads"), "status": "PAUSED"}],
    "keywords/create": KEYWORDS,
    "keywords/update": {"keywords": [{"id": first("keywords"), "archived": True}]},
    "labels/create": {"parent_id": first("campaigns"), "labels": [{"value": "Spring", "label_type": "CUSTOM"}]},
    "labels/update": {"labels": [{"id": first("labels"), "status": "ARCHIVED"}]},
    "product_group_promotions/create": PROMOTIONS,
    "product_group_promotions/update": {
        **PROMOTIONS,
        "product_group_promotion": [{"id": first("product_group_promotions"), "status": "ARCHIVED"}],
    },
    "promotions/update": [{"id": first("promotions"), "promotion_title": "Now"}],
    "lead_forms/update": [{"id": first("lead_forms"), "name": "Contact"}],
    "audiences/create": {"name": "All", "audience_type": "VISITOR", "rule": {"retention_days": 30}},
    "audiences/update": {"name": "Visitors"},
    "bulk_upsert/create": {"create": {"campaigns": [CAMPAIGN], "keywords": [KEYWORDS]}},
    "customer_lists/create": {"name": "CRM", "records": RECORDS},
    "customer_lists/update": {"operation_type": "ADD", "records": RECORDS},
    "leads_export/create": {"ad_id": first("ads"), "start_date": "2026-01-01", "end_date": "2026-01-31"},
    "targeting_template/update": TEMPLATE,
    "board_sections/create": {"name": "Fresh"},
    "board_sections/update": {"name": "Fresher"},
    "pins/create": {
        "board_id": first("boards"),
        "media_source": {"source_type": "image_url", "url": "https://i.example.com/1.jpg"},
    },
    "pins/update": {"title": "Look"},
    "pins/save": {"board_id": first("boards", 1)},
    "update/business_memberships": [MEMBER],
    "delete_business_membership": {"members": [MEMBER]},
    "business_members_asset_access/update": {"accesses": [{**ACCESS, "member_id": first("business_members")}]},
    "update_partner_asset_access_handler_impl": {"accesses": [{**ACCESS, "partner_id": first("business_partners")}]},
    "catalogs_product_groups/create": {**PRODUCT_GROUP, "name": "Walk"},
    "catalogs_product_groups/create_many": [{**PRODUCT_GROUP, "name": f"Walk {number}"} for number in (1, 2)],
    "catalogs_product_groups/update": {"name": "Walked"},
    "update_ad_account_to_ad_account_shared_audience": {**SHARE, "recipient_account_ids": ["5"]},
    "update_business_to_ad_account_shared_audience": {**SHARE, "recipient_account_ids": ["5"]},
    "update_ad_account_to_business_shared_audience": {**SHARE, "recipient_business_ids": ["6"]},
    "update_business_to_business_shared_audience": {**SHARE, "recipient_business_ids": ["6"]},
    "oauth/token": {"grant_type": "authorization_code", "code": "demo-code-1", "redirect_uri": "http://localhost/"},
    "token/revoke": {"token": "another"},
}
"""Bodies whose ids must exist; the others are made up from their shape."""

DELETED = {
    "feed_id": first("feeds", 5),
    "product_group_id": first("product_groups", 6),
    "pin_id": first("pins", 3),
    "board_id": first("boards", 4),
    "promotion_id": first("promotions", 3),
}
"""What deletions use in place of the first row, which other calls need."""

LAST = ("boards/delete", "sandbox/delete")


class Walk:
    """Calls operations of one sandbox and judges the replies."""

    def __init__(self, sandbox: Sandbox, document: dict[str, Any]) -> None:
        core = pytest.importorskip("openapi_core")
        self.base = f"{sandbox.url}/pinterest/v5"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # The document is the vendor's, and is not judged itself: that would take three seconds.
            self.judge = core.OpenAPI.from_dict(document, config=core.Config(spec_validator_cls=None))
        self.http = requests.Session()
        self.tokens: dict[str, str] = {}

    def path(self, operation: Operation) -> str:
        path = operation.path
        for name in re.findall(r"\{(\w+)\}", path):
            value = PATH.get(name) or self.tokens.get(name) or first(f"{name.removesuffix('_id')}s")
            if operation.method == "DELETE" and name in DELETED and not operation.id.startswith("board_sections"):
                value = DELETED[name]
            path = path.replace(f"{{{name}}}", value)
        return path

    def query(self, operation: Operation) -> list[tuple[str, str]]:
        today = seed_today()
        dates = {"start_date": TODAY_BACK[0], "end_date": TODAY_BACK[1], "date": 2}
        found = list(MORE_QUERY.get(operation.id, []))
        for one in operation.params:
            if one.place != "query" or not one.required or one.encode == "deep":
                continue
            if one.name in dates:
                text = str(today - timedelta(days=dates[one.name]))
            elif one.name == "token":
                text = self.tokens[operation.id]
            else:
                value = QUERY.get(one.name) or Maker(api(), 1).make(one.shape, one.name)
                text = str(value[0] if isinstance(value, list) else value)
            found.append((one.name, text.lower() if text in ("True", "False") else text))
        return found

    def body(self, operation: Operation) -> Any:
        if operation.body is None:
            return None
        body = BODIES.get(operation.id) or Maker(api(), 1).make(operation.body)
        if isinstance(body, dict) and "start_date" in body and operation.id.startswith("analytics/"):
            today = seed_today()
            body |= {"start_date": str(today - timedelta(days=12)), "end_date": str(today - timedelta(days=3))}
        return body

    def call(self, operation: Operation) -> requests.Response:
        body = self.body(operation)
        given: dict[str, Any] = {"headers": {"Authorization": "Bearer demo-token"}, "json": body}
        if operation.media_type == "application/x-www-form-urlencoded":
            given = {"auth": ("demo-client", "demo-secret"), "data": body}
        url = self.base + self.path(operation)
        return self.http.request(operation.method, url, params=self.query(operation), timeout=30, **given)

    def problems(self, operation: Operation, reply: requests.Response) -> list[str]:
        """Why a reply is not what the description declares."""
        if reply.status_code not in operation.answers:
            return [f"{operation.id}: {reply.status_code} {reply.text[:300]}"]
        if operation.answers[reply.status_code] is None:
            return [f"{operation.id}: a body where there is none"] if reply.content else []
        return [f"{operation.id}: {problem}" for problem in self.judged(operation.method, self.path(operation), reply)]

    def judged(self, method: str, path: str, reply: requests.Response) -> list[str]:
        from openapi_core.testing import MockRequest, MockResponse

        asked = MockRequest("https://api.pinterest.com", method.lower(), f"/v5{path}")
        kind = reply.headers["Content-Type"]
        answered = MockResponse(reply.content, status_code=reply.status_code, content_type=kind)
        try:
            self.judge.validate_response(asked, answered)
        except Exception as error:  # noqa: BLE001  (whatever the judge raises is a verdict)
            return list(_causes(error))
        return []


def seed_today() -> Any:
    from datetime import datetime

    return datetime.now(UTC).date()


def _causes(error: BaseException | None) -> Iterator[str]:
    while error is not None:
        found = getattr(error, "schema_errors", None) or ()
        yield from (f"{'/'.join(map(str, one.absolute_path))}: {one.message[:200]}" for one in found)
        if not found and error.__cause__ is None:
            yield repr(error)
        error = error.__cause__


@pytest.fixture(scope="module")
def walk(spec: Path) -> Iterator[Walk]:
    document = json.loads((spec / "pinterest" / "openapi.json").read_text(encoding="utf-8"))
    with Sandbox() as sandbox:
        made = Walk(sandbox, document)
        yield made
        made.http.close()


JOBS = {
    "analytics/create_report": ("analytics/get_report", "token"),
    "analytics/create_conversion_product_report": ("analytics/get_conversion_product_report", "token"),
    "analytics/create_mmm_report": ("analytics/get_mmm_report", "data.token"),
    "reports/create": ("reports/get", "token"),
    "leads_export/create": ("leads_export_id", "leads_export_id"),
    "bulk_download/create": ("bulk_request_id", "request_id"),
    "items_batch/post": ("batch_id", "batch_id"),
    "brand_accounts/create": ("brand_account_id", "brand_account_id"),
}
"""Which later call, or name in a path, the member of an answer is for."""


def test_every_operation_answers_what_the_description_declares(walk: Walk) -> None:
    calls = sorted((one for one in api().operations.values() if not one.since), key=_when)
    problems = []
    for operation in calls:
        if operation.id == "customer_list_uploads/run":
            continue  # needs an upload: tests of the jobs run it
        reply = walk.call(operation)
        problems += walk.problems(operation, reply)
        if operation.id in JOBS and reply.ok:
            key, member = JOBS[operation.id]
            value = reply.json()
            for name in member.split("."):
                value = value[name]
            walk.tokens[key] = value
    assert problems == []
    assert len(calls) == 231


def _when(operation: Operation) -> tuple[bool, bool, bool]:
    creates = operation.id in JOBS
    return operation.id in LAST, operation.method == "DELETE", not creates


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", f"/ad_accounts/{AD_ACCOUNT_ID}/campaigns/1", 404),
        ("GET", "/ad_accounts/1/campaigns", 404),
        ("GET", f"/ad_accounts/{AD_ACCOUNT_ID}/campaigns?page_size=251", 400),
        ("GET", "/pins/1", 404),
    ],
)
def test_refusals_are_what_the_description_declares(walk: Walk, method: str, path: str, status: int) -> None:
    reply = requests.request(method, walk.base + path, headers={"Authorization": "Bearer demo-token"}, timeout=30)
    assert reply.status_code == status
    assert walk.judged(method, path.partition("?")[0], reply) == []


LISTS = [
    one
    for one in api().operations.values()
    if not one.since and one.method == "GET" and one.role.split(" ")[0].endswith(".list")
]
ALL = [("entity_statuses", word) for word in ("ACTIVE", "PAUSED", "ARCHIVED", "DRAFT")]


@pytest.mark.parametrize("operation", LISTS, ids=lambda one: one.id)
def test_every_seeded_row_but_the_odd_ones_is_valid(walk: Walk, sandbox: Sandbox, operation: Operation) -> None:
    """Lists are read to the end; pages with odd rows are judged invalid, all others valid."""
    names = {one.name for one in operation.params}
    query = walk.query(operation)
    query += [("page_size", "250")] if "page_size" in names and "page_size" not in dict(query) else []
    query += ALL if "entity_statuses" in names and operation.resource in seed.ODD else []
    rows, bookmark = [], None
    while True:
        marked = [*query, ("bookmark", bookmark)] if bookmark else query
        url = f"{sandbox.url}/pinterest/v5{walk.path(operation)}"
        reply = walk.http.get(url, params=marked, headers={"Authorization": "Bearer demo-token"}, timeout=30)
        body = reply.json()
        items = body["items"] if isinstance(body, dict) else body
        odd = [row for row in items if seed.is_odd(operation.resource, row.get("id", "0"))]
        assert bool(walk.judged("GET", walk.path(operation), reply)) == bool(odd), operation.id
        rows += items
        before, bookmark = bookmark, body.get("bookmark") if isinstance(body, dict) else None
        if bookmark is None:
            break
        assert bookmark != before
    assert rows
