"""An interest that a user follows. Source: resources.json, followed_interests."""

from ..base import PinterestEntity
from ..fields import Id, Str


class FollowedInterest(PinterestEntity, collection="followed_interests", list="user_account/followed_interests"):
    """An interest that a user follows.

    ``session.followed_interests.within(username="...")``: Pinterest lists those of one user at a time.
    """

    username = Id(readonly=True, param="username", doc="In the path")
    name = Str(readonly=True)
    canonical_url = Str(readonly=True)
    key = Str(readonly=True)
