"""Tokens: for a name and password, by the code flow, refreshed, expired."""

import base64
import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from adplatforms.sandbox import Sandbox

GIVEN = {
    "grant_type": "http://auth0.com/oauth/grant-type/password-realm",
    "realm": "MediaMathActiveDirectory",
    "username": "demo",
    "password": "demo",
    "client_id": "demo-client",
    "client_secret": "demo-secret",
    "audience": "https://api.mediamath.com/",
    "scope": "openid",
}


def ask(sandbox: Sandbox, **changes: Any) -> requests.Response:
    return requests.post(f"{sandbox.url}/oauth/token", json={**GIVEN, **changes}, timeout=30)


def read(sandbox: Sandbox, token: str, path: str = "api/v2.0/session", **query: str) -> requests.Response:
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    return requests.get(f"{sandbox.url}/{path}", params=query, headers=headers, timeout=30)


def claims(token: str) -> dict[str, Any]:
    payload = token.split(".")[1]
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return found


def test_a_name_and_password_buy_a_token(sandbox: Sandbox) -> None:
    reply = ask(sandbox)
    body = reply.json()
    assert reply.status_code == 200
    assert set(body) == {"access_token", "id_token", "scope", "expires_in", "token_type"}
    assert (body["expires_in"], body["token_type"], body["scope"]) == (86400, "Bearer", "openid")
    about = claims(body["access_token"])
    assert about["https://api.mediamath.com/user_id"] == 1
    assert about["https://api.mediamath.com/nickname"] == "demo"
    t1 = {"nickname": "demo", "id": 1, "scope": "GLOBAL", "role": "ADMIN", "type": "INTERNAL"}
    assert about["https://api.mediamath.com/t1"] == t1
    assert about["exp"] - about["iat"] == 86400
    assert (about["sub"], about["azp"]) == ("auth0|1", "demo-client")


@pytest.mark.parametrize(
    ("realm", "scope"),
    [
        ("MediaMathActiveDirectory", "openid"),
        ("T1DB-Production", "openid"),
        ("T1DB-QA10", "database:qa10 openid"),
        ("T1DB-QA10", None),
    ],
)
def test_realm_and_scope_are_taken(sandbox: Sandbox, realm: str, scope: str | None) -> None:
    assert ask(sandbox, realm=realm, scope=scope).json()["scope"] == (scope or "openid")


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"password": "guess"}, 403), ({"password": None}, 403), ({"username": "nobody"}, 403),
        ({"client_secret": "guess"}, 401), ({"realm": "Nowhere"}, 400), ({"realm": None}, 400),
        ({"audience": None}, 400), ({"grant_type": "password"}, 400), ({"scope": ["openid"]}, 400),
    ],
)  # fmt: skip
def test_a_refusal_has_no_token(sandbox: Sandbox, changes: dict[str, Any], status: int) -> None:
    reply = ask(sandbox, **changes)
    assert reply.status_code == status
    assert "access_token" not in reply.json()


def test_the_token_request_must_be_json(sandbox: Sandbox) -> None:
    assert requests.post(f"{sandbox.url}/oauth/token", data=GIVEN, timeout=30).status_code == 400


def test_a_token_opens_every_service_without_api_key(sandbox: Sandbox) -> None:
    token = ask(sandbox).json()["access_token"]
    session = read(sandbox, token)
    assert session.json()["data"]["name"] == "demo"
    assert session.cookies["adama_session"] == session.json()["data"]["session"]["sessionid"]
    for path in ("api/v2.0/campaigns/7", "deals/v1.0/deals/1"):
        assert read(sandbox, token, path).json()["meta"]["status"] == "ok"
    assert read(sandbox, token, api_key="demo-key").status_code == 200
    assert read(sandbox, "stolen").json()["meta"]["status"] == "auth_required"


def test_a_token_is_no_cookie_and_a_cookie_no_token(sandbox: Sandbox, api: Any) -> None:
    token = ask(sandbox).json()["access_token"]
    url = f"{sandbox.url}/api/v2.0/session?api_key=demo-key"
    assert requests.get(url, cookies={"adama_session": token}, timeout=30).status_code == 401
    assert read(sandbox, api.http.cookies["adama_session"]).status_code == 401


def authorize(sandbox: Sandbox, **changes: str) -> requests.Response:
    query = {"response_type": "code", "client_id": "demo-key", "redirect_uri": "https://app.example/back", "state": "s"}
    url = f"{sandbox.url}/oauth2/v1.0/authorize"
    return requests.get(url, params={**query, **changes}, allow_redirects=False, timeout=30)


def buy(sandbox: Sandbox, auth: tuple[str, str] | None = ("demo-key", "demo-secret"), **form: str) -> requests.Response:
    url = f"{sandbox.url}/oauth2/v1.0/token?api_key=demo-key"
    return requests.post(url, data=form, auth=auth, timeout=30)


def code_of(sandbox: Sandbox) -> str:
    return parse_qs(urlsplit(authorize(sandbox).headers["Location"]).query)["code"][0]


def test_the_code_flow(fresh_sandbox: Sandbox, spec: Path) -> None:
    reply = authorize(fresh_sandbox, redirect_uri="https://app.example/back?a=1")
    back = urlsplit(reply.headers["Location"])
    query = parse_qs(back.query)
    assert (reply.status_code, back.netloc, back.path) == (302, "app.example", "/back")
    assert (query["state"], query["a"]) == (["s"], ["1"])
    token = buy(fresh_sandbox, grant_type="authorization_code", code=query["code"][0])
    recorded = json.loads((spec / "t1" / "fixtures" / "json" / "access_token_refreshed.json").read_bytes())
    assert set(token.json()) == set(recorded)
    assert (token.json()["expires_in"], token.json()["token_type"]) == (3600, "Bearer")
    assert read(fresh_sandbox, token.json()["access_token"]).json()["data"]["id"] == 1


def test_a_code_and_a_refresh_token_are_good_once(fresh_sandbox: Sandbox) -> None:
    code = code_of(fresh_sandbox)
    first = buy(fresh_sandbox, grant_type="authorization_code", code=code).json()
    again = buy(fresh_sandbox, grant_type="authorization_code", code=code)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    form = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    second = buy(fresh_sandbox, None, **form, client_id="demo-key", client_secret="demo-secret").json()
    assert second["access_token"] != first["access_token"]
    assert second["refresh_token"] != first["refresh_token"]
    assert buy(fresh_sandbox, **form).json()["error"] == "invalid_grant"


def test_refresh_tokens_outlive_expired_sessions(fresh_sandbox: Sandbox) -> None:
    token = buy(fresh_sandbox, grant_type="authorization_code", code=code_of(fresh_sandbox)).json()
    fresh_sandbox.expire_sessions()
    assert read(fresh_sandbox, token["access_token"]).json()["meta"]["status"] == "auth_required"
    fresh = buy(fresh_sandbox, grant_type="refresh_token", refresh_token=token["refresh_token"]).json()
    assert read(fresh_sandbox, fresh["access_token"]).status_code == 200


@pytest.mark.parametrize("auth", [("demo-key", "guess"), ("demo-client", "demo-secret"), None])
def test_the_client_must_be_known(fresh_sandbox: Sandbox, auth: tuple[str, str] | None) -> None:
    reply = buy(fresh_sandbox, auth, grant_type="authorization_code", code=code_of(fresh_sandbox))
    assert (reply.status_code, reply.json()["error"]) == (401, "invalid_client")


def test_other_refusals_of_the_code_flow(fresh_sandbox: Sandbox) -> None:
    assert buy(fresh_sandbox, grant_type="password").json()["error"] == "unsupported_grant_type"
    for changes in ({"client_id": "x"}, {"response_type": "token"}, {"redirect_uri": "javascript:1"}):
        assert authorize(fresh_sandbox, **changes).status_code == 400
    url = f"{fresh_sandbox.url}/oauth2/v1.0/token"
    assert requests.post(url, auth=("demo-key", "demo-secret"), timeout=30).status_code == 403


def test_secrets_are_masked_in_the_calls(fresh_sandbox: Sandbox) -> None:
    ask(fresh_sandbox)
    code = code_of(fresh_sandbox)
    buy(fresh_sandbox, None, grant_type="authorization_code", code=code, client_secret="demo-secret")
    shown = repr(fresh_sandbox.calls)
    assert code not in shown
    assert "demo-secret" not in shown
    assert fresh_sandbox.calls[0].json["password"] == "***"
