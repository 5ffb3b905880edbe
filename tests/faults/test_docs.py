"""The page about faults tells every kind and every outcome."""

import faults
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
