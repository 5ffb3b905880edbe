"""Lists that work in a way of their own."""

from __future__ import annotations

from typing import Any

from adplatforms.sandbox.pinterest.context import Context, Reply, handles
from adplatforms.sandbox.pinterest.errors import invalid
from adplatforms.sandbox.pinterest.generic import EXCLUSIVE, listed, page
from adplatforms.sandbox.pinterest.reading import Call
from adplatforms.sandbox.pinterest.seed_rest import USER


@handles("ad_accounts/list")
def ad_accounts(context: Context, call: Call) -> Reply:
    """Without the shared accounts only those the user owns."""
    return page(context, call, {} if call.query["include_shared_accounts"] else {"$.owner.username": USER})


@handles("labels/list")
def labels(context: Context, call: Call) -> Reply:
    """Each element is itself `{"labels": [...], "errors": [...]}`, as the description has it."""
    return page(context, call, wrap='{"labels":[%s],"errors":[]}')


@handles("keywords/get")
def keywords(context: Context, call: Call) -> Reply:
    """Without a filter only the keywords of the ad account itself; those of Ads Manager hang on ad groups."""
    given = [name for name in EXCLUSIVE["keywords"][0] if name in call.given]
    parents = call.query[given[0]] if given else call.account
    where: dict[str, Any] = {"up": parents}
    if "match_types" in call.query:
        where["status"] = call.query["match_types"]
    return page(context, call, where)


@handles("product_group_promotions/list")
def product_group_promotions(context: Context, call: Call) -> Reply:
    """One of the two filters must be there; if both are, the ids win."""
    if not {"product_group_promotion_ids", "ad_group_id"} & call.given:
        raise invalid("One of ad_group_id, product_group_promotion_ids is required")
    where: dict[str, Any] = {"scope": call.account, "status": call.query["entity_statuses"]}
    if "product_group_promotion_ids" in call.query:
        where["key"] = call.query["product_group_promotion_ids"]
    else:
        where["up"] = call.query["ad_group_id"].removeprefix("AG")
    return listed(context, call, "product_group_promotions", where)


@handles("conversion_tags/list")
def conversion_tags(context: Context, call: Call) -> Any:
    """Not paged. `filter_deleted` leaves out the archived ones; what else it may mean is not in the facts."""
    rows = [row.data for row in context.rows.select("conversion_tags", {"scope": call.account})]
    if call.query.get("filter_deleted"):
        rows = [row for row in rows if row["status"] != "ARCHIVED"]
    return {"items": rows}


@handles("page_visit_conversion_tags/get")
def page_visits(context: Context, call: Call) -> Reply:
    """The page visit events of the account's tags."""
    return listed(context, call, "conversion_events", {"scope": call.account})


@handles("ocpm_eligible_conversion_tags/get")
def ocpm_eligible(context: Context, call: Call) -> Any:
    """The eligible events by tag."""
    made = context.made_up(call)
    tags = context.rows.select("conversion_tags", {"scope": call.account})
    events = next(iter(made.values())) if made else []
    return {row.key: events for row in tags}


@handles("linked_business_accounts/get")
def linked_businesses(context: Context, call: Call) -> Any:
    """A bare array."""
    return [row.data for row in context.rows.select("linked_businesses")]


@handles("audiences/list")
def audiences(context: Context, call: Call) -> Reply:
    """`ownership_type`: OWNED (default) are the account's own, RECEIVED those that others share with it."""
    received = call.query.get("ownership_type") == "RECEIVED"
    return page(context, call, {"top": "RECEIVED" if received else ""})


@handles("business_account_audiences_shared_accounts/list")
def business_shared_accounts(context: Context, call: Call) -> Reply:
    """The accounts a business shares an audience with."""
    query = call.query
    where = {"scope": call.path["business_id"], "up": query["audience_id"], "status": query["account_type"]}
    return listed(context, call, "audience_shared_accounts", where)


@handles("billing_profiles/get")
def billing_profiles(context: Context, call: Call) -> Reply:
    """Active profiles are the valid ones."""
    valid = ["VALID", "SECONDARY"]
    others = ["UNSPECIFIED", "INVALID", "PENDING", "DELETED", "PENDING_SECONDARY"]
    return page(context, call, {"status": valid if call.query["is_active"] else others})


@handles("billing_invoices/get")
def billing_invoices(context: Context, call: Call) -> Reply:
    """Invoices that are due between two days, both included. Ordered by id: what `sort` orders by is not kept apart."""
    first, last = call.query.get("start_due_date", ""), call.query.get("end_due_date", "~")
    rows = context.rows.select("billing_invoices", {"scope": call.account})
    return page(context, call, {"key": [row.key for row in rows if first <= row.data["invoice_due_date"] <= last]})


@handles("boards/list")
def boards(context: Context, call: Call) -> Reply:
    """`privacy` ALL is every board; PUBLIC_AND_SECRET leaves out the protected ones."""
    wanted = call.query.get("privacy", "ALL")
    where = {} if wanted == "ALL" else {"status": wanted.split("_AND_")}
    return page(context, call, where)


@handles("board_sections/list_pins")
def section_pins(context: Context, call: Call) -> Reply:
    """The pins of a section."""
    context.row("board_sections", call.path["section_id"], call.path["board_id"])
    return page(context, call, {"scope": "", "top": call.path["section_id"]})


@handles("board_sections/list")
def board_sections(context: Context, call: Call) -> Reply:
    """The sections of a board."""
    context.row("boards", call.path["board_id"])
    return page(context, call)
