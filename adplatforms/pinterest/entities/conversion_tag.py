"""A Pinterest tag: what websites report conversions with. Source: resources.json, conversion_tags."""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..enums import ENTITY_STATUSES
from ..fields import Bool, Choice, EpochMillis, Float, Id, Object, Ref, Str

if TYPE_CHECKING:
    from . import AdAccount


# They can neither be changed nor deleted (wire.md, section 6).
class ConversionTag(
    PinterestEntity,
    collection="conversion_tags",
    list="conversion_tags/list",
    get="conversion_tags/get",
    create="conversion_tags/create",
):
    """A Pinterest tag: what websites report conversions with.

    It cannot be changed or deleted through the API.
    """

    name = Str(create_only=True, required=True)
    status = Choice(ENTITY_STATUSES, readonly=True)
    ad_account_id = Id(create_only=True, param="ad_account_id")
    aem_db_enabled = Bool(create_only=True, nullable=True, write_only=True, doc="False when left out")
    aem_enabled = Bool(create_only=True, nullable=True, write_only=True, doc="False when left out")
    aem_external_id_enabled = Bool(create_only=True, nullable=True, write_only=True, doc="False when left out")
    aem_fnln_enabled = Bool(create_only=True, nullable=True, write_only=True, doc="False when left out")
    aem_ge_enabled = Bool(create_only=True, nullable=True, write_only=True, doc="False when left out")
    aem_loc_enabled = Bool(create_only=True, nullable=True, write_only=True, doc="False when left out")
    aem_ph_enabled = Bool(create_only=True, nullable=True, write_only=True, doc="False when left out")
    code_snippet = Str(readonly=True)
    configs = Object(readonly=True)
    enhanced_match_status = Choice("UNKNOWN NOT_VALIDATED VALIDATING_IN_PROGRESS VALIDATION_COMPLETE", readonly=True)
    last_fired_time_ms = EpochMillis(readonly=True)
    md_frequency = Float(create_only=True, nullable=True, write_only=True, doc="1 when left out")
    version = Str(readonly=True)

    ad_account = Ref["AdAccount"](by="ad_account_id")
