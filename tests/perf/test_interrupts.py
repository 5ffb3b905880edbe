"""Ctrl-C at any moment, thousands of times: nothing is doubled or lost, nothing hangs, nothing is left behind."""

from __future__ import annotations

import gc
import os
import random
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from adplatforms.core.errors import AdPlatformsError, SaveAllError
from adplatforms.core.session import Session
from adplatforms.core.state import EntityState
from adplatforms.net.retry import Retry
from adplatforms.sandbox import Sandbox

CONNECT: dict[str, tuple[str, Callable[..., Any], Callable[[Any, str], Any]]] = {
    "t1": ("concept", lambda sb, **o: sb.t1(**o), lambda s, name: s.new("concept", name=name, advertiser_id=7)),
    "pinterest": (
        "campaign",
        lambda sb, **o: sb.pinterest(**o),
        lambda s, name: s.new("campaign", name=name, objective_type="AWARENESS"),
    ),
}
MANY = int(os.environ.get("INTERRUPTS", "3000"))

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs signals at a moment of their own")


@pytest.fixture
def default_handler() -> Iterator[None]:
    """Ctrl-C raises a KeyboardInterrupt, whatever the runner of the tests has set."""
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    yield
    signal.signal(signal.SIGALRM, before)


def interrupted(work: Callable[[], Any], seconds: float) -> BaseException | None:
    """What the work ends in when Ctrl-C is pressed after so long; None where it had ended by then."""
    try:
        try:
            signal.setitimer(signal.ITIMER_REAL, seconds)
            work()
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except (KeyboardInterrupt, AdPlatformsError) as ended:
        return ended
    return None


def saved_in_the_end(session: Session, entities: list[Any]) -> None:
    """Saves until all are saved, as a user would."""
    for _ in range(5):
        try:
            session.save_all(entities)
        except SaveAllError:
            continue
        return
    session.save_all(entities)


def run(sandbox: Sandbox, name: str, interrupts: int, seed: int) -> None:
    kind, connect, new = CONNECT[name]
    dice = random.Random(seed)
    session = connect(sandbox, retry=Retry(sleep=lambda seconds: None))
    other = connect(sandbox)
    saved_in_the_end(session, [new(session, "The first")])
    sandbox.journal.clear()
    wanted: list[Any] = []
    hit = 0
    for number in range(interrupts):
        entities = [new(session, f"{seed}.{number}.{place}") for place in range(dice.choice([1, 3, 12]))]
        wanted += entities
        ended = interrupted(lambda these=entities: session.save_all(these), dice.uniform(0.0002, 0.03))  # type: ignore[misc]
        if isinstance(ended, KeyboardInterrupt):
            hit += 1
            for result in getattr(ended, "results", ()):
                assert result.error is not None or not EntityState(result.entity).is_new, "told as saved"
        del ended
        saved_in_the_end(session, entities)
        some = entities[0]
        assert session.one(session.query(type(some)), EntityState(some).id).name == some.name, "a row of another one"
    made = Counter(entry.id for entry in sandbox.journal if entry.action == "create" and entry.kind == kind)
    ids = [str(EntityState(entity).id) for entity in wanted]
    assert sorted(made.elements()) == sorted(ids), "doubled or lost"
    assert hit > 0
    session.close()
    other.close()


@pytest.mark.long
@pytest.mark.usefixtures("default_handler")
@pytest.mark.parametrize("name", CONNECT)
def test_3000_interrupts(fresh_sandbox: Sandbox, name: str) -> None:
    gc.collect()
    threads = set(threading.enumerate())
    run(fresh_sandbox, name, MANY, seed=int(os.environ.get("INTERRUPT_SEED", "0")))
    for thread in set(threading.enumerate()) - threads:
        if thread.name == "adplatforms-reader":
            thread.join(30)
            assert not thread.is_alive(), "a thread was left behind"


@pytest.mark.parametrize("name", CONNECT)
def test_32_threads_save_and_read_on_one_session(fresh_sandbox: Sandbox, name: str) -> None:
    kind, connect, new = CONNECT[name]
    session = connect(fresh_sandbox)
    saved_in_the_end(session, [new(session, "The first")])
    fresh_sandbox.journal.clear()
    problems: list[BaseException] = []
    made: list[Any] = []

    def work(turn: int) -> None:
        try:
            if turn % 2:
                mine = [new(session, f"Thread {turn}, {number}") for number in range(8)]
                session.save_all(mine)
                made.extend(mine)
                assert all(session.get(type(each), EntityState(each).id).name == each.name for each in mine[:2])
            else:
                ids = [EntityState(row).id for row in session.campaigns.page_size(50).take(150)]
                assert len(ids) == len(set(ids))
        except BaseException as problem:  # noqa: BLE001, told below
            problems.append(problem)

    threads = [threading.Thread(target=work, args=(turn,), daemon=True) for turn in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
        assert not thread.is_alive(), "it hangs"
    assert problems == []
    created = [entry.id for entry in fresh_sandbox.journal if entry.action == "create" and entry.kind == kind]
    assert sorted(created) == sorted(str(EntityState(each).id) for each in made)
    assert len(created) == 16 * 8
    session.close()
