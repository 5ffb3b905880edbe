"""A renewed token reaches whoever stores it: again until it is stored, by later calls, `close` and the end."""

import logging
import subprocess
import sys
import warnings
from collections.abc import Callable
from typing import Any

import pytest

from adplatforms import Pinterest
from adplatforms.core.auth import Token
from adplatforms.core.errors import AdPlatformsWarning
from adplatforms.core.testing import FakeTransport, reply
from adplatforms.net.token_updates import TokenUpdates
from terminalone import T1

ROWS = {"data": [], "meta": {"status": "ok", "total_count": 0}}
USER = {"data": {"entity_type": "user", "id": 9, "name": "ann"}, "meta": {"status": "ok"}}
APP = {"client_id": "app", "client_secret": "client-secret"}
FAILED = "token_updater failed and has not stored the renewed token"


class Store:
    """Fails so many times, then stores."""

    def __init__(self, failures: int = 1, error: type[BaseException] = OSError) -> None:
        self.failures, self.error, self.stored = failures, error, []  # type: ignore[var-annotated]

    def __call__(self, token: dict[str, Any]) -> None:
        if self.failures:
            self.failures -= 1
            raise self.error("disk full")
        self.stored.append(token["refresh_token"])


def granted(name: str, **rest: Any) -> dict[str, Any]:
    return {"access_token": f"{name}-access", "refresh_token": name, "token_type": "bearer", "expires_in": 3600, **rest}


def t1(store: Any, *names: str) -> T1:
    answers = iter(names)

    def answer(request: Any) -> Any:
        if "oauth2" in request.path:
            return reply(granted(next(answers)))
        return reply(USER if request.path.endswith("session") else ROWS)

    old = granted("old", expires_at=1)
    return T1(
        api_key="the-key", client_secret="secret", token=old, token_updater=store, transport=FakeTransport(answer)
    )


def pinterest(store: Any, *names: str) -> Pinterest:
    answers = iter(names)

    def answer(request: Any) -> Any:
        return reply(granted(next(answers))) if "oauth" in request.path else reply({"items": [], "bookmark": None})

    transport = FakeTransport(answer)
    return Pinterest(refresh_token="old", token_updater=store, ad_account_id="5", transport=transport, **APP)


def call(session: Any) -> None:
    assert list(session.campaigns) == []


opened_by = pytest.mark.parametrize("opened", [t1, pinterest])
Opened = Callable[..., Any]


@opened_by
def test_the_call_in_progress_goes_on_and_the_next_one_hands_the_token_out(opened: Opened, caplog: Any) -> None:
    store = Store()
    session = opened(store, "new")
    with pytest.warns(AdPlatformsWarning, match=rf"{FAILED} \(OSError: disk full\): it gets it again"):
        call(session)
    assert [(record.levelno, FAILED in record.getMessage()) for record in caplog.records] == [(logging.ERROR, True)]
    assert store.stored == []
    call(session)
    call(session)
    assert store.stored == ["new"]


@opened_by
def test_closing_the_session_hands_the_token_out(opened: Opened) -> None:
    store = Store()
    session = opened(store, "new")
    with pytest.warns(AdPlatformsWarning, match=FAILED):
        call(session)
    session.close()
    assert store.stored == ["new"]
    session.close()
    assert store.stored == ["new"]


@opened_by
def test_an_interrupted_updater_gets_the_token_again(opened: Opened) -> None:
    store = Store(error=KeyboardInterrupt)
    session = opened(store, "new")
    with pytest.raises(KeyboardInterrupt, match="disk full"):
        call(session)
    call(session)
    assert store.stored == ["new"]


@opened_by
def test_an_updater_that_uses_the_session_is_not_called_again_by_that(opened: Opened) -> None:
    calls: list[str] = []

    def update(token: dict[str, Any]) -> None:
        calls.append(token["refresh_token"])
        call(session)

    session = opened(update, "new")
    call(session)
    assert calls == ["new"]


def updates(store: Any) -> TokenUpdates:
    return TokenUpdates(store, lambda token: None, lambda text: text)


def test_a_token_that_is_renewed_meanwhile_takes_the_place_of_one_that_is_not_stored() -> None:
    store = Store()
    one = updates(store)
    one.add(Token.of(granted("first")))
    with pytest.warns(AdPlatformsWarning, match=FAILED):
        one.hand_out()
    one.add(Token.of(granted("second")))
    one.hand_out()
    assert store.stored == ["second"]


def test_a_token_that_comes_while_one_is_stored_follows_it() -> None:
    stored: list[str] = []

    def update(token: dict[str, Any]) -> None:
        stored.append(token["refresh_token"])
        if len(stored) == 1:
            one.add(Token.of(granted("second")))
            one.hand_out()

    one = updates(update)
    one.add(Token.of(granted("first")))
    one.hand_out()
    assert stored == ["first", "second"]


def test_a_token_that_is_not_stored_survives_that_the_session_signs_in_by_other_means() -> None:
    """One object hands out, so none of an earlier sign-in can be stored after one of a later."""
    store = Store()
    session = t1(store, "first")
    with pytest.warns(AdPlatformsWarning, match=FAILED):
        call(session)
    before = session.auth.updates
    session.authenticate(session_id="a-session")
    assert session.auth.updates is before
    assert store.stored == ["first"]


def test_signing_in_again_by_hand_hands_the_token_out() -> None:
    store = Store(failures=0)
    session = t1(store, "first")
    assert session.sign_in_again()
    assert store.stored == ["first"]


AT_EXIT = """
import gc, warnings
from adplatforms.core.auth import Token
from adplatforms.net.token_updates import TokenUpdates
warnings.simplefilter("ignore")
failures = [OSError("disk full")] * {failures}
def store(token):
    if failures:
        raise failures.pop()
    print("stored", token["refresh_token"])
one = TokenUpdates(store, print, lambda text: text)
one.add(Token.of(dict(access_token="a-token", refresh_token="new")))
one.hand_out()
del one
gc.collect()
warnings.simplefilter("always")
{more}
print("end")
"""
FORKED = "import os, sys\nif os.fork() == 0:\n    sys.exit()\nos.wait()"


def run(failures: int, more: str = "") -> tuple[list[str], str]:
    script = AT_EXIT.format(failures=failures, more=more)
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return ended.stdout.split("\n")[:-1], ended.stderr


def test_the_end_of_the_program_hands_the_token_out() -> None:
    """Also that of a session that was dropped."""
    assert run(1) == (["end", "stored new"], "")


def test_a_token_that_is_lost_with_the_program_is_told() -> None:
    out, err = run(2)
    assert out == ["end"]
    assert "the program ends, so the token is lost: sign in anew" in err


@pytest.mark.skipif(sys.platform == "win32", reason="it has no fork")
def test_a_forked_child_does_not_hand_out_its_parents_token() -> None:
    assert run(1, FORKED)[0] == ["end", "stored new"]


def test_the_error_of_an_updater_shows_no_token_in_the_variables_of_its_frames() -> None:
    def update(token: dict[str, Any]) -> None:
        if not caught:
            caught.append(OSError("disk full"))
            raise caught[0]

    caught: list[OSError] = []
    one = updates(update)
    one.add(Token.of(granted("new")))
    with warnings.catch_warnings(record=True):
        warnings.simplefilter("always")
        one.hand_out()
    one.hand_out()
    step = caught[0].__traceback__
    while step is not None:
        assert "new-access" not in repr(step.tb_frame.f_locals)
        step = step.tb_next
