"""Fixtures shared by all tests: local sandbox servers, sessions on them, and the facts of the vendors."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from adplatforms.sandbox import Sandbox
    from terminalone import T1

ROOT = Path(__file__).resolve().parent.parent
WITNESS = ROOT / "tests" / "witness"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What works with another vendor's client needs the package index, so it is marked `long`."""
    for item in items:
        if "python_with" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.long)


@pytest.fixture(scope="session")
def sandbox() -> Iterator["Sandbox"]:
    """One server for all tests that only read."""
    from adplatforms.sandbox import Sandbox

    with Sandbox() as server:
        yield server


@pytest.fixture(scope="session")
def _fresh() -> Iterator[list["Sandbox"]]:
    """The server that waits for the next test that writes, if there is one."""
    servers: list[Sandbox] = []
    yield servers
    for server in servers:
        server.stop()


@pytest.fixture
def fresh_sandbox(_fresh: list["Sandbox"]) -> Iterator["Sandbox"]:
    """A server as it is when it has just started, for the test alone: it may write, and let things go wrong.

    Starting one takes ten times as long as putting everything back, so that is what is done.
    """
    from adplatforms.sandbox import Sandbox

    server = _fresh.pop() if _fresh else Sandbox().start()
    yield server
    try:
        for client in server._clients:
            client.close()
        server.faults.clear()
        server.faults.seed = server.skew = server.latency = 0
        server.expire_sessions()
        server.reset()
        server.calls.clear()
        server.journal.clear()
    except RuntimeError:  # the test has stopped it
        return
    server._clients.clear()
    _fresh.append(server)


@pytest.fixture
def t1(sandbox: "Sandbox") -> Iterator["T1"]:
    """A T1 session of the test's own on the shared, read-only server, with an empty log of calls."""
    session = sandbox.t1()
    sandbox.calls.clear()
    yield session
    session.close()


@pytest.fixture(scope="session")
def spec() -> Path:
    """The folder of vendor facts that lies beside the repository; tests that need it skip without it."""
    folder = ROOT.parent / "shared" / "spec"
    if not folder.is_dir():
        pytest.skip("the vendors' facts (../shared/spec) are not on this machine")
    return folder


@pytest.fixture(scope="session")
def python_with() -> Callable[[str, str], Path]:
    """Makes a Python that holds the packages of a requirements file: `python_with("t1", "requirements.txt")`.

    One environment a name, checkout and Python version, made once and then reused under `.cache/witness-<name>`. Where
    no package index can be reached the tests skip, and fail in CI (environment variable CI).
    """

    def make(name: str, file: str) -> Path:
        requirements = WITNESS / file
        home = ROOT / ".cache" / f"witness-{name}" / ".".join(map(str, sys.version_info[:3]))
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
def classic_python(python_with: Callable[[str, str], Path]) -> Path:
    """A Python that has the classic SDK."""
    return python_with("t1", "requirements.txt")
