"""What takes a while: reports, bulk requests, exports. A job goes on when it is looked at, done at the third look.

Results lie on another host behind a presigned URL that lives five minutes; looking again gives a new one. A report is
kept an hour.
"""

from __future__ import annotations

import csv
import io
import secrets
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import orjson

from adplatforms.sandbox.pinterest import analytics, figures
from adplatforms.sandbox.pinterest.context import Context, handles
from adplatforms.sandbox.pinterest.errors import invalid, not_found
from adplatforms.sandbox.pinterest.reading import Call
from adplatforms.sandbox.pinterest.rows import Document, Row

URL_SECONDS = 300
KEPT_SECONDS = 3600
MEDIA_TYPES = {"JSON": "application/json", "CSV": "text/csv"}

MOST_DAYS_BACK, MOST_DAYS = 914, 186
PRODUCT_DAYS_BACK, PRODUCT_DAYS = 92, 31
FIRST_CONVERSION_DAY = date(2024, 3, 16)

LEVELS = {
    "ADVERTISER": "ad_accounts",
    "CAMPAIGN": "campaigns",
    "AD_GROUP": "ad_groups",
    "PIN_PROMOTION": "ads",
    "PRODUCT_GROUP": "product_group_promotions",
    "PRODUCT_ITEM": "product_group_promotions",
    "KEYWORD": "ad_groups",
}
"""Which entities a level of a report shows. The facts do not say what rows of keywords and items look like: they are
those of the ad groups and product groups they belong to."""

Make = Callable[[Context, Row], tuple[bytes, str]]


def start(context: Context, call: Call, kind: str, **note: Any) -> Row:
    """A new job. Its token, or id, is its key; `note` is what its result is made from."""
    known = {
        "kind": kind,
        "looks": 0,
        "at": context.seconds,
        "body": call.body,
        "account": call.path.get("ad_account_id"),
    }
    with context.rows.store.transaction():
        return context.rows.add("jobs", {}, call.path.get("ad_account_id", ""), {**known, **note})


def look(context: Context, kind: str, key: str, scope: str | None = None) -> Row | None:
    """The job, one look further; None where there is none of that kind."""
    number = key.rpartition("-")[2]
    with context.rows.store.transaction():
        job = context.rows.find("jobs", number, scope)
        if job is None or job.note["kind"] != kind:
            return None
        job.note["looks"] += 1
        context.rows.save(job, quiet=True)
        return job


def done(context: Context, job: Row) -> bool:
    """Whether it has been looked at often enough."""
    return bool(job.note["looks"] >= context.settings.job_looks)


def publish(context: Context, job: Row, make: Make) -> tuple[str, int]:
    """The URL of the result, and its size in bytes."""
    content, media_type = make(context, job)
    return context.services.files.publish(content, media_type, URL_SECONDS), len(content)


def written(rows: Iterable[Document], columns: Sequence[str], form: str, id: str) -> tuple[bytes, str]:
    """Rows as a file: CSV with a line of names, or a JSON object of lists by the id of the entity."""
    if form == "CSV":
        text = io.StringIO()
        table = csv.DictWriter(text, columns, restval="", extrasaction="ignore")
        table.writeheader()
        table.writerows(rows)
        return text.getvalue().encode(), MEDIA_TYPES[form]
    grouped: dict[str, list[Document]] = {}
    for row in rows:
        grouped.setdefault(str(row.get(id, "")), []).append(row)
    return orjson.dumps(grouped), MEDIA_TYPES[form]


def _token(job: Row) -> str:
    return f"{secrets.token_hex(12)}-{job.key}"


def _created(job: Row) -> Document:
    return {"report_status": "IN_PROGRESS", "token": _token(job), "message": None}


@handles("analytics/create_report")
def create_report(context: Context, call: Call) -> Any:
    """Checks the range: 186 days at most, 914 back; by hour 3 and 8; product items 31 and 92, without ad filters."""
    body = call.body
    product = body["level"].startswith("PRODUCT_ITEM")
    back, days = (PRODUCT_DAYS_BACK, PRODUCT_DAYS) if product else (MOST_DAYS_BACK, MOST_DAYS)
    analytics.span(context, body["start_date"], body["end_date"], body["granularity"], back, days)
    if product and {"ad_ids", "ad_statuses"} & set(body):
        raise invalid("A report of product items takes no filters on ads")
    if body["level"].endswith("_TARGETING") and not body.get("targeting_types"):
        raise invalid(f"Level {body['level']} needs targeting_types")
    return _created(start(context, call, "report"))


@handles("analytics/create_template_report")
def create_template_report(context: Context, call: Call) -> Any:
    """A report after a template; it is polled like any other. Without dates it covers the last 30 days."""
    template = context.row("report_templates", call.path["template_id"], call.account)
    today = context.services.now().date()
    granularity = call.query.get("granularity") or template.data.get("granularity") or "DAY"
    body: Document = {
        "start_date": call.query.get("start_date") or str(today - timedelta(days=2 if granularity == "HOUR" else 30)),
        "end_date": call.query.get("end_date") or str(today),
        "granularity": granularity,
        "columns": ["SPEND_IN_DOLLAR", "TOTAL_IMPRESSION"],
        "level": "CAMPAIGN",
    }
    analytics.span(context, body["start_date"], body["end_date"], granularity, MOST_DAYS_BACK, MOST_DAYS)
    job = start(context, call, "report", body=body)
    return {"report_status": "IN_PROGRESS", "token": _token(job), "message": "", "template_id": template.key}


@handles("analytics/create_conversion_product_report")
def create_conversion_product_report(context: Context, call: Call) -> Any:
    """From 2024-03-16 on, 7 days to a year."""
    body = call.body
    first, last = analytics.span(context, body["start_date"], body["end_date"], "DAY", 10_000, 366)
    if first < FIRST_CONVERSION_DAY or (last - first).days + 1 < 7:
        raise invalid("The range must be 7 days to 1 year, from 2024-03-16 on")
    return _created(start(context, call, "conversion_product_report"))


@handles("analytics/create_mmm_report")
def create_mmm_report(context: Context, call: Call) -> Any:
    """Everything is nested in `data`."""
    analytics.span(context, call.body["start_date"], call.body["end_date"], "DAY", MOST_DAYS_BACK, MOST_DAYS_MMM)
    job = _created(start(context, call, "mmm_report"))
    return {"code": 0, "data": {**job, "status": "success"}}


MOST_DAYS_MMM = 914
"""The facts give no limit of its own to media mix reports but how far back the data goes."""


@handles("analytics/get_report")
def get_report(context: Context, call: Call) -> Any:
    """`report_status`, and the URL once it is finished. Unknown tokens do not exist, after an hour they expire."""
    return _state(context, call, "report", _report)


@handles("analytics/get_conversion_product_report")
def get_conversion_product_report(context: Context, call: Call) -> Any:
    """Polled like a report."""
    return _state(context, call, "conversion_product_report", _report)


@handles("analytics/get_mmm_report")
def get_mmm_report(context: Context, call: Call) -> Any:
    """Polled like a report, nested in `data`."""
    state = _state(context, call, "mmm_report", _report)
    return {"code": 0, "data": state, "message": "", "status": "success"}


def _state(context: Context, call: Call, kind: str, make: Make) -> Document:
    job = look(context, kind, call.query["token"], call.account)
    state: Document = {"report_status": "IN_PROGRESS", "url": None, "size": None}
    if job is None:
        return {**state, "report_status": "DOES_NOT_EXIST"}
    if context.seconds - job.note["at"] > KEPT_SECONDS:
        return {**state, "report_status": "EXPIRED"}
    if done(context, job):
        url, size = publish(context, job, make)
        return {"report_status": "FINISHED", "url": url, "size": size}
    return state


def _report(context: Context, job: Row) -> tuple[bytes, str]:
    body, account = job.note["body"], job.note["account"]
    name, _, targeting = body["level"].partition("_TARGETING")
    level = analytics.LEVELS[LEVELS[name]]
    start, end = date.fromisoformat(body["start_date"]), date.fromisoformat(body["end_date"])
    spans = list(figures.periods(body["granularity"], start, end))
    weights = analytics.weighed(context, level, account, _keys(context, level.kind, body, account))
    columns = body["columns"]
    if body.get("metrics_filters"):
        total = next(figures.periods("TOTAL", start, end))
        weights = {key: weight for key, weight in weights.items() if _passes(body["metrics_filters"], weight, total)}
    if targeting or "_TARGETING" in body["level"]:
        rows: Iterable[Document] = (
            {"TARGETING_TYPE": one["targeting_type"], "TARGETING_VALUE": one["targeting_value"], **one["metrics"]}
            for one in analytics.targeted(level, weights, columns, spans, body["targeting_types"])
        )
        columns = ["TARGETING_TYPE", "TARGETING_VALUE", *columns]
    else:
        rows = analytics.rows(context, level, account, weights, columns, spans)
    names = list(dict.fromkeys([level.id, "DATE", *columns]))
    return written(rows, names, body.get("report_format", "JSON"), level.id)


def _passes(filters: list[Document], weight: int, total: figures.Period) -> bool:
    """Whether the figures of the whole range pass: LESS_THAN or GREATER_THAN the first of the values."""
    found = figures.values([one["field"] for one in filters], weight, total)
    return all(
        found[one["field"]] < one["values"][0]
        if one["operator"] == "LESS_THAN"
        else found[one["field"]] > one["values"][0]
        for one in filters
    )


FILTERS = {
    "campaigns": {
        "campaign_ids": "key",
        "campaign_statuses": "$.summary_status",
        "campaign_objective_types": "$.objective_type",
    },
    "ad_groups": {"campaign_ids": "up", "ad_group_ids": "key", "ad_group_statuses": "$.summary_status"},
    "ads": {"campaign_ids": "top", "ad_group_ids": "up", "ad_ids": "key", "ad_statuses": "$.summary_status"},
    "product_group_promotions": {"ad_group_ids": "up", "product_group_ids": "key"},
}
"""Filters of a report by the kind of its rows. Others are taken and change nothing."""


def _keys(context: Context, kind: str, body: Document, account: str) -> list[str] | None:
    given = {column: body[name] for name, column in FILTERS.get(kind, {}).items() if body.get(name)}
    return [row.key for row in context.rows.select(kind, {"scope": account, **given})] if given else None


@handles("reports/create")
def create_catalog_report(context: Context, call: Call) -> Any:
    """The same parameters give the same report for a day."""
    day = str(context.services.now().date())
    for job in context.rows.select("jobs", {"scope": ""}):
        if job.note["kind"] == "catalog_report" and (job.note["body"], job.note["day"]) == (call.body, day):
            return {"token": f"catalog-{job.key}"}
    return {"token": f"catalog-{start(context, call, 'catalog_report', day=day).key}"}


@handles("reports/get")
def get_catalog_report(context: Context, call: Call) -> Any:
    """IN_PROGRESS or FINISHED; there is no status for a token that does not exist, so it is refused."""
    job = look(context, "catalog_report", call.query["token"])
    if job is None:
        raise invalid("Invalid token")
    if not done(context, job):
        return {"report_status": "IN_PROGRESS", "url": None, "size": None}
    url, size = publish(context, job, _catalog_report)
    return {"report_status": "FINISHED", "url": url, "size": size}


def _catalog_report(context: Context, job: Row) -> tuple[bytes, str]:
    rows = [
        {"item_id": row.key, "catalog_type": row.data.get("catalog_type")}
        for row in context.rows.select("catalog_items")
    ]
    return written(rows, ["item_id", "catalog_type"], "CSV", "item_id")


@handles("leads_export/create")
def create_leads_export(context: Context, call: Call) -> Any:
    """The leads of one ad."""
    if context.rows.find("ads", call.body["ad_id"], call.account) is None:
        raise not_found("ads", call.body["ad_id"])
    return {"leads_export_id": start(context, call, "leads_export").key}


@handles("leads_export/get")
def get_leads_export(context: Context, call: Call) -> Any:
    """`export_status`, and the URL once it is finished."""
    job = look(context, "leads_export", call.path["leads_export_id"], call.account)
    if job is None:
        raise not_found("lead_exports", call.path["leads_export_id"])
    if not done(context, job):
        return {"export_status": "IN_PROGRESS", "download_url": None}
    return {"export_status": "FINISHED", "download_url": publish(context, job, _leads)[0]}


def _leads(context: Context, job: Row) -> tuple[bytes, str]:
    people = ("Ana Silva", "Björn Lindqvist", "Chloé Moreau")
    rows = [
        {"lead_id": str(place), "ad_id": job.note["body"]["ad_id"], "FULL_NAME": name}
        for place, name in enumerate(people)
    ]
    return written(rows, ["lead_id", "ad_id", "FULL_NAME"], "CSV", "lead_id")


@handles("billing_invoice_download/get")
def download_invoice(context: Context, call: Call) -> Any:
    """A presigned URL of the document."""
    invoice = context.row("billing_invoices", call.path["billing_invoice_id"], call.account)
    content = f"Invoice {invoice.key}\n".encode()
    return {"id": invoice.key, "download_url": context.services.files.publish(content, "application/pdf", URL_SECONDS)}
