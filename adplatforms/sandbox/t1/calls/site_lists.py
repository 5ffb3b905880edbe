"""Site lists: their domains, and the campaigns and strategies they are assigned to."""

from __future__ import annotations

from functools import partial

from flask import Response, request

from adplatforms.sandbox.store import Row
from adplatforms.sandbox.t1 import write
from adplatforms.sandbox.t1.answers import Answers, Call
from adplatforms.sandbox.t1.errors import FieldError, Refusal
from adplatforms.sandbox.t1.relations import Node
from adplatforms.sandbox.t1.render import Listing
from adplatforms.sandbox.t1.schema import Resource, Value, fields
from adplatforms.sandbox.t1.tables import REGISTRY

OWNERS = {"campaigns": "campaign", "strategies": "strategy"}


def list_for(api: Answers, id: int, owner: str) -> Response:
    """The site lists of the owner's organization, each saying whether it is assigned."""
    _, row = api.find(owner, id)
    type = OWNERS[owner]
    resource = Resource(
        f"site_lists_for_{type}",
        "site_lists",
        fields(ints="id* version-", bools="assigned status", strings="name* restriction"),
    )
    sql = f"SELECT site_list_id FROM t1_site_list_assignment WHERE {type}_id = ?"
    assigned = {one["site_list_id"] for one in api.store.query(sql, (id,))}
    nodes = [
        Node(
            resource,
            {
                **{name: one[name] for name in ("id", "name", "restriction", "status")},
                "assigned": int(one["id"] in assigned),
                # Rendered texts are kept by type, id and version.
                "version": f"{id} {one['id'] in assigned} {one['version']}",
            },
        )
        for one in api.store.rows_where_in("t1_site_list", "organization_id", [_organization(api, type, row)])
    ]
    _, full = api.shape(REGISTRY.by_type[type])
    return api.reply(api.format.listing(Listing(nodes, full, total=len(nodes), is_child=True)))


def assign(api: Answers, id: int, owner: str) -> Response:
    """Assigns (`site_lists.{n}.assigned=1`) and unassigns (0) the site lists `site_lists.{n}.id`."""
    api.find(owner, id)
    column = f"{OWNERS[owner]}_id"
    with api.store.transaction():
        for prefix, form in write.groups(request.form, "site_lists"):
            ids = api.known("site_list", [form.get("id", "")])
            if not ids:
                error = FieldError(f"{prefix}id", f"Invalid site list: {form.get('id', '')!r}")
                raise Refusal("invalid", "Validation errors", [error])
            found = api.store.query(
                f"SELECT id FROM t1_site_list_assignment WHERE site_list_id = ? AND {column} = ?", (ids[0], id)
            )
            is_wanted = form.get("assigned", "1") == "1"
            if found and not is_wanted:
                write.clear(api.store, "site_list_assignment", "id", found[0]["id"])
            elif is_wanted and not found:
                row: Row = {"site_list_id": ids[0], column: id}
                write.insert(api.store, REGISTRY.by_type["site_list_assignment"], row)
    return list_for(api, id, owner)


def save_domains(api: Answers, id: int) -> Response:
    """Gives a site list the domains `domain` (or `domains`), repeated; the reply is the status alone.

    The form is the whole list, as with the domains of a strategy; whether T1 adds instead is not recorded.
    """
    api.find("site_lists", id)
    domains = [one for key in ("domain", "domains") for one in request.form.getlist(key) if one]
    with api.store.transaction():
        for row in api.store.rows_where_in("t1_site_list_domain", "site_list_id", [id]):
            assert isinstance(row["id"], int)
            api.store.delete("t1_site_list_domain", row["id"])
        rows: list[Row] = [{"site_list_id": id, "domain": one} for one in dict.fromkeys(domains)]
        api.store.insert_many("t1_site_list_domain", rows)
        api.store.update("t1_site_list", id, {"sites_count": len(rows)})
        api.store.note("update", "site_list", id)
    api.forget()
    return api.done()


def download(api: Answers, id: int) -> Response:
    """The domains of a site list, one a line, under a header; the columns of T1's file are not recorded."""
    api.find("site_lists", id)
    rows = api.store.rows_where_in("t1_site_list_domain", "site_list_id", [id])
    text = "".join(f"{line}\r\n" for line in ("domain", *(row["domain"] for row in rows)))
    return Response(text, content_type="text/csv; charset=UTF-8")


def _organization(api: Answers, type: str, row: Row) -> Value:
    for parent in ("campaign", "advertiser", "agency"):
        if f"{parent}_id" in row:
            id = row[f"{parent}_id"]
            assert isinstance(id, int)
            row = api.find_row(parent, id)
    return row["organization_id"]


CALLS: tuple[Call, ...] = (
    *(
        (f"/{owner}/<int:id>/site_lists", method, partial(view, owner=owner))
        for owner in OWNERS
        for method, view in (("GET", list_for), ("POST", assign))
    ),
    ("/site_lists/<int:id>/domains", "POST", save_domains),
    ("/site_lists/<int:id>/download.csv", "GET", download),
)
