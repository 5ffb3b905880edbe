"""Who may touch an account: `organizations|agencies|advertisers/{id}/acl`.

Known are the types (`advertiser_acl`), the field `editable`, and that ids end in `_id`; what the rows are is
not. Here there is one a user with a permission on that very account.
"""

from __future__ import annotations

from functools import partial

from flask import Response

from adplatforms.sandbox.t1.answers import Answers, Call
from adplatforms.sandbox.t1.relations import Node
from adplatforms.sandbox.t1.render import Listing
from adplatforms.sandbox.t1.schema import Resource, fields
from adplatforms.sandbox.t1.tables import REGISTRY

OWNERS = {"organizations": "organization", "agencies": "agency", "advertisers": "advertiser"}


def list_acl(api: Answers, id: int, owner: str) -> Response:
    """The users of an account; `editable` tells whether one may edit."""
    api.find(owner, id)
    level = OWNERS[owner]
    resource = Resource(
        f"{level}_acl", "acl", fields(ints=f"id* user_id {level}_id version-", bools="editable", strings="name*")
    )
    rows = api.store.query(
        "SELECT t1_permission.id, user_id, entity_id, username AS name, edit_campaigns AS editable"
        " FROM t1_permission JOIN t1_user ON t1_user.id = user_id"
        " WHERE level = ? AND entity_id = ? ORDER BY t1_permission.id",
        (level, id),
    )
    # Rendered texts are kept by version; the user may be renamed.
    nodes = [Node(resource, {**row, f"{level}_id": id, "version": f"{row['name']} {row['editable']}"}) for row in rows]
    _, full = api.shape(REGISTRY.by_type[level])
    return api.reply(api.format.listing(Listing(nodes, full, total=len(nodes), is_child=True)))


CALLS: tuple[Call, ...] = tuple((f"/{owner}/<int:id>/acl", "GET", partial(list_acl, owner=owner)) for owner in OWNERS)
