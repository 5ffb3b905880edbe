"""Our clients against the peers, in one interleaved run: listing at 0, 20 and 100 ms, hydrating, saving, importing,
memory.

    python -m benchmarks.peers [--rounds 3] [--latencies 0 0.02 0.1]

The peers run in environments of their own: those that the tests keep below ``.cache`` (`pytest tests/witness` makes
them); one that is not there is left out. All talk to one sandbox in a process of its own. In each round every
contestant runs once, in turn, so that a machine that slows down slows all of them; printed are medians, and how many
times as much the peer takes. CPU is that of the client alone, HTTP included. All must read the same rows.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from urllib.parse import parse_qs
from urllib.request import Request, urlopen

from adplatforms.sandbox import Sandbox
from adplatforms.sandbox.listener import Listener
from benchmarks.paging import sandbox

ROOT = Path(__file__).resolve().parents[1]
THEIRS = Path(__file__).parent / "peer_clients" / "theirs.py"
ROWS = {"t1-json": 10_000, "t1-xml": 10_000, "pinterest": 400}
SAVES = 20
IMPORTS = {
    "t1": (
        "import terminalone",
        "import collections.abc as a, collections as c; c.Iterator = a.Iterator; import terminalone",
    ),
    "pinterest": ("import adplatforms.pinterest", "import pinterest.client, pinterest.ads.campaigns"),
    "ttd": ("import adplatforms.ttd", "import ttd_workflows; ttd_workflows.Workflows"),
}
"""What a script imports before its first call: ours, then the peer's."""


@dataclass
class Contestant:
    """A client in a process of its own."""

    name: str
    kind: str
    process: subprocess.Popen[str]

    def run(self, task: str, *words: Any) -> dict[str, Any]:
        """Runs a task; its figures."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps([task, *words]) + "\n")
        self.process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.name} has ended")
        return {} if line == "ready\n" else json.loads(line)


def environment(name: str) -> str | None:
    """The Python that has a peer, where the tests have made one."""
    known = sorted((ROOT / ".cache" / f"witness-{name}").glob("3.11*/bin/python"))
    return str(known[-1]) if known else None


@contextmanager
def started(name: str, kind: str, command: Sequence[str]) -> Iterator[Contestant]:
    """A contestant that is ready; it is ended afterwards."""
    pipe = subprocess.PIPE
    with subprocess.Popen([*command], stdin=pipe, stdout=pipe, text=True, cwd=ROOT) as process:
        made = Contestant(name, kind, process)
        made._answer()
        try:
            yield made
        finally:
            process.kill()


def contestants(stack: ExitStack, url: str) -> list[list[Contestant]]:
    """Ours and the peer, for each platform and format."""
    found = []
    for kind in ROWS:
        ours = [sys.executable, "-m", "benchmarks.peer_clients.ours", kind, url]
        python = environment(kind.partition("-")[0])
        pair = [stack.enter_context(started(f"adplatforms {kind}", kind, ours))]
        if python is not None:
            theirs = [python, "-I", str(THEIRS), kind, url]
            pair.append(stack.enter_context(started(f"{PEERS[kind]} {kind}", kind, theirs)))
        found.append(pair)
    return found


PEERS = {"t1-json": "TerminalOne", "t1-xml": "TerminalOne", "pinterest": "pinterest-api-sdk"}


def slow_down(url: str, seconds: float) -> None:
    """Lets every reply of the sandbox come late."""
    faults = f"{url}/_sandbox/faults"
    urlopen(Request(faults, method="DELETE")).close()
    if seconds:
        body = json.dumps({"kind": "latency", "seconds": seconds}).encode()
        urlopen(Request(faults, body, {"Content-Type": "application/json"})).close()


def compare(pairs: list[list[Contestant]], rounds: int, task: str, words: Callable[[str], Any]) -> None:
    """Runs a task for all of them, in turn, and prints the medians."""
    took: dict[str, list[dict[str, Any]]] = {each.name: [] for pair in pairs for each in pair}
    for _ in range(rounds):
        for pair in pairs:
            for each in pair:
                took[each.name].append(each.run(task, words(each.kind)))
            gave = [took[each.name][-1]["gave"] for each in pair]
            assert all(one == gave[0] for one in gave), f"{[each.name for each in pair]} disagree: {gave}"
    for pair in pairs:
        first = took[pair[0].name]
        for each in pair:
            mine = took[each.name]
            figures = []
            for key, scale, unit in (("wall", 1, "s"), ("cpu", 1e6 / mine[0]["gave"][0], "us of CPU each")):
                ratio = median(one[key] / two[key] for one, two in zip(mine, first, strict=True))
                figures.append(f"{median(one[key] for one in mine) * scale:8.2f} {unit} {ratio:6.1f}x")
            print(f"  {each.name:28} {'   '.join(figures)}")


def imports(rounds: int) -> None:
    """Prints how long the imports take, whole processes, in turn."""
    for name, (ours, theirs) in IMPORTS.items():
        python = environment(name)
        runs = [("adplatforms", sys.executable, ours), *([("the peer", python, theirs)] if python else [])]
        took: dict[str, list[float]] = {label: [] for label, _, _ in runs}
        for turn in range(rounds + 1):
            for label, interpreter, statement in runs:
                began = perf_counter()
                subprocess.run([interpreter, "-I", "-c", statement], check=True)
                if turn:  # the first one compiles
                    took[label].append(perf_counter() - began)
        for label, taken in took.items():
            ratio = median(taken) / median(took["adplatforms"])
            print(f"  {name:10} {label:14} {median(taken) * 1000:8.0f} ms {ratio:6.1f}x")


def memory(rows: int) -> float:
    """Peak megabytes of a process that walks a listing of so many strategies."""
    template = json.dumps(
        {"entity_type": "strategy", "id": 0, "version": 1, "name": "Prospecting", "description": "x" * 200}
    )

    def app(environ: Any, start_response: Any) -> list[bytes]:
        asked = parse_qs(environ["QUERY_STRING"])
        start = int(asked.get("page_offset", ["0"])[0])
        size = min(int(asked.get("page_limit", ["100"])[0]), rows - start)
        page = ",".join(template.replace('"id": 0', f'"id": {start + place + 1}') for place in range(size))
        told = f'"count":{size},"offset":{start},"total_count":{rows},"status":"ok"'
        body = f'{{"data":[{page}],"meta":{{{told}}}}}'.encode()
        start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]

    listener = Listener("127.0.0.1", 0, app, Sandbox().now).start()
    try:
        command = [sys.executable, "-m", "benchmarks.peer_clients.ours", "t1-session", listener.url]
        with started("adplatforms", "t1-json", command) as ours:
            figures = ours.run("list", rows)
    finally:
        listener.stop()
    assert figures["gave"][0] == rows
    return float(figures["peak"])


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--latencies", type=float, nargs="*", default=[0.0, 0.02, 0.1])
    words = parser.parse_args()
    with ExitStack() as stack:
        url = stack.enter_context(sandbox(0))
        pairs = contestants(stack, url)
        for latency in words.latencies:
            slow_down(url, latency)
            print(f"listing, {latency * 1000:.0f} ms a call ({', '.join(f'{k}: {n:,} rows' for k, n in ROWS.items())})")
            compare(pairs, words.rounds, "list", ROWS.__getitem__)
        slow_down(url, 0)
        print("hydrating: a page of 100 from memory, again and again, HTTP left out")
        compare(pairs, words.rounds, "hydrate", lambda kind: 10_000)
        print(f"saving a name, {SAVES} times")
        compare(pairs, words.rounds, "save", lambda kind: SAVES)
    print("importing")
    imports(words.rounds)
    few, many = memory(1_000), memory(100_000)
    print(f"memory\n  1,000 rows {few:.0f} MB, 100,000 rows {many:.0f} MB: {many - few:+.1f} MB")


if __name__ == "__main__":
    main()
