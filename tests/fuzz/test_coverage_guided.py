"""A bounded run of the coverage-guided fuzzer on each envelope parser, where atheris is installed."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.long

SCRIPT = Path(__file__).with_name("coverage_guided.py")


@pytest.mark.parametrize("format", ["xml", "json"])
def test_no_bytes_break_the_parser(format: str, tmp_path: Path) -> None:
    pytest.importorskip("atheris", reason="atheris is there for Linux, up to Python 3.12")
    run = subprocess.run(
        [sys.executable, str(SCRIPT), format, "-runs=50000", "-seed=1"],
        cwd=tmp_path,  # libFuzzer leaves the input that failed there
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3000:]
