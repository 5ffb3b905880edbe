"""A large upload to a customer list, in parts (closed beta). Source: resources.json, customer_list_uploads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..base import PinterestEntity
from ..fields import Choice, EpochSeconds, Id, Int, Object, Ref

if TYPE_CHECKING:
    from adplatforms.core.relations import Row

    from . import AdAccount, CustomerList


class CustomerListUpload(
    PinterestEntity,
    collection="customer_list_uploads",
    get="customer_list_uploads/get",
    create="customer_list_uploads/create",
    private=True,
):
    """A large upload to a customer list, in parts (closed beta)."""

    ad_account_id = Id(create_only=True)
    creation_time = EpochSeconds(readonly=True)
    customer_list_id = Id(create_only=True)
    error_counts = Object(readonly=True)
    operation = Choice("ADD REMOVE", create_only=True, required=True)
    record_counts = Object(readonly=True)
    state = Choice("NOT_STARTED RUNNING PAUSED SUCCEEDED FAILED", readonly=True)
    total_parts = Int(create_only=True, required=True, write_only=True, doc="1 to 10")
    updated_time = EpochSeconds(readonly=True)

    ad_account = Ref["AdAccount"](by="ad_account_id")
    customer_list = Ref["CustomerList"](by="customer_list_id")

    @classmethod
    def _adapt(cls, row: Row, known: Mapping[str, Any]) -> Row:
        """The answer to a create holds the upload in a member, next to the URLs that its parts go to."""
        upload = cls._object_in(row, "customer_list_upload")
        # Its parts go to presigned URLs, which stand next to it and are credentials of a kind.
        row.pop("customer_list_upload", None)
        return super()._adapt({**upload, **row}, known)
