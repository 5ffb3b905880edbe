"""An export of the leads of one ad: created, then polled until it is finished.

Source: resources.json, lead_exports.
"""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..fields import Choice, Date, Id, Ref, Str

if TYPE_CHECKING:
    from . import Ad


class LeadExport(
    PinterestEntity,
    collection="lead_exports",
    get="leads_export/get",
    create="leads_export/create",
    key="leads_export_id",
):
    """An export of the leads of one ad: created, then polled until it is finished.

    `Pinterest.export_leads` gives the same as a job, whose result has the leads.
    """

    leads_export_id = Id(readonly=True)
    ad_account_id = Id(create_only=True, doc="In the path")
    ad_id = Id(create_only=True, required=True, write_only=True)
    download_url = Str(readonly=True)
    end_date = Date(create_only=True, required=True, write_only=True)
    export_status = Choice("IN_PROGRESS FINISHED FAILED", readonly=True)
    start_date = Date(create_only=True, required=True, write_only=True)

    ad = Ref["Ad"](by="ad_id")
