"""The layers of the packages, worked out from their imports: the diagrams of docs/architecture.md.

``python -m tests.meta.layers`` writes them there; `test_architecture` checks that they are what stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from textwrap import wrap

from .source import ROOT, modules, within

PAGE = ROOT / "docs" / "architecture.md"
_BLOCK = re.compile(r"<!-- layers of (?P<name>[\w. ]+) -->\n```text\n.*?```\n", re.DOTALL)
PACKAGES = (
    "adplatforms.core",
    "adplatforms.net",
    "adplatforms.data",
    "terminalone",
    "adplatforms.ttd",
    "adplatforms.pinterest",
    "adplatforms.sandbox",
    "adplatforms.shell",
    "adplatforms.cli",
)
"""What the diagram of the whole house shows as one box each."""


def drawn(page: str) -> str:
    """The page with its diagrams drawn anew: of all packages, or of the modules of the one that a comment names."""
    return _BLOCK.sub(lambda block: _block(block["name"]), page)


def _block(name: str) -> str:
    uses = _uses_of_packages() if name == "the packages" else _uses_of_modules(name)
    return f"<!-- layers of {name} -->\n```text\n{_picture(_layers(uses))}```\n"


def _uses_of_packages() -> dict[str, set[str]]:
    uses: dict[str, set[str]] = {package: set() for package in PACKAGES}
    for module in modules():
        own = next((package for package in PACKAGES if within(module.name, package)), None)
        if own is None or module.name == "adplatforms.core.hooks":
            continue
        for found in module.imports():
            other = next((package for package in PACKAGES if within(found.target, package)), None)
            # what the sandbox imports inside functions are its front doors: `Sandbox.t1()` opens a client
            if other not in (None, own) and not (own == "adplatforms.sandbox" and found.function):
                uses[own].add(str(other))
    return uses


def _uses_of_modules(package: str) -> dict[str, set[str]]:
    inside = {module.name: module for module in modules() if module.name.rpartition(".")[0] == package}
    return {
        name.rpartition(".")[2]: {
            found.target.rpartition(".")[2]
            for found in module.imports()
            if found.target in inside and found.target != name and found.function is None
        }
        for name, module in inside.items()
    }


def _layers(uses: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """The names from the bottom up: each uses only what stands in layers below its own."""
    layers: list[list[str]] = []
    below: set[str] = set()
    while len(below) < len(uses):
        layer = sorted(name for name in uses if name not in below and set(uses[name]) <= below)
        assert layer, f"these import each other: {sorted(set(uses) - below)}"
        layers.append(layer)
        below |= set(layer)
    return layers


def _picture(layers: list[list[str]]) -> str:
    """One row a layer, the top one first."""
    lines = []
    for number, layer in reversed(list(enumerate(layers))):
        rows = wrap("  ".join(layer), 96, break_on_hyphens=False)
        lines += [f"{number:>2} | {rows[0]}", *(f"   | {row}" for row in rows[1:])]
    return "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(drawn(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
