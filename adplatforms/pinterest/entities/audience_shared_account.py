"""An account that an audience is shared with. Source: resources.json, audience_shared_accounts."""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..fields import Choice, EpochSeconds, Id, Ref, Str

if TYPE_CHECKING:
    from . import Audience


class AudienceSharedAccount(
    PinterestEntity,
    collection="audience_shared_accounts",
    list="ad_accounts_audiences_shared_accounts/list business_account_audiences_shared_accounts/list",
    key="account_id",
):
    """An account that an audience is shared with."""

    account_id = Id(readonly=True)
    audience_id = Id(readonly=True, param="audience_id", doc="The audience that was asked for")
    ad_account_id = Id(readonly=True, param="ad_account_id", doc="In the path")
    account_name = Str(readonly=True)
    account_type = Choice("AD_ACCOUNT BUSINESS_ACCOUNT", readonly=True, param="account_type")
    shared_on_timestamp = EpochSeconds(readonly=True)

    audience = Ref["Audience"](by="audience_id")
