"""Writes the tables about what goes wrong: `% faults`, `% fault matrix` and `% guarantees` in a page.

The kinds of faults are read off the sandbox, the matrix off the outcomes that its tests hold true, the guarantees off
the list that names the tests of each.
"""

import json
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from adplatforms.sandbox.faults import KINDS

TESTS = Path(__file__).parents[2] / "tests" / "faults"
MARK = re.compile(r"^% (faults|fault matrix|guarantees)$", re.MULTILINE)


def setup(app: Any) -> dict[str, bool]:
    """Called by Sphinx."""
    app.connect("source-read", _fill)
    return {"parallel_read_safe": True}


def faults() -> str:
    """The kinds of faults and their options."""
    rows = ((f"`{kind}`", about, " ".join(f"`{name}`" for name in takes)) for kind, (about, takes) in KINDS.items())
    return _table(["Kind", "What it does", "Takes"], rows)


def guarantees() -> str:
    """What holds whatever goes wrong, and where it is tested."""
    told = tomllib.loads((TESTS / "guarantees.toml").read_text(encoding="utf-8"))["guarantee"]
    rows = ((each["promise"], ", ".join(f"`{name.partition('::')[0]}`" for name in each["tests"])) for each in told)
    return _table(["What holds", "Tested in `tests/`"], rows)


def matrix() -> str:
    """The outcomes: a table a platform."""
    told = json.loads((TESTS / "outcomes.json").read_text(encoding="utf-8"))
    parts = []
    for platform in told.values():
        rows = ((trouble, *outcomes) for trouble, outcomes in _rows(platform["outcomes"]))
        parts += [f"### {platform['title']}", "", _table(["", *platform["operations"]], rows)]
    return "\n".join(parts)


def _rows(outcomes: dict[str, dict[str, str]]) -> Iterable[tuple[str, list[str]]]:
    for trouble, cells in outcomes.items():
        yield (
            trouble,
            [
                re.sub(r"\b([A-Z]\w+(?:Error|Write|Timeout|Exception|Warning))\b", r"`\1`", cell)
                for cell in cells.values()
            ],
        )


def _table(head: list[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [head, ["---"] * len(head), *map(list, rows)]
    return "\n".join([*("| " + " | ".join(line) + " |" for line in lines), ""])


def _fill(app: Any, page: str, source: list[str]) -> None:
    tables = {"faults": faults, "fault matrix": matrix, "guarantees": guarantees}
    source[0] = MARK.sub(lambda found: tables[found[1]](), source[0])
