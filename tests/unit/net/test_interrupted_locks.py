"""Ctrl-C at each point of what waits: no lock stays held, for the next call would wait for it without end."""

import queue
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from requests.adapters import HTTPAdapter

from adplatforms.net.adapter import PlatformAdapter, prepare_adapter
from adplatforms.net.prefetch import PrefetchPool

FILES = ("queue.py", "threading.py", "connectionpool.py", "adapter.py", "prefetch.py", "_base.py")


def interrupted_at(point: int, call: Callable[[], object]) -> bool:
    """Makes a call that is interrupted at a traced point of this thread; whether it was."""
    seen = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal seen
        if not frame.f_code.co_filename.endswith(FILES):
            return None
        seen += 1
        if seen == point:
            raise KeyboardInterrupt
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(before)
    return False


def in_time(call: Callable[[], object]) -> bool:
    """Whether a call ends; one that waits without end stays in a thread of its own."""
    thread = threading.Thread(target=call, daemon=True)
    thread.start()
    thread.join(10)
    return not thread.is_alive()


def pool_of(adapter: HTTPAdapter) -> Any:
    return adapter.poolmanager.connection_from_url("http://127.0.0.1:1/")


def test_taking_a_connection_and_giving_it_back() -> None:
    for point in range(1, 400):
        adapter = PlatformAdapter()
        pool = pool_of(adapter)

        def take_and_give(pool: Any = pool) -> None:
            pool._put_conn(pool._get_conn())

        was_interrupted = interrupted_at(point, take_and_give)
        assert in_time(take_and_give), f"the pool is locked after an interrupt at point {point}"
        assert in_time(adapter.close), f"the pool cannot be closed after an interrupt at point {point}"
        if not was_interrupted:
            assert point > 20
            return
    raise AssertionError("the points do not come to an end")


def test_waiting_for_a_call_of_a_thread() -> None:
    for point in range(1, 400):
        pool = PrefetchPool(2)
        answer, told = threading.Event(), threading.Event()

        def slow(answer: threading.Event = answer) -> str:
            answer.wait()
            return "page"

        def submit(call: Callable[[], str] = slow, pool: PrefetchPool = pool) -> Any:
            return pool.submit(call)

        job = submit()

        def wait(job: Any = job) -> None:
            job.wait(0.0)

        was_interrupted = interrupted_at(point, wait)
        answer.set()
        assert in_time(lambda job=job, told=told: (job.result(), told.set())), f"lost at point {point}"
        assert in_time(lambda pool=pool, job=job: pool.give_up([job], 5)), f"locked at point {point}"
        assert told.is_set()
        assert in_time(pool.close)
        if not was_interrupted:
            assert point > 3
            return
    raise AssertionError("the points do not come to an end")


def test_a_call_has_one_outcome() -> None:
    pool = PrefetchPool(1)
    begun, answer = threading.Event(), threading.Event()

    def slow() -> str:
        begun.set()
        answer.wait()
        return "page"

    first, second = pool.submit(slow), pool.submit(slow)
    begun.wait()
    assert not first.cancel()
    assert second.cancel()
    assert not second.cancel()
    answer.set()
    assert first.result() == "page"
    pool.close()
    assert first.result() == "page", "what came before the end stays"


def test_the_idle_connections_are_taken_last_first_and_bounded() -> None:
    adapter = PlatformAdapter()
    owner = pool_of(adapter)
    pool = owner.pool
    assert pool.qsize() == 10
    with pytest.raises(queue.Full, match=r"^$"):
        pool.put("one too many")
    for _ in range(10):
        pool.get()
    with pytest.raises(queue.Empty, match=r"^$"):
        pool.get()
    pool.put("first")
    pool.put("last")
    assert (pool.get(), pool.get()) == ("last", "first")


def test_an_adapter_that_waits_for_connections_still_does() -> None:
    waits, other = HTTPAdapter(pool_block=True), HTTPAdapter()
    prepare_adapter(waits)
    prepare_adapter(other)
    assert isinstance(pool_of(waits).pool, queue.LifoQueue)
    assert not isinstance(pool_of(other).pool, queue.LifoQueue)
