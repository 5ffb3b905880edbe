"""What every module owes its reader: a readable size, docstrings, and true lists of what it exports."""

import ast
import importlib
import inspect
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from source import ROOT, Module, broken, modules

ALL = modules()
IMPORTED = [module for module in ALL if not module.name.endswith("__main__")]
ENTITY_FOLDERS = ("terminalone/entities", "adplatforms/ttd/entities", "adplatforms/pinterest/entities")
ENTITY_FILES = [
    module
    for module in ALL
    if str(module.path.parent.relative_to(ROOT)) in ENTITY_FOLDERS
    and module.path.name not in ("__init__.py", "base.py")
]


def test_modules_have_at_most_400_lines() -> None:
    def wrong(module: Module) -> str:
        return f"{module.lines} lines" if module.lines > 400 else ""

    assert not broken(IMPORTED, wrong)


def test_entity_files_declare_entities_alone() -> None:
    """However many fields one has: an entity is one class, and is not put together from halves."""

    def wrong(module: Module) -> str:
        classes = [node for node in module.tree.body if isinstance(node, ast.ClassDef)]
        halves = [node.name for node in classes if all(word.arg != "collection" for word in node.keywords)]
        return f"{module.lines} lines, without a collection: {halves}" if halves or module.lines < 15 else ""

    assert not broken(ENTITY_FILES, wrong)


def test_public_things_have_docstrings() -> None:
    """A method that overrides a documented one inherits its docstring."""

    def wrong(module: Module) -> list[str]:
        loaded = importlib.import_module(module.name)
        without = [name for name, thing in _public(loaded) if not _documented(thing)]
        return without if loaded.__doc__ else ["the module has no docstring", *without]

    assert not broken(IMPORTED, wrong)


def test_all_is_true() -> None:
    """Every exported name exists, and every public class and function defined there is exported.

    That the list is sorted is checked by ruff (RUF022).
    """

    def wrong(module: Module) -> list[str]:
        loaded = importlib.import_module(module.name)
        exported = getattr(loaded, "__all__", None)
        if exported is None:
            return []
        public = {name for name, _ in _public(loaded) if "." not in name}
        twice = [f"{name} is listed twice" for name in set(exported) if exported.count(name) > 1]
        missing = [f"{name} does not exist" for name in exported if not hasattr(loaded, name)]
        return twice + missing + [f"{name} is not exported" for name in sorted(public - set(exported))]

    assert not broken(IMPORTED, wrong)


def _documented(thing: Any) -> bool:
    if inspect.isclass(thing):
        return bool(thing.__doc__)
    return bool(inspect.getdoc(thing))


def _public(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """Public classes and functions defined in the module, and the public methods of those classes."""
    for name, thing in vars(module).items():
        if name.startswith("_") or getattr(thing, "__module__", None) != module.__name__:
            continue
        if inspect.isclass(thing):
            yield name, thing
            for method, function in vars(thing).items():
                if inspect.isfunction(function) and not method.startswith("_"):
                    yield f"{name}.{method}", getattr(thing, method)
        elif inspect.isfunction(thing):
            yield name, thing
