"""The advertising terms of service of an ad account, and whether they were accepted.

Source: resources.json, terms_of_service.
"""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..fields import Bool, Id, Ref, Str

if TYPE_CHECKING:
    from . import AdAccount


class TermsOfService(PinterestEntity, collection="terms_of_service", get="terms_of_service/get"):
    """The advertising terms of service of an ad account, and whether they were accepted."""

    ad_account_id = Id(readonly=True)
    has_accepted = Bool(readonly=True)
    html = Str(readonly=True)

    ad_account = Ref["AdAccount"](by="ad_account_id")
