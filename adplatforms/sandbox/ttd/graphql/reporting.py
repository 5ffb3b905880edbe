"""Figures in GraphQL: `reporting` of advertisers, campaigns, flights and ad groups, and reports made at once.

Fields and metrics are the facts' (facts_2.md sections 2 and 3). They show how a date is compared and not how it is
written, nor how `time` reads: here a day is `2026-11-01`, an hour `2026-11-01T13:00:00Z`, and `where` takes both forms.
Hours reach back 30 days and days a year; what is older is left out. The file of a report is CSV, which no fact says.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from adplatforms.sandbox.ttd import actions, figures
from adplatforms.sandbox.ttd.graphql import connections
from adplatforms.sandbox.ttd.graphql.connections import fault
from adplatforms.sandbox.ttd.records import Doc
from adplatforms.sandbox.ttd.rest.reports import TEMPLATES

__all__ = ["ARGUMENTS", "INPUTS", "OBJECTS", "RESOLVERS", "cancel_report", "execute_report"]

HOURS_BACK, DAYS_BACK = timedelta(days=30), timedelta(days=366)

_METRICS = """adPlays:Long bids:Long clicks:Long completionRate:Float conversions:Long ctr:Float impressions:Long
    nielsenOtp:Float revenue:Decimal tvQualityIndex:Float viewability:Float winRate:Float baseBid:ReportingAmount
    bidCpm:ReportingAmount cpa:ReportingAmount cpc:ReportingAmount cpcv:ReportingAmount cpm:ReportingAmount
    customCpa:ReportingAmount customRoas:ReportingAmount mediaCost:ReportingAmount mediaCpm:ReportingAmount
    roas:ReportingAmount spend:ReportingAmount tvQualityCpm:ReportingAmount vCpm:ReportingAmount"""
_REPORTS = "generalReporting:GeneralReporting publisherReporting:PublisherReporting"

OBJECTS = f"""
Advertiser: reporting:AdvertiserReporting
AdGroup: reporting:AdGroupReporting
AdvertiserReporting: {_REPORTS}
AdGroupReporting: {_REPORTS}
CampaignReporting: {_REPORTS} lifetimeImpressions:Long lifetimeSpendInAdvertiserCurrency:Decimal
CampaignFlightReporting: {_REPORTS} impressions:Long spendInAdvertiserCurrency:Decimal
GeneralReporting: nodes:[GeneralReportingRow]
GeneralReportingRow: dimensions:GeneralReportingDimensions metrics:ReportingMetrics
GeneralReportingDimensions: time:ReportingTime
ReportingTime: day:String hour:String
ReportingAmount: advertiserCurrency:Decimal
ReportingMetrics: {_METRICS}
PublisherReporting: nodes:[PublisherReportingRow]
PublisherReportingRow: dimensions:PublisherReportingDimensions metrics:ReportingMetrics
PublisherReportingDimensions: publisherProperty:PublisherProperty
PublisherProperty: name:String
DownloadableReportExecuteResponse: id:ID url:String hasSampleData:Boolean
Query: myReportsReportTemplates:ReportTemplateList
ReportTemplateList: nodes:[ReportTemplate] pageInfo:PageInfo
ReportTemplate: id:ID name:String format:String
ReportExecutionCancelled: isCancelled:Boolean
"""
"""The types, whose names are the sandbox's but for those ending in `Reporting` of campaigns and flights."""

INPUTS = {
    "ReportingFilterInput": "date:ReportingDateInput",
    "ReportingDateInput": "gte:String lte:String lt:String",
    "PublisherReportingSortInput": "spend:ReportingAmountSortInput",
    "ReportingAmountSortInput": "advertiserCurrency:SortDirection",
    "MyReportsReportExecutionCancelInput": "executionId:ID!",
    "AdGroupReportExecuteInput": "id:ID! report:AdGroupReportType!",
    "CampaignReportExecuteInput": "id:ID! report:CampaignReportType!",
    "AdvertiserReportExecuteInput": "id:ID! report:AdvertiserReportType!",
}

_OWNERS = {
    "Advertiser": "AdvertiserReporting",
    "Campaign": "CampaignReporting",
    "CampaignFlight": "CampaignFlightReporting",
    "AdGroup": "AdGroupReporting",
}

ARGUMENTS: dict[str, dict[str, str]] = {
    "Query.myReportsReportTemplates": {"first": "Int", "after": "String"},
    **{f"{type}.generalReporting": {"where": "ReportingFilterInput"} for type in _OWNERS.values()},
    **{
        f"{type}.publisherReporting": {
            "where": "ReportingFilterInput",
            "first": "Int",
            "order": "[PublisherReportingSortInput!]",
        }
        for type in _OWNERS.values()
    },
}


def _reporting(kind: str) -> Callable[..., Doc]:
    return lambda source, info: {"kind": kind, "doc": source}


def _days(where: Mapping[str, Any] | None) -> figures.Days:
    asked = (where or {}).get("date") or {}
    first, last = _day(asked.get("gte")), _day(asked.get("lte"))
    if asked.get("lt") is not None:
        before = _day(asked["lt"])
        last = before and before - timedelta(days=1)
    return first, last


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else datetime.fromisoformat(text).date()
    except ValueError:
        raise fault("VALIDATION_FAILURE", f"{text!r} is no date") from None


def _general(source: Doc, info: Any, where: Mapping[str, Any] | None = None) -> Doc:
    context, days = info.context, _days(where)
    asked = set(_selected(info.field_nodes[0].selection_set, info))
    records, now = context.records, context.now()
    given = (records, source["kind"], source["doc"])
    if "time.hour" in asked:
        oldest = (now - HOURS_BACK).date()
        rows = figures.by_hour(*given, (max(days[0] or oldest, oldest), days[1]), now)
        return {"nodes": [_row({"hour": f"{hour:%Y-%m-%dT%H:%M:%SZ}"}, one) for hour, one in rows.items()]}
    if "time.day" in asked:
        oldest = (now - DAYS_BACK).date()
        found = figures.by_day(*given, (max(days[0] or oldest, oldest), days[1]), now)
        return {"nodes": [_row({"day": str(day)}, one) for day, one in found.items()]}
    return {"nodes": [_row({}, figures.total(*given, days, now))]}


def _row(time: Doc, added: figures.Figures) -> Doc:
    return {"dimensions": {"time": time}, "metrics": figures.metrics(added)}


def _selected(selection: Any, info: Any, above: str = "") -> Iterator[str]:
    """The names that are selected, each with that of the field around it."""
    for one in selection.selections if selection else ():
        inner = info.fragments[one.name.value] if one.kind == "fragment_spread" else one
        if inner.kind == "field":
            yield f"{above}.{inner.name.value}"
            yield from _selected(inner.selection_set, info, inner.name.value)
        else:
            yield from _selected(inner.selection_set, info, above)


def _publishers(
    source: Doc, info: Any, where: Mapping[str, Any] | None = None, first: int | None = None, order: Any = None
) -> Doc:
    whole = figures.total(info.context.records, source["kind"], source["doc"], _days(where), info.context.now())
    rows = list(figures.by_publisher(whole).items())
    if order:
        direction = order[0]["spend"]["advertiserCurrency"]
        rows.sort(key=lambda row: row[1]["spend"], reverse=direction == "Desc")
    return {
        "nodes": [
            {"dimensions": {"publisherProperty": {"name": name}}, "metrics": figures.metrics(added)}
            for name, added in rows[: 10 if first is None else first]
        ]
    }


def _life(fact: str) -> Callable[..., Any]:
    def read(source: Doc, info: Any) -> Any:
        whole = figures.total(info.context.records, source["kind"], source["doc"], (None, None), info.context.now())
        return whole["spend"] / 100 if fact == "spend" else whole[fact]

    return read


def _templates(source: None, info: Any, first: int | None = None, after: str | None = None) -> Doc:
    page = connections.listed(info.context, [*TEMPLATES], {"first": first, "after": after})
    return {"nodes": page["nodes"], "pageInfo": page["pageInfo"]}


def cancel_report(context: Any, input: Doc) -> Doc:
    """Stops a report that is being made."""
    found = actions.found(context.records, "ReportExecution", input["executionId"])
    runs = found["state"] in ("Pending", "InProgress")
    if runs:
        context.records.change("ReportExecution", found["id"], {"state": "Failed", "changed": context.records.now()})
    return {"isCancelled": runs}


RESOLVERS: dict[str, Callable[..., Any]] = {
    "Query.myReportsReportTemplates": _templates,
    **{f"{kind}.reporting": _reporting(kind) for kind in _OWNERS},
    **{f"{type}.generalReporting": _general for type in _OWNERS.values()},
    **{f"{type}.publisherReporting": _publishers for type in _OWNERS.values()},
    "CampaignReporting.lifetimeImpressions": _life("impressions"),
    "CampaignReporting.lifetimeSpendInAdvertiserCurrency": _life("spend"),
    "CampaignFlightReporting.impressions": _life("impressions"),
    "CampaignFlightReporting.spendInAdvertiserCurrency": _life("spend"),
}
"""By place."""


def execute_report(kind: str) -> Callable[[Any, Doc], Doc]:
    """What makes a report of an entity at once: figures by day, whatever report is asked for."""

    def work(context: Any, input: Doc) -> Doc:
        doc = actions.found(context.records, kind, input["id"])
        rows = figures.by_day(context.records, kind, doc, (None, None), context.now())
        text = io.StringIO()
        out = csv.writer(text)
        out.writerow(["Date", f"{kind} ID", "Report", "Impressions", "Clicks", "Spend"])
        for day, one in rows.items():
            line = [day, doc["id"], input["report"], one["impressions"], one["clicks"], f"{one['spend'] / 100:.2f}"]
            out.writerow(line)
        url = context.shared.files.publish(text.getvalue().encode(), "text/csv", 3600.0)
        return {"id": None, "url": url, "hasSampleData": False}

    return work
