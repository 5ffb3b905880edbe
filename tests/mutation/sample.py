"""Plants small faults, one at a time, in what decides about rows and writes, and tells which ones no test notices.

    python tests/mutation/sample.py --map                      # once: which test runs which statement
    python tests/mutation/sample.py --count 80 --seed 7        # plants 80 faults; the survivors are printed

The map is made by coverage with a context per test. Each fault is planted in a copy of the packages, never in the
checkout, and tried by the tests that run its line. Exit status 1: more survived than `--allowed` (percent).
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from coverage import Coverage, CoverageData

ROOT = Path(__file__).resolve().parents[2]
MAP = ROOT / ".cache" / "mutation.coverage"
PACKAGES = ("adplatforms", "terminalone")
FOLDERS = ("adplatforms/core", "adplatforms/net", "adplatforms/ttd", "adplatforms/pinterest", "terminalone")
COMPARE = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
MOST_TESTS = 200
"""Tests that are run against one fault: of more, a random choice."""


def faults(tree: ast.Module) -> Iterator[tuple[int, str, ast.Module]]:
    """Every fault that can be planted: its line, what it is, and the tree while it is planted."""
    for node in ast.walk(tree):
        match node:
            case ast.Compare(ops=[old]):
                node.ops = [COMPARE[type(old)]()]
                yield node.lineno, f"comparison: {ast.unparse(node)}", tree
                node.ops = [old]
            case ast.BoolOp(op=old):
                node.op = ast.Or() if isinstance(old, ast.And) else ast.And()
                yield node.lineno, f"and/or: {ast.unparse(node)}", tree
                node.op = old
            case ast.BinOp(op=ast.Add() | ast.Sub() as old):
                node.op = ast.Sub() if isinstance(old, ast.Add) else ast.Add()
                yield node.lineno, f"plus/minus: {ast.unparse(node)}", tree
                node.op = old
            case ast.Constant(value=bool() | int() as old):
                node.value = not old if isinstance(old, bool) else old + 1
                yield node.lineno, f"constant: {old} is {node.value}", tree
                node.value = old
            case ast.If(test=old) | ast.While(test=old):
                node.test = ast.UnaryOp(ast.Not(), old)
                yield node.lineno, f"condition: {ast.unparse(node.test)}", tree
                node.test = old
            case ast.Raise() | ast.Expr(value=ast.Call()) | ast.AugAssign():
                for block in _blocks(tree, node):
                    at = block.index(node)
                    block[at] = ast.copy_location(ast.Pass(), node)
                    yield node.lineno, f"left out: {ast.unparse(node)[:80]}", tree
                    block[at] = node


def _blocks(tree: ast.Module, statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    """The list of statements that holds this one."""
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list) and statement in block:
                yield block
                return


class Contexts:
    """A plugin of pytest that says to coverage which test runs now."""

    def __init__(self, measured: Coverage) -> None:
        self.measured = measured

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        self.measured.switch_context(item.nodeid)


def make_map(arguments: list[str]) -> int:
    """Runs the tests once, in this process, and keeps which of them ran which line."""
    MAP.parent.mkdir(exist_ok=True)
    measured = Coverage(data_file=str(MAP), source_pkgs=list(PACKAGES), config_file=False)
    measured.erase()
    measured.start()
    status = pytest.main(["-q", "-n", "0", "--rootdir", str(ROOT), *arguments], plugins=[Contexts(measured)])
    measured.stop()
    measured.save()
    return int(status)


def tests_of(data: CoverageData, line: int, file: Path, dice: random.Random) -> list[str]:
    """The tests that run a line."""
    contexts = data.contexts_by_lineno(str(file)).get(line, [])
    tests = sorted(context for context in contexts if context)
    return tests if len(tests) <= MOST_TESTS else dice.sample(tests, MOST_TESTS)


def survives(file: Path, source: str, tests: list[str]) -> bool:
    """Whether the tests pass with the fault planted. A test that no longer ends has noticed it."""
    with tempfile.TemporaryDirectory() as folder:
        for package in PACKAGES:
            shutil.copytree(ROOT / package, Path(folder, package), ignore=shutil.ignore_patterns("__pycache__"))
        Path(folder, file.relative_to(ROOT)).write_text(source, encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider", "-m", "", *tests]
        environment = {**os.environ, "PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONSAFEPATH": "1"}
        try:
            run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False, timeout=600)
        except subprocess.TimeoutExpired:
            return False
        return run.returncode == 0


def main() -> int:
    """The command line; the exit status."""
    parser = argparse.ArgumentParser(description="Plants faults and tells which ones no test notices.")
    parser.add_argument("--map", action="store_true", help="run the tests to learn which of them run which line")
    parser.add_argument("--count", type=int, default=80, help="faults to plant")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="the same seed, the same faults")
    parser.add_argument("--allowed", type=float, default=10.0, help="percent that may survive")
    parser.add_argument("--only", default="", help="a part of the path of the modules to try")
    options, rest = parser.parse_known_args()
    if options.map:
        return make_map(rest)
    if not MAP.is_file():
        parser.error("there is no map yet: run with --map first")
    data, dice = CoverageData(str(MAP)), random.Random(options.seed)
    data.read()
    files = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py")) if options.only in str(path)]
    known = {path: data.contexts_by_lineno(str(path)) for path in files}
    sites = [
        (path, number)
        for path in files
        for number, (line, _, _) in enumerate(faults(ast.parse(path.read_text(encoding="utf-8"))))
        if any(known[path].get(line, ()))
    ]
    chosen = dice.sample(sites, min(options.count, len(sites)))
    if chosen:
        first, _ = chosen[0]
        line = next(line for line, contexts in known[first].items() if any(contexts))
        some = tests_of(data, line, first, dice)
        if not survives(first, first.read_text(encoding="utf-8"), some):
            parser.error("the tests fail without any fault: mend them, or make the map anew")
    survivors = 0
    for path, wanted in chosen:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        line, what, planted = next(each for number, each in enumerate(faults(tree)) if number == wanted)
        survived = survives(path, ast.unparse(planted), tests_of(data, line, path, dice))
        survivors += survived
        print(f"{'SURVIVED' if survived else 'noticed '} {path.relative_to(ROOT)}:{line} {what}", flush=True)
    print(f"{survivors} of {len(chosen)} survived (seed {options.seed})")
    return int(survivors > len(chosen) * options.allowed / 100)


if __name__ == "__main__":
    sys.exit(main())
