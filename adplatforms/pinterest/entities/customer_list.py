"""A list of customers, by hashed or plain e-mail or by device id, that audiences are made of.

Source: resources.json, customer_lists.
"""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..fields import Bool, Choice, EpochSeconds, Float, Id, Joined, Object, Ref, Str
from ..operations import CustomerListOperations

if TYPE_CHECKING:
    from . import AdAccount


class CustomerList(
    CustomerListOperations,
    PinterestEntity,
    collection="customer_lists",
    list="customer_lists/list",
    get="customer_lists/get",
    create="customer_lists/create",
    # Not an update of fields: it adds or removes `records` (wire.md, section 6).
    update="customer_lists/update",
    # The records are e-mail addresses of people.
    private=True,
):
    """A list of customers, by hashed or plain e-mail or by device id, that audiences are made of.

    A new one needs `records`, or `records_v2`. `add` and `remove` change who is on it; its name stays. With less than
    100 matches its status is TOO_SMALL.
    """

    name = Str(create_only=True, required=True)
    status = Choice("PROCESSING READY TOO_SMALL UPLOADING", readonly=True)
    ad_account_id = Id(create_only=True, param="ad_account_id")
    # A number that may have a fraction, where campaigns have whole seconds (wire.md, section 9).
    created_time = EpochSeconds(readonly=True)
    exceptions = Object(readonly=True)
    is_nca = Bool(create_only=True, doc="Whether it is for finding new customers", since="5.28.0")
    list_type = Choice(
        "EMAIL IDFA MAID LR_ID DLX_ID HASHED_PINNER_ID", create_only=True, write_only=True, doc="EMAIL when left out"
    )
    num_batches = Float(readonly=True)
    num_removed_user_records = Float(readonly=True)
    num_uploaded_user_records = Float(readonly=True)
    operation_type = Choice("ADD REMOVE", update_only=True, write_only=True)
    records = Joined(write_only=True, doc="E-mails or device ids, plain or hashed, joined by commas")
    records_v2 = Object(
        write_only=True, doc="In place of records: a list of dicts, several identifiers a person", since="5.28.0"
    )
    type = Str(readonly=True)
    updated_time = EpochSeconds(readonly=True)

    ad_account = Ref["AdAccount"](by="ad_account_id")
