"""Names that examples find ready, in README.md, docs/*.md and docstrings: the sandbox `sb`, the sessions `t1`, `ttd`
and `pin` on it, `filters`, `models`.

Every page (and every docstring) starts on the seed data, so what one saves is not seen by another.
"""

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="session", autouse=True)
def _no_waits() -> Iterator[None]:
    """The waits of a `Retry` that was given no `sleep=` take no time, the default policy's among them.

    A test that asks how long is waited passes one of its own that notes the seconds.
    """
    from adplatforms.net.retry import Retry

    def at_once(seconds: float) -> None:
        """In place of `time.sleep`."""

    given = Retry.__init__.__defaults__
    assert given is not None
    assert time.sleep in given
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Retry.__init__, "__defaults__", tuple(at_once if each is time.sleep else each for each in given))
        yield


@pytest.fixture(scope="session")
def _examples_sandbox() -> Iterator[Any]:
    from adplatforms.sandbox import Sandbox

    with Sandbox() as server:
        yield server


@pytest.fixture
def doctest_namespace(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The names of the examples, in place of pytest's fixture: no test that is none pays for them."""
    from terminalone import filters, models

    found: dict[str, Any] = {"filters": filters, "models": models}
    sources = "".join(example.source for example in request.node.dtest.examples)
    named = set(re.findall(r"\b(sb|t1|ttd|pin)\b", sources))
    if named:
        sb = found["sb"] = request.getfixturevalue("_examples_sandbox")
        sb.reset()
        sessions = {"t1": sb.t1, "ttd": sb.ttd, "pin": sb.pinterest}
        found |= {name: sessions[name]() for name in named - {"sb"}}
    return found


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """The whole suite runs on all cores; the files, folders and tests that a command line names run in one process.

    There the workers would take longer to start than they save, and `print` and debuggers work. `-n 0` and `-n 2`
    decide by themselves.
    """
    named = config.args_source is pytest.Config.ArgsSource.ARGS
    return 0 if named else None
