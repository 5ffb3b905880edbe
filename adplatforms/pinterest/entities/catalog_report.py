"""A report on the items of a catalog: created, then polled by its token until it is finished.

Source: resources.json, catalog_reports.
"""

from ..base import PinterestEntity
from ..enums import CATALOG_TYPES
from ..fields import Choice, Float, Id, Object, Str


class CatalogReport(
    PinterestEntity, collection="catalog_reports", get="reports/get", create="reports/create", key="token"
):
    """A report on the items of a catalog: created, then polled by its token until it is finished.

    `Pinterest.submit_catalog_report` gives the same as a job, whose result has the rows.
    """

    # The same parameters on one day give the same token (wire.md, section 12).
    token = Str(readonly=True)
    act_as = Id(create_only=True, doc="The ad account that calls act for; null: the token's own")
    catalog_type = Choice(CATALOG_TYPES, create_only=True, required=True, write_only=True)
    report = Object(create_only=True, required=True, write_only=True)
    report_status = Choice("FINISHED IN_PROGRESS", readonly=True)
    size = Float(readonly=True)
    url = Str(readonly=True)
