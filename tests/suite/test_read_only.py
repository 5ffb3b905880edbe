"""``read_only=True``: reading works on every platform, and no write leaves, whichever way it is asked for."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from platforms import Platform

from adplatforms.core.errors import ClientError
from adplatforms.pinterest.description import OPERATIONS
from adplatforms.sandbox import Sandbox

REFUSED = r"the session is read_only: .* not sent .*open another session"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def reading(platform: Platform, sandbox: Sandbox) -> Iterator[Any]:
    """A session that may only read, made from one that may write; the journal of the server is empty."""
    with platform.connect(sandbox) as session:
        sandbox.journal.clear()
        yield session.using(read_only=True)
        assert not list(sandbox.journal)


def test_it_reads(reading: Any, platform: Platform) -> None:
    first = reading.query(platform.collection).first()
    assert reading.get(platform.collection, first.id).id == first.id
    assert reading.query(platform.collection).count() > 100


def test_it_refuses_every_kind_of_saving(reading: Any, platform: Platform) -> None:
    entity = reading.get(platform.collection, reading.query(platform.collection).first().id)
    entity.name = "Renamed"
    new = platform.new(reading)
    calls: list[Callable[[], object]] = [
        entity.save,
        new.save,
        lambda: reading.save_all([entity, new]),
        lambda: reading.upload("https://example.com/upload", b"x"),
        lambda: reading.transport.session.post("https://example.com/x", json={}),
    ]
    if reading.dialect.capabilities.archive:
        calls.append(lambda: reading.archive(entity))
    for call in calls:
        before = reading.stats.calls
        with pytest.raises(ClientError, match=REFUSED):
            call()
        assert reading.stats.calls == before
    assert entity.changes()


def test_it_stays_read_only(reading: Any) -> None:
    with pytest.raises(ClientError, match=r"a session that is read_only stays so .*open another session"):
        reading.using(read_only=False)
    assert reading.using(timeout=5).options.read_only


def test_the_session_it_was_made_from_still_writes(platform: Platform, writing: Any) -> None:
    writing.using(read_only=True)
    platform.new(writing).save()
    assert "read_only" not in str(writing.transport.session.send)


@pytest.fixture
def opened(sandbox: Sandbox) -> Iterator[dict[str, Any]]:
    """Sessions opened with the option, of each platform."""
    options: dict[str, Any] = {"read_only": True}
    sessions = {"t1": sandbox.t1(**options), "ttd": sandbox.ttd(**options), "pin": sandbox.pinterest(**options)}
    sandbox.journal.clear()
    sandbox.calls.clear()
    yield sessions
    assert not list(sandbox.journal)
    for session in sessions.values():
        session.close()


def _params(operation: Any) -> dict[str, Any]:
    """Something for each parameter that the operation needs."""
    return {name: "549755885175" for name, param in operation.params.items() if param.required}


def _body(operation: Any) -> list[Any]:
    return [] if operation.body is None else [{}]


def test_every_operation_of_pinterest(opened: dict[str, Any], sandbox: Sandbox) -> None:
    writing = [one for one in OPERATIONS.values() if one.writes and one.id != "oauth/token"]
    assert len(writing) > 90
    for operation in writing:
        with pytest.raises(ClientError, match=f"(?s){re.escape('the session is read_only: ')}.*not sent"):
            opened["pin"].call(operation.id, *_body(operation), check=False, **_params(operation))
    assert not list(sandbox.calls)


def test_calls_of_t1(opened: dict[str, Any], sandbox: Sandbox) -> None:
    t1 = opened["t1"]
    campaign, strategy = t1.get("campaigns", 1), t1.query("strategies").first()
    day_part = t1.query("strategy_day_parts").full().first()
    before = len(sandbox.calls)
    calls: list[Callable[[], object]] = [
        lambda: t1.call("api/v2.0/campaigns/1", form={"name": "x"}),
        lambda: t1.call("x/v1/y", json={}),
        lambda: campaign.copy(name="x"),
        lambda: campaign.save_margins({"margins.1.value": 1}),
        day_part.delete,
        strategy.copy,
        strategy.clear_domains,
        lambda: strategy.save_supplies({"supply_source.1.id": 1}),
        lambda: strategy.save_deals({"deal.1.id": 1}),
        lambda: strategy.save_domains({"domains.1.domain": "x"}),
        lambda: strategy.save_audience_segments({"segments.1.id": 1}),
        lambda: strategy.set_domains(include=["example.com"]),
        lambda: strategy.remove_retired_audience_segments([1]),
    ]
    for call in calls:
        with pytest.raises(ClientError, match=REFUSED):
            call()
    assert len(sandbox.calls) == before
    assert t1.session.get(f"{sandbox.url}/api/v2.0/campaigns/1").status_code == 200
    prepared = t1.session.prepare_request(requests.Request("DELETE", f"{sandbox.url}/api/v2.0/campaigns/1"))
    for send in (lambda: t1.session.send(prepared), lambda: t1.session.post(f"{sandbox.url}/api/v2.0/campaigns")):
        with pytest.raises(ClientError, match=REFUSED):
            send()


def test_calls_of_the_trade_desk(opened: dict[str, Any], sandbox: Sandbox) -> None:
    ttd = opened["ttd"]
    campaign = ttd.query("campaigns").first()
    campaign.name = "Renamed"
    before = len(sandbox.calls)
    calls: list[Callable[[], object]] = [
        lambda: ttd.graphql("mutation { campaignArchive(input: {}) { data { id } } }"),
        lambda: ttd.graphql("mutation { campaignArchive(input: {}) { data { id } } }", through="direct"),
        lambda: ttd.rest("PUT", "campaign", {}),
        lambda: ttd.rest("POST", "campaign", {}, through="direct"),
        lambda: ttd.rest("DELETE", "campaign/x"),
        lambda: ttd.submit([campaign]),
        lambda: ttd.clone(campaign, "A copy", "1"),
        lambda: ttd.archive_all([campaign]),
    ]
    for call in calls:
        with pytest.raises(ClientError, match=REFUSED):
            call()
    assert len(sandbox.calls) == before
    assert ttd.graphql("{ campaigns(first: 1) { nodes { id } } }")
    assert ttd.using(route="rest").query("campaigns").within(advertiser="adv0003").first()
    assert ttd.rest(
        "POST", "campaign/query/advertiser", {"AdvertiserId": "adv0003", "PageStartIndex": 0, "PageSize": 1}
    )


def test_signing_in_again_works(fresh_sandbox: Sandbox) -> None:
    client = {"client_id": fresh_sandbox.client_id, "client_secret": fresh_sandbox.client_secret}
    renewal = {"refresh_token": fresh_sandbox.refresh_token, "token_updater": lambda token: None}
    login = {"token": None, "login": fresh_sandbox.username, "password": fresh_sandbox.password}
    sessions = [
        fresh_sandbox.t1(read_only=True),
        fresh_sandbox.ttd(**login, read_only=True),
        fresh_sandbox.pinterest(**client, **renewal, read_only=True),
    ]
    for session in sessions:
        session.query("campaigns").first()
    fresh_sandbox.expire_sessions()
    for session in sessions:
        assert session.query("campaigns").first() is not None


READING = {
    "adplatforms/ttd/auth.py": "signing in",
    "adplatforms/ttd/graphql/plan.py": "GraphQL queries",
    "terminalone/auth.py": "signing in",
    "terminalone/oauth.py": "signing in",
}
"""Where requests by a writing method are made that only read."""


def test_every_request_by_a_writing_method_says_whether_it_writes() -> None:
    silent = set()
    for path in [*ROOT.glob("terminalone/**/*.py"), *ROOT.glob("adplatforms/**/*.py")]:
        if "sandbox" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            is_request = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Request"
            if not is_request or any(word.arg == "writes" for word in node.keywords):
                continue
            method = node.args[0]
            if isinstance(method, ast.Constant) and method.value in ("POST", "PUT", "PATCH", "DELETE"):
                silent.add(path.relative_to(ROOT).as_posix())
    assert silent == set(READING)


def test_the_option_is_true_or_false(sandbox: Sandbox) -> None:
    with pytest.raises(ClientError, match="read_only takes True or False, not 'yes'"):
        sandbox.t1(read_only="yes")
