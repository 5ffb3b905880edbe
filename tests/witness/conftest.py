"""Other vendors' clients in environments of their own, and what the classic SDK says about a sandbox."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adplatforms.sandbox import Sandbox

HERE = Path(__file__).resolve().parent


@pytest.fixture(scope="session")
def python_with() -> Callable[[str, str], Path]:
    """Makes a Python that holds the packages of a requirements file: `python_with("t1", "requirements.txt")`.

    One environment a name, checkout and Python version, made once and then reused under `.cache/witness-<name>`. Where
    no package index can be reached the tests skip, and fail in CI (environment variable CI).
    """

    def make(name: str, file: str) -> Path:
        requirements = HERE / file
        home = HERE.parents[1] / ".cache" / f"witness-{name}" / ".".join(map(str, sys.version_info[:3]))
        python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
        made_from = home / "requirements.txt"
        if made_from.is_file() and made_from.read_bytes() == requirements.read_bytes():
            return python
        shutil.rmtree(home, ignore_errors=True)
        pip: list[str | Path] = [
            python,
            "-m",
            "pip",
            "--disable-pip-version-check",
            "install",
            "--quiet",
            "--retries",
            "1",
        ]
        venv: list[str | Path] = [sys.executable, "-m", "venv", home]
        for command in (venv, [*pip, "-r", requirements]):
            made = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
            if made.returncode:
                said = (made.stderr or made.stdout).strip()[-500:]
                reason = f"the client of {name} cannot be installed: {said}"
                if os.environ.get("CI"):
                    pytest.fail(reason)
                pytest.skip(reason)
        shutil.copy(requirements, made_from)
        return python

    return make


@pytest.fixture(scope="session")
def tour() -> Callable[..., dict[str, Any]]:
    """Runs a script with a Python of its own, and gives the JSON object it prints: `tour(python, script, *words)`."""

    def run(python: Path, script: str, *words: str) -> dict[str, Any]:
        command: list[str | Path] = [python, "-I", HERE / script, *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        assert done.returncode == 0, done.stderr
        results: dict[str, Any] = json.loads(done.stdout)
        return results

    return run


@pytest.fixture(scope="session")
def classic_python(python_with: Callable[[str, str], Path]) -> Path:
    """A Python that has the classic SDK."""
    return python_with("t1", "requirements.txt")


@pytest.fixture(scope="session", params=["xml", "json"])
def wire_format(request: pytest.FixtureRequest) -> str:
    """The format the SDK asks for."""
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def said(classic_python: Path, wire_format: str, tour: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    """What each step of the SDK's tour gave, on a server of its own."""
    with Sandbox() as sandbox:
        return tour(classic_python, "classic_sdk.py", sandbox.url.removeprefix("http://"), wire_format)
