"""What comes from outside at any moment, as Ctrl-C does, leaves a session that works: right answers, no lock held."""

import random
import sys
from threading import Thread
from types import FrameType
from typing import Any

import pytest

from adplatforms.sandbox import Sandbox

SKIPPED = ("__del__", "_weakref_finalize", "<genexpr>")
"""Python drops what is raised here."""


class Stop(BaseException):
    """What Ctrl-C raises, by another name."""


class Interrupt:
    """Raises `Stop` where CPython looks for signals: when a function is entered, and after calls of functions in C.

    at: the count of such a point; None only counts.
    """

    def __init__(self, at: int | None) -> None:
        self.at, self.passed = at, 0

    def __call__(self, frame: FrameType, event: str, arg: Any) -> None:
        if event not in ("call", "c_return"):
            return
        self.passed += 1
        if self.at is not None and self.passed >= self.at and not _is_dropped(frame):
            sys.setprofile(None)
            raise Stop


def _is_dropped(frame: FrameType | None) -> bool:
    while frame is not None:
        code = frame.f_code
        if code.co_name in SKIPPED or code.co_filename.endswith("weakref.py"):
            return True
        # Locks written in Python, such as those that a new thread is waited for with, are not made for it.
        if code.co_filename.endswith("threading.py") and not code.co_name.startswith(("_bootstrap", "run")):
            return True
        frame = frame.f_back
    return False


def interrupted(work: Any, interrupt: Interrupt) -> list[BaseException]:
    """Does the work in a thread of its own, interrupted there; what ended it."""
    ended: list[BaseException] = []

    def run() -> None:
        sys.setprofile(interrupt)
        try:
            work()
        except Stop as error:
            ended.append(error)
        finally:
            sys.setprofile(None)

    thread = Thread(target=run)
    thread.start()
    thread.join()
    return ended


# A socket that is interrupted while it is made is left to the garbage collector, which warns of it.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", ["t1", "ttd", "pinterest"])
def test_a_session_works_after_interrupts_at_random_points(name: str, fresh_sandbox: Sandbox) -> None:
    session: Any = getattr(fresh_sandbox, name)()
    expected = [campaign.id for campaign in session.campaigns.page_size(10).take(30)]

    def work() -> None:
        assert [campaign.id for campaign in session.campaigns.page_size(10).take(30)] == expected
        record = session.get("campaigns", expected[0])
        assert record.id == expected[0]
        record.name = f"{record.name}x"
        record.save()

    work()
    counted = Interrupt(None)
    assert interrupted(work, counted) == []
    width, chosen, stops = session.connection.concurrency, random.Random(name), 0
    for _ in range(10):
        stops += len(interrupted(work, Interrupt(chosen.randrange(counted.passed))))
        for lock in (session.connection.sign_in_lock(), session.stats._lock()):
            assert lock.acquire(blocking=False)
            lock.release()
        work()
    assert stops > 7
    assert session.connection.concurrency == width


def test_an_interrupted_call_drops_the_connection_of_its_thread(fresh_sandbox: Sandbox, monkeypatch: Any) -> None:
    session: Any = fresh_sandbox.t1()
    dropped: list[bool] = []
    drop = session.transport.drop

    def note() -> None:
        dropped.append(True)
        drop()

    def read(answer: Any) -> None:
        raise Stop("half-way")

    session.transport.drop = note
    with pytest.raises(Stop, match="half-way"):
        session.connection.exchange(session.campaigns.plan().first, read)
    assert dropped
