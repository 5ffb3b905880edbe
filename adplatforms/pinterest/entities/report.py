"""An asynchronous report: created, then polled by its token until it is finished.

Source: resources.json, reports.
"""

from ..base import PinterestEntity
from ..enums import (
    AD_SUMMARY_STATUSES,
    NEWER_OBJECTIVES,
    OBJECTIVES,
    REPORT_LEVELS,
    REPORT_STATUSES,
    REPORT_TARGETING_TYPES,
    SUMMARY_STATUSES,
)
from ..fields import Bool, Choice, Date, Days, Float, Id, Int, ListOf, Object, Str


class Report(
    PinterestEntity, collection="reports", get="analytics/get_report", create="analytics/create_report", key="token"
):
    """An asynchronous report: created, then polled by its token until it is finished.

    `Pinterest.report` and `submit_report` give the rows, and split ranges that are too long for one report.
    """

    token = Str(readonly=True)
    ad_account_id = Id(create_only=True, doc="In the path")
    ad_group_ids = ListOf(Id(), create_only=True, write_only=True, doc="1 to 500")
    ad_group_statuses = ListOf(Choice(SUMMARY_STATUSES), create_only=True, write_only=True, doc="1 to 6")
    ad_ids = ListOf(Id(), create_only=True, write_only=True, doc="1 to 500")
    ad_statuses = ListOf(Choice(AD_SUMMARY_STATUSES), create_only=True, write_only=True, doc="1 to 6")
    attribution_types = ListOf(Choice("INDIVIDUAL HOUSEHOLD"), create_only=True, write_only=True)
    campaign_brand_label = Str(create_only=True, write_only=True)
    campaign_custom_label = Str(create_only=True, write_only=True, since="5.28.0")
    campaign_ids = ListOf(Id(), create_only=True, write_only=True, doc="1 to 500")
    campaign_objective_types = ListOf(
        Choice(OBJECTIVES, newer=NEWER_OBJECTIVES), create_only=True, write_only=True, doc="1 to 7"
    )
    campaign_statuses = ListOf(Choice(SUMMARY_STATUSES), create_only=True, write_only=True, doc="1 to 6")
    click_window_days = Days(create_only=True, write_only=True, doc="30 when left out")
    # Not an enum here: columns are added with every version (wire.md, section 9).
    columns = ListOf(Str(), create_only=True, required=True, write_only=True, doc="Any column name is taken")
    combine_targeting_types = Bool(create_only=True, write_only=True, doc="False when left out")
    conversion_report_time = Choice(
        "TIME_OF_AD_ACTION TIME_OF_CONVERSION", create_only=True, write_only=True, doc="TIME_OF_AD_ACTION when left out"
    )
    custom_conversion_event_metrics = Object(create_only=True, write_only=True)
    end_date = Date(create_only=True, required=True, write_only=True)
    end_hour = Int(create_only=True, write_only=True, doc="0 to 23")
    engagement_window_days = Days(create_only=True, write_only=True, doc="30 when left out")
    granularity = Choice("TOTAL DAY HOUR WEEK MONTH", create_only=True, required=True, write_only=True)
    level = Choice(REPORT_LEVELS, create_only=True, required=True, write_only=True)
    metrics_filters = Object(create_only=True, write_only=True)
    primary_sort = Choice("BY_ID BY_DATE", create_only=True, write_only=True, doc="BY_ID when left out")
    product_group_ids = ListOf(Id(), create_only=True, write_only=True, doc="1 to 500")
    product_group_statuses = ListOf(
        Choice("RUNNING PAUSED EXCLUDED ARCHIVED"), create_only=True, write_only=True, doc="1 to 6"
    )
    product_item_ids = ListOf(Id(), create_only=True, write_only=True, doc="1 to 500")
    # JSON is an object of lists by id, CSV one table (wire.md, section 12).
    report_format = Choice("JSON CSV", create_only=True, write_only=True, doc="JSON when left out")
    report_status = Choice(REPORT_STATUSES, readonly=True)
    reporting_timezone = Choice("PINTEREST_TIME_ZONE AD_ACCOUNT_TIME_ZONE", create_only=True, write_only=True)
    size = Float(readonly=True)
    start_date = Date(create_only=True, required=True, write_only=True)
    start_hour = Int(create_only=True, write_only=True, doc="0 to 23")
    targeting_types = ListOf(Choice(REPORT_TARGETING_TYPES), create_only=True, write_only=True, doc="1 to 5")
    url = Str(readonly=True)
    view_window_days = Days(create_only=True, write_only=True, doc="1 when left out")
