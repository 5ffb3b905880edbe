"""Which bid lists an ad group, a campaign, an advertiser or a partner uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from adplatforms.core.errors import ClientError
from adplatforms.core.ids import ids_of
from adplatforms.core.messages import Answer
from adplatforms.core.state import EntityState

from .. import holds, shapes
from ..base import TTDEntity
from ..graphql.documents import Document, Node
from ..graphql.selection import Selection
from ..graphql.write import Mutation
from ..read import mutation_payload

if TYPE_CHECKING:
    from ..session import TTD

__all__ = ["BidListOperations"]

_MUTATIONS = {
    "ad_group": ("adGroupAssociateBidList", "adGroupId"),
    "campaign": ("campaignAssociateBidList", "campaignId"),
    "advertiser": ("advertiserAssociateBidList", "advertiserId"),
    "partner": ("partnerAssociateBidList", "partnerId"),
}
"""By type: the mutation, and the name of the owner's id in its input. Source: facts_2.md section 7 [D]."""


class BidListOperations(TTDEntity):
    """A record that uses bid lists."""

    def associate_bid_lists(
        self, add: Any = (), remove: Any = (), *, enabled: bool = True, default: bool = False
    ) -> None:
        """Uses these bid lists too, and those no more; all others stay as they are.

        add: bid lists, or their ids; those in use already get the flags. remove: those to leave. enabled, default: the
        flags of those that are added (`isEnabled`, `isDefault`). Unsaved changes stay; an ad group's
        `associated_bid_lists` has to be loaded anew. Source: facts_2.md section 7 [D].
        """
        session = cast("TTD", self._attached("change it at"))
        state = EntityState(self)
        if state.is_new:
            raise ClientError(f"{state.label} has no id yet", hint="save() it first")
        holds.check([self])
        model = session.registry.find("bid_lists")
        added, removed = ([str(each) for each in ids_of(some, model, "a bid list")] for some in (add, remove))
        both = set(added) & set(removed)
        if both or not (added or removed):
            what = "there is no bid list to add or remove"
            if both:
                what = f"bid list {min(both)} is to be added and removed"
            raise ClientError(what, hint="associate_bid_lists(add=[...], remove=[...])")
        name, owner = _MUTATIONS[self.__model__.type]
        asked: dict[str, Any] = {owner: state.id}
        if added:
            asked["bidListsToAddOrUpdate"] = [
                {"bidListId": each, "isDefault": default, "isEnabled": enabled} for each in added
            ]
        if removed:
            asked["bidListIdsToRemove"] = removed
        refusals = Node("userErrors", (Node("field"), Node("message")))
        node = Node(name, (Node("data", (Node("id"),)), refusals), {"input": asked})
        document = Document(node, operation="mutation")
        request = session.dialect.calls.graphql(Mutation(document, Selection(type(self)), name), writes=True)

        def read(answer: Answer) -> None:
            found = shapes.an_object(mutation_payload(answer, name), "a record")
            shapes.same(found.get("id"), state.id, self.__model__.type)

        session.exchange(request, lambda answer: shapes.readable(answer, read))
        # What was loaded of them is not true any more.
        row = {wire: value for wire, value in state.row.items() if wire != "associatedBidLists"}
        state.renew(row, state.pending(), state.peers)
