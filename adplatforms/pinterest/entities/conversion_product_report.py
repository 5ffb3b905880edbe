"""An asynchronous report on the brands, categories and products that were bought.

Source: resources.json, conversion_product_reports.
"""

from ..base import PinterestEntity
from ..enums import NEWER_OBJECTIVES, OBJECTIVES, REPORT_STATUSES
from ..fields import Choice, Date, Days, Float, Id, ListOf, Str


class ConversionProductReport(
    PinterestEntity,
    collection="conversion_product_reports",
    get="analytics/get_conversion_product_report",
    create="analytics/create_conversion_product_report",
    key="token",
):
    """An asynchronous report on the brands, categories and products that were bought.

    `Pinterest.submit_conversion_product_report` gives the same as a job, whose result has the rows.
    """

    token = Str(readonly=True)
    ad_account_id = Id(create_only=True, doc="In the path")
    ad_group_ids = ListOf(Id(), create_only=True, write_only=True, doc="1 to 500")
    campaign_ids = ListOf(Id(), create_only=True, write_only=True, doc="1 to 500")
    campaign_objective_types = ListOf(
        Choice(OBJECTIVES, newer=NEWER_OBJECTIVES), create_only=True, write_only=True, doc="1 to 7"
    )
    click_window_days = Days(create_only=True, write_only=True, doc="30 when left out")
    columns = ListOf(Str(), create_only=True, required=True, write_only=True, doc="Any column name is taken")
    conversion_product_attribution_type = Choice(
        "DEFAULT BRAND_ATTRIBUTION", create_only=True, write_only=True, doc="DEFAULT when left out"
    )
    conversion_product_breakdown = Choice(
        "PRODUCT_BRAND PRODUCT_CATEGORY PRODUCT_BRAND_AND_CATEGORY PRODUCT_SKU PRODUCT_SKU_GROUP",
        create_only=True,
        write_only=True,
        doc="PRODUCT_BRAND when left out",
    )
    conversion_report_time = Choice(
        "TIME_OF_AD_ACTION TIME_OF_CONVERSION", create_only=True, write_only=True, doc="TIME_OF_AD_ACTION when left out"
    )
    end_date = Date(create_only=True, required=True, write_only=True)
    granularity = Choice("WEEK MONTH TOTAL", create_only=True, required=True, write_only=True)
    level = Choice("ADVERTISER CAMPAIGN AD_GROUP", create_only=True, required=True, write_only=True)
    message = Str(readonly=True, since="5.28.0")
    product_sku_ids = ListOf(Id(), create_only=True, write_only=True, doc="2 to 500")
    report_name = Str(create_only=True, required=True, write_only=True)
    report_status = Choice(REPORT_STATUSES, readonly=True)
    size = Float(readonly=True)
    # From 2024-03-16 on, 7 days to a year (wire.md, section 12).
    start_date = Date(create_only=True, required=True, write_only=True)
    url = Str(readonly=True)
    view_window_days = Days(create_only=True, write_only=True, doc="30 when left out")
