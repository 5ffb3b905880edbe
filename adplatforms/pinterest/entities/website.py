"""A website that the user account claims. Source: resources.json, websites."""

from ..base import PinterestEntity
from ..fields import Choice, Id, Str


class Website(
    PinterestEntity,
    collection="websites",
    list="user_websites/get",
    create="verify_website/update",
    delete="unverify_website/delete",
    key="website",
):
    """A website that the user account claims.

    The code that proves it: `Pinterest.website_verification`.
    """

    act_as = Id(create_only=True, doc="The ad account that calls act for; null: the token's own")
    status = Str(readonly=True)
    verification_method = Choice(
        "FILENAME METATAG DNSTXT", create_only=True, write_only=True, doc="METATAG when left out"
    )
    verified_at = Str(readonly=True)
    website = Str(create_only=True)
