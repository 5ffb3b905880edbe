"""The help for tests: scripted answers and counted calls."""

from typing import Any

import pytest

from adplatforms.core.messages import Request
from adplatforms.core.testing import FakeTransport, assert_calls, reply

READ = Request("GET", "rows")


def test_answers_come_in_the_order_of_the_script() -> None:
    transport = FakeTransport([reply("<a/>"), lambda request: reply({"path": request.path}), OSError("down")])
    first, second = transport.send(READ), transport.send(READ)
    assert (first.content, first.content_type, first.request) == (b"<a/>", "text/xml", READ)
    assert second.content.replace(b" ", b"") == b'{"path":"rows"}'
    assert second.content_type == "application/json"
    with pytest.raises(OSError, match="down"):
        transport.send(READ)
    with pytest.raises(AssertionError, match=r"call 4 is not in the script: GET rows"):
        transport.send(READ)
    assert transport.calls == [READ] * 4


def test_one_function_may_answer_everything() -> None:
    transport = FakeTransport(lambda request: reply(request.path, "text/plain", 418, Retry_After="7"))
    answer = transport.send(READ)
    assert (answer.content, answer.status, answer.headers["retry-after"]) == (b"rows", 418, "7")
    transport.close()


def test_calls_are_counted_and_shown(offline: Any) -> None:
    t1 = offline([], [])
    told = r"expected 1 calls, there were 2:\n  1\. GET api/v2\.0/campaigns "
    with pytest.raises(AssertionError, match=told), assert_calls(t1, 1):
        assert [*t1.campaigns, *t1.campaigns] == []
    with pytest.raises(AssertionError, match=r"expected 1 calls, there were 0:\n  none"), assert_calls(t1, 1):
        pass
    with assert_calls(t1) as calls:
        pass
    assert calls == []


def test_an_error_in_the_block_is_not_hidden_by_the_count(offline: Any) -> None:
    t1 = offline()
    transport = t1.transport
    with pytest.raises(ZeroDivisionError, match="division by zero"), assert_calls(t1, 5):
        _ = 1 / 0
    assert t1.transport is transport


def test_forms_of_a_block(offline: Any) -> None:
    t1 = offline({"entity_type": "campaign", "id": 7, "version": 1})
    with assert_calls(t1, 1) as calls:
        t1.new("campaigns", name="Spring").save()
    assert calls.forms() == [{"name": "Spring"}]
