"""CPU time of contestants that run in turn, so that a machine that slows down slows all of them: ours in this process,
the other clients in processes of their own."""

from __future__ import annotations

import gc
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any, TypeAlias

__all__ = ["Seconds", "in_turn", "official", "ratio", "timed"]

Seconds: TypeAlias = Callable[[int], float]
"""The CPU seconds of doing a thing so many times."""


def timed(task: Callable[[], Any]) -> Seconds:
    """A task of ours."""

    def seconds(times: int) -> float:
        began = process_time()
        for _ in range(times):
            task()
        return process_time() - began

    return seconds


def official(python: str, script: str, answer: str) -> Seconds:
    """The task of a script beside this file, under a Python that has the other client: it reads the answer, and then a
    number of times a line, and prints its seconds."""
    process = subprocess.Popen(
        [python, "-I", str(Path(__file__).with_name(script))], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    inlet, outlet = process.stdin, process.stdout
    inlet.write(answer + "\n")

    def seconds(times: int) -> float:
        inlet.write(f"{times}\n")
        inlet.flush()
        return float(outlet.readline())

    return seconds


def in_turn(rounds: int, group: Sequence[tuple[str, Seconds, int]], items: int) -> dict[str, list[float]]:
    """Microseconds of CPU per item, of each round, by name. group: names, tasks, and how many times a round runs each.
    items: what doing it once reads."""
    spent: dict[str, list[float]] = {name: [] for name, _, _ in group}
    gc.disable()
    for _ in range(rounds):
        for name, seconds, times in group:
            spent[name].append(seconds(times) / times / items * 1e6)
        gc.collect()
    gc.enable()
    return spent


def ratio(one: list[float], other: list[float]) -> float:
    """How many times as much one takes as the other: the median of the rounds."""
    return median(ours / theirs for ours, theirs in zip(one, other, strict=True))
