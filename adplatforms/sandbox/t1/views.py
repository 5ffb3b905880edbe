"""The T1 management API, `/api/v2.0`: which path answers what.

Every request needs the right `api_key` in the query, or the gateway answers; all but login need the session
cookie. A Bearer token does instead of both. The reply is JSON when Accept asks for JSON, else XML. Parameters
that T1 does not know are ignored. The calls that are not about one collection are in `calls`.

Not served, for the facts tell no reply: `users/{id}/settings`, `targeting_segment_objectives`,
`retired_targeting_segments`, and the video service.
"""

from __future__ import annotations

from functools import partial

from flask import Response, g, request

from adplatforms.sandbox.store import Row
from adplatforms.sandbox.t1 import query, write
from adplatforms.sandbox.t1.answers import child, listed
from adplatforms.sandbox.t1.calls import CALLS
from adplatforms.sandbox.t1.errors import FieldError, Refusal, not_found
from adplatforms.sandbox.t1.permissions import read_permissions, save_permissions
from adplatforms.sandbox.t1.schema import Resource
from adplatforms.sandbox.t1.service import Route, Service
from adplatforms.sandbox.t1.sessions import COOKIE, LIFETIME
from adplatforms.sandbox.t1.tables import REGISTRY


class T1Api(Service):
    """The views, over one store. `blueprint()` makes them answer."""

    prefix = "/api/v2.0"
    open_paths = ("/login",)

    def routes(self) -> list[Route]:
        """Paths and methods. Where two fit, the one that spells out more wins."""
        entity, child = "/<collection>/<int:id>", "/<collection>/<int:id>/<name>"
        return [
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
            *((path, method, partial(view, self)) for path, method, view in CALLS),
        ]

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
        reply = self.reply(self.format.session(user, login.shown()))
        reply.set_cookie(COOKIE, login.id, max_age=LIFETIME, httponly=True)
        return reply

    def session(self) -> Response:
        """Who is logged in. A Bearer token gets a cookie, for clients that look for one."""
        login = self.sessions.open(g.user["id"]) if g.is_bearer else g.login
        reply = self.reply(self.format.session(g.user, login.shown()))
        if g.is_bearer:
            reply.set_cookie(COOKIE, login.id, max_age=LIFETIME, httponly=True)
        return reply

    # Collections and entities

    def list_all(self, collection: str, limit: str | None = None) -> Response:
        """A page of a collection, all of it or what `limit/` leaves."""
        resource = listed(collection)
        condition = query.read_limit(resource, limit) if limit is not None else query.Condition()
        return self.list_rows(resource, condition)

    def create(self, collection: str) -> Response:
        """A new entity; the reply shows it in full."""
        resource = listed(collection)
        return self.create_row(resource, request.form.to_dict())

    def get(self, collection: str, id: int) -> Response:
        """One entity in full."""
        return self.entity(*self.find(collection, id))

    def update(self, collection: str, id: int) -> Response:
        """A changed entity; the reply shows it in full."""
        resource, row = self.find(collection, id)
        return self.update_row(resource, row)

    def delete(self, collection: str, id: int) -> Response:
        """Removes an entity of the few types that can be; see `delete_row` for the reply."""
        return self.delete_row(*self.find(collection, id))

    def history(self, collection: str, id: int) -> Response:
        """The log of an entity: XML whatever Accept says, for no JSON form of it is recorded."""
        resource, row = self.find(collection, id)
        body = self.xml.history(write.history(self.store, resource, row))
        return Response(body, content_type=self.xml.content_type)

    # Children

    def list_children(self, collection: str, id: int, name: str) -> Response:
        """A page of the rows under an entity."""
        parent, row = self.find(collection, id)
        relation = child(parent, name)
        condition = query.under(relation, row["id"])
        return self.list_rows(REGISTRY.by_type[relation.target], condition, is_child=True)

    def create_child(self, collection: str, id: int, name: str) -> Response:
        """A new row under an entity."""
        resource, column = self._owned(collection, id, name)
        return self.create_row(resource, request.form.to_dict() | {column: str(id)})

    def get_child(self, collection: str, id: int, name: str, child_id: int) -> Response:
        """One row under an entity."""
        return self.entity(*self._find_child(collection, id, name, child_id))

    def update_child(self, collection: str, id: int, name: str, child_id: int) -> Response:
        """A changed row under an entity. It stays under it, whatever the form says."""
        resource, row = self._find_child(collection, id, name, child_id)
        return self.update_row(resource, row, stays_under=child(REGISTRY.by_collection[collection], name).column)

    def delete_child(self, collection: str, id: int, name: str, child_id: int) -> Response:
        """Removes a row under an entity."""
        return self.delete_row(*self._find_child(collection, id, name, child_id))

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
        _, user = self.find("users", id)
        flags, levels = read_permissions(self.store, user)
        return self.reply(self.format.permissions(user, flags, levels))

    def save_permissions(self, id: int) -> Response:
        """Replaces the accounts of the levels that the form names."""
        _, user = self.find("users", id)
        with self.store.transaction():
            save_permissions(self.store, user, request.form)
            self.store.note("update", "user", id)
        return self.permissions(id)

    # Parts

    def _save_one(self, resource: Resource, collection: str, id: int, name: str, form: dict[str, str]) -> None:
        child_id = form.pop("id", "")
        if not child_id:
            write.create(self.store, resource, form, self.user_id)
            return
        if not child_id.isdecimal():
            raise not_found()
        _, row = self._find_child(collection, id, name, int(child_id))
        write.update(self.store, resource, row, form, self.user_id)

    def _owned(self, collection: str, id: int, name: str) -> tuple[Resource, str]:
        """The type of the children that can be written under an entity, and their column for its id."""
        parent, _ = self.find(collection, id)
        relation = child(parent, name)
        if relation.through:
            raise not_found(f"{name} cannot be written here")
        return REGISTRY.by_type[relation.target], relation.column

    def _find_child(self, collection: str, id: int, name: str, child_id: int) -> tuple[Resource, Row]:
        resource, column = self._owned(collection, id, name)
        row = self.store.get(resource.table, child_id) if child_id < 2**63 else None
        if row is None or row[column] != id:
            raise not_found(f"No {resource.type} has the id {child_id}")
        return resource, row
