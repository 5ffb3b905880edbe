"""The sampler of planted faults follows the modules when they move."""

import ast
import importlib.util
import tomllib
from types import ModuleType

import pytest
from source import ROOT, modules

ELSEWHERE = {"__init__", "__main__", "_version", "cli", "shell"}
"""Modules at the top of `adplatforms`, which decide nothing about rows and writes; nor does the sandbox."""


@pytest.fixture(scope="module")
def sampler() -> ModuleType:
    """`tests/mutation/sample.py`."""
    pytest.importorskip("coverage")
    spec = importlib.util.spec_from_file_location("sample", ROOT / "tests" / "mutation" / "sample.py")
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def test_faults_are_planted_in_every_module_that_decides_about_rows(sampler: ModuleType) -> None:
    for folder in sampler.FOLDERS:
        assert list((ROOT / folder).rglob("*.py")), f"{folder} is gone"
    planted = {path.relative_to(ROOT) for path in sampler.modules()}
    left_out = {module.path.relative_to(ROOT) for module in modules()} - planted
    assert {path.as_posix() for path in left_out if path.parts[1] != "sandbox"} == {
        f"adplatforms/{name}.py" for name in ELSEWHERE
    }


def test_each_fault_that_changes_nothing_can_still_be_planted(sampler: ModuleType) -> None:
    for known in tomllib.loads(sampler.EQUIVALENT.read_text(encoding="utf-8"))["fault"]:
        path = ROOT / known["path"]
        assert path.is_file(), f"{known['path']} is gone"
        assert known["why"]
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert known["what"] in {what for _, what, _ in sampler.faults(tree)}, known
