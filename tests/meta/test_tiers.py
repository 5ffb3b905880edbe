"""The three tiers of checks are what README.md, CONTRIBUTING.md and .ci/run say."""

import re
import tomllib
from configparser import ConfigParser

from source import ROOT

TOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
OPTIONS = TOOLS["pytest"]["ini_options"]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_readmes_command_runs_everything_that_is_not_long() -> None:
    assert "bin/pytest -q\n" in text("README.md")
    assert OPTIONS["addopts"][-2:] == ["-m", "not long"]
    assert set(OPTIONS["testpaths"]) == {"tests", "docs", "README.md"}
    assert "at most four minutes" in text("README.md")


def test_ci_runs_the_readmes_commands_and_each_linter() -> None:
    steps = re.findall(r"^step .*", text(".ci/run"), re.MULTILINE)
    for wanted in ('"command: test"', "ruff check", "ruff format --check", "mypy", "documentation", "interpreters"):
        assert any(wanted in step for step in steps), wanted
    assert "-- tests/unit tests/suite tests/typing" in text(".ci/run")


def test_the_long_tier_runs_every_test_with_coverage_and_the_other_environments() -> None:
    tox = ConfigParser(interpolation=None)
    tox.read_string(text("tox.ini"))
    everything, others = tox["testenv:long"]["commands"].strip().splitlines()
    assert tox.getboolean("testenv:long", "ignore_errors"), "what fails first must not hide the rest"
    assert TOOLS["coverage"]["report"]["fail_under"] >= 94
    assert set(TOOLS["coverage"]["run"]["source_pkgs"]) == {"adplatforms", "terminalone"}
    assert '-m ""' in everything
    assert "--cov" in everything
    assert others.endswith("-e py311,py312,py313,py314,lowest,newest,mutation")


def test_only_tests_that_decide_nothing_new_about_rows_money_and_secrets_are_long() -> None:
    """Where the mark stands, file by file: one more has to be thought about here. `proxy/test_soak.py` does at length
    what it does with 500 writes in the suite, `security/test_tracebacks.py` at every point what it does at 25."""
    marked = {
        str(path.relative_to(ROOT / "tests"))
        for path in (ROOT / "tests").rglob("test_*.py")
        if re.search(r"mark\.long\b", path.read_text(encoding="utf-8")) and path.name != "test_tiers.py"
    }
    assert marked == {
        "faults/test_matrix.py",
        "faults/test_soak.py",
        "fuzz/test_coverage_guided.py",
        "perf/test_interrupts.py",
        "perf/test_memory.py",
        "proxy/test_soak.py",
        "sandbox/pinterest/test_garbage.py",
        "sandbox/test_t1_garbage.py",
        "sandbox/ttd/test_ttd_garbage.py",
        "security/test_tracebacks.py",
    }
