"""Audiences."""

from typing import TYPE_CHECKING

from adplatforms.core import fields
from adplatforms.core.relations import Ref

from ..base import TTDEntity
from ..mapped import Archived, Id, ListOf, Moment, Str

if TYPE_CHECKING:
    from . import Advertiser


class Audience(TTDEntity, collection="audiences"):
    """An audience of an advertiser: the people in some data groups, without those in others.

    Read by REST, one or those of an advertiser, which shows the data groups; over all advertisers by GraphQL, which
    does not. Saved through REST; the lists of ids are replaced, not merged. Source: platform_rest_v3.json.
    """

    _rest = "audience"
    _prefers_rest = True
    _created = "created_at"

    id = Id(readonly=True, rest="AudienceId")
    name = Str(rest="AudienceName", required=True)
    advertiser_id = Id("advertiserId", graphql="advertiser.id", rest="AdvertiserId", required=True, create_only=True)
    description = Str(graphql="", rest="Description")
    included_data_group_ids = ListOf(
        fields.Str(), "includedDataGroupIds", graphql="", rest="IncludedDataGroupIds", doc="replaced, not merged"
    )
    excluded_data_group_ids = ListOf(
        fields.Str(), "excludedDataGroupIds", graphql="", rest="ExcludedDataGroupIds", doc="replaced, not merged"
    )
    is_archived = Archived(graphql="")
    created_at = Moment("createdAt", rest="CreatedAtUTC", readonly=True)
    last_updated_at_utc = Moment("lastUpdatedAtUtc", graphql="", rest="LastUpdatedAtUTC", readonly=True)
    advertiser = Ref["Advertiser"](by="advertiser_id")
