"""What every contestant of `benchmarks.peers` does: tasks from stdin, one JSON line each, and figures to stdout.

Uses the standard library and urllib3, which is in the peers' environments too.
"""

import io
import json
import resource
import sys
from contextlib import contextmanager
from time import perf_counter, process_time

from urllib3 import HTTPResponse
from urllib3.connectionpool import HTTPConnectionPool


def serve(tasks):
    """Runs `tasks[name](*words)` for each line; answers its wall and CPU seconds, the peak memory, what it gave."""
    print("ready", flush=True)
    for line in sys.stdin:
        name, *words = json.loads(line)
        wall, cpu = perf_counter(), process_time()
        gave = tasks[name](*words)
        wall, cpu = perf_counter() - wall, process_time() - cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"wall": wall, "cpu": cpu, "peak": peak, "gave": gave}), flush=True)


def seen(rows):
    """How many rows there are, and the last name: a field that every contestant has read of each."""
    count, name = 0, None
    for count, row in enumerate(rows, 1):  # noqa: B007
        name = row.name
    return [count, name]


@contextmanager
def replayed():
    """While it lasts, the first answer from the network is given to every later request too: by `requests` where the
    client talks through it, so that what HTTP costs is left out, else by urllib3."""
    if "requests" not in sys.modules:
        with replayed_by_urllib3():
            yield
        return
    from requests import Session

    ask, kept = Session.request, []

    def replay(session, *words, **more):
        if not kept:
            kept.append(ask(session, *words, **more))
            kept[0].content  # noqa: B018, reads it
        return kept[0]

    Session.request = replay
    try:
        yield
    finally:
        Session.request = ask


@contextmanager
def replayed_by_urllib3():
    """As `replayed`, for clients without `requests`."""
    urlopen, kept = HTTPConnectionPool.urlopen, []

    def replay(pool, *words, preload_content=True, **more):
        if not kept:
            reply = urlopen(pool, *words, **more)
            headers = {name: reply.headers[name] for name in ("Content-Type", "Content-Length")}
            kept.append((reply.data, reply.status, headers))
        data, status, headers = kept[0]
        return HTTPResponse(io.BytesIO(data), headers, status, preload_content=preload_content)

    HTTPConnectionPool.urlopen = replay
    try:
        yield
    finally:
        HTTPConnectionPool.urlopen = urlopen


def hydrating(page):
    """A task that makes so many rows of one page of 100, which comes from memory."""

    def hydrate(rows):
        with replayed():
            for _ in range(rows // 100):
                count, name = seen(page())
        return [rows, name, count]

    return hydrate
