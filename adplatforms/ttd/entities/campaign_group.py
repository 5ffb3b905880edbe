"""Campaign groups."""

from ..base import TTDEntity
from ..mapped import Id, Str


class CampaignGroup(TTDEntity, collection="campaign_groups"):
    """A campaign group. The facts name GraphQL's `campaignGroup(id)` [D] and the mutations `campaignGroupCreate`,
    `...Update`, `...AttachCampaigns` and `...Archive` [D], and no field of it: `id` and `name` are [I]. It is read by
    id; `campaign.campaign_group_id` puts a campaign into one, and `ttd.graphql` runs the mutations."""

    _surface = "graphql"

    id = Id(readonly=True, source="I")
    name = Str(readonly=True, source="I")
