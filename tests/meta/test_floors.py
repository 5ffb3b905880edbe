"""The lowest versions that setup.cfg allows: readable by what installs them, and the same Python everywhere."""

import importlib.util
import re
import tomllib
from configparser import ConfigParser
from typing import Any

import pytest
from source import ROOT

SETUP = (ROOT / "setup.cfg").read_text()


def _floors() -> Any:
    spec = importlib.util.spec_from_file_location("floors", ROOT / "tests" / "floors.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_requirement_has_a_floor() -> None:
    found = _floors().floors(SETUP)
    assert len(found) > 20
    assert all(re.fullmatch(r"[\w.-]+==[\d.]+(; .+)?", one) for one in found)


def test_known_bad_versions_are_below_the_floors() -> None:
    # urllib3 before 2.6 takes a download that was cut short for a whole one, and inflates a few kB to gigabytes.
    floors = dict(re.findall(r"([\w.-]+)==([\d.]+)", "\n".join(_floors().floors(SETUP))))
    least = {"urllib3": (2, 6), "orjson": (3, 9, 15), "pyrate-limiter": (4, 1)}
    for name, version in least.items():
        assert tuple(map(int, floors[name].split("."))) >= version


@pytest.mark.parametrize(
    ("requirement", "message"),
    [("thing", "not of the form"), ("thing < 3", "not of the form"), ("orjson >= 9", "orjson has two floors")],
)
def test_what_cannot_be_installed_at_its_floor_is_refused(requirement: str, message: str) -> None:
    changed = SETUP.replace("[options.extras_require]", f"[options.extras_require]\nmore =\n    {requirement}", 1)
    with pytest.raises(ValueError, match=message):
        _floors().floors(changed)


def test_the_oldest_python_is_the_same_everywhere() -> None:
    setup, tox = ConfigParser(), ConfigParser(interpolation=None)
    setup.read_string(SETUP)
    tox.read(ROOT / "tox.ini")
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    minor = int(re.fullmatch(r">=3\.(\d+)", setup["options"]["python_requires"])[1])  # type: ignore[index]
    declared = re.findall(r"Python :: 3\.(\d+)", setup["metadata"]["classifiers"])
    assert min(map(int, declared)) == minor
    assert tools["ruff"]["target-version"] == f"py3{minor}"
    assert tools["mypy"]["python_version"] == f"3.{minor}"
    assert min(map(int, re.findall(r"py3(\d+)", tox["tox"]["env_list"]))) == minor
    assert tox["testenv:lowest"]["base_python"] == f"python3.{minor}"
    assert f"on Python 3.{minor} to" in (ROOT / "README.md").read_text()
