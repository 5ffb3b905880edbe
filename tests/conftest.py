"""Fixtures shared by all tests: local sandbox servers, sessions on them, and the facts of the vendors."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from adplatforms.sandbox import Sandbox
    from terminalone import T1

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def sandbox() -> Iterator["Sandbox"]:
    """One server for all tests that only read."""
    from adplatforms.sandbox import Sandbox

    with Sandbox() as server:
        yield server


@pytest.fixture
def fresh_sandbox() -> Iterator["Sandbox"]:
    """A server of the test's own, to write to."""
    from adplatforms.sandbox import Sandbox

    with Sandbox() as server:
        yield server


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
