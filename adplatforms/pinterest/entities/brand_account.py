"""A brand account in a business hierarchy. Source: resources.json, brand_accounts."""

from ..base import PinterestEntity
from ..enums import COUNTRIES
from ..types import Choice, Id, Object, Str


class BrandAccount(
    PinterestEntity,
    collection="brand_accounts",
    create="brand_accounts/create",
    update="brand_accounts/update",
    key="brand_account_id",
):
    """A brand account in a business hierarchy."""

    business_hierarchy_id = Id(create_only=True, doc="In the path")
    name = Str(required=True, doc="Sent only")
    about = Str(doc="Sent only")
    brand_account_id = Str(readonly=True)
    country = Choice(COUNTRIES, required=True, doc="Sent only")
    profile_image = Object(doc="Sent only")
    username = Str(required=True, doc="Sent only")
    website = Str(doc="Sent only")
