"""A targeting template: targeting that ad groups share. Source: resources.json, targeting_templates."""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..fields import Bool, Choice, EpochSeconds, Id, Object, Ref, Str

if TYPE_CHECKING:
    from . import AdAccount


class TargetingTemplate(
    PinterestEntity,
    collection="targeting_templates",
    list="targeting_template/list",
    create="targeting_template/create",
    # On the collection, and answered with 200 and no body (wire.md, section 6).
    update="targeting_template/update",
    retired={"operation_type": "REMOVE"},
    # The same PATCH removes templates: `operation_type` says which is meant (wire.md, section 6).
    always_sent={"operation_type": "UPDATE"},
):
    """A targeting template: targeting that ad groups share.

    It has no operation of its own to be read by: listings show it. `archive()` removes it.
    """

    name = Str(create_only=True, required=True)
    status = Choice("ACTIVE DELETED", readonly=True)
    ad_account_id = Id(create_only=True, param="ad_account_id")
    auto_targeting_enabled = Bool(create_only=True, doc="True when left out")
    created_time = EpochSeconds(readonly=True)
    keywords = Object(create_only=True)
    operation_type = Choice("REMOVE UPDATE", update_only=True, write_only=True)
    placement_group = Choice("ALL SEARCH BROWSE OTHER", create_only=True, doc="ALL when left out")
    sizing = Object(readonly=True)
    targeting_attributes = Object(required=True)
    tracking_urls = Object(create_only=True, nullable=True)
    updated_time = EpochSeconds(readonly=True)
    valid = Bool(readonly=True)

    ad_account = Ref["AdAccount"](by="ad_account_id")
