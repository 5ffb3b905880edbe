"""A promotion: an offer that ad groups show. Source: resources.json, promotions."""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..enums import ENTITY_STATUSES, PROMOTION_TYPES
from ..fields import Choice, EpochSeconds, Id, Object, Ref, Str
from ..operations import PromotionOperations

if TYPE_CHECKING:
    from . import AdAccount


class Promotion(
    PromotionOperations,
    PinterestEntity,
    collection="promotions",
    # The one family whose batches answer with `promotions` and a single `exception` (wire.md, section 6).
    list="promotions/list",
    get="promotions/get",
    create="promotions/create",
    update="promotions/update",
    delete="promotions/delete",
):
    """A promotion: an offer that ad groups show."""

    status = Choice(ENTITY_STATUSES, update_only=True)
    ad_account_id = Id(create_only=True, param="ad_account_id")
    discount_status = Choice("OTHER ACTIVE PAUSED SCHEDULED EXPIRED")
    end_time = EpochSeconds()
    external_id = Str()
    platform_type = Str()
    promotion_code = Str()
    promotion_custom_id = Str()
    promotion_title = Str(required=True)
    promotion_type = Choice(PROMOTION_TYPES, required=True)
    start_time = EpochSeconds()
    template_values = Object(doc="At most 2")

    ad_account = Ref["AdAccount"](by="ad_account_id")
