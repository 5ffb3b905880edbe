"""Facts that belong to no stored row: sizes, keyword metrics, trends, terms, events, previews, orders."""

from __future__ import annotations

import zlib
from datetime import timedelta
from typing import Any

from adplatforms.sandbox.pinterest import generic
from adplatforms.sandbox.pinterest.context import Context, Reply, handles
from adplatforms.sandbox.pinterest.errors import invalid
from adplatforms.sandbox.pinterest.reading import Call
from adplatforms.sandbox.pinterest.rows import Document

FLOORS = {"CLICKTHROUGH": 100_000, "IMPRESSION": 2_000_000, "VIDEO_V_50_MRC": 20_000}
"""Bid floors in micro units by billable event; the amounts are ours."""

INTERESTS = {"925056443165": "Home decor", "918530398158": "Gardening", "935249274030": "Travel"}
TREND_WORDS = ("summer nails", "café interior", "garden party", "linen dress", "capsule wardrobe", "picnic ideas")
EVENT_DAYS = 7
SHOWN_WEEKS = 4
READY_DAYS = 2


def _score(*words: str) -> int:
    return zlib.crc32("/".join(words).encode()) % 900 + 100


@handles("ad_groups_bid_floor/get")
def bid_floors(context: Context, call: Call) -> Any:
    """One floor for each asked combination, in micro units of its currency."""
    floors = [FLOORS[one["billable_event"]] for one in call.body["bid_floor_specs"]]
    return {"bid_floors": floors, "type": "bidfloor"}


@handles("audience_insights/get")
def insights(context: Context, call: Call) -> Any:
    """Made-up insights of the kind that is asked for."""
    return context.made_up(call, type=call.query["audience_insight_type"])


@handles("metrics_ready_state/get")
def ready(context: Context, call: Call) -> Any:
    """The metrics of a day are ready two days later; how long it takes Pinterest is not in the facts."""
    done = call.query["date"] <= str(context.services.now().date() - timedelta(days=READY_DAYS))
    return {"conversion_metrics_ready": done, "non_conversion_metrics_ready": done}


@handles("ad_groups/audience_sizing")
def audience_sizing(context: Context, call: Call) -> Any:
    """Bounds of an audience; each targeting criterion halves it."""
    criteria = sum(1 for value in ((call.body or {}).get("targeting_spec") or {}).values() if value)
    upper = 400_000_000 >> criteria
    return {"audience_size_lower_bound": upper * 9 // 10, "audience_size_upper_bound": upper}


@handles("country_keywords_metrics/get")
def keyword_metrics(context: Context, call: Call) -> Any:
    """How often each keyword is searched, as text."""
    found = []
    for word in call.query["keywords"]:
        volume = _score(call.query["country_code"], word) * 100
        found.append({"keyword": word, "metrics": {"keyword_query_volume": str(volume)}})
    return {"data": found}


@handles("events/create")
def send_events(context: Context, call: Call) -> Any:
    """Counts events. One that is older than a week fails alone, the others are processed."""
    oldest = context.seconds - EVENT_DAYS * 86_400
    told: list[Document] = []
    for event in call.body["data"]:
        late = event["event_time"] < oldest
        message = f"The event is older than {EVENT_DAYS} days" if late else None
        told.append(
            {"status": "failed" if late else "processed", "error_message": message or "", "warning_message": ""}
        )
    done = sum(1 for one in told if one["status"] == "processed")
    return {"num_events_received": len(told), "num_events_processed": done, "events": told}


@handles("msot_events/create")
def send_msot_events(context: Context, call: Call) -> None:
    """Answered without a body."""


@handles("advertiser_defined_events/get")
def defined_events(context: Context, call: Call) -> Any:
    """The account's own events."""
    return {"items": [{"name": "Newsletter", "mapped_conversion_type": "LEAD"}]}


@handles("trending_keywords/list")
def trends(context: Context, call: Call) -> Any:
    """Trending keywords with a weekly series, `limit` of them. `include_keywords` keeps those with a word."""
    query = call.query
    wanted = [word.lower() for word in query.get("include_keywords", ())]
    words = [word for word in TREND_WORDS if not wanted or any(one in word for one in wanted)]
    today = context.services.now().date()
    weeks = [str(today - timedelta(weeks=step)) for step in range(SHOWN_WEEKS, 0, -1)]
    found = []
    for word in words[: query.get("limit", 50)]:
        score = _score(call.path["region"], word)
        found.append(
            {
                "keyword": word,
                "pct_growth_wow": score % 40,
                "pct_growth_mom": score % 70,
                "pct_growth_yoy": score % 200,
                "time_series": {week: 40 + (score + place) % 60 for place, week in enumerate(weeks)},
            }
        )
    return {"trends": found}


@handles("terms_related/list")
def related_terms(context: Context, call: Call) -> Any:
    """Words that go with each term."""
    lists = [{"term": term, "related_terms": [f"{term} ideas", f"{term} outfit"]} for term in call.query["terms"]]
    return {"id": "1", "related_term_count": 2 * len(lists), "related_terms_list": lists}


@handles("terms_suggested/list")
def suggested_terms(context: Context, call: Call) -> Any:
    """Terms that begin with the word."""
    term = call.query["term"]
    return [f"{term} {end}" for end in ("ideas", "aesthetic", "outfit", "diy")][: call.query.get("limit") or 4]


@handles("targeting_options/get")
def targeting_options(context: Context, call: Call) -> Any:
    """A list with one object from value to name, as far as the description goes."""
    options = {"interest": INTERESTS}.get(call.path["targeting_type"].lower())
    return [options or {"US": "United States", "FR": "France"}]


@handles("interest_targeting_options/get")
def interest(context: Context, call: Call) -> Any:
    """One interest."""
    key = call.path["interest_id"]
    return context.made_up(call, id=key, name=INTERESTS.get(key, "Home decor"))


@handles("ad_previews/create")
def preview(context: Context, call: Call) -> Any:
    """The address of a page that shows the ad."""
    if "pin_id" in call.body:
        context.row("pins", call.body["pin_id"])
    page = context.services.files.publish(b"<html><body>An ad</body></html>", "text/html")
    return {"url": page}


@handles("ads_credit/redeem")
def redeem(context: Context, call: Call) -> Any:
    """Takes every offer code but those that begin with `expired`."""
    if call.body["offerCodeHash"].startswith("expired"):
        return {"success": False, "errorCode": 2318, "errorMessage": "The offer has expired"}
    return {"success": True, "errorCode": None, "errorMessage": None}


@handles("terms_of_service/get")
def terms_of_service(context: Context, call: Call) -> Any:
    """The terms the account has to accept; with `include_html` the text as well."""
    row = context.rows.select("terms_of_service", {"scope": call.account})[0]
    html = "<p>Terms</p>" if call.query.get("include_html") else None
    return {**row.data, "html": html}


@handles("sandbox/delete")
def delete_sandbox(context: Context, call: Call) -> str:
    """Removes the account's ads entities. Answers a JSON text."""
    with context.rows.store.transaction():
        for kind in ("ads", "ad_groups", "campaigns"):
            for row in context.rows.select(kind, {"scope": call.account}):
                context.rows.remove(row)
    return "Delete Success"


@handles("integrations_logs/post")
def log(context: Context, call: Call) -> Any:
    """Takes log lines of an integration and keeps nothing of them."""
    return {"message": f"{len(call.body['logs'])} logs received"}


@handles("notification/post")
def notify(context: Context, call: Call) -> Any:
    """Takes notifications of a partner."""
    return {"success": True, "received_at": context.seconds, "error_msg": ""}


@handles("ssio_insertion_order/create")
def create_order(context: Context, call: Call) -> Any:
    """Answers the id alone; its status is read by it."""
    if call.body.get("end_date", call.body["start_date"]) < call.body["start_date"]:
        raise invalid("end_date is before start_date")
    data = {"creation_time": context.stamp, "status": "PENDING"}
    with context.rows.store.transaction():
        row = context.rows.add("ssio_insertion_orders", data, call.account, {"body": call.body})
    return {"pin_order_id": row.key}


@handles("ssio_insertion_order/edit")
def edit_order(context: Context, call: Call) -> Any:
    """The body names the order by its line, not by an id of ours: the newest order of the account is the one meant."""
    with context.rows.store.transaction():
        rows = context.rows.select("ssio_insertion_orders", {"scope": call.account})
        row = rows[-1]
        row.note["body"] = {**row.note.get("body", {}), **call.body}
        context.rows.save(row)
    return {"pin_order_id": row.key}


@handles("ssio_insertion_orders_status/get_by_pin_order_id")
def order(context: Context, call: Call) -> Any:
    """The status of one order."""
    return context.row("ssio_insertion_orders", call.path["pin_order_id"], call.account).data


@handles("shared_audiences_for_business/list")
def business_audiences(context: Context, call: Call) -> Reply:
    """Audiences that are shared with the business."""
    shared = {row.note.get("audience_id") for row in context.rows.select("audience_shared_accounts")}
    return generic.listed(context, call, "audiences", {"key": [key for key in shared if key] or ["0"]})
