"""No credential in the variables of a frame, whatever exception ends signing in, and wherever it comes."""

import json
import sys
import traceback
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from threading import Thread
from types import FrameType
from typing import Any

import pytest

from adplatforms import TTD, Pinterest
from adplatforms.core.testing import FakeTransport, reply
from terminalone import T1

PACKAGES = tuple(str(Path(sys.modules[name].__file__ or "").parent) for name in ("adplatforms", "terminalone"))
USER = {"data": {"entity_type": "user", "id": 9, "name": "ann"}, "meta": {"status": "ok"}}
TOKEN = {"access_token": "s3cret-new", "refresh_token": "s3cret-next", "token_type": "bearer", "expires_in": 3600}
CLAIMS = {"https://api.mediamath.com/user_id": 9, "https://api.mediamath.com/nickname": "ann"}
JWT = f"e30.{urlsafe_b64encode(json.dumps(CLAIMS).encode()).decode()}.s3cret"
PAGE: dict[str, Any] = {"items": [], "bookmark": None}

# Made here, so that making them is not what is interrupted.
COOKIE = reply(USER, set_cookie="adama_session=s3cret-cookie")
KNOWN = reply(USER)
OWNER_TOKEN = reply({"access_token": JWT})
GRANTED = reply(TOKEN)
EMPTY = reply(PAGE)
SIGNED = reply({"Token": "s3cret-t"})
REFUSED = reply({"meta": {"status": "auth_error"}}, status=401)
DENIED = reply({}, status=401)
DONE = reply({})


def t1(*answers: Any, **options: Any) -> T1:
    return T1(transport=FakeTransport(list(answers)), retry=None, **options)


def pinterest(*answers: Any, **options: Any) -> Pinterest:
    app = {"client_id": "app", "client_secret": "s3cret-client", "ad_account_id": "5"}
    transport = FakeTransport(list(answers))
    return Pinterest(transport=transport, retry=None, token_updater=lambda token: None, **{**app, **options})


def ttd(*answers: Any, **options: Any) -> TTD:
    return TTD(transport=FakeTransport(list(answers)), retry=None, **options)


def t1_code() -> T1:
    return t1(GRANTED, auth_method="delayed", api_key="s3cret-key", client_secret="s3cret-client")


def t1_callback() -> None:
    session = t1_code()
    _, state = session.authorization_url("https://mine.example/back")
    session.fetch_token(authorization_response_url=f"https://mine.example/back?code=s3cret-code&state={state}")


def pinterest_callback() -> None:
    session = pinterest(GRANTED)
    _, state = session.authorization_url("https://mine.example/back", "ads:read")
    session.fetch_token("https://mine.example/back", f"https://mine.example/back?code=s3cret-code&state={state}")


def ttd_profile() -> None:
    ttd(profile="mine")


OWNER = {"client_id": "app", "client_secret": "s3cret-client"}
OLD = {"access_token": "s3cret-old", "refresh_token": "s3cret-refresh", "expires_at": 1, "token_type": "bearer"}
WAYS: dict[str, Callable[[], Any]] = {
    "t1 cookie": lambda: t1(COOKIE, username="ann", password="s3cret-word", api_key="s3cret-k"),
    "t1 session": lambda: t1(KNOWN, session_id="s3cret-session", api_key="s3cret-key"),
    "t1 owner": lambda: t1(OWNER_TOKEN, username="ann", password="s3cret-word", **OWNER),
    "t1 bearer": lambda: t1(KNOWN, access_token="s3cret-token"),
    "t1 code": lambda: t1_code().fetch_token("s", "s3cret-code", set_session=True),
    "t1 callback": t1_callback,
    "t1 refresh": lambda: t1(
        GRANTED, KNOWN, api_key="s3cret-key", client_secret="s3cret-client", token=OLD, token_updater=lambda token: None
    ).call("api/v2.0/users"),
    "t1 authenticate": lambda: t1(KNOWN, auth_method="delayed").authenticate(session_id="s3cret-session"),
    "t1 refused": lambda: t1(REFUSED, username="a", password="s3cret-word", api_key="s3cret-k"),
    "t1 wrong argument": lambda: t1(username="ann", password="s3cret-word", wrong="s3cret-wrong"),
    "pinterest token": lambda: pinterest(EMPTY, access_token="s3cret-token").call("campaigns/list"),
    "pinterest refresh": lambda: pinterest(GRANTED, EMPTY, refresh_token="s3cret-r").call("campaigns/list"),
    "pinterest client": lambda: pinterest(GRANTED, EMPTY, scopes="ads:read").call("campaigns/list"),
    "pinterest callback": pinterest_callback,
    "pinterest code": lambda: pinterest(GRANTED).fetch_token("https://mine.example", code="s3cret-code"),
    "pinterest stored": lambda: pinterest(token=OLD).token,
    "pinterest revoke": lambda: pinterest(DONE, access_token="s3cret-token").revoke("s3cret-other"),
    "pinterest call": lambda: pinterest(GRANTED).call(
        "oauth/token", grant_type="refresh_token", refresh_token="s3cret-refresh"
    ),
    "pinterest wrong argument": lambda: pinterest(acces_token="s3cret-token"),
    "ttd token": lambda: ttd(DONE, token="s3cret-token").rest("GET", "partner/a"),
    "ttd callable": lambda: ttd(DONE, token=lambda: "s3cret-token").rest("GET", "partner/a"),
    "ttd login": lambda: ttd(SIGNED, DONE, login="ann", password="s3cret-word").rest("GET", "partner/a"),
    "ttd sign in": lambda: ttd(SIGNED, login="ann", password="s3cret-word").sign_in(),
    "ttd profile": ttd_profile,
    "ttd refused": lambda: ttd(DENIED, login="ann", password="s3cret-word").sign_in(),
    "ttd wrong argument": lambda: ttd(tokn="s3cret-token"),
}


class Stop(BaseException):
    """What comes from outside at any moment, as Ctrl-C does."""


class Interrupt:
    """Raises `Stop` at one line of the packages, or function entry there, and counts these.

    at: which one; None only counts. files: whose, the packages' own or also those of libraries.
    """

    def __init__(self, at: int | None = None, files: tuple[str, ...] = PACKAGES) -> None:
        self.at, self.passed, self.files = at, 0, files

    def __enter__(self) -> None:
        self._before = sys.gettrace()
        sys.settrace(self)

    def __exit__(self, *exc: object) -> None:
        sys.settrace(self._before)

    def __call__(self, frame: FrameType, event: str, arg: Any) -> Any:
        code = frame.f_code
        if not code.co_filename.startswith(self.files) or code.co_filename.endswith("/core/testing.py"):
            return None
        # When one is dropped half-way its end is traced too, and nothing can be raised there.
        if code.co_name == "<genexpr>":
            return None
        # Before the first line of the outermost function nothing of ours can act.
        outermost = event == "call" and code.co_name == "guarded" and not _within(frame.f_back)
        if event in ("call", "line") and not outermost:
            if self.at is not None and self.passed >= self.at and not _ends_something(frame):
                self.passed += 1
                sys.settrace(None)
                raise Stop
            self.passed += 1
        return self


def _ends_something(frame: FrameType | None) -> bool:
    """Whether a frame is of a finalizer: Python drops what is raised there."""
    while frame is not None:
        if frame.f_code.co_name in ("__del__", "_weakref_finalize") or "weakref" in frame.f_code.co_filename:
            return True
        frame = frame.f_back
    return False


def _within(frame: FrameType | None) -> bool:
    """Whether a frame is called by the packages, or one of them."""
    while frame is not None:
        if frame.f_code.co_filename.startswith(PACKAGES):
            return True
        frame = frame.f_back
    return False


@pytest.fixture(autouse=True)
def _profile(tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / ".adplatforms.ini").write_text("[mine]\nlogin=ann\npassword=s3cret-word\n", encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))


def shown(error: BaseException) -> Iterator[str]:
    """The frames of a traceback with their variables, apart from the test's own."""
    text = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    frames = text.split('  File "')
    return (frame for frame in frames if "/tests/" not in frame.partition('"')[0])


def sign_in(way: Callable[[], Any], interrupt: Interrupt) -> BaseException | None:
    """The exception that ends a way of signing in; None where nothing does."""
    found: list[BaseException] = []

    def run() -> None:
        try:
            with interrupt:
                way()
        except BaseException as error:  # noqa: BLE001, whatever ends it
            found.append(error)

    # In a thread of its own: what a trace function raises on the way into a handler leaves the thread with an
    # exception that it takes for being handled.
    thread = Thread(target=run)
    thread.start()
    thread.join()
    return found[0] if found else None


def check(way: Callable[[], Any], interrupts: Callable[[int | None], Interrupt], most: int) -> None:
    """Interrupts a way of signing in, at so many points, and looks at the frames each time."""
    sign_in(way, interrupts(None))  # what is made once, such as the tables of operations, is made now
    counted = interrupts(None)
    end = sign_in(way, counted)
    assert counted.passed > 20
    for frame in shown(end) if end else ():
        assert "s3cret" not in frame
    stops = 0
    points = range(0, counted.passed, max(1, counted.passed // most))
    for at in points:
        stopped = sign_in(way, interrupts(at))
        # Over HTTP two runs differ by some lines, so the last point may lie behind the end.
        if stopped is not None:
            stops += 1
            for frame in shown(stopped):
                assert "s3cret" not in frame, frame
    assert stops > 0.9 * len(points)


@pytest.mark.parametrize("most", [25, pytest.param(10_000, marks=pytest.mark.long)])
@pytest.mark.parametrize("way", WAYS)
def test_no_frame_holds_a_credential_wherever_signing_in_is_interrupted(way: str, most: int) -> None:
    check(WAYS[way], Interrupt, most)


def t1_over_http(url: str) -> None:
    T1("ann", "s3cret-word", "s3cret-key", api_base=url, auth_base=url, retry=None).close()


def t1_owner_over_http(url: str) -> None:
    T1("ann", "s3cret-word", api_base=url, auth_base=url, retry=None, **OWNER).close()


def ttd_over_http(url: str) -> None:
    with TTD(login="ann", password="s3cret-word", server=url, retry=None) as session:
        session.rest("GET", "partner/a")


def pinterest_over_http(url: str) -> None:
    with Pinterest(
        refresh_token="s3cret-r", api_base=url, retry=None, ad_account_id="5", token_updater=lambda token: None, **OWNER
    ) as session:
        session.call("campaigns/list")


def t1_reading_over_http(url: str) -> None:
    given = {"session_id": "s3cret-session", "api_key": "s3cret-key", "auth_method": "delayed"}
    with T1(api_base=url, retry=None, **given) as session:
        session.campaigns.count()


ANYTHING = {**TOKEN, "access_token": JWT, "Token": "s3cret-t", **USER, **PAGE}
OVER_HTTP = [t1_over_http, t1_owner_over_http, ttd_over_http, pinterest_over_http, t1_reading_over_http]


# A socket that is interrupted while it is made is left to the garbage collector, which warns of it.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("way", OVER_HTTP)
def test_no_frame_of_the_libraries_below_holds_a_credential(way: Callable[[str], None], web: Any) -> None:
    web.answers = lambda request: request.reply(ANYTHING, Set_Cookie="adama_session=s3cret-cookie; Path=/")
    libraries = [import_module(name).__file__ for name in ("requests", "urllib3", "http.client")]
    below = (*PACKAGES, *(str(Path(path or "").parent) for path in libraries))
    check(lambda: way(web.url), lambda at: Interrupt(at, below), 30)
    assert web.received


@pytest.mark.parametrize("way", OVER_HTTP)
def test_ctrl_c_while_a_server_does_not_answer_shows_no_credential(
    way: Callable[[str], None], web: Any, monkeypatch: Any
) -> None:
    def begin(self: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("http.client.HTTPResponse.begin", begin)
    with pytest.raises(KeyboardInterrupt) as caught:
        way(web.url)
    names = [frame.name for frame in traceback.extract_tb(caught.value.__traceback__)]
    assert "getresponse" in names
    for frame in shown(caught.value):
        assert "s3cret" not in frame


def test_an_exception_of_a_hook_leaves_with_the_one_that_was_handled_when_the_call_began(web: Any) -> None:
    """What came in between is left out: messages of `requests` hold the URL, and so the api_key."""

    def after(answer: Any) -> None:
        try:
            raise ValueError(f"{web.url}?api_key=s3cret-key")
        except ValueError:
            raise KeyError("mine") from None

    session = T1("ann", "s3cret-word", "s3cret-key", auth_method="delayed", api_base=web.url, after=after, retry=None)
    outer = OSError("outer")
    try:
        raise outer
    except OSError:
        with pytest.raises(KeyError, match="mine") as caught:
            session.call("api/v2.0/users")
    assert caught.value.__context__ is outer
    with pytest.raises(KeyError, match="mine") as caught:
        session.call("api/v2.0/users")
    assert caught.value.__context__ is None
    session.close()
