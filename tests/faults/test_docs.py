"""The page about faults tells every kind and every outcome."""

import tomllib
from pathlib import Path
from typing import Any

import faults
import pytest
from cases import PLATFORMS, TROUBLES

from adplatforms.sandbox.faults import KINDS


def test_every_kind_has_a_line() -> None:
    lines = faults.faults().splitlines()[2:]
    assert [line.split("|")[1].strip(" `") for line in lines] == list(KINDS)


def test_every_platform_has_a_table_with_a_line_for_every_fault() -> None:
    tables = faults.matrix().split("### ")[1:]
    assert [table.splitlines()[0] for table in tables] == [platform.title for platform in PLATFORMS.values()]
    for table in tables:
        lines = table.strip().splitlines()[4:]
        assert [line.split("|")[1].strip() for line in lines] == [t.title for t in TROUBLES.values()]
    assert "| `AmbiguousWrite` (applied) |" in faults.matrix()


TESTS = Path(__file__).parents[1]
GUARANTEES = tomllib.loads(Path(__file__).with_name("guarantees.toml").read_text(encoding="utf-8"))["guarantee"]


@pytest.mark.parametrize("guarantee", GUARANTEES, ids=lambda guarantee: guarantee["promise"][:40])
def test_every_guarantee_has_tests(guarantee: dict[str, Any]) -> None:
    assert guarantee["tests"]
    for test in guarantee["tests"]:
        path, _, name = test.partition("::")
        assert f"def {name}(" in (TESTS / path).read_text(encoding="utf-8"), test


def test_every_guarantee_is_told() -> None:
    table = faults.guarantees()
    assert all(guarantee["promise"] in table for guarantee in GUARANTEES)
    assert "% guarantees\n" in (TESTS.parent / "docs" / "faults.md").read_text(encoding="utf-8")
