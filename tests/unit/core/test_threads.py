"""One session of each platform in 32 threads at once, against the sandbox."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

THREADS = 32


def t1(sandbox: Any) -> Any:
    return sandbox.t1()


def pinterest(sandbox: Any) -> Any:
    app = {"client_id": "demo-client", "client_secret": "demo-secret"}
    return sandbox.pinterest(refresh_token="demo-refresh", token_updater=lambda token: None, **app)


def ttd(sandbox: Any) -> Any:
    return sandbox.ttd(token=None, login="demo", password="demo")


SIGN_IN = {t1: "/login", pinterest: "/oauth/token", ttd: "/authentication"}
MADE = {
    t1: lambda one: ("concepts", {"advertiser_id": one.advertisers.first().id}),
    pinterest: lambda one: ("boards", {}),
    ttd: lambda one: ("advertisers", {"partner_id": one.partners.first().id}),
}


@pytest.fixture(params=SIGN_IN, ids=lambda opened: opened.__name__)
def opened(request: Any) -> Any:
    """How a session of each platform is opened that can sign in again."""
    return request.param


def in_threads(work: Any) -> list[Any]:
    """What the work gives in each of 32 threads that start together."""
    together = threading.Barrier(THREADS)

    def begin(number: int) -> Any:
        together.wait(60)
        return work(number)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(begin, range(THREADS)))


def test_each_thread_gets_its_own_answers_and_one_signs_in_anew(opened: Any, fresh_sandbox: Any) -> None:
    """All find the session expired at the same time."""
    with opened(fresh_sandbox) as one:
        collection, _ = MADE[opened](one)
        ids = [entity.id for entity in one.query(collection).take(40)]
        fresh_sandbox.expire_sessions()
        fresh_sandbox.calls.clear()

        def read(number: int) -> list[Any]:
            return [one.get(collection, ids[(number + turn) % len(ids)]).id for turn in range(3)]

        assert in_threads(read) == [[ids[(n + turn) % len(ids)] for turn in range(3)] for n in range(THREADS)]
        assert sum(call.path.endswith(SIGN_IN[opened]) for call in fresh_sandbox.calls) == 1


def test_each_thread_saves_once(opened: Any, fresh_sandbox: Any) -> None:
    with opened(fresh_sandbox) as one:
        collection, values = MADE[opened](one)
        fresh_sandbox.journal.clear()

        def save(number: int) -> Any:
            made = one.new(collection, {"name": f"spring {number}", **values})
            made.save()
            return made.id

        ids = in_threads(save)
        assert len(set(map(str, ids))) == THREADS
        assert sorted(str(entry.id) for entry in fresh_sandbox.journal) == sorted(map(str, ids))


def test_listings_in_threads_do_not_mix(opened: Any, fresh_sandbox: Any) -> None:
    before = set(threading.enumerate())  # sessions of other tests may still be open
    with opened(fresh_sandbox) as one:
        collection, _ = MADE[opened](one)
        some = one.query(collection).take(60)
        expected = [entity.id for entity in some]
        found = in_threads(lambda number: [entity.id for entity in some.page_size(5 + number % 7)])
        assert len(expected) > 10
        assert all(ids == expected for ids in found)
    assert not [t for t in set(threading.enumerate()) - before if t.name == "adplatforms-reader"]
