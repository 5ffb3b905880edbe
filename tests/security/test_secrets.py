"""No credential in anything that can be shown or stored: reprs, errors, tracebacks, logs, pickles."""

import base64
import copy
import json
import logging
import pickle
import pprint
import socket
import traceback
import warnings
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest

from adplatforms import TTD, Pinterest
from adplatforms.core import errors
from adplatforms.core.ambiguous import ambiguous
from adplatforms.core.errors import AdPlatformsError
from adplatforms.core.secrets import Secret
from adplatforms.core.state import EntityState
from adplatforms.net.options import Options
from terminalone import T1


def echo_json(request: Any, status: int) -> None:
    """What the client said, in each member that an error may be read from."""
    told = request.echo
    body = {
        "message": told,
        "code": told,
        "Message": told,
        "ErrorDetails": [{"Property": told, "Reasons": [told]}],
        "meta": {"status": "error", "message": told},
        "errors": [{"message": told, "field": told, "code": told, "extensions": {"code": told, "data": told}}],
        "error": told,
        "error_description": told,
        "status": told,
    }
    headers = {"X_Request_Id": told, "X_Pinterest_Rid": told} if "\n" not in told else {}
    request.reply(body, status=status, **headers)


def echo_html(request: Any, status: int) -> None:
    request.reply(f"<html><body><h1>{request.echo}</h1></body></html>".encode(), "text/html", status)


def echo_cut(request: Any, status: int) -> None:
    request.reply(f'{{"message": "{request.echo}'.encode())


def echo_xml(request: Any, status: int) -> None:
    body = f'<result><status code="error">{quote(request.echo, safe=" ")}</status></result>'
    request.reply(body.encode(), "text/xml", status)


def hang_up(request: Any, status: int) -> None:
    request.connection.shutdown(socket.SHUT_RDWR)


def short(request: Any, status: int) -> None:
    request.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n")
    request.wfile.write(request.echo.encode())


def redirect(request: Any, status: int) -> None:
    request.reply(b"", "text/html", 302, Location=f"https://example.invalid{request.path}")


FAILURES: dict[str, tuple[Callable[[Any, int], None], int]] = {
    **{f"json {status}": (echo_json, status) for status in (400, 401, 403, 404, 409, 429, 500, 503)},
    "json 200": (echo_json, 200),
    "html 200": (echo_html, 200),
    "html 403": (echo_html, 403),
    "html 502": (echo_html, 502),
    "xml 400": (echo_xml, 400),
    "cut json": (echo_cut, 200),
    "hang up": (hang_up, 0),
    "short body": (short, 200),
    "redirect": (redirect, 302),
}


def read_one(one: Any, platform: Any) -> None:
    one.get(platform.collection, platform.key)


def read_all(one: Any, platform: Any) -> None:
    list(one.get_all(platform.collection, limit=platform.scope or None))


def create(one: Any, platform: Any) -> None:
    one.new(*platform.fresh).save()


def update(one: Any, platform: Any) -> None:
    version = {"version": "1"} if one.dialect.capabilities.version_lock else {}
    entity = one.reference(platform.collection, platform.key)
    EntityState(entity).row.update(version)
    entity.name = "spring"
    entity.save()


@pytest.mark.parametrize("act", [read_one, read_all, create, update])
@pytest.mark.parametrize("failure", FAILURES)
def test_a_failure_shows_no_credential(failure: str, act: Any, platform: Any, web: Any, caplog: Any) -> None:
    """The server sends back all that it was told, credentials included, wherever an error is made from it."""
    answers, status = FAILURES[failure]
    web.answers = lambda request: answers(request, status)
    one = platform.at(web.url, debug_logger=logging.getLogger("mine"))
    with caplog.at_level(logging.DEBUG), warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        problem = fails(act, one, platform)
    assert web.received, "nothing was sent: the test shows nothing"
    assert any(secret in web.heard for secret in forms(platform.secrets)), "no credential was sent"
    shown = [
        *shows(problem, failure == "json 200"),
        caplog.text,
        repr(one),
        *(str(warning.message) for warning in warned),
    ]
    for text in shown:
        for secret in forms(platform.secrets):
            assert secret not in text, f"{secret} in {text[max(0, text.find(secret) - 300) :][:600]}"
    one.close()


def fails(act: Any, one: Any, platform: Any) -> BaseException | None:
    """The error of an act, which is one of ours; None where the answer passed for a good one."""
    try:
        act(one, platform)
    except AdPlatformsError as error:
        return error
    return None


def shows(problem: BaseException | None, answered: bool = False) -> Iterator[str]:
    """Everything that a program may show or store of an error: also as error reporters do, with local variables,
    unless the server `answered` well: what it told then are the user's own values."""
    if problem is None:
        return
    yield from (str(problem), repr(problem), pprint.pformat(vars(problem)), repr(problem.args))
    told = traceback.TracebackException.from_exception(problem, capture_locals=not answered)
    yield from ours("".join(told.format()))
    yield repr(pickle.dumps(problem))
    behind = problem.__cause__ or problem.__context__
    if behind is not None:
        yield from shows(behind, answered)


def ours(text: str) -> Iterator[str]:
    """The traceback without the test's own frames, whose variables are the secrets themselves."""
    frames = text.split('  File "')
    yield from (frame for frame in frames if "/tests/" not in frame.partition('"')[0])


def forms(secrets: tuple[str, ...]) -> set[str]:
    """Secrets as they may turn up: plain, in a URL, in a Basic header."""
    basic = {base64.b64encode(f"client:{secret}".encode()).decode() for secret in secrets}
    return {*secrets, *(quote(secret, safe="") for secret in secrets), *basic}


FRESH = {
    "Token": "s3cret-fresh-1",
    "access_token": "s3cret-fresh-2",
    "refresh_token": "s3cret-fresh-3",
    "token_type": "bearer",
    "expires_in": 3600,
    "data": {"session": {"sessionid": "s3cret-fresh-4"}, "entity_type": "session", "id": 1, "name": "me"},
    "meta": {"status": "ok"},
}
"""What each platform hands out when one signs in."""


def _owner(url: str, **options: Any) -> Any:
    app = {"client_id": "client", "client_secret": "s3cret-client"}
    return T1("user", "s3cret-password", "s3cret-api-key", **app, api_base=url, auth_base=url, **options)


def _cookie(url: str, **options: Any) -> Any:
    return T1("user", "s3cret-password", "s3cret-api-key", api_base=url, auth_base=url, **options)


def _refreshed(url: str, **options: Any) -> Any:
    app = {"client_id": "client", "client_secret": "s3cret-client"}
    return Pinterest(refresh_token="s3cret-refresh", **app, ad_account_id="5", api_base=url, **options)


def _login(url: str, **options: Any) -> Any:
    return TTD(login="user", password="s3cret-password", server=url, **options)


@pytest.mark.parametrize("opened", [_cookie, _owner, _refreshed, _login])
def test_signing_in_shows_no_new_credential(opened: Any, web: Any, caplog: Any) -> None:
    """Not even to a log that is told the answer before anybody knows what in it is secret."""
    signed: list[str] = []

    def answers(request: Any) -> None:
        if any(word in request.path for word in ("oauth", "login", "authentication")):
            signed.append(request.path)
            request.reply(FRESH, Set_Cookie="adama_session=s3cret-fresh-5; Path=/")
        else:
            request.reply({"code": 3, "message": request.echo}, status=403)

    web.answers = answers
    with caplog.at_level(logging.DEBUG), warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        refused = pytest.raises(AdPlatformsError, match=r"\*\*\*|403|the token names no T1 user")
        with refused as caught, opened(web.url, debug_logger=logging.getLogger("mine")) as one:
            one.get("campaigns", "7")
    assert signed
    for text in [*shows(caught.value), caplog.text, *(str(warning.message) for warning in warned)]:
        assert "s3cret" not in text, text[max(0, text.find("s3cret") - 300) :][:600]


def test_reprs_show_no_credential(platform: Any) -> None:
    one = platform.at("https://127.0.0.1:9")
    things = [one, one.auth, one.transport, one.options, one.stats, one.dialect, one.registry]
    things += [vars(one), vars(one.auth), vars(one.transport), getattr(one.auth, "token", None)]
    for thing in things:
        for text in (repr(thing), str(thing), pprint.pformat(thing), f"{thing}"):
            assert not any(secret in text for secret in forms(platform.secrets)), text
    one.close()


@pytest.mark.parametrize("part", ["session", "connection", "sign-in", "auth", "transport"])
@pytest.mark.parametrize("store", [pickle.dumps, copy.deepcopy])
def test_what_holds_credentials_is_not_stored(part: str, store: Any, platform: Any) -> None:
    one = platform.at("https://127.0.0.1:9")
    sign_in = one.connection.sign_in
    parts = {"session": one, "connection": one.connection, "sign-in": sign_in, "auth": one.auth}
    thing = {**parts, "transport": one.transport}[part]
    with pytest.raises(TypeError, match="not pickled"):
        store(thing)
    one.close()


def test_a_pickled_entity_holds_no_credential(platform: Any) -> None:
    one = platform.at("https://127.0.0.1:9")
    entity = one.reference(platform.collection, platform.key)
    entity.name = "spring"
    stored = pickle.dumps(entity)
    assert b"spring" in stored
    assert not any(secret.encode() in stored for secret in forms(platform.secrets))
    assert pickle.loads(stored).session is None
    one.close()


@pytest.mark.parametrize("store", [pickle.dumps, copy.copy, copy.deepcopy, json.dumps])
def test_a_secret_is_not_stored(store: Any) -> None:
    with pytest.raises(TypeError, match=r"not pickled|not JSON serializable"):
        store(Secret("s3cret-thing"))


@pytest.mark.parametrize("show", [str, repr, format, pprint.pformat, "{}".format, "%s".__mod__])
def test_a_secret_is_not_shown(show: Any) -> None:
    assert "s3cret" not in show(Secret("s3cret-thing"))
    assert "s3cret" not in show([Secret("s3cret-thing")]) if show is not format else True


KINDS = sorted(
    (kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, AdPlatformsError)),
    key=lambda kind: kind.__name__,
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_each_error_masks_all_it_holds(kind: type[AdPlatformsError]) -> None:
    """Whatever attribute a platform's part hangs on an error."""
    told = "the s3cret-thing"
    error = kind(told)
    error.code = error.request = error.hint = told
    error.body = {"deep": [{"er": told, told: 1}, (told,), {told}, told.encode()]}
    error.request_id = told  # type: ignore[attr-defined]
    error.field_errors = {told: told}  # type: ignore[attr-defined]
    error.job = [told]  # type: ignore[attr-defined]
    try:
        raise ValueError(told)
    except ValueError as behind:
        error.__cause__ = error.__context__ = behind
    error.mask(lambda text: text.replace("s3cret-thing", "***"))
    for text in shows(error):
        assert "s3cret" not in text
    assert "***" in str(error)


def test_an_ambiguous_write_shows_no_more_than_what_ended_it() -> None:
    behind = errors.ConnectError("*** broke", request="POST x")
    lost = ambiguous(behind, "POST x")
    assert lost.__cause__ is None
    assert "***" in str(lost)


def test_proxies_and_headers_of_the_users_own_are_not_shown() -> None:
    options = Options.of(
        {"headers": {"X-Api-Key": "s3cret-header"}, "proxies": {"https": "http://me:s3cret-proxy@proxy:1"}}
    )
    assert "s3cret" not in repr(options)


def test_a_proxy_that_is_down_shows_no_password(platform: Any, web: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    one = platform.at(web.url, proxies={"http": f"http://me:s3cret-proxy@127.0.0.1:{port}"})
    problem = fails(read_one, one, platform)
    assert problem is not None
    for text in shows(problem):
        assert "s3cret" not in text
    one.close()
