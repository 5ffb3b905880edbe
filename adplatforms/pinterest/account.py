"""The account behind a session: signing in, and calls of any operation by its id. Source: wire.md sections 1 to 4."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from adplatforms.core.entity import Entity
from adplatforms.core.errors import AdPlatformsWarning, ClientError, UnknownNameError, did_you_mean, warn
from adplatforms.core.messages import Answer, Request
from adplatforms.core.paging import Page, chained, drive
from adplatforms.core.relations import Peers
from adplatforms.core.secrets import Secret
from adplatforms.core.tracebacks import handles_secrets
from adplatforms.net.session import HttpSession

from . import answers, hashing, success
from .auth import PinterestAuth
from .description import BODIES, OPERATIONS, Operation, call_of, method_in
from .items import warn_of_refused_items

__all__ = ["Account"]

R = TypeVar("R")


class Account(HttpSession):
    """A session with one Pinterest account: gets its tokens, and calls any operation.

    `ad_account_id`: the ad account that is meant where none is named; None where each call names its own. `act_as`: the
    ad account whose owner organic and catalog operations act for (Business Access); None acts as the token's own user.
    """

    auth: PinterestAuth
    environment: str
    ad_account_id: str | None
    act_as: str | None
    join_ids: bool
    _warned_of: set[str]

    # signing in

    @handles_secrets
    def authorization_url(self, redirect_uri: str, scopes: Iterable[str] | str) -> tuple[str, str]:
        """Where to send a user who is to grant access, and the state that has to come back. No request.

        redirect_uri: where Pinterest sends the user then; one of the app's own. scopes: ``"ads:read ads:write"``, or a
        list; each operation tells its own: ``OPERATIONS["campaigns/list"].scopes``. Needs `client_id`.
        """
        return self.auth.authorization_url(redirect_uri, scopes)

    @handles_secrets
    def fetch_token(
        self,
        redirect_uri: str,
        callback: str | None = None,
        code: str | None = None,
        state: str | None = None,
        continuous_refresh: bool = False,
    ) -> dict[str, Any]:
        """Exchanges the code that Pinterest called back with for a token, which the session uses from now on.

        redirect_uri: as for `authorization_url`.
        callback: the whole URL that was called back, whose state must be `state`; or code: the code alone.
        state: by default the one that `authorization_url` returned last.
        continuous_refresh: what apps made before 2025-09-25 have to ask for, else their refresh tokens end.

        Returns the token, to be stored for `Pinterest(token=...)`: access_token, refresh_token, scope, expires_at
        (seconds since 1970). Raises `LoginError` when Pinterest gives none, `ClientError` where the state differs.
        """
        if code is None and callback is None:
            raise ClientError("fetch_token needs the URL that Pinterest called back, or its code")
        if code is None:
            code = self.auth.code_of(str(callback), state)
        granted = Secret(code)
        del code, callback  # tracebacks show variables
        form: dict[str, str | Secret] = {"grant_type": "authorization_code", "code": granted}
        form["redirect_uri"] = redirect_uri
        if continuous_refresh:
            form["continuous_refresh"] = "true"
        self.auth.use(self.auth.grant(self.connection.exchange_once, form))
        return self.auth.token.reveal()

    @property
    @handles_secrets
    def token(self) -> dict[str, Any]:
        """The token in use, to be stored for `Pinterest(token=...)`: a credential."""
        return self.auth.token.reveal()

    @handles_secrets
    def conversion_token(self) -> dict[str, Any]:
        """A long-lived token for conversion events only: a credential. Needs the scope ads:write.

        Source: the operation oauth/conversion_token.
        """
        found: dict[str, Any] = self.call("oauth/conversion_token")
        return found

    @handles_secrets
    def revoke(self, token: str, token_type_hint: str | None = None) -> None:
        """Makes a token of a system user invalid. token_type_hint: "access_token" or "refresh_token".

        Source: the operation token/revoke.
        """
        # Sent outside of `exchange`, which refuses writes of read-only sessions.
        self.check_may_write("token/revoke")
        form: dict[str, str | Secret] = {"token": Secret(token)}
        if token_type_hint:
            form["token_type_hint"] = token_type_hint
        del token  # tracebacks show variables
        self.connection.exchange_once(self.auth.request("token/revoke", form), answers.body)

    # calls

    @handles_secrets
    def call(self, operation: str, /, *content: Any, body: Any = None, check: bool = True, **params: Any) -> Any:
        """Calls any operation of the API, by its id or by method and path.

        >>> pin.call("campaigns/list", campaign_ids=["7"])                                  # doctest: +SKIP
        >>> pin.call("GET", "ad_accounts/{ad_account_id}/customer_segments", page_size=5)   # doctest: +SKIP

        operation: its id as Pinterest writes it, or with ``_`` in place of ``/``; or a method, which a path below
            ``/v5`` follows. Names in braces are parameters. What the table of operations lacks, because Pinterest added
            it since, is sent as it is given, and its bodies are not logged.
        content: the path, after a method; the whole body, which ``body=`` takes as well.
        params: the parameters, and the members of the body where that is an object. Of an operation that the table
            lacks they are members of the body for POST, PATCH and PUT without a body, else parameters. Entities stand
            for their ids. The session's ad account is taken where the path needs one.
        check: names, types, enums and limits are checked before anything is sent: `UnknownNameError` or
            `InvalidValueError`. False takes names and values as they are, for what Pinterest added since.

        Returns the answer as plain data, None where it has no body. Batches answer with success whatever became of
        their elements: a warning tells how many were refused, `item_errors` has an error for each. Raises `APIError`
        for what Pinterest refuses, `ParserException` for an answer that reports success and lacks what the operation
        answers with (`Operation.success`), `AmbiguousWrite` for a write that may have been applied.
        """
        found, request = self._planned_call(operation, content, body, check, params)
        answer = self._answer_to(found, request)
        if found.writes:
            warn_of_refused_items(found.id, answer)
        return answer

    def _outcomes_of(self, name: str, body: Any, **params: Any) -> Any:
        """The answer to a batch whose refused elements the caller hands on, so that no warning tells of them."""
        operation = OPERATIONS[name]
        return self._answer_to(operation, self._prepared(operation, body, True, params))

    def start_work(self, name: str, body: Any, member: str, **params: Any) -> str:
        """Has Pinterest start some work; its id, which stands in the answer under the name `member`."""
        operation = OPERATIONS[name]
        request = self._prepared(operation, body, True, params)
        return self.exchange(request, lambda answer: success.work_id(answer, operation, member))

    def _answer_to(self, found: Operation, request: Request) -> Any:
        """Sends the request of an operation; the parsed body of its answer."""
        read = success.body_reader(found)
        if found.basic:  # signed by the app, so it works before there is a token
            # Getting a token writes by its method only: read-only sessions need tokens too.
            if found.writes and found.id != "oauth/token":
                self.check_may_write(found.id)
            return self.connection.exchange_once(self.auth.signed(request, dict(request.form or ())), read)
        return self.exchange(request, read)

    def call_pages(
        self, operation: str, /, *content: Any, body: Any = None, check: bool = True, **params: Any
    ) -> Iterator[Any]:
        """The items of an operation that answers in pages, page after page as they are read: arguments as for `call`.

        Pages are as large as the operation allows, unless page_size says otherwise.
        """
        found, first = self._planned_call(operation, content, body, check, params, pages=True)
        return self._items(found, first)

    def _planned_call(
        self, name: str, content: tuple[Any, ...], body: Any, check: bool, params: dict[str, Any], pages: bool = False
    ) -> tuple[Operation, Request]:
        """The operation and the request of a call, see `call`."""
        named = method_in(name)
        path = named[1] if named else ""
        if named and not path:
            path, content = (content[0] if content else ""), content[1:]
        if content and body is None:
            body, content = content[0], content[1:]
        if content:
            raise ClientError(f"call takes one body, not {len(content) + 1}", hint="parameters have names")
        if not named:
            operation = OPERATIONS[name]
        else:
            takes_body = named[0] != "GET" and (body is not None or (named[0] in BODIES and bool(params)))
            operation, in_path = call_of(named[0], path, pages=pages, body=takes_body)
            params = {**in_path, **params}
            if operation.id not in OPERATIONS:
                return operation, self._undescribed(operation, body, params)
        if pages:
            # 45 of 48 listings are paged (wire.md, section 4).
            if not operation.pages:
                raise ClientError(f"{operation.id} does not answer in pages", hint=f"call({operation.id!r})")
            size = operation.params.get("page_size")
            if size is not None:
                # Pinterest's own default is 25 rows (wire.md, section 4).
                params = {"page_size": size.most or 250, **params}
        return operation, self._prepared(operation, body, check, params)

    def _undescribed(self, operation: Operation, body: Any, params: dict[str, Any]) -> Request:
        """The request of an operation that the table does not have: all as it is given."""
        if operation.body is not None and body is None:
            body = {name: value for name, value in params.items() if name not in operation.params}
            params = {name: value for name, value in params.items() if name in operation.params}
        return operation.request(self._scoped(operation, params), body, check=False)

    def _items(self, operation: Operation, first: Request) -> Iterator[Any]:
        """The items of all pages, each page asked for when the one before it is used up."""
        others = tuple(pair for pair in first.params if pair[0] != "bookmark")

        def follow(page: Page) -> Request | None:
            if not page.next:
                return None
            return replace(first, params=(*others, ("bookmark", page.next)))

        def read(answer: Answer) -> Page:
            return _page(answer, operation)

        for page in drive(chained(first, follow), lambda request: self.exchange(request, read)):
            yield from page.rows

    def _prepared(self, operation: Operation, body: Any, check: bool, params: dict[str, Any]) -> Request:
        """The request of a call. What is not a parameter of the operation is a member of its body."""
        given = {name: value for name, value in params.items() if name in operation.params}
        others = {name: value for name, value in params.items() if name not in operation.params}
        content = operation.content
        takes_members = body is None and content is not None and content.kind != "array"
        if others and not takes_members:
            if check:
                raise _unknown_words(operation, body, others)
            given, others = {**given, **others}, {}
        # A body without required members may be empty; any other is missing, and the check says so.
        if takes_members and content is not None and (others or not content.required):
            body = others
        if operation.id == "events/create" and check:
            body = hashing.prepared_events(body)
        return operation.request(self._scoped(operation, given), body, check=check)

    def _scoped(self, operation: Operation, params: Mapping[str, Any]) -> dict[str, Any]:
        """Parameters with the session's ad account, where the operation is about one and none is named."""
        # None is "not given" here, so that methods can hand on their own defaults.
        given = {name: value for name, value in params.items() if value is not None}
        account = operation.params.get("ad_account_id")
        if account is None:
            return given
        default = self.act_as
        if account.location == "path":
            default = self.ad_account_id
        if default is None:
            return given
        return {"ad_account_id": default, **given}

    def _wrapped(self, collection: str, rows: Iterable[Any]) -> Iterator[Any]:
        """Rows as entities of a collection, each a page of its own: what is related is loaded for one at a time."""
        model: type[Entity] = self.registry.find(collection)
        for row in rows:
            yield model.__model__.wrap(row, Peers(self, [row]))

    # what is sent

    def exchange(self, request: Request, read: Callable[[Answer], R]) -> R:
        """Sends a request and reads its answer; in Pinterest's sandbox it warns of what is not served there."""
        if self.environment == "sandbox":
            self._warn_if_not_served(request)
        if self.join_ids:
            request = _with_joined_ids(request)
        return super().exchange(request, read)

    def _warn_if_not_served(self, request: Request) -> None:
        """Warns once of each operation that Pinterest's sandbox does not serve: 114 of 231, see wire.md, section 1."""
        operation = OPERATIONS.of(request)
        if operation is None or operation.sandbox or operation.id in self._warned_of:
            return
        self._warned_of.add(operation.id)
        warn(f'Pinterest\'s sandbox does not serve {operation.id}: use environment="production"', AdPlatformsWarning)


def _unknown_words(operation: Operation, body: Any, others: Mapping[str, Any]) -> UnknownNameError:
    """The error for arguments that are neither parameters of an operation nor members of its body."""
    content = operation.content
    members: tuple[str, ...] = ()
    if content is not None and body is None:
        members = content.members
    name = next(iter(others))
    hint = did_you_mean(name, [*operation.params, *members])
    if content is not None and content.kind == "array" and name in members:
        hint = f"its body is a list: call({operation.id!r}, [{{{name!r}: ...}}])"
    return UnknownNameError(f"{operation.id} has no {', '.join(map(repr, others))}", hint=hint)


def _page(answer: Answer, operation: Operation) -> Page:
    """The items of an operation that answers in pages, and the bookmark of the page that follows."""
    found = success.checked_body(answer, operation)
    bookmark = found.get("bookmark")
    if not bookmark:
        return Page(found["items"])
    return Page(found["items"], next=str(bookmark))


def _with_joined_ids(request: Request) -> Request:
    """The request with repeated parameters joined by commas, as Pinterest's own SDK sends them.

    By the description the comma form is invalid, so it is not the default. Source: wire.md, section 3.
    """
    values: dict[str, list[str]] = {}
    for name, value in request.params:
        values.setdefault(name, []).append(value)
    return replace(request, params=tuple((name, ",".join(each)) for name, each in values.items()))
