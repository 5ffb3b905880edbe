"""An id or another value can never change which URL is called: path segments and query values are always escaped."""

import contextlib
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from adplatforms.core.errors import AdPlatformsError, ClientError, UnknownNameError
from adplatforms.core.messages import Request, path_segment
from adplatforms.net.connection import HttpConnection

EVIL = [
    "1/../users",
    "../../users",
    "..",
    ".",
    "",
    "%2e%2e",
    "%2e%2e%2fusers",
    "..%2fusers",
    "%252e%252e",
    "..;/users",
    "1?x=1",
    "1#x",
    "1&x=1",
    "1;x=1",
    "1\\..\\users",
    "//example.com/x",
    "http://example.com/x",
    "@example.com",
    "1\r\nX-Evil: 1",
    "1\x00",
    "1\t",
    "1 2",
    "\uff45\uff56\uff49\uff4c",
    "\uff0e\uff0e\uff0fusers",
    "1\u2215..\u2215users",
    "é",
    "\U0001f4a3",
    "\ud800",
    "1' or '1'='1",
    '1"}){__schema{types{name}}}',
    "{id}",
    "${7*7}",
    "*",
    "a" * 5000,
]
CLEAN = re.compile(r"[A-Za-z0-9._~%/,:+()*!'@$=-]*")


class Sent(Exception):
    """Stops a session at its first request."""


class Probe:
    """A session that sends nothing: what it would send is written down."""

    def __init__(self, platform: Any) -> None:
        self.key = platform.key
        self.session = platform.offline(self._stop)
        self.models = [self.session.registry.collections[name] for name in sorted(self.session.registry.collections)]
        self._ordinary: dict[Any, list[Request]] = {}
        self._known: dict[Any, bool] = {}

    def _stop(self, request: Request) -> Any:
        raise Sent

    def requests(self, act: Callable[..., Any], *words: Any) -> list[Request]:
        """What an act would send, up to its first request; nothing where it is refused."""
        self.session.transport.calls.clear()
        with contextlib.suppress(Sent, AdPlatformsError):
            act(self.session, *words)
        return list(self.session.transport.calls)

    def knows(self, model: Any, parent: str) -> bool:
        """Whether a model has such a parent. Where it has not, the name is refused before anybody looks at the id."""
        asked = (model, parent)
        if asked not in self._known:
            self._known[asked] = True
            try:
                children(self.session, model, self.key, parent)
            except UnknownNameError:
                self._known[asked] = False
            except (Sent, AdPlatformsError):
                pass
        return self._known[asked]

    def ordinary(self, act: Callable[..., Any], model: Any, *words: Any) -> list[Request]:
        """The same for the id of an ordinary record."""
        asked = (act, model, words)
        if asked not in self._ordinary:
            self._ordinary[asked] = self.requests(act, model, self.key, *words)
        return self._ordinary[asked]


@pytest.fixture(scope="module")
def probe(probed: Any) -> Iterator[Probe]:
    """One for each platform and route. It reads nothing ahead: a call of one act must not come while another is on."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(HttpConnection, "concurrency", 1)
        yield Probe(probed)


def harmless(request: Request, like: list[Request], evil: str) -> None:
    """The request goes where one for an ordinary id goes."""
    assert CLEAN.fullmatch(request.path), request.path
    segments = request.path.split("/")
    assert not {"", ".", ".."} & {unquote(segment) for segment in segments}
    if like:
        assert len(segments) in {len(other.path.split("/")) for other in like}
        assert request.server in {other.server for other in like}
    if isinstance(request.json, dict) and "query" in request.json and len(evil) > 3:
        assert evil not in request.json["query"], "an id stands in the text of a GraphQL query"


def changed(one: Any, model: Any, entity_id: str) -> Any:
    """A record of that id with a change to be saved."""
    version = {"version": "1"} if one.dialect.capabilities.version_lock else {}
    entity = one.reference(model, entity_id, **version)
    free = (
        f.name
        for f in model.__model__.fields.values()
        if type(f).__name__ == "Str" and not f.readonly and not f.create_only
    )
    for name in free:
        setattr(entity, name, "x")
        break
    return entity


def get(one: Any, model: Any, entity_id: str) -> None:
    one.get(model, entity_id)


def find(one: Any, model: Any, entity_id: str) -> None:
    list(one.find(model, "id", "==", entity_id, get_all=True))


def find_in(one: Any, model: Any, entity_id: str) -> None:
    list(one.query(model).where(id=[entity_id]))


def save(one: Any, model: Any, entity_id: str) -> None:
    changed(one, model, entity_id).save()


def delete(one: Any, model: Any, entity_id: str) -> None:
    changed(one, model, entity_id).delete()


def archive(one: Any, model: Any, entity_id: str) -> None:
    changed(one, model, entity_id).archive()


def children(one: Any, model: Any, entity_id: str, parent: str) -> None:
    list(one.get_all(model, limit={parent: entity_id}))


ACTS = [get, find, find_in, save, delete, archive]
PARENTS = ("advertiser", "campaign", "ad_account", "ad_group", "board")


def test_ordinary_ids_are_sent(probe: Probe) -> None:
    """Else the tests below would show nothing."""
    for act in (get, find, save):
        assert any(probe.ordinary(act, model) for model in probe.models)
    assert any(probe.ordinary(children, model, parent) for model in probe.models for parent in PARENTS)


@pytest.mark.parametrize("evil", EVIL, ids=lambda text: ascii(text)[:30])
def test_an_id_cannot_change_the_url(evil: str, probe: Probe) -> None:
    """Every collection, everything that takes an id."""
    for model in probe.models:
        for act in ACTS:
            for request in probe.requests(act, model, evil):
                harmless(request, probe.ordinary(act, model), evil)


@pytest.mark.parametrize("evil", EVIL, ids=lambda text: ascii(text)[:30])
def test_a_parents_id_cannot_change_the_url(evil: str, probe: Probe) -> None:
    for model in probe.models:
        for parent in filter(partial(probe.knows, model), PARENTS):
            for request in probe.requests(children, model, evil, parent):
                harmless(request, probe.ordinary(children, model, parent), evil)


@pytest.mark.parametrize("evil", [text for text in EVIL if "\ud800" not in text], ids=lambda text: ascii(text)[:30])
def test_values_of_a_query_arrive_as_they_are(evil: str, platform: Any, web: Any) -> None:
    """On the wire: nothing but the value of its own parameter."""
    one = platform.at(web.url)
    one.transport.send(Request("GET", "rows/7", (("q", evil), ("last", "1"))))
    (got,) = web.received
    parts = urlsplit(got.path)
    assert parts.path.endswith("/rows/7")
    assert parts.fragment == ""
    pairs = [pair.partition("=") for pair in parts.query.split("&")]
    assert [(name, unquote(value)) for name, _, value in pairs][:2] == [("q", evil), ("last", "1")]
    assert got.headers["X-Evil"] is None
    one.close()


@pytest.mark.parametrize("evil", EVIL, ids=lambda text: ascii(text)[:30])
def test_a_segment_stays_one_segment_on_the_wire(evil: str, platform: Any, web: Any) -> None:
    """`requests` unescapes what needs no escape, and cleans up dots: that must not undo it."""
    try:
        segment = path_segment(evil)
    except ClientError:
        return
    one = platform.at(web.url)
    one.transport.send(Request("GET", f"rows/{segment}/x"))
    (got,) = web.received
    found = urlsplit(got.path).path.split("/")
    assert [unquote(part) for part in found[-3:]] == ["rows", evil, "x"]
    assert len(found) == len(urlsplit(f"{one.transport.base_url}/rows/1/x").path.split("/"))
    one.close()
