"""What the views of the T1 services share: one store, the two formats, and the ways to answer with rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from flask import Response, g, request

from adplatforms.sandbox.store import Row, Store
from adplatforms.sandbox.t1 import query, write
from adplatforms.sandbox.t1.as_json import JsonRenderer
from adplatforms.sandbox.t1.as_xml import XmlRenderer
from adplatforms.sandbox.t1.errors import not_found
from adplatforms.sandbox.t1.relations import Fullness, Includes, load, read_full, read_with
from adplatforms.sandbox.t1.render import Listing
from adplatforms.sandbox.t1.schema import Relation, Resource, Value
from adplatforms.sandbox.t1.tables import REGISTRY

Call = tuple[str, str, Callable[..., Response]]
"""Path, method and view; the view gets the service first."""


class Answers:
    """Finds rows and answers with them, in the format the request accepts."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.json = JsonRenderer()
        self.xml = XmlRenderer()
        store.function("t1_matches", 2, query.matches)

    def forget(self) -> None:
        """Drops rendered texts, for when rows change under an unchanged version."""
        self.json.forget()
        self.xml.forget()

    @property
    def format(self) -> JsonRenderer | XmlRenderer:
        """JSON when Accept asks for it, else XML."""
        return self.json if "json" in request.headers.get("Accept", "") else self.xml

    def reply(self, body: bytes, status: int = 200) -> Response:
        """A reply in that format."""
        return Response(body, status, content_type=self.format.content_type)

    def done(self) -> Response:
        """Success without content: the status alone."""
        return self.reply(self.format.done())

    def list_rows(
        self,
        resource: Resource,
        condition: query.Condition,
        is_child: bool = False,
        always: Includes | None = None,
        total: int | None = None,
    ) -> Response:
        """A page of the rows that satisfy a condition, as the query parameters ask for it.

        `always` are relations that come along unasked; `total` is told instead of the true count.
        """
        asked = request.args
        page = query.read_page(asked.get("page_limit"), asked.get("page_offset"))
        condition &= query.read_q(resource, asked.get("q"))
        condition &= query.read_parent(resource, asked.get("parent"))
        order = query.order(resource, asked.get("sort_by"), page)
        includes, full = self.shape(resource)
        found = self.store.count(resource.table, condition.sql, condition.values)
        rows = self.store.query(
            f"SELECT * FROM {resource.table} WHERE {condition.sql} ORDER BY {order} LIMIT ? OFFSET ?",
            (*condition.values, page.limit, page.offset),
        )
        listing = Listing(
            load(self.store, resource, rows, {**(always or {}), **includes}),
            full,
            page.offset,
            found if total is None else total,
            next_page(page) if page.offset + page.limit < found else None,
            is_child,
        )
        return self.reply(self.format.listing(listing))

    def shape(self, resource: Resource) -> tuple[Includes, Fullness]:
        """What `with` and `full` ask for. A write looks before it ends: refused for these, it undoes itself."""
        return read_with(resource, request.args.getlist("with")), read_full(request.args.getlist("full"))

    def entity(self, resource: Resource, row: Row, always: Includes | None = None) -> Response:
        """One row in full; `always` are relations that come along unasked."""
        includes, full = self.shape(resource)
        node = load(self.store, resource, [row], {**(always or {}), **includes})[0]
        return self.reply(self.format.entity(node, full))

    def create_row(self, resource: Resource, form: dict[str, str]) -> Response:
        """A new row, answered in full."""
        if not resource.writable:
            raise not_found(f"{resource.collection} cannot be written here")
        with self.store.transaction():
            row = write.create(self.store, resource, form, self.user_id)
            return self.entity(resource, row)

    def update_row(self, resource: Resource, row: Row, stays_under: str = "") -> Response:
        """A changed row, answered in full. The key `stays_under` of the form is ignored."""
        if not resource.writable:
            raise not_found(f"{resource.collection} cannot be written here")
        form = request.form.to_dict()
        form.pop(stays_under, None)
        with self.store.transaction():
            row = write.update(self.store, resource, row, form, self.user_id)
            return self.entity(resource, row)

    def delete_row(self, resource: Resource, row: Row) -> Response:
        """Answers with the entity as it was: clients that parse the reply need one (no reply is recorded)."""
        if not resource.deletable:
            raise not_found(f"{resource.collection} cannot be deleted")
        with self.store.transaction():
            write.delete(self.store, resource, row, request.form)
            return self.entity(resource, row)

    @property
    def user_id(self) -> Value:
        """Who is asking."""
        id: Value = g.user["id"]
        return id

    def find(self, collection: str, id: int) -> tuple[Resource, Row]:
        """A row of a collection.

        Raises:
            Refusal: not_found.
        """
        resource = listed(collection)
        return resource, self.find_row(resource.type, id)

    def find_row(self, type: str, id: int) -> Row:
        """A row of a type, listed or not.

        Raises:
            Refusal: not_found.
        """
        row = self.store.get(REGISTRY.by_type[type].table, id) if id < 2**63 else None
        if row is None:
            raise not_found(f"No {type} has the id {id}")
        return row

    def known(self, type: str, ids: Sequence[str]) -> list[int]:
        """The ids among some texts that are ids of rows of a type, in their order, each once."""
        wanted = [int(id) for id in dict.fromkeys(ids) if id.isdecimal() and len(id) < 19]
        found = {row["id"] for row in self.store.rows_where_in(REGISTRY.by_type[type].table, "id", wanted)}
        return [id for id in wanted if id in found]


def listed(collection: str) -> Resource:
    """The type of a collection.

    Raises:
        Refusal: not_found.
    """
    resource = REGISTRY.by_collection.get(collection)
    if resource is None or not resource.listed:
        raise not_found(f"Unknown collection: {collection!r}")
    return resource


def child(parent: Resource, name: str) -> Relation:
    """The relation of a type that answers as a child path.

    Raises:
        Refusal: not_found.
    """
    if name not in parent.children:
        raise not_found(f"{parent.collection} have no {name!r} here")
    return parent.relations[parent.children[name]]


def next_page(page: query.Page) -> str:
    """The URL of the next page, api_key included, in the order of the recorded ones."""
    rest = [(key, value) for key, value in request.args.items(multi=True) if not key.startswith("page_")]
    api_key = [pair for pair in rest if pair[0] == "api_key"]
    others = [pair for pair in rest if pair[0] != "api_key"]
    pairs = [("page_offset", page.offset + page.limit), *others, *api_key, ("page_limit", page.limit)]
    return f"{request.base_url}?{urlencode(pairs)}"
