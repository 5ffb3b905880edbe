"""How long `import terminalone` takes, against `import requests`: whole processes, in turn, in one run.

python -m benchmarks.imports [--rounds 15]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from statistics import median
from time import perf_counter

NAMES = ("requests", "terminalone", "adplatforms")


def seconds(statement: str) -> float:
    """The wall time of a process that runs one statement."""
    began = perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True)
    return perf_counter() - began


def main() -> None:
    """Prints the table; the time of an empty process is taken off."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    times: dict[str, list[float]] = {name: [] for name in ("pass", *NAMES)}
    for name in times:
        seconds(f"import {name}" if name != "pass" else name)  # compiles what is not compiled yet
    for _ in range(rounds):
        for name, taken in times.items():
            taken.append(seconds(f"import {name}" if name != "pass" else name))
    empty = median(times.pop("pass"))
    floor = median(times["requests"]) - empty
    for name, taken in times.items():
        cost = median(taken) - empty
        print(f"import {name:14} {cost * 1000:6.1f} ms   {cost / floor:5.2f}x")


if __name__ == "__main__":
    main()
