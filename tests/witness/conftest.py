"""Other vendors' clients in environments of their own, and what the classic SDK says about a sandbox."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adplatforms.sandbox import Sandbox

HERE = Path(__file__).resolve().parent


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
