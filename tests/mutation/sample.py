"""Plants small faults, one at a time, in what decides about rows and writes, and tells which ones no test notices.

    python tests/mutation/sample.py --map                      # once: which test runs which statement
    python tests/mutation/sample.py --map tests/unit/core      # after a change of these tests: added to the map
    python tests/mutation/sample.py --count 80 --seed 7        # plants 80 faults; the survivors are printed
    python tests/mutation/sample.py --only core/lost.py        # ... in the modules whose path holds this

The map is made by coverage with a context per test. Each fault is planted in a copy of the packages, never in the
checkout, and tried by the tests that run its line: first by some of them, and by the rest where these notice nothing.
A fault that changes nothing a user could notice is listed in `equivalent.toml`, with the reason, and not counted.
Exit status 1: more survived than `--allowed` (percent).
"""

import argparse
import ast
import difflib
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest
from coverage import Coverage, CoverageData

ROOT = Path(__file__).resolve().parents[2]
MAP = ROOT / ".cache" / "mutation.coverage"
EQUIVALENT = Path(__file__).with_name("equivalent.toml")
PACKAGES = ("adplatforms", "terminalone")
FOLDERS = ("terminalone", *(f"adplatforms/{name}" for name in ("core", "data", "net", "pinterest", "ttd")))
"""Where the modules lie that decide about rows and writes."""
COMPARE = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
FIRST_TESTS = 40
"""Tests that are run first against a fault: most faults are noticed by any of them."""
MOST_TESTS = 1500
"""Tests that are run against it in all: of more, a random choice."""
MOST_SECONDS = 600
"""Seconds that a test run may take: a fault can make a loop that never ends."""
MOST_MEMORY = 4 << 30
"""Bytes that a test run may take: such a loop can keep all that it reads."""
LIBRARIES = ("dateutil.parser", "flask", "graphql", "numpy", "orjson", "requests", "responses")


class Site(NamedTuple):
    """A place for a fault: the module, the number of the fault in it, its line and what it is."""

    path: Path
    number: int
    line: int
    what: str

    @property
    def name(self) -> str:
        """The module, as people write it."""
        return self.path.relative_to(ROOT).as_posix()


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
                whole = node.values
                for left_out in whole:
                    node.values = [each for each in whole if each is not left_out]
                    yield left_out.lineno, f"operand {ast.unparse(left_out)[:60]} left out: {ast.unparse(node)}", tree
                node.values = whole
            case ast.BinOp(op=ast.Add() | ast.Sub() as old):
                node.op = ast.Sub() if isinstance(old, ast.Add) else ast.Add()
                yield node.lineno, f"plus/minus: {ast.unparse(node)}", tree
                node.op = old
            case ast.Constant(value=bool() as old):
                node.value = not old
                yield node.lineno, f"constant: {old} is {node.value}", tree
                node.value = old
            case ast.Constant(value=int() as old):
                for node.value in (old + 1, old - 1):
                    yield node.lineno, f"constant: {old} is {node.value}", tree
                node.value = old
            case ast.If(test=old) | ast.While(test=old) | ast.IfExp(test=old):
                node.test = ast.UnaryOp(ast.Not(), old)
                yield node.lineno, f"condition: {ast.unparse(node.test)}", tree
                node.test = old
            case ast.Return(value=ast.expr() as old) if not isinstance(old, ast.Constant):
                node.value = ast.Constant(None)
                yield node.lineno, f"returns None: {ast.unparse(old)[:80]}", tree
                node.value = old
            case ast.Raise() | ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Continue() | ast.Break():
                yield from _left_out(tree, node)
            case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
                yield from _left_out(tree, node)


def _left_out(tree: ast.Module, statement: ast.stmt) -> Iterator[tuple[int, str, ast.Module]]:
    """The tree without a statement."""
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list) and statement in block:
                at = block.index(statement)
                block[at] = ast.copy_location(ast.Pass(), statement)
                yield statement.lineno, f"left out: {ast.unparse(statement)[:80]}", tree
                block[at] = statement


class Contexts:
    """A plugin of pytest that says to coverage which test runs now."""

    def __init__(self, measured: Coverage) -> None:
        self.measured = measured

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        self.measured.switch_context(item.nodeid)


def make_map(arguments: list[str]) -> int:
    """Runs the tests once, in this process, and keeps which of them ran which line."""
    MAP.parent.mkdir(exist_ok=True)
    measured = Coverage(data_file=str(MAP), source=[str(ROOT / folder) for folder in FOLDERS], config_file=False)
    if arguments and MAP.is_file():
        measured.load()
    else:
        measured.erase()
    measured.start()
    status = pytest.main(["-q", "-n", "0", "--rootdir", str(ROOT), *arguments], plugins=[Contexts(measured)])
    measured.stop()
    measured.save()
    return int(status)


def modules(only: str = "") -> list[Path]:
    """The modules to plant faults in, those whose path holds `only`."""
    return sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py") if only in str(path))


def outdated(data: CoverageData, only: str) -> list[str]:
    """The modules that the map does not know as they are: they are new, have moved, or were changed since."""
    known, made = data.measured_files(), MAP.stat().st_mtime
    new = [path for path in modules(only) if str(path) not in known or path.stat().st_mtime > made]
    return [path.relative_to(ROOT).as_posix() for path in new]


def sites_of(data: CoverageData, only: str) -> dict[Site, list[str]]:
    """Every place for a fault that tests reach, with these tests."""
    found = {}
    for path in modules(only):
        by_line = data.contexts_by_lineno(str(path))
        whole_file = {context for contexts in by_line.values() for context in contexts if context}
        for number, (line, what, _) in enumerate(faults(ast.parse(path.read_text(encoding="utf-8")))):
            contexts = by_line.get(line, [])
            tests = {context for context in contexts if context}
            if contexts and "" in contexts:  # run by the import: whoever uses the module may notice
                tests = whole_file
            if tests:
                found[Site(path, number, line, what)] = sorted(tests)
    return found


class Failed:
    """A plugin of pytest that notes which tests failed."""

    def __init__(self) -> None:
        self.tests: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.tests.append(report.nodeid)


class Copy:
    """A copy of the packages to plant faults in. `noticed_by`: the tests that have noticed one."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.noticed_by: set[str] = set()
        for package in PACKAGES:
            shutil.copytree(ROOT / package, Path(folder, package), ignore=shutil.ignore_patterns("__pycache__"))
        for name in LIBRARIES:  # once here, and not by each of the processes that run tests
            with suppress(ImportError):
                import_module(name)

    def passes(self, site: Site, source: str, tests: list[str]) -> bool:
        """Whether the tests pass with this source in place of a module. One that no longer ends has noticed it."""
        self._write(site, source)
        try:
            return all(self.run(some) for some in (tests[:FIRST_TESTS], tests[FIRST_TESTS:MOST_TESTS]) if some)
        finally:
            self._write(site, site.path.read_text(encoding="utf-8"))

    def _write(self, site: Site, source: str) -> None:
        place = Path(self.folder, site.path.relative_to(ROOT))
        place.write_text(source, encoding="utf-8")
        for compiled in place.parent.glob(f"__pycache__/{place.stem}.*"):
            compiled.unlink()

    def run(self, tests: list[str]) -> bool:
        """Whether tests pass. They run in a process of their own, up to the first that fails."""
        notes = Path(self.folder, "failed")
        notes.write_text("")
        child = os.fork()
        if not child:
            try:
                os._exit(self._run_here(tests, notes))
            finally:
                os._exit(3)
        _, status = os.waitpid(child, 0)
        if status:  # no test has failed where a module cannot be imported, say, or a loop never ends
            self.noticed_by.update(notes.read_text().splitlines() or tests[:FIRST_TESTS])
        return status == 0

    def _run_here(self, tests: list[str], notes: Path) -> int:
        signal.alarm(MOST_SECONDS)
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        os.environ.update(PYTHONPATH=self.folder, PYTHONSAFEPATH="1")
        os.chdir(ROOT)
        sys.path[:] = [self.folder, *(path for path in sys.path if Path(path).resolve() != ROOT)]
        failed = Failed()
        options = ["-q", "-x", "-n", "0", "-p", "no:cacheprovider", "-m", "", "--rootdir", str(ROOT)]
        status = pytest.main([*options, *tests], plugins=[failed])
        notes.write_text("\n".join(failed.tests))
        return int(status)


def planted(site: Site) -> str:
    """The source of a module with its fault."""
    tree = ast.parse(site.path.read_text(encoding="utf-8"))
    return next(ast.unparse(faulty) for number, (_, _, faulty) in enumerate(faults(tree)) if number == site.number)


def difference(site: Site) -> str:
    """What a fault changes, as a diff without comments."""
    whole = ast.unparse(ast.parse(site.path.read_text(encoding="utf-8"))).splitlines()
    lines = list(difflib.unified_diff(whole, planted(site).splitlines(), n=3, lineterm=""))
    return "\n".join(f"    {line}" for line in lines[3:])


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
    if new := outdated(data, options.only):
        print(f"new or changed since the map was made, run --map again: {', '.join(new)}", file=sys.stderr)
    sites = sites_of(data, options.only)
    known = {(each["path"], each["what"]) for each in tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))["fault"]}
    candidates = [site for site in sites if (site.name, site.what) not in known]
    chosen = dice.sample(candidates, min(options.count, len(candidates)))
    survivors = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Copy(folder)
        for site in chosen:
            tests = dice.sample(sites[site], len(sites[site]))
            survived = copy.passes(site, planted(site), tests)
            survivors += survived
            print(f"{'SURVIVED' if survived else 'noticed '} {site.name}:{site.line} {site.what}", flush=True)
            if survived:
                print(difference(site), flush=True)
        if not copy.run(sorted(copy.noticed_by)):
            parser.error("some of the tests fail without any fault: mend them, or make the map anew")
    print(f"{survivors} of {len(chosen)} survived (seed {options.seed})")
    return int(survivors > len(chosen) * options.allowed / 100)


if __name__ == "__main__":
    sys.exit(main())
