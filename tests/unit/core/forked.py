"""What test_fork.py runs in a process of its own: ``forked.py CASE URL``, against a sandbox in another process."""

import multiprocessing
import os
import re
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any

import adplatforms
import terminalone
from adplatforms.core.errors import ClientError, DetachedError
from adplatforms.net.limits import Limits
from adplatforms.ttd import holds

URL = sys.argv[2] if len(sys.argv) > 2 else ""
METHOD = sys.argv[3] if len(sys.argv) > 3 else ""


def sessions() -> dict[str, Any]:
    return {
        "t1": terminalone.T1("demo", "demo", "demo-key", api_base=URL, auth_base=URL),
        "ttd": adplatforms.TTD(
            token="demo-token",
            server_url=f"{URL}/ttd/workflows",
            graphql_url=f"{URL}/ttd/graphql",
            rest_url=f"{URL}/ttd/v3",
        ),
        "pinterest": adplatforms.Pinterest("demo-token", api_base=f"{URL}/pinterest/v5", ad_account_id="549755885175"),
    }


def in_child(work: Callable[[], object]) -> Any:
    """What `work` gives in a forked child, as text; the child ends itself after 20 seconds."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(20)
        try:
            result = work()
        except BaseException as problem:  # noqa: BLE001, the parent shows it
            result = f"{type(problem).__name__}: {problem}"
        os.write(write, str(result).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        said = pipe.read()
    status = os.waitpid(child, 0)[1]
    return said if status == 0 else f"the child ended with status {status}"


def read(session: Any, ids: list[Any], times: int) -> int:
    """How many answers were not the campaign that was asked for."""
    return sum(session.get("campaigns", id).id != id for _ in range(times) for id in ids)


def reads() -> None:
    """Parent and children read side by side, over what was opened before."""
    for name, session in sessions().items():
        ids = [c.id for c in session.campaigns.take(5)]
        children = []
        for _ in range(2):
            child = os.fork()
            if child == 0:
                signal.alarm(20)
                os._exit(read(session, ids, 3))
            children.append(child)
        wrong = [read(session, ids, 3)] + [os.waitpid(child, 0)[1] for child in children]
        print(name, wrong)


def id_of(reply: Any) -> str:
    """The id of the campaign in a reply of T1, XML or JSON."""
    found = re.search(r'\bid="(\d+)"', reply.text)
    return found[1] if found else reply.text[:300]


def port_of(session: Any, id: int) -> tuple[int, str]:
    """This side's port of the connection that a campaign comes over, and the id that came."""
    reply = session.get(f"{URL}/api/v2.0/campaigns/{id}", stream=True)
    port = reply.raw.connection.sock.getsockname()[1]
    return port, id_of(reply)


def held() -> None:
    """A `requests.Session` that the user got before the fork, used in the child; and the parent's connection lives."""
    t1 = terminalone.T1("demo", "demo", "demo-key", api_base=URL, auth_base=URL)
    session = t1.session
    session.headers["X-Mine"] = "kept"
    before, _ = port_of(session, 1)  # read to its end: the connection is idle, and the next request takes it again

    def same() -> str:
        port, id = port_of(session, 2)
        return f"{port != before} {id} {session.headers['X-Mine']} {t1.session is session}"

    print("child", in_child(same))
    after, id = port_of(session, 3)
    print("parent", after == before, id)


def listing() -> None:
    """A listing that was begun in the parent, gone on with in the child and in the parent."""
    for name, session in sessions().items():
        expected = [c.id for c in session.campaigns.page_size(10).take(90)]
        begun = iter(session.campaigns.page_size(10).take(90))
        first = [next(begun).id for _ in range(12)]
        child = in_child(lambda begun=begun, first=first, expected=expected: first + [c.id for c in begun] == expected)
        print(name, child, first + [c.id for c in begun] == expected)


def stream() -> None:
    """A body that is read piece by piece belongs to the process that asked for it."""
    pin = sessions()["pinterest"]
    body = pin.transport.stream(adplatforms.core.messages.Request("GET", "ad_accounts/549755885175/campaigns"))

    def child() -> str:
        try:
            return f"read {len(b''.join(body.chunks))} bytes"
        except DetachedError as error:
            body.close()
            return str(error)

    print(in_child(child))
    print(len(b"".join(body.chunks)) > 1000)


def locks() -> None:
    """Every lock that another thread of the parent holds at the moment of the fork."""
    for name, session in sessions().items():
        first = session.campaigns.page_size(25).first()
        list(session.campaigns.prefetch(4).page_size(25).take(100))  # the readers exist
        pool = session.runtime._pool
        inner = [session.stats._lock(), session.connection.sign_in_lock(), first._peers.lock(), pool._threads().lock]
        if name == "ttd":
            inner += [session.dialect.refused._lock(), holds._LOCK()]
        holding, done = threading.Event(), threading.Event()

        def hold(inner: list[Any] = inner, holding: Any = holding, done: Any = done) -> None:
            for lock in inner:
                lock.acquire()
            holding.set()
            done.wait()
            for lock in inner:
                lock.release()

        thread = threading.Thread(target=hold)
        thread.start()
        holding.wait()

        def work(session: Any = session, first: Any = first, name: str = name) -> str:
            session.auth  # noqa: B018
            if name == "ttd":
                with holds.submitting([first], "job 7", "changed"):
                    session.dialect.refused.add([("Campaign", "name")], "no such field")
            session.connection.sign_in.renew(session.connection, object())
            rows = list(session.campaigns.prefetch(4).page_size(25).take(100))
            parent = first.advertiser if hasattr(type(first), "advertiser") else first
            session.close()
            return f"{len(rows)} {parent is not None}"

        print(name, in_child(work))
        done.set()
        thread.join()


def limits() -> None:
    """Limits of the user: in words, made by the user, made by a function."""
    from pyrate_limiter import Duration, InMemoryBucket, Limiter, Rate

    def make() -> Any:
        return Limiter(InMemoryBucket([Rate(2, Duration.DAY)]))

    limiter = make()
    kept = Limits({"text": "2/day", "made": make, "own": limiter}, lambda: 0.0)
    for name in ("text", "made"):
        print(name, [kept.acquire(name, 0.01) for _ in range(2)], end=" ")
        print(in_child(lambda name=name: [kept.acquire(name, 0.01) for _ in range(3)]), end=" ")
        print(kept.acquire(name, 0.01))

    def refused() -> str:
        try:
            return str(kept.acquire("own", 0.01))
        except ClientError as error:
            return str(error)

    print(in_child(refused))
    limiter.close()


_opened: Any = None


def _open(url: str) -> None:
    global _opened
    _opened = terminalone.T1("demo", "demo", "demo-key", api_base=url, auth_base=url)


def _get(id: int) -> int:
    return int(_opened.get("campaigns", id).id)


def pool() -> None:
    """A pool whose workers use the session of the parent (fork), or open their own (spawn, forkserver)."""
    own = {} if METHOD == "fork" else {"initializer": _open, "initargs": (URL,)}
    if METHOD == "fork":
        _open(URL)
        _get(1)
    with multiprocessing.get_context(METHOD).Pool(2, **own) as workers:
        print(workers.map(_get, range(1, 41), chunksize=2) == list(range(1, 41)))


if __name__ == "__main__":
    globals()[sys.argv[1]]()
