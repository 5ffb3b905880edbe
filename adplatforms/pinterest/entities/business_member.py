"""A member of a business. Source: resources.json, business_members."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..base import PinterestEntity
from ..fields import Bool, Choice, EpochMillis, Id, ListOf, Object, Str

if TYPE_CHECKING:
    from adplatforms.core.relations import Row


class BusinessMember(
    PinterestEntity,
    collection="business_members",
    list="get/business_members",
    update="update/business_memberships",
    delete="delete_business_membership",
):
    """A member of a business. Saving sets `business_role`."""

    business_id = Id(create_only=True, param="business_id", doc="In the path")
    assets_summary = Object(readonly=True)
    business_role = Choice("EMPLOYEE BIZ_ADMIN", update_only=True, write_only=True)
    business_roles = ListOf(Str(), readonly=True)
    created_by_business = Object(readonly=True)
    created_by_user = Object(readonly=True)
    created_time = EpochMillis(readonly=True)
    is_shared_partner = Bool(readonly=True)
    member_id = Id(readonly=True, doc="The same as `id`")
    user = Object(readonly=True)

    @classmethod
    def _adapt(cls, row: Row, known: Mapping[str, Any]) -> Row:
        """A row with both names of its identity."""
        row = super()._adapt(row, known)
        # Answers name a member by `member_id` or by `id`: both are filled in.
        row.setdefault("member_id", row.get("id"))
        row.setdefault("id", row["member_id"])
        return row

    def _body_value(self, wire: str) -> Any:
        """A deletion names the role that ends: the one that was set, else the first it has."""
        value = super()._body_value(wire)
        if wire == "business_role" and not value:
            return next(iter(self.business_roles or ()), None)
        return value
