"""Borrows the environment of the classic SDK from the witness tests."""

import importlib.util
from pathlib import Path
from types import ModuleType


def load(path: Path) -> ModuleType:
    """A module by its file, for folders that are no packages."""
    spec = importlib.util.spec_from_file_location(f"compat_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


classic_python = load(Path(__file__).resolve().parents[1] / "witness" / "conftest.py").classic_python
