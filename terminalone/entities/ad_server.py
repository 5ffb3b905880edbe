"""An ad server. Source: entities.json, AdServer."""

from ..fields import Str
from .base import T1Entity


class AdServer(T1Entity, collection="ad_servers"):
    """An ad server: the system that delivers and counts the ads of a campaign or advertiser.

    Lists of them have the id and the name, which is all that T1 shows.
    Campaigns and advertisers name theirs by `ad_server_id`; ``include="ad_server"`` brings it along, and touching
    ``campaign.ad_server`` loads it for all campaigns of the page.
    """

    name = Str()
