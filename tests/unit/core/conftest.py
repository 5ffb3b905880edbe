"""A made-up platform with the least of everything, so that the core is tested without any real one."""

import json
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from adplatforms.core.auth import Auth
from adplatforms.core.dialect import Batch, Capabilities, Dialect, Plan, Quota
from adplatforms.core.entity import Entity
from adplatforms.core.errors import (
    APIError,
    AuthRequiredError,
    ConflictError,
    NotFoundError,
    ParserException,
    RateLimitError,
    UnavailableError,
    ValidationError,
)
from adplatforms.core.fields import Choice, DateTime, Int, ListOf, Money, Str
from adplatforms.core.messages import Answer, Request, path_segment
from adplatforms.core.nested import Nested, Struct
from adplatforms.core.offsets import offsets
from adplatforms.core.paging import Page, chained
from adplatforms.core.query import Query
from adplatforms.core.relations import Children, Ref
from adplatforms.core.secrets import Secret
from adplatforms.core.state import EntityState
from adplatforms.core.testing import FakeTransport
from adplatforms.net.options import Options
from adplatforms.net.retry import Retry
from adplatforms.net.session import HttpSession

ERRORS = {400: ValidationError, 401: AuthRequiredError, 404: NotFoundError, 409: ConflictError, 429: RateLimitError}


class Made(Entity, platform="Made Up"):
    """What all records of the platform share."""

    id = Str(readonly=True)
    name = Str(required=True)


class Place(Struct):
    """Where, and in which words."""

    street = Str("streetName", required=True)
    number = Int(nullable=True)
    tags = ListOf(Str())


class Budget(Struct):
    """How much, and how it is spent."""

    pacing = Choice("ahead even", "pacingMode", required=True)
    amount = Money("amountInUSD", nullable=True)
    place = Nested(Place)


class Shop(Made, collection="shops"):
    """The parent."""

    version = Int(readonly=True)
    status = Choice("OPEN CLOSED")
    budget = Nested(Budget, "totalBudget", nullable=True)
    places = ListOf(Nested(Place), nullable=True)
    opened_on = DateTime("openedOn", nullable=True)
    items = Children["Item"](by="shop_id")


class Item(Made, collection="items"):
    """One of its children."""

    _created = "made_on"

    shop_id = Str("shopId", create_only=True)
    made_on = DateTime("madeOn", readonly=True)
    shop = Ref["Shop"](by="shop_id")


class MadeUp(Dialect):
    """JSON rows. Lists filter by ids and name; they have a total, or bookmarks where there is none."""

    platform = "Made Up"

    def __init__(self, **capabilities: Any) -> None:
        known = {"max_page": 100, "total": True, "archive": True, "delete": True, "options": ("validate_only",)}
        self.capabilities = Capabilities(**{**known, **capabilities})

    def plan(self, query: Query[Any]) -> Plan:
        size = query.size or self.capabilities.max_page
        pushed = [c for c in query.conditions if c.op in ("==", "in")]
        params = tuple((c.field.wire, _text(c.value)) for c in pushed)
        first = Request("GET", query.model.collection, (*params, ("size", str(size))), category="read")

        token = query.token

        def at(offset: int) -> Request:
            return first.adding(("from", str(offset)))

        def follow(page: Page) -> Request | None:
            return None if page.next is None else first.adding(("bookmark", page.next))

        total = self.capabilities.total
        start = int(token) if total and token else query.start
        begin = at(start) if total else first.adding(("bookmark", token)) if token else first
        return Plan(
            begin,
            (lambda: offsets(at, size, start, query.most)) if total else (lambda: chained(begin, follow)),
            size,
            query.ahead or self.capabilities.prefetch,
            pushed=tuple(pushed),
            local=tuple(c for c in query.conditions if c not in pushed),
            count=at(0) if total else None,
        )

    def smaller(self, request: Request) -> list[Request]:
        words = dict(request.params)
        size, start = int(words.get("size", 1)), int(words.get("from", 0))
        half = size // 2
        if half < 10:
            return []
        parts = [{**words, "size": half, "from": start}, {**words, "size": size - half, "from": start + half}]
        return [replace(request, params=tuple((n, str(v)) for n, v in part.items())) for part in parts]

    def plan_one(self, query: Query[Any], entity_id: Any) -> Request | None:
        return Request("GET", f"{query.model.collection}/{path_segment(entity_id)}", category="read")

    def write(self, entity: Entity, values: Mapping[str, Any], **options: Any) -> Request:
        created = EntityState(entity).id is not None
        path = f"{entity.collection}/{path_segment(entity.id)}" if created else entity.collection
        params = tuple((name, _text(value)) for name, value in options.items())
        writes = not options.get("validate_only")
        return Request(
            "PUT" if created else "POST", path, params, json=EntityState(entity).edits(values), writes=writes
        )

    def batches(self, writes: Sequence[tuple[Entity, Mapping[str, Any]]]) -> list[Batch]:
        size, made = self.capabilities.max_batch, []
        for at in range(0, len(writes), size):
            places = tuple(range(at, min(at + size, len(writes))))
            rows = [
                {"id": EntityState(writes[n][0]).id, **EntityState(writes[n][0]).edits(writes[n][1])} for n in places
            ]
            made.append(Batch(Request("POST", "batch", json=rows, writes=True), places))
        return made

    def outcomes(self, answer: Answer) -> list[dict[str, Any] | APIError | None]:
        found: list[dict[str, Any] | APIError | None] = []
        for item in body(answer):
            told = item and item.get("error")
            found.append(ValidationError(told, code="BAD", status=200) if told else item)
        return found

    def page(self, answer: Answer) -> Page:
        told = body(answer)
        if "rows" not in told:
            return Page([told])
        return Page(told["rows"], told.get("total"), told.get("next"))

    def saved(self, answer: Answer) -> dict[str, Any] | None:
        told: dict[str, Any] | None = body(answer)
        return told

    def quota(self, answer: Answer) -> Quota | None:
        if "x-left" not in answer.headers:
            return None
        left, reset = int(answer.headers["x-left"]), float(answer.headers["x-reset"])
        return Quota(answer.request.category, 100, left, reset)

    def archive(self, entity: Entity, **options: Any) -> tuple[Request, dict[str, Any]]:
        request = Request("POST", f"{entity.collection}/{path_segment(entity.id)}/close", writes=True)
        return request, {"status": "CLOSED"}

    def delete(self, entity: Entity) -> Request:
        return Request("DELETE", f"{entity.collection}/{path_segment(entity.id)}", writes=True)


def body(answer: Answer) -> Any:
    """The JSON of an answer; raises what it tells of an error, with a code where the platform itself answers."""
    told = None
    if answer.content_type == "application/json" and answer.content:
        try:
            told = json.loads(answer.content)
        except ValueError:
            raise ParserException("JSON that cannot be read") from None
    if answer.status >= 400:
        kind = UnavailableError if answer.status >= 500 or answer.status == 408 else ERRORS.get(answer.status, APIError)
        code = told.get("code") if isinstance(told, dict) else None
        raise kind(f"HTTP {answer.status}", code=code, status=answer.status)
    return told


def _text(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


class Token(Auth):
    """A bearer token and a key in the query."""

    def __init__(self) -> None:
        self.token, self.key = Secret("s3cret-token"), Secret("s3cret-key")

    def params(self) -> tuple[tuple[str, str], ...]:
        return (("api_key", self.key.reveal()),)

    def headers(self) -> Mapping[str, str | Secret]:
        return {"Authorization": "Bearer " + self.token.reveal()}

    def secrets(self) -> tuple[Secret, ...]:
        return (self.token, self.key)


class Watch:
    """A clock that stands still but for the waits, which it notes instead of waiting."""

    def __init__(self) -> None:
        self.now, self.waits = 1000.0, []  # type: ignore[var-annotated]

    def sleep(self, seconds: float) -> None:
        """Notes a wait and goes forward by it."""
        self.waits.append(seconds)
        self.now += seconds

    def retry(self, **words: Any) -> Retry:
        """A policy by this clock."""
        return Retry(sleep=self.sleep, clock=lambda: self.now, **words)


@pytest.fixture
def watch() -> Watch:
    """A clock of the test's own."""
    return Watch()


@pytest.fixture
def made() -> SimpleNamespace:
    """The classes of the made-up platform."""
    return SimpleNamespace(Shop=Shop, Item=Item, Place=Place, Budget=Budget, Dialect=MadeUp, Token=Token, body=body)


@pytest.fixture
def session(watch: Watch) -> Iterator[Callable[..., HttpSession]]:
    """Makes a session: `session(answers...)` on a script, `session(transport=...)` on another transport. Waits go by
    the watch. `capabilities`: those of the platform; further words are options."""
    opened = []

    def make(*script: Any, transport: Any = None, capabilities: Any = None, **options: Any) -> HttpSession:
        chosen = Options.of({"retry": watch.retry(), **options})
        transport = transport or FakeTransport(script[0] if len(script) == 1 and callable(script[0]) else script)
        one = HttpSession(Made.__model__.registry, MadeUp(**(capabilities or {})), transport, Token(), chosen)
        opened.append(one)
        return one

    yield make
    for one in opened:
        one.close()


@pytest.fixture
def over_http(session: Any, web: Any) -> Callable[..., HttpSession]:
    """Makes a session that talks to the test's own web server."""
    from adplatforms.net.transport import HttpTransport

    def make(url: str = "", **options: Any) -> HttpSession:
        made = session(transport=object(), **options)
        made.transport = HttpTransport(url or web.url, made.auth, made.options)
        return made  # type: ignore[no-any-return]

    return make


@pytest.fixture
def nowhere() -> str:
    """The address of a server that is down."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return f"http://127.0.0.1:{free.getsockname()[1]}"
