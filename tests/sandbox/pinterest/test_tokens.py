"""OAuth and rate limits."""

from datetime import UTC, datetime
from typing import Any

import requests

from adplatforms.sandbox.pinterest import AD_ACCOUNT_ID

ACCOUNT = f"/ad_accounts/{AD_ACCOUNT_ID}"
APP = ("demo-client", "demo-secret")


def token(api: Any, **form: str) -> requests.Response:
    return requests.post(f"{api.base}/oauth/token", data=form, auth=APP, timeout=30)


def test_refresh_tokens_rotate(own: Any) -> None:
    once = token(own, grant_type="refresh_token", refresh_token="demo-refresh")
    assert once.json()["refresh_token"] != "demo-refresh"
    again = token(own, grant_type="refresh_token", refresh_token="demo-refresh")
    assert (again.status_code, again.json()["code"]) == (401, 283)
    own.http.headers["Authorization"] = f"Bearer {once.json()['access_token']}"
    assert own.get("/ad_accounts")["items"]


def test_expired_access_tokens_are_refused_and_refresh_tokens_survive(own: Any) -> None:
    own.get("/ad_accounts")
    own.sandbox.expire_sessions()
    assert own.refused("/ad_accounts")[:2] == (401, 2)
    assert token(own, grant_type="refresh_token", refresh_token="demo-refresh").status_code == 200


def test_scopes_and_kinds_of_tokens_are_checked(own: Any) -> None:
    narrow = token(own, grant_type="client_credentials", scope="ads:read").json()
    assert "refresh_token" not in narrow
    own.http.headers["Authorization"] = f"Bearer {narrow['access_token']}"
    assert own.get("/ad_accounts")["items"]
    assert own.refused("/boards")[:2] == (403, 3)
    reply = own.raw("POST", f"{ACCOUNT}/campaigns", json=[])
    assert (reply.status_code, reply.json()["code"]) == (403, 3)


def test_the_app_must_show_its_secret(own: Any) -> None:
    form = {"grant_type": "client_credentials", "scope": "ads:read"}
    reply = requests.post(f"{own.base}/oauth/token", data=form, auth=("demo-client", "wrong"), timeout=30)
    assert (reply.status_code, reply.json()["code"]) == (401, 2)


def test_a_conversion_token_only_sends_events(own: Any) -> None:
    made = own.raw("POST", "/oauth/conversion_token").json()
    own.http.headers["Authorization"] = f"Bearer {made['access_token']}"
    assert own.refused("/ad_accounts")[:2] == (403, 29)
    now = int(datetime.now(UTC).timestamp())
    event = {"event_name": "checkout", "action_source": "web", "event_id": "1", "user_data": {"em": ["a" * 64]}}
    sent = own.send("POST", f"{ACCOUNT}/events", {"data": [{**event, "event_time": now}, {**event, "event_time": 1}]})
    assert (sent["num_events_received"], sent["num_events_processed"]) == (2, 1)


def test_replies_tell_the_quota_of_their_category(own: Any) -> None:
    once = own.raw("GET", "/ad_accounts").headers
    again = own.raw("GET", f"{ACCOUNT}/campaigns").headers
    other = own.raw("GET", "/boards").headers
    left = [int(headers["X-RateLimit-Remaining"]) for headers in (once, again, other)]
    assert left[0] - left[1] == 1
    assert left[2] == left[0]
    assert once["X-RateLimit-Limit"].endswith(";w=60")
    assert 0 < int(once["X-RateLimit-Reset"]) <= 60
    assert once["x-pinterest-rid"] != again["x-pinterest-rid"]


def test_a_quota_that_is_used_up(own: Any) -> None:
    settings = f"{own.sandbox.url}/pinterest/_settings"
    assert requests.patch(settings, json={"limits": {"ads_read": 2}}, timeout=30).status_code == 200
    seen = [own.raw("GET", "/ad_accounts") for _ in range(3)]
    assert [reply.status_code for reply in seen] == [200, 200, 429]
    assert [reply.headers["X-RateLimit-Remaining"] for reply in seen] == ["1", "0", "0"]
    assert seen[2].json()["code"] == 8
    assert own.raw("GET", "/boards").status_code == 200
    own.sandbox.reset()
    assert own.raw("GET", "/ad_accounts").status_code == 200


def test_analytics_may_hide_their_limit(own: Any) -> None:
    settings = f"{own.sandbox.url}/pinterest/_settings"
    requests.patch(settings, json={"limits": {"ads_analytics": 0}, "hidden_limits": True}, timeout=30)
    status, _, message = own.refused(f"{ACCOUNT}/analytics")
    assert (status, message.startswith("Too many requests. Retry after ")) == (400, True)


def test_spam_is_another_429(own: Any) -> None:
    requests.patch(f"{own.sandbox.url}/pinterest/_settings", json={"spam": True}, timeout=30)
    reply = own.raw("POST", "/boards", json={"name": "New"})
    assert (reply.status_code, "spam" in reply.json()["message"]) == (429, True)
    assert own.get("/boards")["items"]


def test_settings_are_checked(own: Any) -> None:
    settings = f"{own.sandbox.url}/pinterest/_settings"
    assert requests.get(settings, timeout=30).json()["job_looks"] == 3
    for wrong in ({"nonsense": 1}, {"job_looks": "two"}, []):
        assert requests.patch(settings, json=wrong, timeout=30).status_code == 400


def test_resetting_makes_the_first_tokens_good_again(own: Any) -> None:
    own.sandbox.expire_sessions()
    token(own, grant_type="refresh_token", refresh_token="demo-refresh")
    own.sandbox.reset()
    assert own.get("/ad_accounts")["items"]
    assert token(own, grant_type="refresh_token", refresh_token="demo-refresh").status_code == 200


def test_some_calls_may_fail_for_a_while(own: Any) -> None:
    requests.patch(f"{own.sandbox.url}/pinterest/_settings", json={"temporary": 1}, timeout=30)
    assert own.refused("/boards")[:2] == (400, 12)
    assert own.get("/boards")["items"]
