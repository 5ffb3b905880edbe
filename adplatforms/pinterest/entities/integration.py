"""An integration of a shop system, as listed. Source: resources.json, integrations."""

from ..base import PinterestEntity
from ..fields import Credential, Int, Str


class Integration(
    PinterestEntity, collection="integrations", list="integrations/get_list", get="integrations/get_by_id", private=True
):
    """An integration of a shop system, as listed.

    Read only, and by the id of the business at the partner: see `CommerceIntegration` for the one of a shop.
    """

    additional_id_1 = Str(readonly=True)
    connected_advertiser_id = Str(readonly=True)
    connected_lba_id = Str(readonly=True)
    connected_merchant_id = Str(readonly=True)
    connected_tag_id = Str(readonly=True)
    connected_user_id = Str(readonly=True)
    # The description calls it an epoch and does not say in which unit.
    created_time = Int(readonly=True, doc="Epoch; Pinterest does not state the unit")
    external_business_id = Str(readonly=True)
    partner_access_token = Credential(readonly=True)
    partner_access_token_expiry = Int(readonly=True, doc="Epoch; Pinterest does not state the unit")
    partner_metadata = Str(readonly=True)
    partner_primary_email = Str(readonly=True)
    partner_refresh_token = Credential(readonly=True)
    partner_refresh_token_expiry = Int(readonly=True, doc="Epoch; Pinterest does not state the unit")
    scopes = Str(readonly=True)
    updated_time = Int(readonly=True, doc="Epoch; Pinterest does not state the unit")
