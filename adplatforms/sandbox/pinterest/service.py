"""The Flask blueprint: finds the operation, checks token, quota and request, hands on to its handler, and answers."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import quote

import orjson
from flask import Blueprint, Response, request

from adplatforms.sandbox.part import Part, Services
from adplatforms.sandbox.pinterest import handlers  # noqa: F401, importing it registers them
from adplatforms.sandbox.pinterest.context import HANDLERS, Context, Reply
from adplatforms.sandbox.pinterest.errors import NO_CATALOG, RATE_LIMIT, TEMPORARY, Refusal
from adplatforms.sandbox.pinterest.generic import by_verb
from adplatforms.sandbox.pinterest.limits import Quotas
from adplatforms.sandbox.pinterest.moves import move
from adplatforms.sandbox.pinterest.reading import read
from adplatforms.sandbox.pinterest.rows import TABLES, Rows
from adplatforms.sandbox.pinterest.seed import ACCOUNTS, fill
from adplatforms.sandbox.pinterest.settings import Settings
from adplatforms.sandbox.pinterest.table import Operation, api
from adplatforms.sandbox.pinterest.tokens import OPEN, Tokens

__all__ = ["PREFIX", "Server", "build"]

PREFIX = "/pinterest/v5"
METHODS = ("GET", "POST", "PATCH", "PUT", "DELETE")
ACCOUNT = "ad_account_id"
SPAM = "This action looks like spam. Slow down and try again later."
IGNORED = "x-sandbox-ignored"
"""Header of the sandbox's own: the members of the body that the description does not name and nothing was done with."""


class Server:
    """Pinterest's API over the rows of one sandbox."""

    def __init__(self, services: Services) -> None:
        self.api = api()
        self.store = services.store(TABLES, fill)
        self.settings = Settings()
        self.context = Context(self.api, Rows(self.store, services), services, self.settings)
        self.tokens = Tokens(self.api, services.now)
        self.quotas = Quotas(self.settings, services.now)

    def blueprint(self) -> Blueprint:
        """The paths of the API, and `/pinterest/_settings`."""
        made = Blueprint("pinterest", __name__, url_prefix="/pinterest")
        made.add_url_rule("/v5/<path:path>", view_func=self._serve, methods=METHODS)
        made.add_url_rule("/_settings", view_func=self._settings, methods=("GET", "PATCH"))
        return made

    def reset(self) -> None:
        """The seed, the tokens and the settings as they were at first."""
        with self.store.lock:
            self.store.reset()
            self.tokens.reset()
            self.settings.reset()
            self.quotas.reset()

    def move(self, path: str, rows: int) -> None:
        """Lets rows of the listing at a path come (copies) or go, while somebody reads it."""
        move(self.api, self.context.rows, path.removeprefix(PREFIX), rows)

    def _settings(self) -> Response:
        if request.method == "PATCH":
            try:
                self.settings.change(request.get_json())
            except ValueError as error:
                return Response(f"{error}\n", 400, content_type="text/plain")
            self.quotas.reset()
        return Response(orjson.dumps(self.settings.shown()), content_type="application/json")

    def _serve(self, path: str) -> Response:
        headers = {"x-pinterest-rid": str(secrets.randbits(60))}
        try:
            found = self.api.match(path)
            if not found:
                raise Refusal(404, 404, f"There is nothing at {path!r}")
            operation = found.get(request.method)
            if operation is None:
                raise Refusal(405, 405, f"{request.method} is not allowed here: {', '.join(found)}")
            more, refused = self.quotas.spend(operation.rate)
            headers.update(more)
            if refused:
                raise refused
            if self.settings.temporary > 0:
                self.settings.temporary -= 1
                raise Refusal(400, TEMPORARY, "Something went wrong on our end. Please try again.")
            if self.settings.spam and operation.method != "GET":
                raise Refusal(429, RATE_LIMIT, SPAM)
            reply = self._reply(operation, path)
        except Refusal as refusal:
            reply = Reply(refusal.body, refusal.status)
        return _response(reply, headers)

    def _reply(self, operation: Operation, path: str) -> Reply:
        header = request.headers.get("Authorization")
        token = "" if operation.id in OPEN else self.tokens.check(operation, header)
        call = read(self.api, operation, request, path)
        call.token = token
        if operation.id in OPEN or operation.id == "oauth/conversion_token":
            return Reply(self._oauth(call, header), operation.status)
        for given in (call.path, call.query):
            if ACCOUNT in given:
                self.context.row("ad_accounts", given[ACCOUNT])
        if call.query.get(ACCOUNT) == ACCOUNTS[1] and "409" in operation.errors and path.startswith("catalogs"):
            raise Refusal(409, NO_CATALOG, "There is no catalog: the second account has none")
        answer = HANDLERS.get(operation.id, by_verb)(self.context, call)
        reply = answer if isinstance(answer, Reply) else Reply(answer)
        headers = {IGNORED: ", ".join(quote(one, safe="[].") for one in call.ignored)} if call.ignored else {}
        return Reply(reply.body, reply.status or operation.status, headers)

    def _oauth(self, call: Any, header: str | None) -> Any:
        if call.operation.id == "oauth/token":
            return self.tokens.grant(call, header)
        if call.operation.id == "token/revoke":
            return self.tokens.revoke(call, header)
        return self.tokens.conversion()


def build(services: Services) -> Part:
    """The part, opened over its database; the first time in a process the seed is made."""
    server = Server(services)
    return Part([server.blueprint()], server.reset, server.tokens.expire, server.store.close, server.move, _own_refusal)


def _own_refusal(status: int) -> Response | None:
    """Too many calls, as Pinterest says it. The body of its other failures is in no document."""
    if status != 429:
        return None
    refusal = Refusal(status, RATE_LIMIT, "You have exceeded your rate limit. Try again later.")
    return _response(Reply(refusal.body, status), {})


def _response(reply: Reply, headers: dict[str, str]) -> Response:
    body = reply.body
    if body is None:
        return Response(b"", reply.status, headers={**headers, **reply.headers})
    content = body if isinstance(body, bytes) else orjson.dumps(body)
    return Response(content, reply.status, {**headers, **reply.headers}, content_type="application/json")
