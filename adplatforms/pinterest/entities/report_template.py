"""A report template made in Ads Manager. Source: resources.json, report_templates."""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..enums import REPORT_LEVELS
from ..fields import Bool, Choice, EpochSeconds, Float, Id, ListOf, Object, Ref, Refs, Str
from ..operations import ReportTemplateOperations

if TYPE_CHECKING:
    from . import AdAccount


class ReportTemplate(ReportTemplateOperations, PinterestEntity, collection="report_templates", list="templates/list"):
    """A report template made in Ads Manager.

    `run` submits a report made from it. Templates are made and changed in Ads Manager only.
    """

    name = Str(readonly=True)
    ad_account_id = Id(readonly=True, param="ad_account_id")
    ad_account_ids = ListOf(Id(), readonly=True)
    ade_columns = ListOf(Str(), readonly=True, since="5.28.0")
    attribution_type = Object(readonly=True, since="5.28.0")
    click_window_days = Float(readonly=True, doc="Days")
    columns = ListOf(Str(), readonly=True, doc="Any column name is taken")
    conversion_report_time_type = Choice("TIME_OF_AD_ACTION TIME_OF_CONVERSION", readonly=True)
    creation_source = Choice("ADS_API ADS_MANAGER_REPORTING_PAGE ADS_MANAGER_REPORT_BUILDER", readonly=True)
    custom_column_ids = ListOf(Id(), readonly=True)
    date_range = Object(readonly=True)
    display_metadata = Str(readonly=True, since="5.28.0")
    engagement_window_days = Float(readonly=True, doc="Days")
    filters_json = Str(readonly=True)
    granularity = Choice("TOTAL DAY HOUR WEEK MONTH", readonly=True)
    ingestion_sources = ListOf(Choice("TAG MMP FILE_UPLOAD CONVERSIONS_API NATIVE"), readonly=True)
    is_default = Bool(readonly=True, since="5.28.0")
    is_deleted = Bool(readonly=True)
    is_owned_by_user = Bool(readonly=True)
    is_scheduled = Bool(readonly=True)
    report_end_relative_days_in_past = Float(readonly=True)
    report_format = Choice("JSON CSV", readonly=True)
    report_level = Choice(REPORT_LEVELS, readonly=True)
    report_start_relative_days_in_past = Float(readonly=True)
    reporting_time_zone = Str(readonly=True, since="5.28.0")
    sort_by = Object(readonly=True, since="5.28.0")
    type = Choice("UNSPECIFIED BULK OVERVIEW TABLE", readonly=True)
    # A number that may have a fraction (wire.md, section 9).
    updated_time = EpochSeconds(readonly=True)
    user_id = Str(readonly=True)
    view_window_days = Float(readonly=True, doc="Days")

    ad_account = Ref["AdAccount"](by="ad_account_id")
    ad_accounts = Refs["AdAccount"](by="ad_account_ids")
