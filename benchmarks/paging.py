"""Listing 10,000 strategies over a slow line: `get_all` against a plain loop with `requests`, in one run.

    python -m benchmarks.paging [--latency 0.1] [--rounds 3] [--rows 10000]

The sandbox runs in a process of its own and adds the latency to every reply. The floor is what a script would do: one
`requests.Session`, page after page, `json.loads`. Each round runs every contestant once, in turn; printed are the
median seconds and how many times as fast as the floor of the same round. All must give the same ids in the same order.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from time import perf_counter

import requests

from adplatforms.sandbox import Sandbox
from terminalone import T1
from terminalone.dialect import JSON

KEY = {"api_key": Sandbox.api_key}


@contextmanager
def sandbox(latency: float) -> Iterator[str]:
    """The URL of a sandbox in a process of its own."""
    command = [sys.executable, "-u", "-m", "adplatforms", "sandbox", "--port", "0", "--latency", str(latency)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        for line in process.stdout:
            found = re.search(r"http://[\d.]+:\d+", line)
            if found:
                yield found.group()
                break
        else:
            raise RuntimeError("the sandbox did not start")
    finally:
        process.terminate()
        process.wait(10)


def loop(url: str, rows: int) -> list[int]:
    """The floor: page after page with bare requests."""
    session = requests.Session()
    session.post(f"{url}/api/v2.0/login", params=KEY, data={"user": Sandbox.username, "password": Sandbox.password})
    ids: list[int] = []
    while len(ids) < rows:
        params = {**KEY, "page_limit": 100, "page_offset": len(ids), "sort_by": "id", "full": "*"}
        reply = session.get(f"{url}/api/v2.0/strategies", params=params, headers={"Accept": JSON})
        ids += [row["id"] for row in json.loads(reply.content)["data"]]
    return ids


def ours(url: str, rows: int, ahead: int) -> list[int]:
    """`get_all`, with so many calls in flight."""
    with T1(Sandbox.username, Sandbox.password, Sandbox.api_key, api_base=url) as t1:
        return [strategy.id for strategy in t1.strategies.full().prefetch(ahead).take(rows)]


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--latency", type=float, default=0.1, help="seconds added to every reply")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rows", type=int, default=10_000)
    words = parser.parse_args()
    with sandbox(words.latency) as url:
        contestants: dict[str, Callable[[], list[int]]] = {
            "requests, page after page": lambda: loop(url, words.rows),
            "get_all, one at a time": lambda: ours(url, words.rows, 1),
            "get_all, 8 in flight": lambda: ours(url, words.rows, 8),
        }
        times: dict[str, list[float]] = {name: [] for name in contestants}
        for _ in range(words.rounds):
            found = []
            for name, task in contestants.items():
                began = perf_counter()
                found.append(task())
                times[name].append(perf_counter() - began)
            assert all(ids == found[0] for ids in found), "the contestants disagree"
            assert len(set(found[0])) == words.rows, "rows were lost or repeated"
    floor = next(iter(times.values()))
    print(f"{words.rows:,} full strategies, {words.latency * 1000:.0f} ms a call")
    for name, taken in times.items():
        ratio = median(theirs / mine for mine, theirs in zip(taken, floor, strict=True))
        print(f"{name:28} {median(taken):6.2f} s   {ratio:5.2f}x as fast")


if __name__ == "__main__":
    main()
