"""The T1 management API, `/api/v2.0`: which path answers what.

Every request needs the right `api_key` in the query, or the gateway answers; all but login need the session
cookie. The reply is JSON when Accept asks for JSON, else XML. Parameters that T1 does not know are ignored.
`parent` is for audience segments, which are not served yet.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from urllib.parse import urlencode

from flask import Blueprint, Response, g, request

from adplatforms.sandbox.store import Row, Store
from adplatforms.sandbox.t1 import query, write
from adplatforms.sandbox.t1.as_json import JsonRenderer
from adplatforms.sandbox.t1.as_xml import XmlRenderer
from adplatforms.sandbox.t1.errors import HTTP_STATUS, FieldError, Refusal, not_found
from adplatforms.sandbox.t1.permissions import read_permissions, save_permissions
from adplatforms.sandbox.t1.relations import Fullness, Includes, load, read_full, read_with
from adplatforms.sandbox.t1.render import Listing
from adplatforms.sandbox.t1.schema import Relation, Resource
from adplatforms.sandbox.t1.sessions import COOKIE, LIFETIME, Sessions
from adplatforms.sandbox.t1.tables import REGISTRY

PREFIX = "/api/v2.0"

View = TypeVar("View", bound=Callable[..., Response])


class T1Api:
    """The views, over one store. `blueprint()` makes them answer."""

    def __init__(self, store: Store, sessions: Sessions, api_key: str) -> None:
        self.store = store
        self.sessions = sessions
        self.api_key = api_key
        self.json = JsonRenderer()
        self.xml = XmlRenderer()
        store.function("t1_matches", 2, query.matches)

    def blueprint(self) -> Blueprint:
        """Paths and methods."""
        paths = Blueprint("t1", __name__, url_prefix=PREFIX)
        entity, child = "/<collection>/<int:id>", "/<collection>/<int:id>/<name>"
        for path, method, view in (
            ("/login", "POST", self.login),
            ("/session", "GET", self.session),
            ("/users/<int:id>/permissions", "GET", self.permissions),
            ("/users/<int:id>/permissions", "POST", self.save_permissions),
            ("/<collection>", "GET", self.list_all),
            ("/<collection>", "POST", self.create),
            ("/<collection>/limit/<path:limit>", "GET", self.list_all),
            (entity, "GET", self.get),
            (entity, "POST", self.update),
            (f"{entity}/delete", "POST", self.delete),
            (f"{entity}/history", "GET", self.history),
            (child, "GET", self.list_children),
            (child, "POST", self.create_child),
            (f"{child}/bulk", "POST", self.bulk),
            (f"{child}/<int:child_id>", "GET", self.get_child),
            (f"{child}/<int:child_id>", "POST", self.update_child),
            (f"{child}/<int:child_id>/delete", "POST", self.delete_child),
        ):
            endpoint = f"{method} {path}".replace(".", "_")
            paths.add_url_rule(path, endpoint, self._alone(view), methods=[method])
        paths.add_url_rule("/<path:anywhere>", "nowhere", self.nowhere, methods=["GET", "POST"])
        paths.before_request(self.admit)
        paths.register_error_handler(Refusal, self.refuse)
        paths.register_error_handler(500, self.fail)
        return paths

    def forget(self) -> None:
        """Drops rendered texts, for when rows change under an unchanged version."""
        self.json.forget()
        self.xml.forget()

    # Admission

    def admit(self) -> Response | None:
        """Turns away requests without api_key (as the gateway does) or without a session."""
        if request.args.get("api_key") != self.api_key:
            return Response("<h1>Developer Inactive</h1>", 403, content_type="text/xml")
        if request.path == f"{PREFIX}/login":
            return None
        login = self.sessions.find(request.cookies.get(COOKIE))
        user = self.store.get("t1_user", login.user_id) if login else None
        if login is None or user is None:
            raise Refusal("auth_required", "Authentication Required")
        g.login, g.user = login, user
        if request.method == "POST" and not user["edit_campaigns"]:
            raise Refusal("denied", "Permission denied")
        return None

    def login(self) -> Response:
        """Opens a session. A wrong name or password is answered auth_error (T1 is known to say invalid too)."""
        name, password = request.form.get("user"), request.form.get("password")
        found = self.store.query(
            "SELECT * FROM t1_user WHERE username = ? AND password = ? AND active", (name, password)
        )
        if not found:
            raise Refusal("auth_error", "Authentication error")
        user = found[0]
        assert isinstance(user["id"], int)
        login = self.sessions.open(user["id"])
        reply = self._reply(self._format.session(user, login.shown()))
        reply.set_cookie(COOKIE, login.id, max_age=LIFETIME, httponly=True)
        return reply

    def session(self) -> Response:
        """Who is logged in."""
        return self._reply(self._format.session(g.user, g.login.shown()))

    # Collections and entities

    def list_all(self, collection: str, limit: str | None = None) -> Response:
        """A page of a collection, all of it or what `limit/` leaves."""
        resource = _listed(collection)
        condition = query.read_limit(resource, limit) if limit is not None else query.Condition()
        return self._list(resource, condition)

    def create(self, collection: str) -> Response:
        """A new entity; the reply shows it in full."""
        resource = _listed(collection)
        return self._create(resource, request.form.to_dict())

    def get(self, collection: str, id: int) -> Response:
        """One entity in full."""
        return self._entity(*self._find(collection, id))

    def update(self, collection: str, id: int) -> Response:
        """A changed entity; the reply shows it in full."""
        resource, row = self._find(collection, id)
        return self._update(resource, row)

    def delete(self, collection: str, id: int) -> Response:
        """Removes an entity of the few types that can be; see `_delete` for the reply."""
        return self._delete(*self._find(collection, id))

    def history(self, collection: str, id: int) -> Response:
        """The log of an entity: XML whatever Accept says, for no JSON form of it is recorded."""
        resource, row = self._find(collection, id)
        body = self.xml.history(write.history(self.store, resource, row))
        return Response(body, content_type=self.xml.content_type)

    # Children

    def list_children(self, collection: str, id: int, name: str) -> Response:
        """A page of the rows under an entity."""
        parent, row = self._find(collection, id)
        relation = _child(parent, name)
        condition = query.under(relation, row["id"])
        return self._list(REGISTRY.by_type[relation.target], condition, is_child=True)

    def create_child(self, collection: str, id: int, name: str) -> Response:
        """A new row under an entity."""
        resource, column = self._owned(collection, id, name)
        return self._create(resource, request.form.to_dict() | {column: str(id)})

    def get_child(self, collection: str, id: int, name: str, child_id: int) -> Response:
        """One row under an entity."""
        return self._entity(*self._find_child(collection, id, name, child_id))

    def update_child(self, collection: str, id: int, name: str, child_id: int) -> Response:
        """A changed row under an entity. It stays under it, whatever the form says."""
        resource, row = self._find_child(collection, id, name, child_id)
        return self._update(
            resource, row, stays_under=_child(REGISTRY.by_collection[collection], name).column
        )

    def delete_child(self, collection: str, id: int, name: str, child_id: int) -> Response:
        """Removes a row under an entity."""
        return self._delete(*self._find_child(collection, id, name, child_id))

    def bulk(self, collection: str, id: int, name: str) -> Response:
        """Creates and updates several rows under an entity, all or none: `{name}.{n}.{field}`, n from 1.

        The reply lists all rows under the entity (the client replaces what it had by it), limited unless
        `full` says otherwise. Rows the form does not name are left alone; the facts do not say. Field
        errors name the key of the form.
        """
        resource, column = self._owned(collection, id, name)
        errors = []
        with self.store.transaction():
            for prefix, form in write.groups(request.form, name):
                form[column] = str(id)
                try:
                    self._save_one(resource, collection, id, name, form)
                except Refusal as refusal:
                    if refusal.status != "invalid":
                        raise
                    errors += [FieldError(prefix + one.field, one.message) for one in refusal.fields]
            if errors:
                raise Refusal("invalid", "Validation errors", errors)
            return self.list_children(collection, id, name)

    # Permissions

    def permissions(self, id: int) -> Response:
        """What a user may do, and on which accounts."""
        _, user = self._find("users", id)
        flags, levels = read_permissions(self.store, user)
        return self._reply(self._format.permissions(user, flags, levels))

    def save_permissions(self, id: int) -> Response:
        """Replaces the accounts of the levels that the form names."""
        _, user = self._find("users", id)
        with self.store.transaction():
            save_permissions(self.store, user, request.form)
        return self.permissions(id)

    def nowhere(self, anywhere: str) -> Response:
        """Everything else."""
        raise not_found(f"Unknown path: {anywhere!r}")

    def refuse(self, refusal: Refusal) -> Response:
        """The reply for a refusal."""
        status = HTTP_STATUS[refusal.status]
        if refusal.current is not None:
            resource, row = refusal.current
            # Read again: what the refused request itself had changed by then is undone.
            rows = self.store.rows_where_in(resource.table, "id", [row["id"]])
            node = load(self.store, resource, rows or [row], {})[0]
            body = self._format.entity(node, Fullness(), refusal.status, refusal.message)
            return self._reply(body, status)
        return self._reply(self._format.refusal(refusal), status)

    def fail(self, error: Exception) -> Response:
        """The reply for a fault of the sandbox itself; the traceback goes to stderr."""
        return self.refuse(Refusal("error", "Internal error in the sandbox"))

    # Parts

    def _alone(self, view: View) -> Callable[..., Response]:
        """A view that sees one state of the store from its first look to its last."""

        @wraps(view)
        def locked(**arguments: object) -> Response:
            with self.store.lock:
                return view(**arguments)

        return locked

    @property
    def _format(self) -> JsonRenderer | XmlRenderer:
        return self.json if "json" in request.headers.get("Accept", "") else self.xml

    def _reply(self, body: bytes, status: int = 200) -> Response:
        return Response(body, status, content_type=self._format.content_type)

    def _list(self, resource: Resource, condition: query.Condition, is_child: bool = False) -> Response:
        asked = request.args
        page = query.read_page(asked.get("page_limit"), asked.get("page_offset"))
        condition &= query.read_q(resource, asked.get("q"))
        order = query.order(resource, asked.get("sort_by"), page)
        includes, full = self._shape(resource)
        total = self.store.count(resource.table, condition.sql, condition.values)
        rows = self.store.query(
            f"SELECT * FROM {resource.table} WHERE {condition.sql} ORDER BY {order} LIMIT ? OFFSET ?",
            (*condition.values, page.limit, page.offset),
        )
        listing = Listing(
            load(self.store, resource, rows, includes),
            full,
            page.offset,
            total,
            _next_page(page) if page.offset + page.limit < total else None,
            is_child,
        )
        return self._reply(self._format.listing(listing))

    def _shape(self, resource: Resource) -> tuple[Includes, Fullness]:
        """What `with` and `full` ask for. A write looks before it ends: refused for these, it undoes itself."""
        return read_with(resource, request.args.getlist("with")), read_full(request.args.getlist("full"))

    def _entity(self, resource: Resource, row: Row) -> Response:
        includes, full = self._shape(resource)
        node = load(self.store, resource, [row], includes)[0]
        return self._reply(self._format.entity(node, full))

    def _create(self, resource: Resource, form: dict[str, str]) -> Response:
        with self.store.transaction():
            row = write.create(self.store, resource, form, g.user["id"])
            return self._entity(resource, row)

    def _update(self, resource: Resource, row: Row, stays_under: str = "") -> Response:
        form = request.form.to_dict()
        form.pop(stays_under, None)
        with self.store.transaction():
            row = write.update(self.store, resource, row, form, g.user["id"])
            return self._entity(resource, row)

    def _delete(self, resource: Resource, row: Row) -> Response:
        """Answers with the entity as it was: clients that parse the reply need one (no reply is recorded)."""
        if not resource.deletable:
            raise not_found(f"{resource.collection} cannot be deleted")
        with self.store.transaction():
            write.delete(self.store, resource, row, request.form)
            return self._entity(resource, row)

    def _save_one(
        self, resource: Resource, collection: str, id: int, name: str, form: dict[str, str]
    ) -> None:
        child_id = form.pop("id", "")
        if not child_id:
            write.create(self.store, resource, form, g.user["id"])
            return
        if not child_id.isdecimal():
            raise not_found()
        _, row = self._find_child(collection, id, name, int(child_id))
        write.update(self.store, resource, row, form, g.user["id"])

    def _find(self, collection: str, id: int) -> tuple[Resource, Row]:
        resource = _listed(collection)
        row = self.store.get(resource.table, id) if id < 2**63 else None
        if row is None:
            raise not_found(f"No {resource.type} has the id {id}")
        return resource, row

    def _owned(self, collection: str, id: int, name: str) -> tuple[Resource, str]:
        """The type of the children that can be written under an entity, and their column for its id."""
        parent, _ = self._find(collection, id)
        relation = _child(parent, name)
        if relation.through:
            raise not_found(f"{name} cannot be written here")
        return REGISTRY.by_type[relation.target], relation.column

    def _find_child(self, collection: str, id: int, name: str, child_id: int) -> tuple[Resource, Row]:
        resource, column = self._owned(collection, id, name)
        row = self.store.get(resource.table, child_id) if child_id < 2**63 else None
        if row is None or row[column] != id:
            raise not_found(f"No {resource.type} has the id {child_id}")
        return resource, row


def _listed(collection: str) -> Resource:
    resource = REGISTRY.by_collection.get(collection)
    if resource is None or not resource.listed:
        raise not_found(f"Unknown collection: {collection!r}")
    return resource


def _child(parent: Resource, name: str) -> Relation:
    if name not in parent.children:
        raise not_found(f"{parent.collection} have no {name!r} here")
    return parent.relations[name]


def _next_page(page: query.Page) -> str:
    """The URL of the next page, api_key included, in the order of the recorded ones."""
    rest = [(key, value) for key, value in request.args.items(multi=True) if not key.startswith("page_")]
    api_key = [pair for pair in rest if pair[0] == "api_key"]
    others = [pair for pair in rest if pair[0] != "api_key"]
    pairs = [("page_offset", page.offset + page.limit), *others, *api_key, ("page_limit", page.limit)]
    return f"{request.base_url}?{urlencode(pairs)}"
