"""Whose session it is, and what the session signs: end to end, where a mistake would cost most."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from adplatforms.core.errors import ConnectError, LoginError, ParserException, ValidationError
from adplatforms.core.testing import FakeTransport, assert_calls, reply
from adplatforms.sandbox import Sandbox
from terminalone import T1


@pytest.fixture
def signed(fresh_sandbox: Sandbox) -> Iterator[T1]:
    with fresh_sandbox.t1() as t1:
        yield t1


def test_a_session_of_somebody_else_is_not_continued_as_oneself(fresh_sandbox: Sandbox) -> None:
    key, base = fresh_sandbox.api_key, fresh_sandbox.url
    with T1("viewer", "demo", key, api_base=base) as other:
        theirs = other.session_id
    with T1("demo", "demo", key, session_id=theirs, api_base=base) as t1:
        whose = t1.user_id
        fresh_sandbox.expire_sessions()
        with pytest.raises(LoginError, match=f"of user {whose}"):
            t1.get("campaigns", 7)
        assert t1.user_id == whose


def test_a_session_id_of_ones_own_drops_the_old_name_and_password(fresh_sandbox: Sandbox) -> None:
    with T1("viewer", "demo", fresh_sandbox.api_key, api_base=fresh_sandbox.url) as other:
        theirs = other.session_id
    with fresh_sandbox.t1() as t1:
        t1.authenticate(session_id=theirs)
        fresh_sandbox.expire_sessions()
        with pytest.raises(PermissionError, match=r"the session has expired or was never opened"):
            t1.get("campaigns", 7)


def test_what_is_sent_through_the_requests_session_is_signed_for_the_own_host(
    signed: T1, fresh_sandbox: Sandbox
) -> None:
    url = f"{fresh_sandbox.url}/api/v2.0/campaigns/7"
    assert signed.session.get(url, timeout=10).status_code == 200
    assert dict(fresh_sandbox.calls[-1].query)["api_key"]
    prepared = signed.session.prepare_request(requests.Request("GET", "https://elsewhere.example/api?x=1"))
    assert prepared.url == "https://elsewhere.example/api?x=1"
    assert "Cookie" not in prepared.headers


@pytest.mark.parametrize("words", [{"sort_by": "name"}, {"page_offset": 100}, {"page_limit": 1000}])
def test_paging_words_beside_an_id_are_left_out_as_ever(signed: T1, words: dict[str, Any]) -> None:
    with assert_calls(signed, 1) as calls:
        assert signed.get("campaigns", 7, **words).id == 7
    assert calls[0].params == ()


def test_setting_one_list_of_permissions_sends_all_three(signed: T1) -> None:
    permissions = signed.get("users", 2, "permissions")
    permissions.add("agency", [101, 102])
    permissions.save()
    permissions.advertiser_id = [1]
    with assert_calls(signed) as calls:
        permissions.save()
    sent = [pair for request in calls if request.form for pair in request.form]
    assert ("advertiser_id", "1") in sent
    assert {("agency_id", "101"), ("agency_id", "102")} <= set(sent)


def test_a_token_updater_may_use_the_session(fresh_sandbox: Sandbox) -> None:
    stored: list[Any] = []

    def update(token: dict[str, Any]) -> None:
        stored.append((token["access_token"], t1.get("campaigns", 7).id))

    grants = iter([reply({"access_token": "fresh", "refresh_token": "r2", "expires_in": 3600, "token_type": "Bearer"})])

    def answer(request: Any) -> Any:
        if "oauth2" in request.path:
            return next(grants)
        row = {"entity_type": "campaign", "id": 7, "version": 1}
        return reply({"data": row, "meta": {"status": "ok"}})

    old = {"access_token": "old", "refresh_token": "r1", "expires_at": 1, "token_type": "Bearer"}
    t1 = T1(
        api_key="key-key",
        client_secret="secret-secret",
        token=old,
        token_updater=update,
        auth_method="delayed",
        transport=FakeTransport(answer),
    )
    t1.auth.named = None
    assert t1.get("campaigns", 7).id == 7
    assert stored == [("fresh", 7)]


def test_a_write_that_was_refused_is_not_told_as_unsure_when_signing_in_fails(signed: T1) -> None:
    campaign = signed.get("campaigns", 7)
    campaign.name = "Once"
    real, expired = signed.transport, reply({"meta": {"status": "auth_required"}, "errors": []})

    class Down:
        def __init__(self) -> None:
            self.sent: list[str] = []

        def send(self, request: Any) -> Any:
            self.sent.append(request.label)
            if "login" in request.path:
                raise ConnectError("the line is down", request=request.label)
            return type(expired)(expired.status, expired.headers, expired.content, request)

        def close(self) -> None: ...

    signed.transport = Down()  # type: ignore[assignment]
    with pytest.raises(ConnectError, match="the line is down") as caught:
        campaign.save()
    assert "may have been applied" not in str(caught.value)
    signed.transport = real
    assert campaign.save()


def test_no_frame_of_a_failed_call_holds_the_raw_reply() -> None:
    body = '{"meta": {"next_page": "https://x/?api_key=KEYKEYKEY", "status": "inv'
    t1 = T1("u", api_key="KEYKEYKEY", auth_method="delayed", transport=FakeTransport([reply(body, "application/json")]))
    with pytest.raises(ParserException, match="JSON that cannot be read") as caught:
        t1.using(retry=None).get("campaigns", 7)
    frame = caught.value.__traceback__
    while frame is not None:
        if "adplatforms" in frame.tb_frame.f_code.co_filename or "terminalone" in frame.tb_frame.f_code.co_filename:
            assert "KEYKEYKEY" not in repr(frame.tb_frame.f_locals)
        frame = frame.tb_next


def test_a_refused_login_says_why(fresh_sandbox: Sandbox) -> None:
    with pytest.raises(LoginError, match="T1 refused the login of 'demo': Authentication error") as caught:
        T1("demo", "wrong-password", fresh_sandbox.api_key, api_base=fresh_sandbox.url)
    assert not isinstance(caught.value, ValidationError)
    assert "wrong-password" not in str(caught.value)
