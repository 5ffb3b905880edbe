"""A system user of a business: an identity for programs. Source: resources.json, system_users."""

from ..base import PinterestEntity
from ..fields import Id, Str


class SystemUser(PinterestEntity, collection="system_users", update="system_user/update"):
    """A system user of a business: an identity for programs.

    It can be renamed, not read: ``reference("system_users", "1", business_id="2")``, then set `name` and save. Making
    one and its tokens are operations of their own: see `Session.call`.
    """

    business_id = Id(readonly=True, doc="In the path")
    name = Str(update_only=True, write_only=True)
