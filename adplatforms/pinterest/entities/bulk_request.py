"""A bulk upsert: many creates and updates in one call, then polled until it is done.

Source: resources.json, bulk_requests.
"""

from ..base import PinterestEntity
from ..fields import Choice, Id, Int, Object, Str


class BulkRequest(
    PinterestEntity, collection="bulk_requests", get="bulk_request/get", create="bulk_upsert/create", key="request_id"
):
    """A bulk upsert: many creates and updates in one call, then polled until it is done.

    `Pinterest.bulk_upsert` gives the same as a job, which can be waited for.
    """

    request_id = Id(readonly=True)
    ad_account_id = Id(create_only=True, doc="In the path")
    status = Choice("RUNNING SUCCEEDED FAILED", readonly=True)
    create = Object(create_only=True, write_only=True)
    result_url = Str(readonly=True)
    update = Object(create_only=True, write_only=True)
    workload_id = Int(readonly=True, since="5.28.0")
