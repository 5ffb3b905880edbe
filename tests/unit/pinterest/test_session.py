"""The session: where it talks to, calls of any operation by its id, whom it acts for."""

import logging
from typing import Any

import pytest

from adplatforms.core.errors import (
    AdPlatformsWarning,
    ClientError,
    DeniedError,
    InvalidValueError,
    NotFoundError,
    PagingError,
    RateLimitError,
    UnknownNameError,
)
from adplatforms.core.messages import Request
from adplatforms.core.testing import FakeTransport, reply
from adplatforms.net.retry import Retry
from adplatforms.net.transport import HttpTransport
from adplatforms.pinterest import Pinterest
from adplatforms.sandbox import Sandbox

ACCOUNT = "549755885175"
EMPTY: dict[str, Any] = {"items": [], "bookmark": None}


def opened(script: Any, **words: Any) -> tuple[Pinterest, list[Request]]:
    transport = FakeTransport(script)
    return Pinterest("a-token", transport=transport, **words), transport.calls


@pytest.mark.parametrize(
    ("words", "url"),
    [
        ({}, "https://api.pinterest.com/v5"),
        ({"environment": "sandbox"}, "https://api-sandbox.pinterest.com/v5"),
        ({"api_base": "pinterest.example.org"}, "https://pinterest.example.org/v5"),
        ({"api_base": "127.0.0.1:8080"}, "https://127.0.0.1:8080/v5"),
        ({"api_base": "http://127.0.0.1:8080/pinterest"}, "http://127.0.0.1:8080/pinterest/v5"),
        ({"api_base": "https://pinterest.example.org/v5/"}, "https://pinterest.example.org/v5"),
    ],
)
def test_where_it_talks_to(words: dict[str, str], url: str) -> None:
    with Pinterest("a-token", **words) as session:  # type: ignore[arg-type]
        assert isinstance(session.transport, HttpTransport)
        assert session.transport.base_url == session.api_base == url


def test_plain_http_is_for_this_machine_only() -> None:
    with pytest.raises(ClientError, match="plain http would show the credentials"):
        Pinterest("a-token", api_base="http://pinterest.example.org")


@pytest.mark.parametrize("base", ["http://[::1", "https://", "ftp://example.org", "https://a:b@example.org"])
def test_what_is_no_url_is_refused(base: str) -> None:
    with pytest.raises(ClientError, match="is not a base URL"):
        Pinterest("a-token", api_base=base)


def test_an_unknown_environment_is_refused() -> None:
    with pytest.raises(ClientError, match=r"no environment 'sandbx' .*'sandbox'"):
        Pinterest("a-token", environment="sandbx")


def test_an_unknown_option_is_refused() -> None:
    with pytest.raises(UnknownNameError, match=r"'timout' .*'timeout'"):
        Pinterest("a-token", timout=5)


def test_any_operation_is_called_with_the_session_s_account() -> None:
    session, calls = opened([reply(EMPTY)], ad_account_id=ACCOUNT)
    assert session.call("campaigns_list", campaign_ids=["1", "2"], page_size=5) == EMPTY
    assert calls[0].path == f"ad_accounts/{ACCOUNT}/campaigns"
    assert set(calls[0].params) == {("campaign_ids", "1"), ("campaign_ids", "2"), ("page_size", "5")}


def test_another_account_can_be_named() -> None:
    session, calls = opened([reply(EMPTY)], ad_account_id=ACCOUNT)
    session.call("campaigns/list", ad_account_id="7")
    assert calls[0].path == "ad_accounts/7/campaigns"


def test_without_an_account_the_cure_is_told() -> None:
    session, calls = opened([])
    with pytest.raises(InvalidValueError, match=r"campaigns/list needs ad_account_id .*Pinterest\(ad_account_id"):
        session.call("campaigns/list")
    assert calls == []


def test_a_session_shows_whose_records_are_meant() -> None:
    session, _ = opened([], ad_account_id=7, act_as="8")
    assert repr(session) == "<Pinterest https://api.pinterest.com/v5 ad_account_id=7 act_as=8>"
    assert repr(opened([])[0]) == "<Pinterest https://api.pinterest.com/v5>"


def test_organic_calls_act_for_an_account_when_asked_to() -> None:
    session, calls = opened([reply(EMPTY)] * 3, ad_account_id=ACCOUNT)
    session.call("boards/list")
    session.act_as = "7"
    session.call("boards/list")
    session.call("boards/list", ad_account_id="8")
    assert [dict(call.params) for call in calls] == [{}, {"ad_account_id": "7"}, {"ad_account_id": "8"}]


def test_members_of_the_body_are_taken_by_name() -> None:
    session, calls = opened([reply({"id": "1"})])
    assert session.call("boards/create", name="Spring", privacy="SECRET") == {"id": "1"}
    assert calls[0].json == {"name": "Spring", "privacy": "SECRET"}
    assert calls[0].writes


def test_entities_stand_for_their_ids() -> None:
    session, calls = opened([reply({"id": "7"})])
    board = session.reference("boards", "7")
    session.call("boards/get", board_id=board)
    assert calls[0].path == "boards/7"


@pytest.mark.parametrize(
    ("operation", "words", "told"),
    [
        ("campaign/list", {}, "no operation 'campaign/list' .*'campaigns/list'"),
        ("campaigns/list", {"campaign_id": "7"}, "campaigns/list has no 'campaign_id' .*'campaign_ids'"),
        ("boards/create", {"nme": "x", "name": "y"}, "has no member 'nme' .*'name'"),
        ("boards/create", {}, "boards/create needs a body"),
        (
            "campaigns/create",
            {"name": "x"},
            r"has no 'name' \(its body is a list: call\('campaigns/create', \[\{'name'",
        ),
        ("campaigns/create", {"nme": "x"}, "campaigns/create has no 'nme' .*'name'"),
        ("campaigns/create", {}, "campaigns/create needs a body"),
    ],
)
def test_a_wrong_word_is_refused_before_anything_is_sent(operation: str, words: dict[str, Any], told: str) -> None:
    session, calls = opened([], ad_account_id=ACCOUNT)
    with pytest.raises(ClientError, match=told):
        session.call(operation, **words)
    assert calls == []


def test_parameters_that_pinterest_added_since_are_sent_unchecked() -> None:
    session, calls = opened([reply(EMPTY), reply({"items": []})], ad_account_id=ACCOUNT)
    session.call("campaigns/list", check=False, next_year=["a", True], page_size=900)
    session.call("campaigns/create", [{"name": "x"}], check=False, dry=True)
    assert calls[0].params == (("page_size", "900"), ("next_year", "a"), ("next_year", "true"))
    assert (calls[1].params, calls[1].json) == ((("dry", "true"),), [{"name": "x"}])


def test_an_answer_without_a_body_is_none() -> None:
    session, _ = opened([reply(b"", "application/json", 204)])
    assert session.call("boards/delete", board_id="7") is None


def test_a_refusal_is_a_typed_error_with_pinterest_s_words() -> None:
    session, _ = opened([reply({"code": 40, "message": "Board not found."}, status=404, x_pinterest_rid="5")])
    with pytest.raises(NotFoundError, match="Board not found") as caught:
        session.call("boards/get", board_id="7")
    assert (caught.value.status, caught.value.code, caught.value.request_id) == (404, 40, "5")


def test_pages_are_read_as_they_are_needed() -> None:
    pages = [{"items": [{"id": "1"}, {"id": "2"}], "bookmark": "b"}, {"items": [], "bookmark": "c"}]
    session, calls = opened([*map(reply, pages), reply({"items": [{"id": "3"}], "bookmark": None})])
    rows = session.call_pages("boards/list", privacy="PUBLIC")
    assert next(rows) == {"id": "1"}
    assert len(calls) == 1
    assert [row["id"] for row in rows] == ["2", "3"]
    assert [dict(call.params) for call in calls] == [
        {"privacy": "PUBLIC", "page_size": "250"},
        {"privacy": "PUBLIC", "page_size": "250", "bookmark": "b"},
        {"privacy": "PUBLIC", "page_size": "250", "bookmark": "c"},
    ]


def test_a_bookmark_that_comes_again_is_an_error() -> None:
    session, _ = opened([reply({"items": [{"id": str(n)}], "bookmark": "string"}) for n in range(5)])
    with pytest.raises(PagingError, match="same bookmark twice"):
        list(session.call_pages("boards/list"))


def test_what_does_not_come_in_pages_says_so() -> None:
    session, _ = opened([])
    with pytest.raises(ClientError, match=r"boards/get does not answer in pages \(call\('boards/get'\)"):
        session.call_pages("boards/get", board_id="7")


def test_ids_can_be_joined_as_pinterest_s_own_sdk_does() -> None:
    session, calls = opened([reply(EMPTY)], ad_account_id=ACCOUNT, join_ids=True)
    session.call("campaigns/list", campaign_ids=["1", "2"])
    assert calls[0].params == (("campaign_ids", "1,2"),)


def test_pinterest_s_sandbox_warns_once_of_what_it_does_not_serve() -> None:
    session, calls = opened([reply(EMPTY)] * 3, environment="sandbox", ad_account_id=ACCOUNT)
    with pytest.warns(AdPlatformsWarning, match='does not serve audiences/list: use environment="production"'):
        session.call("audiences/list")
    session.call("audiences/list")
    session.call("campaigns/list")
    assert len(calls) == 3


def test_a_token_renews_itself_against_a_real_server(fresh_sandbox: Sandbox) -> None:
    told: list[dict[str, Any]] = []
    app = {"client_id": "demo-client", "client_secret": "demo-secret", "refresh_token": "demo-refresh"}
    base = fresh_sandbox.url + "/pinterest"
    with Pinterest("stale", api_base=base, token_updater=told.append, **app) as session:  # type: ignore[arg-type]
        accounts = [row["id"] for row in session.call_pages("ad_accounts/list")]
    assert ACCOUNT in accounts
    assert len(told) == 1
    assert session.stats.quotas["ads_read"].remaining


@pytest.mark.parametrize(
    ("operation", "words", "told"),
    [
        ("feeds/update", {"feed_id": "7", "credentials": "hidden"}, "feeds/update.credentials is a dict, not a str"),
        ("feeds/update", {"feed_id": "7", "credentials": {"username": "x", "password": ["hidden"]}}, "not a list"),
        ("customer_lists/create", {"name": "x", "records": ["hidden@example.org"]}, "records is text, not a list"),
        ("events/create", {"body": [{"user_data": "hidden"}]}, "events/create is a dict, not a list"),
    ],
)
def test_no_error_shows_credentials_or_people(operation: str, words: dict[str, Any], told: str) -> None:
    session, calls = opened([], ad_account_id=ACCOUNT)
    with pytest.raises(InvalidValueError, match=told) as caught:
        session.call(operation, **words)
    assert "hidden" not in f"{caught.value!r} {caught.value}"
    assert calls == []


def test_an_error_cuts_what_is_long() -> None:
    session, _ = opened([], ad_account_id=ACCOUNT)
    with pytest.raises(InvalidValueError, match=r"not \['7', '7', .*…$") as caught:
        session.call("boards/create", ["7"] * 10_000)
    assert len(str(caught.value)) < 200


def test_no_log_shows_credentials_or_people(fresh_sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    feed = {"name": "f", "format": "XML", "location": "https://example.org/f.xml", "catalog_type": "RETAIL"}
    feed |= {"default_country": "US", "default_currency": "USD", "default_locale": "en-US"}
    login = {"username": "hidden-name", "password": "hidden-word"}
    app = {"client_id": "demo-client", "client_secret": "demo-secret", "refresh_token": "demo-refresh"}
    logger = logging.getLogger("calls")
    with caplog.at_level(logging.DEBUG, "calls"):
        session = Pinterest(**app, api_base=fresh_sandbox.url + "/pinterest", token_updater=bool, debug_logger=logger)  # type: ignore[arg-type]
        with session:
            session.call("feeds/create", {**feed, "credentials": login})
            token = session.token["access_token"]
    assert "catalogs/feeds" in caplog.text
    secrets = ("hidden-name", "hidden-word", "demo-secret", "demo-refresh", token)
    assert not [one for one in secrets if one in caplog.text]


LIMITS = {"x_ratelimit_limit": "100, 100;w=1, 1000;w=60", "x_ratelimit_remaining": "0"}


def test_a_429_waits_as_told_and_the_quota_is_visible() -> None:
    waits: list[float] = []
    limited = reply({"code": 8, "message": "Too many calls."}, status=429, **LIMITS, x_ratelimit_reset="3")
    patient = Retry(sleep=waits.append, clock=lambda: sum(waits))
    session, calls = opened([limited, reply(EMPTY)], ad_account_id=ACCOUNT, retry=patient)
    assert session.call("campaigns/list") == EMPTY
    assert (waits, len(calls)) == ([3.0], 2)
    quota = session.stats.quotas["ads_read"]
    assert (quota.limit, quota.remaining, session.stats.waits) == (100, 0, 1)


def test_a_wait_of_hours_is_an_error_that_tells_the_seconds() -> None:
    waits: list[float] = []
    limited = reply({"code": 8, "message": "You have exceeded your rate limit."}, status=429, x_ratelimit_reset="67150")
    session, calls = opened([limited], ad_account_id=ACCOUNT, retry=Retry(sleep=waits.append))
    with pytest.raises(RateLimitError, match="asks to wait 67,150 seconds, more than longest_wait") as caught:
        session.call("campaigns/list")
    assert (caught.value.retry_after, waits, len(calls)) == (67150.0, [], 1)


def test_spam_protection_is_not_waited_out() -> None:
    waits: list[float] = []
    spam = reply({"code": 9, "message": "This request looks like spam."}, status=429)
    session, calls = opened([spam], ad_account_id=ACCOUNT, retry=Retry(sleep=waits.append))
    with pytest.raises(DeniedError, match="looks like spam"):
        session.call("campaigns/list")
    assert (waits, len(calls)) == ([], 1)
