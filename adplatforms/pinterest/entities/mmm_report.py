"""An asynchronous report for marketing mix models. Source: resources.json, mmm_reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..base import PinterestEntity
from ..enums import MMM_COLUMNS, NEWER_MMM_COLUMNS, REPORT_STATUSES, TARGETING_COUNTRIES
from ..fields import Choice, Date, Float, Id, ListOf, Object, Str

if TYPE_CHECKING:
    from adplatforms.core.relations import Row


class MmmReport(
    PinterestEntity,
    collection="mmm_reports",
    get="analytics/get_mmm_report",
    create="analytics/create_mmm_report",
    key="token",
):
    """An asynchronous report for marketing mix models.

    `Pinterest.submit_mmm_report` gives the same as a job, whose result has the rows.
    """

    token = Str(readonly=True)
    ad_account_id = Id(create_only=True, doc="In the path")
    status = Choice(REPORT_STATUSES, readonly=True, doc="How far the report is")
    advertiser_ids = ListOf(Id(), create_only=True, write_only=True, since="5.28.0")
    code = Float(readonly=True)
    columns = ListOf(Choice(MMM_COLUMNS, newer=NEWER_MMM_COLUMNS), create_only=True, required=True, write_only=True)
    countries = ListOf(Choice(TARGETING_COUNTRIES), create_only=True, write_only=True)
    custom_column_ids = ListOf(Id(), create_only=True, write_only=True, doc="At most 20", since="5.28.0")
    data = Object(readonly=True)
    end_date = Date(create_only=True, required=True, write_only=True)
    granularity = Choice("DAY WEEK", create_only=True, required=True, write_only=True)
    level = Choice("CAMPAIGN_TARGETING AD_GROUP_TARGETING", create_only=True, required=True, write_only=True)
    message = Str(readonly=True)
    size = Float(readonly=True, doc="Of the file, in bytes")
    report_name = Str(create_only=True, required=True, write_only=True)
    start_date = Date(create_only=True, required=True, write_only=True)
    targeting_types = ListOf(
        Choice("APPTYPE COUNTRY CREATIVE_TYPE GENDER LOCATION", newer="AUDIENCE_INCLUDE PLACEMENT"),
        create_only=True,
        required=True,
        write_only=True,
        doc="1 to 5",
    )
    url = Str(readonly=True, doc="Where the file is")

    @classmethod
    def _adapt(cls, row: Row, known: Mapping[str, Any]) -> Row:
        """The report's state stands in the row since 5.28.0, and in `data` before; it is wanted here.

        The row's own `status` is that of the call, "success" while the report is under way.
        """
        inner = cls._object_in(row, "data")
        for name in ("token", "report_status", "url", "size"):
            if inner.get(name) is not None:
                row.setdefault(name, inner[name])
        row.setdefault("token", known.get("token"))
        if row.get("report_status") is not None:
            row["status"] = row["report_status"]
        return super()._adapt(row, known)
