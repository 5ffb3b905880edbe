"""What every T1 service does with a request before and after it is answered: who may ask, and how it is refused."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from flask import Blueprint, Response, g, request

from adplatforms.sandbox.store import Row, Store
from adplatforms.sandbox.t1.answers import Answers
from adplatforms.sandbox.t1.errors import HTTP_STATUS, Refusal, not_found
from adplatforms.sandbox.t1.relations import Fullness, load
from adplatforms.sandbox.t1.sessions import COOKIE, Login, Sessions

Route = tuple[str, str, Callable[..., Response]]
"""Path, method and view."""


class Service(Answers):
    """One of T1's services, with its paths under `prefix`."""

    prefix = ""
    open_paths: tuple[str, ...] = ()
    """Paths that need no session."""

    def __init__(self, store: Store, sessions: Sessions, api_key: str) -> None:
        super().__init__(store)
        self.sessions = sessions
        self.api_key = api_key

    def routes(self) -> list[Route]:
        """The paths this service answers."""
        raise NotImplementedError

    def blueprint(self) -> Blueprint:
        """Makes the views answer."""
        name = type(self).__name__
        paths = Blueprint(name, __name__, url_prefix=self.prefix)
        for path, method, view in self.routes():
            endpoint = f"{method} {path}".replace(".", "_")
            paths.add_url_rule(path, endpoint, self.alone(view), methods=[method])
        paths.add_url_rule("/<path:anywhere>", "nowhere", self.nowhere, methods=["GET", "POST"])
        paths.before_request(self.admit)
        paths.register_error_handler(Refusal, self.refuse)
        paths.register_error_handler(500, self.fail)
        return paths

    def admit(self) -> Response | None:
        """Turns away requests without api_key (as the gateway does), without a session, or without the right.

        A Bearer token stands for both: with one no api_key is needed, and one that is given is not looked at. A session
        that is open needs none either.
        """
        header = request.headers.get("Authorization", "")
        bearer = header[7:] if header[:7].lower() == "bearer " else None
        # A script of T1's own (run_acs.py) goes on with a session that somebody else opened, without an api_key.
        goes_on = "api_key" not in request.args and self._who(bearer)[0] is not None
        if bearer is None and request.args.get("api_key") != self.api_key and not goes_on:
            return Response("<h1>Developer Inactive</h1>", 403, content_type="text/xml")
        if request.path.removeprefix(self.prefix) in self.open_paths:
            return None
        login, user = self._who(bearer)
        if login is None or user is None:
            raise Refusal("auth_required", "Authentication Required")
        g.login, g.user, g.is_bearer = login, user, bearer is not None
        if request.method == "POST" and not user["edit_campaigns"]:
            raise Refusal("denied", "Permission denied")
        return None

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
            body = self.format.entity(node, Fullness(), refusal.status, refusal.message)
            return self.reply(body, status)
        return self.reply(self.format.refusal(refusal), status)

    def fail(self, error: Exception) -> Response:
        """The reply for a fault of the sandbox itself; the traceback goes to stderr."""
        return self.refuse(Refusal("error", "Internal error in the sandbox"))

    def _who(self, bearer: str | None) -> tuple[Login | None, Row | None]:
        cookie = request.cookies.get(COOKIE)
        login = self.sessions.find(cookie) if bearer is None else self.sessions.find_bearer(bearer)
        return login, self.store.get("t1_user", login.user_id) if login else None

    def alone(self, view: Callable[..., Response]) -> Callable[..., Response]:
        """A view that sees one state of the store from its first look to its last."""

        @wraps(view)
        def locked(**arguments: object) -> Response:
            with self.store.lock:
                return view(**arguments)

        return locked
