"""A schedule: a change of a campaign's budget or bids for a time. Source: v5.28/models.json, Schedule."""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..fields import Choice, EpochSeconds, Id, Ref, Str, TextOrObject

if TYPE_CHECKING:
    from . import AdAccount


class Schedule(
    PinterestEntity,
    collection="schedules",
    list="schedules/list",
    create="schedules/create",
    update="schedules/update",
    key="schedule_id",
):
    """A schedule: a change of a campaign's budget or bids for a time. Since 5.28.0.

    Pinterest lists the schedules of named entities: ``where(entity_id=[...])``, ``campaign.schedules``.
    """

    name = Str(since="5.28.0")
    ad_account_id = Id(create_only=True, param="ad_account_id", doc="In the path", since="5.28.0")
    delta_value = TextOrObject(doc="By how much, text; or multipliers of bids", since="5.28.0")
    end_timestamp = EpochSeconds(since="5.28.0")
    entity_id = Id(required=True, param="entity_ids", since="5.28.0")
    entity_type = Choice("ADVERTISER CAMPAIGN AD_GROUP AD", since="5.28.0")
    schedule_action = Choice("INCREASE_BY_VALUE INCREASE_BY_PERCENT", since="5.28.0")
    schedule_id = Id(readonly=True, doc="The same as id", since="5.28.0")
    schedule_status = Choice(
        "DRAFT CREATED SCHEDULED ACTIVE COMPLETED FAILED CANCELED", param="schedule_statuses", since="5.28.0"
    )
    schedule_type = Choice("CAMPAIGN_BUDGET_CHANGE CAMPAIGN_BID_MULTIPLIERS", param="schedule_type", since="5.28.0")
    start_timestamp = EpochSeconds(since="5.28.0")

    ad_account = Ref["AdAccount"](by="ad_account_id")
