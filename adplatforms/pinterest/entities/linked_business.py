"""A business account that is linked to the user account. Source: resources.json, linked_businesses."""

from ..base import PinterestEntity
from ..fields import Str


# Not paged: the answer is a bare list (wire.md, section 4).
class LinkedBusiness(
    PinterestEntity, collection="linked_businesses", list="linked_business_accounts/get", key="username"
):
    """A business account that is linked to the user account."""

    image_large_url = Str(readonly=True)
    image_medium_url = Str(readonly=True)
    image_small_url = Str(readonly=True)
    image_xlarge_url = Str(readonly=True)
    username = Str(readonly=True)
