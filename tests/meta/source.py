"""What the meta tests read: the modules of both packages, and the imports written in each."""

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("adplatforms", "terminalone")


class Import(NamedTuple):
    """One import statement: the module asked for, and the function it stands in (None at module level)."""

    target: str
    function: str | None
    line: int


class Module(NamedTuple):
    """One source file of the packages."""

    name: str
    path: Path

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.path)

    @property
    def lines(self) -> int:
        return len(self.path.read_text(encoding="utf-8").splitlines())

    def imports(self) -> Iterable[Import]:
        """Every import that runs: those under `if TYPE_CHECKING` do not."""
        return _imports_of(self)


def modules() -> list[Module]:
    """All modules of both packages, by dotted name."""
    found = []
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found.append(Module(".".join(parts[:-1] if parts[-1] == "__init__" else parts), path))
    return found


def within(name: str, package: str) -> bool:
    """Whether a dotted name is the package or lies in it."""
    return name == package or name.startswith(package + ".")


def broken(modules: Iterable[Module], rule: Callable[[Module], Any]) -> str:
    """The modules that break a rule, one a line with what is wrong: `assert not broken(ALL, rule)`.

    The rule gets a module and returns what is wrong with it, or something false.
    """
    checked = list(modules)
    assert checked, "no module is checked"
    found = [(module.name, rule(module)) for module in checked]
    return "".join(f"\n{name}: {wrong}" for name, wrong in found if wrong)


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _imports_of(module: Module) -> tuple[Import, ...]:
    return tuple(_imports(module.tree.body, module, None))


def _imports(body: list[ast.stmt], module: Module, function: str | None) -> Iterator[Import]:
    for node in body:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, function, node.lineno)
        elif isinstance(node, ast.ImportFrom):
            for target in _targets(node, module):
                yield Import(target, function, node.lineno)
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield from _imports(node.orelse, module, function)
        else:
            inside = node.name if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else function
            for attribute in ("body", "orelse", "finalbody"):
                yield from _imports(getattr(node, attribute, []), module, inside)
            for handler in getattr(node, "handlers", []):
                yield from _imports(handler.body, module, inside)


def _targets(node: ast.ImportFrom, module: Module) -> Iterator[str]:
    """`from a.b import c` asks for module `a.b.c` where there is one, else for `a.b`."""
    base = node.module or ""
    if node.level:
        package = module.name.split(".")
        if module.path.name != "__init__.py":
            package.pop()
        package = package[: len(package) - node.level + 1]
        base = ".".join([*package, base] if base else package)
    for alias in node.names:
        path = ROOT.joinpath(*base.split("."), alias.name)
        yield f"{base}.{alias.name}" if path.is_dir() or path.with_suffix(".py").is_file() else base
