"""Somebody who follows the user account. Source: resources.json, followers."""

from ..base import PinterestEntity
from ..fields import Str


class Follower(PinterestEntity, collection="followers", list="followers/list", key="username"):
    """Somebody who follows the user account.

    The user name identifies them: `id` is the same. Those whom the account follows are in
    `following`.
    """

    type = Str(readonly=True)
    username = Str(readonly=True)
