"""A request to delete the conversions of people. Source: v5.28/models.json, ConversionDeletionRequest."""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..fields import Choice, Date, Id, Object, Ref

if TYPE_CHECKING:
    from . import AdAccount


class ConversionDeletionRequest(
    PinterestEntity,
    collection="conversion_deletion_requests",
    list="conversion_deletion_request/list",
    get="conversion_deletion_request/get",
    create="conversion_deletion_request/create",
    delete="conversion_deletion_request/delete",
    key="request_id",
    # It names people by their e-mail addresses.
    private=True,
):
    """A request to delete the conversions of people. Since 5.28.0.

    ``delete()`` cancels it; Pinterest keeps it in its list.
    """

    status = Choice("PENDING SUBMITTED CANCELLED", readonly=True, since="5.28.0")
    ad_account_id = Id(create_only=True, param="ad_account_id", doc="In the path", since="5.28.0")
    created_time = Date(readonly=True, since="5.28.0")
    deletion_targets = Object(
        create_only=True, required=True, write_only=True, doc="A dict of user_emails or epiks", since="5.28.0"
    )
    processed_time = Date(readonly=True, since="5.28.0")
    request_id = Id(readonly=True, doc="The same as id", since="5.28.0")

    ad_account = Ref["AdAccount"](by="ad_account_id")
