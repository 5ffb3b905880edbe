"""Reports that Pinterest makes in its own time: further back than analytics, with more columns. wire.md section 12."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from adplatforms.core.errors import ClientError
from adplatforms.core.ids import id_of
from adplatforms.net.jobs import JobState

from .. import arguments, success
from ..account import Account
from ..arguments import check_columns, days, listed, spans
from ..description import OPERATIONS
from ..figures import Figures
from ..jobs import CatalogReportJob, ConversionProductReportJob, LeadExportJob, MMMReportJob, ReportJob
from .record import RecordOperations

__all__ = ["LeadOperations", "Progress", "Reach", "ReportTemplateOperations", "Reports"]

Progress = bool | Callable[[JobState], object]
"""True shows a bar; a function is called with each state."""


class Reach(NamedTuple):
    """How many days a report may cover, and how many days back it may begin."""

    longest: int
    back: int


def _reach(level: str, granularity: str) -> Reach:
    """What reports of a level and granularity reach. Source: wire.md, section 12."""
    if granularity == "HOUR":
        return Reach(3, 8)
    if level == "PRODUCT_ITEM":
        return Reach(31, 92)
    return Reach(186, 914)


class Reports(Account):
    """Operations that make reports, as one call or as jobs."""

    def report(
        self,
        level: str,
        columns: Iterable[str] | str,
        start: Any,
        end: Any,
        granularity: str = "DAY",
        *,
        ad_account_id: Any = None,
        progress: Progress = False,
        timeout: float | None = None,
        poll: tuple[float, float] = (1.0, 10.0),
        **filters: Any,
    ) -> list[Figures]:
        """A report in one call: submitted, waited for, downloaded; its rows, typed as those of `analytics`.

        level: "ADVERTISER", "CAMPAIGN", "AD_GROUP", "PIN_PROMOTION", "KEYWORD" and others.
        columns: any of Pinterest's, a list or text.
        start, end: days in UTC, both counted.
        granularity: "TOTAL", "DAY", "HOUR", "WEEK" or "MONTH".
        progress: True shows a bar.
        timeout: seconds to wait for each part.
        poll: the first and the longest pause between looks, in seconds.
        filters: what the report takes besides, by Pinterest's names: click_window_days=0, campaign_ids=[...] (up to
            500), targeting_types=[...], metrics_filters=[...], report_format="CSV".

        Reports reach back 914 days and cover 186 (by HOUR 8 and 3; level PRODUCT_ITEM 92 and 31). Longer ranges by DAY
        or HOUR are submitted in parts and joined; by other granularities they are refused, for parts do not add up.
        Raises `JobError` when Pinterest could not make it. Source: the operation analytics/create_report.
        """
        jobs = [
            self.submit_report(level, columns, *part, granularity, ad_account_id=ad_account_id, **filters)
            for part in _parts(level, start, end, granularity)
        ]
        return [row for job in jobs for row in job.result(progress=progress, timeout=timeout, poll=poll)]

    def submit_report(
        self,
        level: str,
        columns: Iterable[str] | str,
        start: Any,
        end: Any,
        granularity: str = "DAY",
        *,
        ad_account_id: Any = None,
        **filters: Any,
    ) -> ReportJob:
        """Submits a report and does not wait: the job. Arguments are those of `report`; the range fits one report.

        Raises `ClientError` for a longer range. Source: the operation analytics/create_report.
        """
        parts = _parts(level, start, end, granularity)
        if len(parts) > 1:
            raise ClientError(f"one report covers {_reach(level, granularity).longest} days", hint="use report(...)")
        named = listed(columns)
        given = {name: value for name, value in filters.items() if value is not None}
        _check_filters(level, granularity, given)
        operation = OPERATIONS["analytics/create_report"]
        check_columns(named, operation.member_values("columns"), operation.id)
        body = {
            "level": level,
            "start_date": parts[0][0],
            "end_date": parts[0][1],
            "granularity": granularity,
            "report_format": "JSON",
            **given,
        }
        account = self._owner(ad_account_id)
        known = set(operation.member_values("columns"))
        # Columns grow with every version: those that the description does not know are added after the check.
        request = operation.request(account, {**body, "columns": [name for name in named if name in known]})
        request.json["columns"] = named
        token = self.exchange(request, lambda answer: success.work_id(answer, operation, "token"))
        return ReportJob(self, token, **account)

    def report_job(self, token: str, *, ad_account_id: Any = None) -> ReportJob:
        """The job of a report that was submitted before; token: its id."""
        return ReportJob(self, token, **self._owner(ad_account_id))

    def submit_mmm_report(
        self, report_name: str, columns: Any, start: Any, end: Any, *, ad_account_id: Any = None, **more: Any
    ) -> MMMReportJob:
        """Submits a report for marketing mix models: the job, whose `result()` has its rows.

        columns: a list or text. start, end: days in UTC, both counted. more: granularity ("DAY", "WEEK"), level
        ("CAMPAIGN_TARGETING", "AD_GROUP_TARGETING"), targeting_types (1 to 5), countries.

        Pinterest takes five a minute per advertiser. Source: the operation analytics/create_mmm_report.
        """
        owner, (first, last) = self._owner(ad_account_id), days(start, end)
        body = {"report_name": report_name, "columns": listed(columns), "start_date": first, "end_date": last}
        token = self.start_work("analytics/create_mmm_report", {**body, **more}, "token", **owner)
        return MMMReportJob(self, token, **owner)

    def submit_conversion_product_report(
        self, report_name: str, columns: Any, start: Any, end: Any, *, ad_account_id: Any = None, **more: Any
    ) -> ConversionProductReportJob:
        """Submits a report on conversions by brand, category or SKU (restricted): the job.

        start, end: from 2024-03-16 on, a week to a year. more: granularity ("WEEK", "MONTH", "TOTAL"), level
        ("ADVERTISER", "CAMPAIGN", "AD_GROUP"), conversion_product_breakdown and others.
        Source: the operation analytics/create_conversion_product_report.
        """
        if more.get("campaign_ids") is not None and more.get("level") != "CAMPAIGN":
            raise ClientError("only a report on CAMPAIGN uses campaign_ids", hint='level="CAMPAIGN"')
        owner, (first, last) = self._owner(ad_account_id), days(start, end)
        body = {"report_name": report_name, "columns": listed(columns), "start_date": first, "end_date": last}
        token = self.start_work("analytics/create_conversion_product_report", {**body, **more}, "token", **owner)
        return ConversionProductReportJob(self, token, **owner)

    def submit_catalog_report(self, **parameters: Any) -> CatalogReportJob:
        """Submits a report on the items of a catalog: ``catalog_type="RETAIL", report={"report_type": ...}``.

        The same parameters on the same day give the same report. Source: the operation reports/create.
        """
        return CatalogReportJob(self, self.start_work("reports/create", dict(parameters), "token"))

    def catalog_report_stats(self, **parameters: Any) -> Any:
        """How many items have which issue, as they are read; parameters as for `submit_catalog_report`.

        Source: the operation reports/stats.
        """
        return self.call_pages("reports/stats", parameters=parameters)

    def export_leads(self, ad_id: Any, start: Any, end: Any, *, ad_account_id: Any = None) -> LeadExportJob:
        """Starts an export of the leads of one ad (beta): the job, whose `result()` has them.

        ad_id: the ad or its id. start, end: days in UTC, both counted; leads are kept for 30 days.
        Source: the operation leads_export/create.
        """
        owner, (first, last) = self._owner(ad_account_id), days(start, end)
        ad = id_of(ad_id, self.registry.find("ads"), "ad_id")
        body = {"ad_id": ad, "start_date": first, "end_date": last}
        return LeadExportJob(self, self.start_work("leads_export/create", body, "leads_export_id", **owner), **owner)

    def _owner(self, ad_account_id: Any) -> dict[str, Any]:
        """The ad account of a call and of the job that it starts."""
        account = ad_account_id
        if account is None:
            account = self.ad_account_id
        if account is None:
            raise ClientError("no ad account is named", hint="ad_account_id=, or Pinterest(ad_account_id=...)")
        return {"ad_account_id": id_of(account, self.registry.find("ad_accounts"), "ad_account_id")}


def _check_filters(level: str, granularity: str, filters: Mapping[str, Any]) -> None:
    """Refuses what a report of this level would drop without a word. Source: wire.md, section 12, and the description
    of analytics/create_report."""
    targeting = sorted({"targeting_types", "combine_targeting_types"} & filters.keys())
    if targeting and not level.endswith("_TARGETING"):
        raise ClientError(f"a report on {level} does not use {', '.join(targeting)}", hint=f'level="{level}_TARGETING"')
    hours = sorted({"start_hour", "end_hour"} & filters.keys())
    if hours and granularity != "HOUR":
        raise ClientError(f"a report by {granularity} does not use {', '.join(hours)}", hint='granularity="HOUR"')
    ads = sorted({"ad_ids", "ad_statuses"} & filters.keys())
    if ads and level.startswith("PRODUCT_ITEM"):
        raise ClientError(f"a report on {level} does not use {', '.join(ads)}", hint="campaign_ids=, ad_group_ids=")


def _parts(level: str, start: Any, end: Any, granularity: str) -> list[tuple[date, date]]:
    """The ranges of the reports that cover a range."""
    reach, (first, last) = _reach(level, granularity), days(start, end)
    if (arguments.today() - first).days > reach.back:
        raise ClientError(f"these reports reach back {reach.back} days, not to {first}")
    if granularity in ("DAY", "HOUR"):
        return list(spans(first, last, reach.longest))
    # Both ends count: a range of 186 days ends 185 days after its start.
    if (last - first).days >= reach.longest:
        raise ClientError(
            f"one report covers {reach.longest} days, and figures by {granularity} of parts do not add up",
            hint='granularity="DAY"',
        )
    return [(first, last)]


class ReportTemplateOperations(RecordOperations):
    """Operations of a template that reports are made from."""

    __slots__ = ()

    def run(self, start: Any = None, end: Any = None, granularity: str | None = None) -> ReportJob:
        """Submits a report made from this template: the job. start, end, granularity replace the template's own.

        Source: the operation analytics/create_template_report. That its token is looked up like that of any report is
        our reading, the description does not say.
        """
        dates: dict[str, Any] = {}
        if start is not None:
            dates["start_date"], dates["end_date"] = days(start, end or start)
        owner = {"ad_account_id": self._account_id()}
        where = {"template_id": self.id, "granularity": granularity, **dates, **owner}
        token = self._account().start_work("analytics/create_template_report", None, "token", **where)
        return ReportJob(self._account(), token, **owner)


class LeadOperations(RecordOperations):
    """Operations of an ad on its leads."""

    __slots__ = ()

    def export_leads(self, start: Any, end: Any) -> LeadExportJob:
        """Starts an export of the leads of this ad: as `Pinterest.export_leads`."""
        return self._account().export_leads(self.id, start, end, ad_account_id=self._account_id())
