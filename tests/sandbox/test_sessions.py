"""Getting in: the gateway's api_key, login, the session cookie."""

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
import requests

from adplatforms.sandbox import Sandbox

LOGIN = {"user": "demo", "password": "demo"}


@pytest.mark.parametrize("query", [{}, {"api_key": "stolen"}])
@pytest.mark.parametrize("path", ["login", "session", "campaigns", "no/such/path"])
def test_without_the_api_key_the_gateway_answers(sandbox: Sandbox, path: str, query: dict[str, str]) -> None:
    method = "POST" if path == "login" else "GET"
    reply = requests.request(method, f"{sandbox.url}/api/v2.0/{path}", params=query, data=LOGIN, timeout=30)
    assert reply.status_code == 403
    assert reply.headers["Content-Type"].startswith("text/xml")
    assert reply.text == "<h1>Developer Inactive</h1>"


def test_login_sets_the_cookie_and_tells_who_it_is(api: Any) -> None:
    reply = api.post("login", **LOGIN)
    assert api.http.cookies["adama_session"] == reply["data"]["session"]["sessionid"]
    assert len(reply["data"]["session"]["sessionid"]) == 40
    assert (reply["data"]["entity_type"], reply["data"]["id"], reply["data"]["name"]) == ("user", 1, "demo")
    assert reply["meta"] == {"status": "ok"}
    assert api.get("session")["data"]["session"]["sessionid"] == api.http.cookies["adama_session"]


def test_login_and_session_in_xml(api: Any) -> None:
    root = api.xml("session")
    assert root.find("entity").attrib == {"name": "demo", "id": "1", "type": "user"}
    assert set(root.find("session").attrib) == {"current_time", "expires", "sessionid"}
    assert root.find("status").attrib == {"code": "ok"}


def test_another_user_can_log_in(sandbox: Sandbox, login: Callable[..., Any]) -> None:
    assert login(sandbox, "viewer").get("session")["data"]["name"] == "viewer"


@pytest.mark.parametrize(
    "form", [{"user": "demo", "password": "guess"}, {"user": "nobody", "password": "demo"}, {"user": "demo"}, {}]
)
def test_a_wrong_login_is_an_auth_error(sandbox: Sandbox, form: dict[str, str]) -> None:
    url = f"{sandbox.url}/api/v2.0/login?api_key=demo-key"
    reply = requests.post(url, data=form, headers={"Accept": "application/json"}, timeout=30)
    assert "Set-Cookie" not in reply.headers
    assert reply.json()["meta"]["status"] == "auth_error"
    assert reply.json()["errors"] == [{"message": "Authentication error"}]
    root = ElementTree.fromstring(requests.post(url, data=form, timeout=30).content)
    assert root.find("status").attrib == {"code": "auth_error"}  # type: ignore[union-attr]
    assert [root.findtext(tag) for tag in ("error", "errors", "status")] == ["Authentication error"] * 3


@pytest.mark.parametrize("path", ["session", "campaigns", "campaigns/1", "no/such/path"])
def test_without_a_session_it_is_required(sandbox: Sandbox, path: str) -> None:
    url = f"{sandbox.url}/api/v2.0/{path}?api_key=demo-key"
    reply = requests.get(url, headers={"Accept": "application/json"}, timeout=30)
    assert reply.json() == {"meta": {"status": "auth_required"}}
    root = ElementTree.fromstring(requests.get(url, timeout=30).content)
    assert root.find("status").attrib == {"code": "auth_required"}  # type: ignore[union-attr]


def test_expired_sessions_are_gone_until_the_next_login(fresh_sandbox: Sandbox, own: Any) -> None:
    assert own.get("campaigns/1")["meta"]["status"] == "ok"
    fresh_sandbox.expire_sessions()
    assert own.get("campaigns/1")["meta"]["status"] == "auth_required"
    own.post("login", **LOGIN)
    assert own.get("campaigns/1")["meta"]["status"] == "ok"


def test_a_user_who_may_not_edit_is_denied(fresh_sandbox: Sandbox, login: Callable[..., Any]) -> None:
    viewer = login(fresh_sandbox, "viewer")
    version = viewer.version("campaigns/1")
    assert viewer.post("campaigns/1", version=version, name="No") == {"meta": {"status": "denied"}}
    assert viewer.get("campaigns/1")["data"]["name"] != "No"


def test_a_new_user_can_log_in_and_the_password_is_never_shown(own: Any) -> None:
    form = {"username": "new.hand", "password": "s3cret-word", "first_name": "New", "last_name": "Hand"}
    made = own.raw("POST", "users", data={**form, "role": "MANAGER", "scope": "SELECT", "type": "AGENCY", "title": "x"})
    id = made.json()["data"]["id"]
    shown = own.raw("GET", f"users/{id}"), own.raw("GET", f"users/{id}", headers={"Accept": "*/*"})
    log = own.raw("GET", f"users/{id}/history")
    assert not [reply for reply in (made, *shown, log) if "s3cret-word" in reply.text]
    reply = own.post("login", user="new.hand", password="s3cret-word")
    assert reply["data"]["name"] == "new.hand"
