"""Faults: what a bare client sees of each, which requests they hit, and how they are switched on and off."""

import socket
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
import requests

from adplatforms.sandbox import Fault, Sandbox
from adplatforms.sandbox.faults import KINDS

CAMPAIGNS = "*/campaigns"


@pytest.fixture
def api(fresh_sandbox: Sandbox, login: Callable[..., Any]) -> Any:
    """A client that is logged in before anything goes wrong."""
    return login(fresh_sandbox)


@pytest.fixture
def get(fresh_sandbox: Sandbox, api: Any) -> Iterator[Callable[..., requests.Response]]:
    """Fetches a path, with the replies as they come."""

    def fetch(path: str = "campaigns", **params: object) -> requests.Response:
        reply: requests.Response = api.http.get(f"{api.base}{path}", params=params, timeout=30)
        return reply

    yield fetch
    fresh_sandbox.faults.clear()
    assert fetch().status_code == 200


def test_every_kind_is_described() -> None:
    assert all(about and isinstance(takes, tuple) for about, takes in KINDS.values())


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_status_instead_of_an_answer(fresh_sandbox: Sandbox, get: Any, status: int) -> None:
    fresh_sandbox.faults.add(Fault(str(status), times=1))
    reply = get()
    assert reply.status_code == status
    assert "Retry-After" not in reply.headers
    assert get().status_code == 200


def test_retry_after_in_seconds_and_as_a_date(fresh_sandbox: Sandbox, get: Any) -> None:
    fresh_sandbox.faults.add(Fault("429", retry_after=7, times=1))
    assert get().headers["Retry-After"] == "7"
    fresh_sandbox.faults.add(Fault("503", retry_after=90, http_date=True, times=1))
    headers = get().headers
    moment = parsedate_to_datetime(headers["Retry-After"]) - parsedate_to_datetime(headers["Date"])
    assert timedelta(seconds=88) <= moment <= timedelta(seconds=91)


def test_a_status_with_a_body_of_its_own(fresh_sandbox: Sandbox, get: Any) -> None:
    fresh_sandbox.faults.add(Fault("429", body='{"code": 8}', content_type="application/json", times=1))
    assert get().json() == {"code": 8}


OWN = {
    "/pinterest/v5/user_account": {"code": 8, "message": "You have exceeded your rate limit. Try again later."},
    "/ttd/v3/campaign/cmp0001": {"Message": "Too many calls"},
    "/ttd/graphql": {"message": "Too many calls"},
}


@pytest.mark.parametrize("path", OWN)
def test_too_many_calls_in_the_platforms_own_words(fresh_sandbox: Sandbox, path: str) -> None:
    fresh_sandbox.faults.add(Fault("429", retry_after=7))
    method = "POST" if path.endswith("graphql") else "GET"
    reply = requests.request(method, fresh_sandbox.url + path, timeout=10)
    assert (reply.status_code, reply.json(), reply.headers["Retry-After"]) == (429, OWN[path], "7")


@pytest.mark.parametrize("status", [502, 200])
def test_the_page_of_a_gateway(fresh_sandbox: Sandbox, get: Any, status: int) -> None:
    fresh_sandbox.faults.add(Fault("html", status=status))
    reply = get()
    assert (reply.status_code, reply.headers["Content-Type"]) == (status, "text/html")
    assert reply.text.startswith("<html>")


@pytest.mark.parametrize(
    ("kind", "error"),
    [("dropped", "RemoteDisconnected"), ("reset_before", "reset by peer"), ("reset_after", "reset by peer")],
)
def test_no_reply(fresh_sandbox: Sandbox, api: Any, kind: str, error: str) -> None:
    """The journal tells what was applied all the same."""
    version = api.version("campaigns/1")
    fresh_sandbox.faults.add(Fault(kind, method="POST", times=1))
    with pytest.raises(requests.ConnectionError, match=error):
        api.post("campaigns/1", version=version, name="Renamed")
    assert len(fresh_sandbox.journal) == (kind == "reset_after")
    assert api.version("campaigns/1") == version + (kind == "reset_after")
    assert [call.status for call in fresh_sandbox.calls if call.method == "POST"][1:] == [
        200 if kind == "reset_after" else 0
    ]


@pytest.mark.parametrize("kind", ["silent_before", "silent_after"])
def test_a_reply_that_never_comes(fresh_sandbox: Sandbox, api: Any, kind: str) -> None:
    form = {"version": api.version("campaigns/1"), "name": "Renamed"}
    fresh_sandbox.faults.add(Fault(kind, method="POST", times=1))
    with pytest.raises(requests.Timeout):
        api.http.post(f"{api.base}campaigns/1", form, timeout=(30, 0.2))
    assert api.get("campaigns/1")["meta"]["status"] == "ok"
    assert len(fresh_sandbox.journal) == (kind == "silent_after")


def test_refused_until_it_is_removed(fresh_sandbox: Sandbox, get: Any) -> None:
    address = fresh_sandbox.url
    fault = fresh_sandbox.faults.add(Fault("refused"))
    with pytest.raises(requests.ConnectionError, match="refused"):
        get()
    fresh_sandbox.faults.remove(fault)
    assert get().status_code == 200
    assert fresh_sandbox.url == address


def test_refused_for_a_while_ends_by_itself(fresh_sandbox: Sandbox, get: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    timers: list[Any] = []

    class Timer:
        def __init__(self, *arguments: Any) -> None:
            self.arguments = arguments

        def start(self) -> None:
            timers.append(self.arguments)

    monkeypatch.setattr("adplatforms.sandbox.faults.Timer", Timer)
    fresh_sandbox.faults.add(Fault("refused", seconds=5))
    [(seconds, end, arguments)] = timers
    assert seconds == 5
    with pytest.raises(requests.ConnectionError, match="refused"):
        get()
    end(*arguments)
    assert get().status_code == 200


def test_a_sandbox_that_refuses_can_be_stopped() -> None:
    with Sandbox() as sandbox:
        sandbox.faults.add(Fault("refused"))
    with pytest.raises(RuntimeError, match="not running"):
        _ = sandbox.url


def test_half_a_body(fresh_sandbox: Sandbox, get: Any) -> None:
    whole = get("campaigns/1").content
    fresh_sandbox.faults.add(Fault("truncated", times=1))
    with pytest.raises(requests.exceptions.ChunkedEncodingError, match="IncompleteRead") as caught:
        get("campaigns/1")
    assert str(len(whole) // 2) in str(caught.value)


def test_a_body_in_drips(fresh_sandbox: Sandbox, get: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, slept = get("campaigns/1").json()["data"], []
    monkeypatch.setattr(time, "sleep", slept.append)
    fresh_sandbox.faults.add(Fault("slow", seconds=5))
    assert get("campaigns/1").json()["data"] == whole
    assert sum(slept) == 5


def test_a_client_that_hangs_up_prints_nothing(
    fresh_sandbox: Sandbox, api: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    api.get("campaigns/1")
    fault = fresh_sandbox.faults.add(Fault("slow", seconds=0.05, times=1))
    with api.http.get(f"{api.base}campaigns/1", stream=True, timeout=30) as reply:
        reply.raw._fp.fp.raw._sock.shutdown(socket.SHUT_RDWR)
    assert fresh_sandbox.faults.hits(fault) == 1
    fresh_sandbox.stop()
    assert capfd.readouterr().err == ""


def test_latency_and_jitter(fresh_sandbox: Sandbox, get: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    fresh_sandbox.faults.add(Fault("latency", seconds=3, times=1))
    fresh_sandbox.faults.add(Fault("jitter", seconds=2))
    for _ in range(5):
        assert get().status_code == 200
    assert slept[0] == 3
    assert len(set(slept[1:])) == 5
    assert all(0 <= seconds <= 2 for seconds in slept[1:])


def test_another_content_type(fresh_sandbox: Sandbox, get: Any) -> None:
    fresh_sandbox.faults.add(Fault("content_type", content_type="image/png"))
    reply = get("campaigns/1")
    assert reply.headers["Content-Type"] == "image/png"
    assert reply.json()["data"]["id"] == 1


def test_a_reply_that_cannot_be_unpacked(fresh_sandbox: Sandbox, get: Any) -> None:
    fresh_sandbox.faults.add(Fault("garbled", times=1))
    with pytest.raises(requests.exceptions.ContentDecodingError, match="failed to decode it"):
        get("campaigns/1")


def test_a_reply_without_a_body(fresh_sandbox: Sandbox, get: Any) -> None:
    fresh_sandbox.faults.add(Fault("empty", times=1))
    reply = get("campaigns/1")
    assert (reply.status_code, reply.content, reply.headers["Content-Length"]) == (200, b"", "0")


def test_the_reply_to_the_request_before(fresh_sandbox: Sandbox, get: Any) -> None:
    get("campaigns/2")
    fresh_sandbox.faults.add(Fault("stale", times=2))
    assert get("campaigns/1").json()["data"]["id"] == 2
    assert get("campaigns/3").json()["data"]["id"] == 1


def test_a_page_that_comes_twice(fresh_sandbox: Sandbox, get: Any) -> None:
    fresh_sandbox.faults.add(Fault("duplicate_page", path=CAMPAIGNS, after=2, times=1))
    first, second, third, fourth = (
        [row["id"] for row in get(page_limit=10, page_offset=offset).json()["data"]] for offset in (0, 10, 20, 30)
    )
    assert (first, second, third, fourth) == ([*range(1, 11)], [*range(11, 21)], second, [*range(31, 41)])


def test_rows_that_come_and_go_between_pages(fresh_sandbox: Sandbox, get: Any) -> None:
    def page(offset: int) -> tuple[list[int], int]:
        reply = get(page_limit=2, page_offset=offset, sort_by="-id").json()
        return [row["id"] for row in reply["data"]], reply["meta"]["total_count"]

    assert page(0) == ([2500, 2499], 2500)
    fresh_sandbox.faults.add(Fault("moving_pages", rows=1, times=1))
    assert page(2) == ([2499, 2498], 2501)
    fresh_sandbox.faults.add(Fault("moving_pages", rows=-2, times=1))
    assert page(0) == ([2499, 2498], 2499)
    assert len(fresh_sandbox.journal) == 3


def test_an_expired_session(fresh_sandbox: Sandbox, get: Any, api: Any) -> None:
    fresh_sandbox.faults.add(Fault("expired", after=1, times=1))
    assert get("campaigns/1").json()["meta"]["status"] == "ok"
    assert get("campaigns/1").json()["meta"]["status"] == "auth_required"
    api.post("login", user="demo", password="demo")


def test_a_clock_that_is_ahead(fresh_sandbox: Sandbox, get: Any, api: Any) -> None:
    before = parsedate_to_datetime(get().headers["Date"])
    fault = fresh_sandbox.faults.add(Fault("skew", seconds=3600))
    assert parsedate_to_datetime(get().headers["Date"]) - before >= timedelta(hours=1)
    assert get().status_code == 200
    fresh_sandbox.faults.remove(fault)
    fresh_sandbox.faults.add(Fault("skew", seconds=86400 * 2))  # sessions last a day
    assert get("campaigns/1").json()["meta"]["status"] == "auth_required"
    fresh_sandbox.faults.clear()


def test_path_method_after_and_times_choose_the_requests(fresh_sandbox: Sandbox, get: Any, api: Any) -> None:
    fault = fresh_sandbox.faults.add(Fault("503", path=CAMPAIGNS, method="get", after=1, times=2))
    assert [get(path).status_code for path in ("agencies", "campaigns", "campaigns/1")] == [200] * 3
    assert [get().status_code for _ in range(4)] == [503, 503, 200, 200]
    assert fresh_sandbox.faults.hits(fault) == 2
    assert api.post("campaigns", name="x")["meta"]["status"] == "invalid"


def test_the_same_seed_gives_the_same_faults(fresh_sandbox: Sandbox, get: Any) -> None:
    def pattern(seed: int) -> list[int]:
        fresh_sandbox.faults.clear()
        fresh_sandbox.faults.seed = seed
        fresh_sandbox.faults.add(Fault("503", probability=0.5))
        return [get("campaigns/1").status_code for _ in range(20)]

    assert pattern(1) == pattern(1)
    assert set(pattern(1)) == {200, 503}
    assert pattern(1) != pattern(2)


def test_several_faults_hit_one_request(fresh_sandbox: Sandbox, get: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    fresh_sandbox.faults.add(Fault("latency", seconds=4))
    fresh_sandbox.faults.add(Fault("500"))
    assert get().status_code == 500
    assert slept == [4]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"kind": "418"}, "'418' is no kind of fault: latency"),
        ({"kind": "dropped", "seconds": 3}, "dropped does not take seconds, but path, method"),
        ({"kind": "refused", "path": "/x"}, "refused does not take path"),
        ({"kind": "latency"}, "latency needs seconds"),
        ({"kind": "latency", "seconds": -1}, "seconds cannot be -1"),
        ({"kind": "503", "probability": 2}, "probability is from 0 to 1"),
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Fault(**options)


def test_a_fault_in_one_line() -> None:
    assert Fault.parse("429 path=/pinterest/* probability=0.1 retry_after=2 http_date=true") == Fault(
        "429", path="/pinterest/*", probability=0.1, retry_after=2.0, http_date=True
    )


# Over HTTP


@pytest.fixture
def faults_url(fresh_sandbox: Sandbox) -> str:
    return f"{fresh_sandbox.url}/_sandbox/faults"


def test_faults_over_http(faults_url: str, get: Any) -> None:
    fault = {"kind": "503", "path": CAMPAIGNS, "times": 1, "retry_after": 2.0}
    reply = requests.post(faults_url, json=fault, timeout=30)
    assert (reply.status_code, reply.json()) == (201, fault)
    assert [get().status_code, get().status_code] == [503, 200]
    assert requests.get(faults_url, timeout=30).json() == [{**fault, "hits": 1}]
    assert requests.delete(faults_url, timeout=30).status_code == 204
    assert requests.get(faults_url, timeout=30).json() == []


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"kind": "429", "retry_after": "soon"}, "retry_after is float, not 'soon'"),
        ({"kind": "429", "times": [1]}, r"times is int, not [1]"),
        ({"kind": "429", "http_date": "perhaps"}, "http_date is bool"),
        ({"kind": "429", "tmies": 1}, "not tmies"),
        ({"path": "*"}, "A fault has a kind"),
        (["429"], "Must be a JSON object"),
        ({"kind": "refused"}, "refused needs seconds here"),
    ],
)
def test_what_is_no_fault_is_told(faults_url: str, body: Any, message: str) -> None:
    reply = requests.post(faults_url, json=body, timeout=30)
    assert reply.status_code == 400
    assert message in reply.text
    assert requests.get(faults_url, timeout=30).json() == []


def test_refused_over_http_comes_after_the_reply(
    fresh_sandbox: Sandbox, faults_url: str, get: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    later: list[Any] = []

    class Timer:
        def __init__(self, seconds: float, call: Callable[..., object], arguments: Any) -> None:
            self.start = lambda: later.append((call, arguments))

    monkeypatch.setattr("adplatforms.sandbox.control.Timer", Timer)
    reply = requests.post(faults_url, json={"kind": "refused", "seconds": 600}, timeout=30)
    assert reply.status_code == 201
    [(call, arguments)] = later
    call(*arguments)
    with pytest.raises(requests.ConnectionError, match="refused"):
        get()


def test_web_pages_are_turned_away(faults_url: str) -> None:
    reply = requests.post(faults_url, json={"kind": "500"}, headers={"Origin": "http://localhost:3000"}, timeout=30)
    assert reply.status_code == 403
    assert requests.get(faults_url, timeout=30).json() == []


def test_the_journal_and_reset_over_http(fresh_sandbox: Sandbox, api: Any) -> None:
    url = f"{fresh_sandbox.url}/_sandbox"
    name = api.get("campaigns/1")["data"]["name"]
    api.post("campaigns/1", version=api.version("campaigns/1"), name="Renamed")
    entry = {"platform": "t1", "action": "update", "kind": "campaign", "id": "1"}
    assert requests.get(f"{url}/journal", timeout=30).json() == [entry]
    assert requests.post(f"{url}/reset", timeout=30).status_code == 204
    assert api.get("campaigns/1")["data"]["name"] == name
    assert requests.delete(f"{url}/journal", timeout=30).status_code == 204
    assert requests.get(f"{url}/journal", timeout=30).json() == []
    assert requests.get(f"{url}/nothing", timeout=30).status_code == 404
    assert "/_sandbox/journal" not in [call.path for call in fresh_sandbox.calls]


def test_a_connection_that_is_reset_ends_at_once(fresh_sandbox: Sandbox) -> None:
    """The client sees a reset (RST), not an orderly end (FIN)."""
    fresh_sandbox.faults.add(Fault("reset_before"))
    host, _, port = fresh_sandbox.url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=30) as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        with pytest.raises(ConnectionResetError):
            client.recv(1)
