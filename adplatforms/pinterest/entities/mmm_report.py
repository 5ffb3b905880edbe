"""An asynchronous report for marketing mix models. Source: resources.json, mmm_reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..base import PinterestEntity
from ..enums import MMM_COLUMNS, TARGETING_COUNTRIES
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
    # The token is looked up by an operation of its own: all of its answer stands in `data`.
    status = Str(readonly=True)
    code = Float(readonly=True)
    columns = ListOf(Choice(MMM_COLUMNS), create_only=True, required=True, write_only=True)
    countries = ListOf(Choice(TARGETING_COUNTRIES), create_only=True, write_only=True)
    data = Object(readonly=True)
    end_date = Date(create_only=True, required=True, write_only=True)
    granularity = Choice("DAY WEEK", create_only=True, required=True, write_only=True)
    level = Choice("CAMPAIGN_TARGETING AD_GROUP_TARGETING", create_only=True, required=True, write_only=True)
    message = Str(readonly=True)
    report_name = Str(create_only=True, required=True, write_only=True)
    start_date = Date(create_only=True, required=True, write_only=True)
    targeting_types = ListOf(
        Choice("APPTYPE COUNTRY CREATIVE_TYPE GENDER LOCATION"),
        create_only=True,
        required=True,
        write_only=True,
        doc="1 to 5",
    )

    @classmethod
    def _adapt(cls, row: Row, known: Mapping[str, Any]) -> Row:
        """All of an answer stands in `data`; the token is wanted here."""
        row.setdefault("token", cls._object_in(row, "data").get("token") or known.get("token"))
        return super()._adapt(row, known)
