"""Every public name of the classic SDK is here, but for what is listed with its reason."""

import importlib.util
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
MISSING = {
    **dict.fromkeys(("absolute_import", "six"), "imports of the classic modules"),
    **dict.fromkeys(
        ("fetch_resource_owner_password_token", "user_agent"), "of entities, which were connections there; T1 has both"
    ),
    "defaults": "dates of 2012, which nobody wants to be posted (defect 38)",
}


@pytest.fixture(scope="module")
def classic(classic_python: Path) -> dict[str, list[str]]:
    """The names of the classic SDK."""
    command = [classic_python, "-I", HERE / "classic.py", "names"]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert run.returncode == 0, run.stderr
    names: dict[str, list[str]] = json.loads(run.stdout)
    return names


@pytest.fixture(scope="module")
def ours() -> Any:
    """The names of this package."""
    spec = importlib.util.spec_from_file_location("compat_surface", HERE / "surface.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.surface()


def test_every_place_is_there(classic: dict[str, list[str]], ours: dict[str, list[str]]) -> None:
    assert len(classic) > 50
    assert set(classic) <= set(ours)


def test_every_name_is_there(classic: dict[str, list[str]], ours: dict[str, list[str]]) -> None:
    lacking = {place: set(names) - set(ours[place]) - set(MISSING) for place, names in classic.items()}
    assert {place: names for place, names in lacking.items() if names} == {}


def test_the_list_of_what_is_missing_is_true(classic: dict[str, list[str]], ours: dict[str, list[str]]) -> None:
    missing = {name for place, names in classic.items() for name in set(names) - set(ours[place])}
    assert set(MISSING) <= missing
