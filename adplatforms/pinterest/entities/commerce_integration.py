"""The integration of a shop system, by the id of the business there.

Source: resources.json, commerce_integrations.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..base import PinterestEntity
from ..fields import Credential, Float, Id, Str

if TYPE_CHECKING:
    from adplatforms.core.relations import Row


class CommerceIntegration(
    PinterestEntity,
    collection="commerce_integrations",
    get="integrations_commerce/get",
    create="integrations_commerce/post",
    update="integrations_commerce/patch",
    delete="integrations_commerce/del",
    key="external_business_id",
    private=True,
):
    """The integration of a shop system, by the id of the business there.

    Pinterest reads and changes it by `external_business_id`, which is its `id` here; the number that answers call
    ``id`` is `integration_id`.
    """

    integration_id = Id(readonly=True)
    additional_id_1 = Str()
    connected_advertiser_id = Str()
    connected_lba_id = Str()
    connected_merchant_id = Str()
    connected_tag_id = Str()
    connected_user_id = Str(readonly=True)
    created_timestamp = Float(readonly=True, doc="Epoch; Pinterest does not state the unit")
    external_business_id = Str(create_only=True)
    partner_access_token = Credential(write_only=True)
    partner_access_token_expiry = Float(doc="Epoch; Pinterest does not state the unit")
    partner_metadata = Str()
    partner_primary_email = Str(write_only=True)
    partner_refresh_token = Credential(write_only=True)
    partner_refresh_token_expiry = Float(doc="Epoch; Pinterest does not state the unit")
    scopes = Str()
    updated_timestamp = Float(readonly=True, doc="Epoch; Pinterest does not state the unit")

    @classmethod
    def _adapt(cls, row: Row, known: Mapping[str, Any]) -> Row:
        """A row whose `id` is what calls name it by."""
        # Here `id` is what calls name it by; a row that was completed before is left alone.
        if "integration_id" not in row:
            row["integration_id"] = row.pop("id", None)
        return super()._adapt(row, known)
