"""Password, api_key and session id appear in no message, repr, log, traceback or pickle, whatever goes wrong."""

import logging
import pickle
import socket
import traceback
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, quote_plus

import pytest

from adplatforms.core.errors import AdPlatformsError
from terminalone import T1

PASSWORD, KEY, SESSION = "pass/word 1&2", "key+0a/b c", "d24f41277ae4c202dda876676b0006585b20f64f"
JSON = "application/json"
LOGGED_IN = b'{"data": {"entity_type": "user", "id": 1, "name": "ann"}, "meta": {"status": "ok"}}'
ECHO = f"{PASSWORD} {KEY} {SESSION} {quote(KEY, '')} {quote_plus(KEY)}"


def login(request: Any) -> None:
    request.reply(LOGGED_IN, JSON, Set_Cookie=f"adama_session={SESSION}; Path=/")


def body(text: str, content_type: str = JSON, status: int = 200, **headers: str) -> Callable[[Any], None]:
    return lambda request: request.reply(text.encode(), content_type, status, **headers)


def errors(status: str) -> str:
    return f'{{"errors": [{{"field": "name", "message": "{ECHO}"}}], "meta": {{"status": "{status}"}}}}'


def hang_up(request: Any) -> None:
    request.connection.shutdown(socket.SHUT_RDWR)


FAILURES: dict[str, Callable[[Any], None]] = {
    "invalid": body(errors("invalid"), status=400),
    "auth error": body(errors("auth_error"), status=401),
    "auth required": body(errors("auth_required"), status=401),
    "not found": body(errors("not_found"), status=404),
    "bad request": body(errors("bad_request"), status=400),
    "denied": body(errors("denied"), status=403),
    "conflict": body(errors("conflict"), status=409),
    "unknown status": body(errors(KEY)),
    "gateway page": lambda request: body(f"<h1>{request.path}</h1><p>{ECHO}", "text/html", 502)(request),
    "other json": body(f'{{"said": "{ECHO}"}}'),
    "cut json": body(f'{{"data": [], "meta": {{"next_page": "https://api/campaigns?api_key={quote(KEY, "")}'),
    "cut xml": body(f'<result><entity name="{quote(KEY)}" id="{quote_plus(KEY)}', "text/xml"),
    "xml error": body(f'<result><status code="auth_error">{quote(KEY, "")} {SESSION}</status></result>', "text/xml"),
    "hostile xml": body(f'<!DOCTYPE r [<!ENTITY a "{KEY}">]><result/>', "text/xml"),
    "no content type": body(ECHO, ""),
    "call limit": body("<h1>Over</h1>", "text/xml", 403, X_Mashery_Error_Code="ERR_403_DEVELOPER_OVER_QPS"),
    "redirect": lambda request: body("", "text/html", 302, Location=f"https://elsewhere{request.path}")(request),
    "hangs up": hang_up,
}


def told(error: BaseException) -> Iterator[str]:
    """All that can be read off an exception and those behind it."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        each = waiting.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield f"{each} {each!r} {each.args!r} {vars(each)!r}"
        waiting += [each.__cause__, each.__context__]
    yield "".join(traceback.format_exception(error))
    yield pickle.dumps(error).decode("latin-1")
    yield str(pickle.loads(pickle.dumps(error)))


def leaks(text: str, *credentials: str) -> list[str]:
    """What of the credentials, plain or as it stands in a URL, is in a text."""
    forms = {form(each) for each in credentials for form in (str, quote, quote_plus, lambda each: quote(each, ""))}
    return sorted(form for form in forms if form in text)


@pytest.fixture
def logs(caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    """All that was logged, at the lowest level, with the records' own parts."""
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, "urllib3")
    return lambda: caplog.text + repr([vars(record) for record in caplog.records])


def test_the_search_for_leaks_finds_one() -> None:
    error = AdPlatformsError("x", body={"said": ECHO})
    assert len(leaks(" ".join(told(error)), PASSWORD, KEY, SESSION)) >= 3
    assert leaks(quote(KEY, ""), KEY)


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
@pytest.mark.parametrize("moment", ["login", "session id", "read", "read all", "save"])
def test_a_failure_shows_no_credential(web: Any, logs: Any, failure: Any, moment: str) -> None:
    fails_at = {"login": "/login", "session id": "/session", "save": "POST", "read": "GET", "read all": "GET"}[moment]

    def answers(request: Any) -> None:
        is_login = "/login" in request.path or "/session" in request.path
        wanted = fails_at in request.path if fails_at.startswith("/") else fails_at == request.command and not is_login
        (failure if wanted else login)(request)

    web.answers = answers
    given = {"session_id": SESSION} if moment == "session id" else {"username": "ann", "password": PASSWORD}
    known = {"login": (PASSWORD, KEY), "session id": (KEY, SESSION)}.get(moment, (PASSWORD, KEY, SESSION))
    t1 = T1(**given, api_key=KEY, api_base=web.url, auth_method="delayed", timeout=(5, 5))
    with pytest.raises(AdPlatformsError, match=r"\*\*\*|T1|redirected|connection") as caught:  # noqa: PT012, the login is part of it
        t1.authenticate()
        if moment == "save":
            campaign = t1.reference("campaigns", 7, version=1)
            campaign.name = "x"
            campaign.save()
        elif moment == "read":
            t1.get("campaigns")
        elif moment == "read all":
            list(t1.get_all("campaigns"))
    t1.close()
    assert str(caught.value)
    assert leaks(" ".join(told(caught.value)), *known) == []
    assert leaks(logs(), *known) == []
    assert leaks(f"{t1!r} {t1.auth!r} {t1.auth_params!r} {t1.transport!r} {vars(t1)!r}", *known) == []


def test_a_login_that_breaks_off_does_not_show_the_new_session(web: Any, logs: Any) -> None:
    for text in (
        f'{{"data": {{"session": {{"sessionid": "{SESSION}',
        f'{{"data": {{"session": {{"sessionid": "{SESSION}"',
    ):
        web.answers = body(text, Set_Cookie=f"adama_session={SESSION}")
        with pytest.raises(AdPlatformsError, match="cannot be read") as caught:
            T1("ann", PASSWORD, KEY, api_base=web.url)
        assert leaks(" ".join(told(caught.value)) + logs(), PASSWORD, KEY, SESSION[:30]) == []


def test_a_server_that_is_down_shows_no_credential(logs: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(AdPlatformsError, match="cannot reach") as caught:
        T1("ann", PASSWORD, KEY, api_base=url)
    assert leaks(" ".join(told(caught.value)), PASSWORD, KEY) == []
    assert leaks(logs(), PASSWORD, KEY) == []


def test_nothing_is_shown_while_all_goes_well(sandbox: Any, logs: Any) -> None:
    t1 = sandbox.t1()
    shown = [repr(t1), str(t1.auth_params), repr(t1.campaigns), t1.campaigns.explain(), repr(t1.campaigns.first())]
    for campaign in t1.get_all("campaigns", page_limit=100, limit={"advertiser": 7}, include="advertiser"):
        shown += [repr(campaign), repr(campaign.advertiser), repr(campaign.raw)]
    text = " ".join(shown) + logs()
    assert "campaigns" in logs(), "urllib3 logs each URL"
    for credential in (sandbox.api_key, t1.session_id):
        assert credential not in text
    assert f"password={sandbox.password}" not in text


def test_other_hosts_get_no_credential(web: Any) -> None:
    received: list[str] = []

    def answers(request: Any) -> None:
        received.append(request.headers["Host"])
        if "/login" in request.path:
            login(request)
        else:
            body("", "text/html", 307, Location=f"http://localhost:{web.server_port}{request.path}")(request)

    web.answers = answers
    t1 = T1("ann", PASSWORD, KEY, api_base=web.url)
    with pytest.raises(AdPlatformsError, match="HTTP 307"):
        t1.get("campaigns")
    t1.close()
    assert set(received) == {web.url.removeprefix("http://")}
    assert len(received) == 2
