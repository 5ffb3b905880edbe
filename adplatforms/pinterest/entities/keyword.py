"""A keyword that an ad account, a campaign or an ad group targets or excludes. Source: resources.json, keywords."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..base import PinterestEntity
from ..fields import Bool, Choice, Id, Micros, Ref, Str

if TYPE_CHECKING:
    from adplatforms.core.relations import Row

    from . import AdAccount, AdGroup, Campaign


class Keyword(
    PinterestEntity,
    collection="keywords",
    list="keywords/get",
    create="keywords/create",
    update="keywords/update",
    # Keywords have no status; `archived` is a yes or no of its own (wire.md, section 6).
    retired={"archived": True},
    # `ad_group_ids` is beta: one ad group is asked for by `ad_group_id`.
    exclusive="ad_group_id ad_group_ids campaign_id",
    unfiltered="only keywords on the ad account itself: ad_groups.include('keywords') walks those on ad groups",
):
    """A keyword that an ad account, a campaign or an ad group targets or excludes.

    A listing without a parent brings only those of the ad account itself. Those of ad groups come with their parents:
    ``session.ad_groups.include("keywords")``, ``ad_group.keywords`` or ``where(ad_group_id=[...])``.
    """

    _shown = "value"

    campaign_id = Id(readonly=True, param="campaign_id", doc="Null where it hangs elsewhere")
    ad_group_id = Id(readonly=True, param="ad_group_ids", doc="Null where it hangs elsewhere")
    ad_account_id = Id(create_only=True, param="ad_account_id", doc="In the path")
    archived = Bool(update_only=True)
    bid = Micros(nullable=True)
    match_type = Choice(
        "BROAD PHRASE EXACT EXACT_NEGATIVE PHRASE_NEGATIVE",
        create_only=True,
        required=True,
        nullable=True,
        param="match_types",
    )
    # What it hangs on: an ad account, a campaign or an ad group.
    parent_id = Id(create_only=True, required=True)
    parent_type = Str(readonly=True)
    type = Str(readonly=True)
    value = Str(create_only=True, required=True)

    ad_account = Ref["AdAccount"](by="ad_account_id")
    ad_group = Ref["AdGroup"](by="ad_group_id")
    campaign = Ref["Campaign"](by="campaign_id")

    @classmethod
    def _adapt(cls, row: Row, known: Mapping[str, Any]) -> Row:
        """A row with its parent under the parent's own name too, which answers do not have."""
        # The description does not list the values of `parent_type`: case and underscores are left out of account.
        kind = str(row.get("parent_type") or "").lower().replace("_", "")
        for wire in ("campaign_id", "ad_group_id"):
            if kind == wire.removesuffix("_id").replace("_", ""):
                row.setdefault(wire, row.get("parent_id"))
        return super()._adapt(row, known)
