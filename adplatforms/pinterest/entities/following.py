"""Somebody whom the user account follows. Source: resources.json, following."""

from ..base import PinterestEntity
from ..fields import Id, Str


class Following(PinterestEntity, collection="following", list="user_following/get", key="username"):
    """Somebody whom the user account follows.

    ``limit={"feed_type": "CREATOR_ONLY"}`` and ``limit={"explicit_following": True}`` narrow the listing.
    """

    act_as = Id(create_only=True, doc="The ad account that calls act for; null: the token's own")
    type = Str(readonly=True)
    username = Str(readonly=True)
