"""OAuth2 over HTTP, against the sandbox's token endpoints."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests

from adplatforms.core.errors import AuthRequiredError, LoginError
from terminalone import T1
from terminalone.errors import ClientError, TokenError

BACK = "http://127.0.0.1:9/back"


@pytest.fixture
def client(fresh_sandbox: Any) -> Iterator[Callable[..., T1]]:
    """Makes T1 sessions on a sandbox of the test's own."""
    made: list[T1] = []

    def make(**options: Any) -> T1:
        made.append(T1(api_base=fresh_sandbox.url, auth_base=fresh_sandbox.url, **options))
        return made[-1]

    yield make
    for t1 in made:
        t1.close()


@pytest.fixture
def owner(client: Callable[..., T1], fresh_sandbox: Any) -> Callable[..., T1]:
    def make(**options: Any) -> T1:
        words = {"username": "demo", "password": "demo", "client_id": fresh_sandbox.client_id}
        return client(**{**words, "client_secret": fresh_sandbox.client_secret, **options})

    return make


@pytest.mark.parametrize("json", [True, False], ids=["json", "xml"])
def test_the_resource_owner(owner: Callable[..., T1], fresh_sandbox: Any, json: bool) -> None:
    t1 = owner(json=json)
    assert (t1.user_id, t1.username, t1.session_id) == (1, "demo", "")
    assert t1.get("campaigns", 7).id == 7
    assert "api_key" not in dict(fresh_sandbox.calls[-1].query)
    assert [call.path for call in fresh_sandbox.calls] == ["/oauth/token", "/api/v2.0/campaigns/7"]


def test_a_refused_resource_owner(owner: Callable[..., T1]) -> None:
    with pytest.raises(TokenError, match=r"HTTP 403.*Wrong email or password") as caught:
        owner(password="guessed-word")
    assert isinstance(caught.value, ClientError)
    assert "guessed-word" not in str(vars(caught.value))
    with pytest.raises(TokenError, match="Unknown realm"):
        owner(realm="Nowhere")


def test_the_resource_owners_token_serves_another_session(owner: Callable[..., T1], client: Any) -> None:
    token = owner().access_token
    t1 = client(access_token=token)
    assert (t1.user_id, t1.username, t1.access_token) == (1, "demo", token)
    assert t1.campaigns.count() == 2500


def test_a_resource_owner_goes_on_after_the_token_ended(owner: Callable[..., T1], fresh_sandbox: Any) -> None:
    t1 = owner()
    first, found = t1.access_token, []
    for campaign in t1.campaigns.page_size(10).take(120):
        found.append(campaign.id)
        if len(found) == 15:
            fresh_sandbox.expire_sessions()
    assert found == list(range(1, 121))
    assert t1.access_token != first
    assert [call.path for call in fresh_sandbox.calls].count("/oauth/token") == 2


def test_an_existing_token_that_ended(owner: Callable[..., T1], client: Any, fresh_sandbox: Any) -> None:
    t1 = client(access_token=owner().access_token)
    fresh_sandbox.expire_sessions()
    with pytest.raises(AuthRequiredError, match=r"the session has expired or was never opened"):
        t1.get("campaigns")
    with pytest.raises(LoginError, match="does not know this access token, or it has expired"):
        client(access_token=t1.access_token)


@pytest.fixture
def flow(client: Callable[..., T1], fresh_sandbox: Any) -> Callable[..., T1]:
    def make(**options: Any) -> T1:
        secret = fresh_sandbox.client_secret
        return client(**{"api_key": fresh_sandbox.api_key, "client_secret": secret, "redirect_uri": BACK, **options})

    return make


def granted(url: str) -> str:
    """Where the user's browser comes back to."""
    reply = requests.get(url, allow_redirects=False, timeout=30)
    return reply.headers["Location"]


def test_the_code_flow(flow: Callable[..., T1], fresh_sandbox: Any) -> None:
    t1 = flow()
    url, state = t1.authorization_url()
    callback = granted(url)
    assert dict(parse_qsl(urlsplit(callback).query))["state"] == state
    token = t1.fetch_token(authorization_response_url=callback, set_session=True)
    assert {"access_token", "refresh_token", "expires_in", "expires_at", "token_type"} <= set(token)
    assert t1.get("campaigns", 7).id == 7
    assert ("api_key", fresh_sandbox.api_key) in fresh_sandbox.calls[-1].query
    t1.authenticate()
    assert (t1.user_id, t1.username) == (1, "demo")


def test_a_code_is_good_once(flow: Callable[..., T1]) -> None:
    t1 = flow()
    url, _ = t1.authorization_url()
    callback = granted(url)
    t1.fetch_token(authorization_response_url=callback)
    with pytest.raises(TokenError, match=r"HTTP 400.*authorization_url\(\)"):
        t1.fetch_token(authorization_response_url=callback)


def test_a_stored_token_refreshes_itself(flow: Callable[..., T1], fresh_sandbox: Any) -> None:
    first = flow()
    url, state = first.authorization_url()
    stored = first.fetch_token(state, authorization_response_url=granted(url))
    kept: list[dict[str, Any]] = []
    t1 = flow(token=stored, token_updater=kept.append)
    for _ in range(2):  # refresh tokens are good for one use: the second time it is the new one
        fresh_sandbox.expire_sessions()
        assert t1.get("campaigns", 7).id == 7
    assert len({token["refresh_token"] for token in (stored, *kept)}) == 3
    late = flow(token={**kept[-1], "expires_at": 1}, token_updater=kept.append)
    campaign = late.get("campaigns", 7)
    campaign.name = "Saved after a refresh"
    campaign.save()
    assert len(kept) == 3


def test_signing_in_counts_among_the_calls(owner: Callable[..., T1], fresh_sandbox: Any) -> None:
    before = len(fresh_sandbox.calls)
    t1 = owner()
    t1.campaigns.first()
    assert t1.stats.calls == len(fresh_sandbox.calls) - before
