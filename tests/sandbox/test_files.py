"""Files beside the platforms: presigned URLs that refuse credentials."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import requests

from adplatforms.sandbox.faults import Fault, Faults
from adplatforms.sandbox.files import Files


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 22, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def faults(clock: Clock) -> Faults:
    return Faults(clock, lambda wanted: None)


@pytest.fixture
def files(clock: Clock, faults: Faults) -> Iterator[Files]:
    server = Files("127.0.0.1", clock, faults)
    yield server
    server.close()


def test_files_can_be_hit_by_faults(files: Files, faults: Faults) -> None:
    url = files.publish(b"rows" * 100, "text/csv")
    faults.add(Fault("503", path="/files/*", times=1))
    faults.add(Fault("truncated", path="/files/*", after=1, times=1))
    assert requests.get(url, timeout=30).status_code == 503
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        requests.get(url, timeout=30)
    assert requests.get(url, timeout=30).content == b"rows" * 100


def test_a_published_file_is_fetched_as_it_is(files: Files) -> None:
    content = bytes(range(256)) * 1000
    reply = requests.get(files.publish(content, "text/csv"), timeout=30)
    assert (reply.status_code, reply.headers["Content-Type"], reply.content) == (200, "text/csv", content)


def test_a_file_without_its_key_is_not_there(files: Files) -> None:
    parts = urlsplit(files.publish(b"secret", "text/plain"))
    assert requests.get(f"{parts.scheme}://{parts.netloc}/files/", timeout=30).status_code == 404


@pytest.mark.parametrize("header", ["Authorization", "TTD-Auth", "Cookie"])
def test_a_request_that_carries_a_credential_is_refused(files: Files, header: str) -> None:
    url = files.publish(b"rows", "text/csv")
    upload, key = files.accept()
    for reply in (
        requests.get(url, headers={header: "Bearer demo-token"}, timeout=30),
        requests.put(upload, b"rows", headers={header: "Bearer demo-token"}, timeout=30),
    ):
        assert reply.status_code == 400
        assert header in reply.text
    assert files.received(key) is None


@pytest.mark.parametrize("name", ["api_key", "access_token"])
def test_so_is_one_with_a_credential_in_its_query(files: Files, name: str) -> None:
    assert requests.get(f"{files.publish(b'', 'text/csv')}&{name}=demo", timeout=30).status_code == 400


def test_a_url_ends_when_its_time_has_come(files: Files, clock: Clock) -> None:
    url = files.publish(b"rows", "text/csv", seconds=60)
    assert requests.get(url, timeout=30).status_code == 200
    clock.time += timedelta(seconds=60)
    assert requests.get(url, timeout=30).status_code == 403


def test_uploads_raw_and_as_a_form(files: Files) -> None:
    url, key = files.accept()
    assert files.received(key) is None
    assert requests.put(url, b"a,b\n1,2\n", timeout=30).ok
    assert files.received(key) == b"a,b\n1,2\n"
    form_url, form_key = files.accept()
    reply = requests.post(
        form_url, {"policy": "p"}, files={"file": ("video.mp4", b"\x00\x01", "video/mp4")}, timeout=30
    )
    assert reply.status_code == 204
    assert (files.received(form_key), files.fields(form_key)) == (b"\x00\x01", {"policy": "p"})


def test_what_is_fetched_is_not_uploaded_to_and_the_other_way_round(files: Files) -> None:
    assert requests.put(files.publish(b"rows", "text/csv"), b"other", timeout=30).status_code == 405
    assert requests.get(files.accept()[0], timeout=30).status_code == 405


def test_nothing_is_served_after_the_end(files: Files) -> None:
    url = files.publish(b"rows", "text/csv")
    files.close()
    with pytest.raises(requests.ConnectionError):
        requests.get(url, timeout=30)
