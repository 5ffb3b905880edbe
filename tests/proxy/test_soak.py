"""Writes through a proxy that breaks 8 % of all requests: none lost, none doubled, none told failed though applied.

The long run (``pytest -m long``) writes 10,000 records. ``SOAK_SEED=7 SOAK_WRITES=2000 pytest -m long tests/proxy``
repeats or widens one.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest

from adplatforms.sandbox import Sandbox

from .breakages import KINDS
from .soak import Soak
from .surfaces import SURFACES


def soaked(seed: int, writes: int) -> Soak:
    """A run, with nothing wrong in it."""
    with Sandbox() as sandbox:
        soak = Soak(sandbox, seed)
        soak.run(writes)
        problems = soak.problems()
    assert not problems, f"seed {seed}: {len(problems)} problems, {_few(problems)}"
    return soak


def _few(problems: list[str]) -> str:
    kinds = Counter(problem.partition(":")[0] for problem in problems)
    return "\n- ".join([str(dict(kinds)), *problems[:10]])


@pytest.mark.parametrize("seed", [1, 2])
def test_250_writes(seed: int) -> None:
    soak = soaked(seed, 250)
    told = soak.told()
    assert told["saved"] > 200, told
    assert {operation.surface for operation in soak.operations} == set(SURFACES)


@pytest.mark.long
def test_10_000_writes() -> None:
    soak = soaked(int(os.environ.get("SOAK_SEED", "0")), int(os.environ.get("SOAK_WRITES", "10000")))
    assert set(soak.proxy.broken) == set(KINDS)
