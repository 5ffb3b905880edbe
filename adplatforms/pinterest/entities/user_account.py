"""The user account that the token belongs to. Source: resources.json, user_account."""

from ..base import PinterestEntity
from ..fields import Choice, Id, Int, Str


class UserAccount(PinterestEntity, collection="user_account", get="user_account/get"):
    """The user account that the token belongs to."""

    _shown = "username"

    act_as = Id(create_only=True, doc="The ad account that calls act for; null: the token's own")
    about = Str(readonly=True)
    account_type = Choice("PINNER BUSINESS", readonly=True)
    board_count = Int(readonly=True)
    business_name = Str(readonly=True)
    follower_count = Int(readonly=True)
    following_count = Int(readonly=True)
    monthly_views = Int(readonly=True)
    pin_count = Int(readonly=True)
    profile_image = Str(readonly=True)
    username = Str(readonly=True)
    website_url = Str(readonly=True)
