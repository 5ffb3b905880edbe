"""A brand account in a business hierarchy. Source: resources.json, brand_accounts."""

from ..base import PinterestEntity
from ..enums import COUNTRIES
from ..fields import Choice, Id, Object, Str


class BrandAccount(
    PinterestEntity,
    collection="brand_accounts",
    create="brand_accounts/create",
    update="brand_accounts/update",
    key="brand_account_id",
):
    """A brand account in a business hierarchy."""

    business_hierarchy_id = Id(create_only=True, doc="In the path")
    name = Str(required=True, write_only=True)
    about = Str(write_only=True)
    brand_account_id = Str(readonly=True)
    country = Choice(COUNTRIES, required=True, write_only=True)
    profile_image = Object(write_only=True)
    username = Str(required=True, write_only=True)
    website = Str(write_only=True)
