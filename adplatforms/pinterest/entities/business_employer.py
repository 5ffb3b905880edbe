"""A business that the user works for. Source: resources.json, business_employers."""

from ..base import PinterestEntity
from ..fields import Bool, EpochMillis, ListOf, Object, Str


class BusinessEmployer(PinterestEntity, collection="business_employers", list="get/business_employers"):
    """A business that the user works for."""

    assets_summary = Object(readonly=True)
    business_roles = ListOf(Str(), readonly=True)
    created_by_business = Object(readonly=True)
    created_by_user = Object(readonly=True)
    # Milliseconds, where campaigns have seconds under the same name (wire.md, section 9).
    created_time = EpochMillis(readonly=True)
    is_shared_partner = Bool(readonly=True)
    user = Object(readonly=True)
