"""The classic SDK in an environment of its own, and what it says about a sandbox."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from adplatforms.sandbox import Sandbox

HERE = Path(__file__).resolve().parent
REQUIREMENTS = HERE / "requirements.txt"


@pytest.fixture(scope="session")
def classic_python() -> Path:
    """A Python that has the classic SDK: made once a checkout and Python version, then reused.

    Where no package index can be reached the tests skip, and fail in CI (environment variable CI).
    """
    home = HERE.parents[1] / ".cache" / "witness-t1" / ".".join(map(str, sys.version_info[:3]))
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    made_from = home / "requirements.txt"
    if made_from.is_file() and made_from.read_bytes() == REQUIREMENTS.read_bytes():
        return python
    shutil.rmtree(home, ignore_errors=True)
    pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--retries", "1"]
    for command in ([sys.executable, "-m", "venv", home], [*pip, "-r", REQUIREMENTS]):
        made = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
        if made.returncode:
            reason = f"the classic SDK cannot be installed: {(made.stderr or made.stdout).strip()[-500:]}"
            if os.environ.get("CI"):
                pytest.fail(reason)
            pytest.skip(reason)
    shutil.copy(REQUIREMENTS, made_from)
    return python


@pytest.fixture(scope="session", params=["xml", "json"])
def wire_format(request: pytest.FixtureRequest) -> str:
    """The format the SDK asks for."""
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def said(classic_python: Path, wire_format: str) -> dict[str, Any]:
    """What each step of the SDK's tour gave, on a server of its own."""
    with Sandbox() as sandbox:
        host = sandbox.url.removeprefix("http://")
        run = subprocess.run(
            [classic_python, "-I", HERE / "classic_sdk.py", host, wire_format],
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
    assert run.returncode == 0, run.stderr
    results: dict[str, Any] = json.loads(run.stdout)
    return results
