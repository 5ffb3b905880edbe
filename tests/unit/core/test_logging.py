"""The log of the packages: a record for each call, retry and write of unknown fate, credentials masked."""

import logging
import subprocess
import sys
from typing import Any

import pytest

from adplatforms.core.errors import AmbiguousWrite, ConnectError, UnavailableError
from adplatforms.core.messages import Answer, Request
from adplatforms.core.secrets import Secret
from adplatforms.core.testing import reply

READ = Request("GET", "shops", category="read")
WRITE = Request("POST", "shops", json={}, writes=True)
SECRETS = ("s3cret-token", "s3cret-key")


@pytest.fixture
def records(caplog: Any) -> Any:
    """The records of our logger, all levels."""
    with caplog.at_level(logging.DEBUG, "adplatforms"):
        yield lambda level=0: [r for r in caplog.records if r.name == "adplatforms" and r.levelno >= level]


def test_a_call_is_one_record_at_debug(over_http: Any, web: Any, records: Any) -> None:
    web.answers = lambda request: request.reply(b'{"rows": []}', "application/json")
    over_http().fetch_page(READ)
    [record] = records()
    assert record.levelno == logging.DEBUG
    assert record.getMessage().startswith("GET shops: HTTP 200, 12 bytes, 0.")
    assert (record.status, record.request) == (200, "GET shops")
    assert len(record.request_id) == 8
    assert f"[{record.request_id}]" in record.getMessage()
    assert record.seconds >= 0


def test_two_requests_have_two_ids(over_http: Any, web: Any, records: Any) -> None:
    web.answers = lambda request: request.reply(b'{"rows": []}', "application/json")
    one = over_http()
    one.fetch_page(READ)
    one.fetch_page(READ)
    assert len({record.request_id for record in records()}) == 2


def test_attempts_of_a_request_share_its_id(over_http: Any, web: Any, records: Any) -> None:
    statuses = iter([503, 503])
    web.answers = lambda request: request.reply(b'{"rows": []}', "application/json", next(statuses, 200))
    over_http().fetch_page(READ)
    assert [record.levelname for record in records()] == ["DEBUG", "INFO", "DEBUG", "INFO", "DEBUG"]
    assert len({record.request_id for record in records()}) == 1
    retries = records(logging.INFO)
    assert [record.attempt for record in retries] == [1, 2]
    assert retries[0].getMessage().startswith("GET shops: attempt 1 failed, the next one is in ")
    assert "UnavailableError" in retries[0].getMessage()


def test_a_call_without_an_answer_is_a_record_too(over_http: Any, nowhere: str, records: Any) -> None:
    one = over_http(nowhere, retry=None)
    with pytest.raises(ConnectError, match="cannot reach"):
        one.fetch_page(READ)
    [record] = records()
    assert record.levelno == logging.DEBUG
    assert record.getMessage().startswith("GET shops: ConnectError: cannot reach http://127.0.0.1")


def test_a_write_of_unknown_fate_is_a_warning(session: Any, records: Any) -> None:
    one = session(ConnectError("cut off", unsure=True), retry=None)
    with pytest.raises(AmbiguousWrite, match="cut off"):
        one.exchange(WRITE, lambda answer: answer)
    [record] = records(logging.WARNING)
    assert record.getMessage().startswith("POST shops: the platform may have applied it: ConnectError: cut off [")


def test_an_upload_of_unknown_fate_is_a_warning(session: Any, records: Any) -> None:
    one = session(ConnectError("cut off", unsure=True))
    with pytest.raises(AmbiguousWrite, match="cut off"):
        one.upload("https://storage.example/here?signature=s3cret", b"rows")
    [record] = records(logging.WARNING)
    assert "the platform may have applied it" in record.getMessage()
    assert "s3cret" not in record.getMessage()


def test_a_body_that_is_read_piece_by_piece_is_told_so(over_http: Any, web: Any, records: Any) -> None:
    web.answers = lambda request: request.reply(b"1,2", "text/csv")
    b"".join(over_http().stream(READ, lambda stream: None).chunks)
    [record] = records()
    assert "GET shops: HTTP 200, streamed, " in record.getMessage()


def test_the_query_of_a_link_is_not_logged(over_http: Any, web: Any, records: Any) -> None:
    web.answers = lambda request: request.reply(b"1,2", "text/csv")
    b"".join(over_http().download(f"{web.url}/file?signature=abc-123").chunks)
    [record] = records()
    assert "GET file: HTTP 200" in record.getMessage()
    assert "abc-123" not in f"{record.getMessage()} {vars(record)}"


def test_credentials_are_masked(over_http: Any, web: Any, records: Any) -> None:
    """Whatever a server sends back in an error."""

    def refused(answer: Answer) -> Any:
        raise UnavailableError(f"no: {answer.content.decode()}", status=503, answered=True)

    web.answers = lambda request: request.reply(" ".join(SECRETS).encode(), "text/plain", 503)
    one = over_http()
    with pytest.raises(UnavailableError, match=r"no: \*\*\* \*\*\*"):
        one.exchange(Request("GET", "shops/s3cret-token", headers={"X-Key": Secret("s3cret-key")}), refused)
    assert records(logging.INFO)
    assert not [s for s in SECRETS for record in records() if s in f"{record.getMessage()} {vars(record)}"]


def test_a_call_that_signs_in_has_an_id(session: Any) -> None:
    one = session(reply({}), reply({}))
    one.connection.exchange_once(WRITE, lambda answer: answer)
    one.connection.exchange_once(WRITE, lambda answer: answer)
    ids = [request.id for request in one.transport.calls]
    assert len(set(ids)) == 2
    assert all(len(id) == 8 for id in ids)


def test_a_program_that_sets_up_no_logging_prints_nothing() -> None:
    script = """
from adplatforms.core.errors import ConnectError
from adplatforms.core.messages import Request
from adplatforms.net.logs import log_unknown_fate
log_unknown_fate(Request("POST", "shops", id="1"), ConnectError("cut off"), str)
"""
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert (run.stdout, run.stderr) == ("", "")
