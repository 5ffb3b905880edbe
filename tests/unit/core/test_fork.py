"""Sessions in child processes: connections, threads and locks of their own, and never another record's row."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adplatforms.core.errors import ClientError
from adplatforms.core.forking import PerProcess
from adplatforms.net.limits import Limits

SCRIPT = Path(__file__).with_name("forked.py")
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


@pytest.fixture
def run(sandbox: Any) -> Callable[..., list[str]]:
    """Runs a case of forked.py against the sandbox; the lines it printed."""

    def run_case(*words: str) -> list[str]:
        command = [sys.executable, SCRIPT, words[0], sandbox.url, *words[1:]]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    return run_case


@needs_fork
def test_parent_and_children_read_side_by_side(run: Any) -> None:
    assert run("reads") == ["t1 [0, 0, 0]", "ttd [0, 0, 0]", "pinterest [0, 0, 0]"]


@needs_fork
def test_a_requests_session_from_before_the_fork_has_connections_of_its_own(run: Any) -> None:
    assert run("held") == ["child True 2 kept True", "parent True 3"]


@needs_fork
def test_a_listing_goes_on_in_the_child_and_in_the_parent(run: Any) -> None:
    assert run("listing") == ["t1 True True", "ttd True True", "pinterest True True"]


@needs_fork
def test_a_body_is_read_by_the_process_that_asked_for_it(run: Any) -> None:
    refused, whole = run("stream")
    assert "this answer is being read by the process that asked for it" in refused
    assert "ask for it again in this process" in refused
    assert whole == "True"


@needs_fork
def test_locks_that_other_threads_held_do_not_stop_the_child(run: Any) -> None:
    assert run("locks") == ["t1 100 True", "ttd 100 True", "pinterest 100 True"]


@needs_fork
def test_each_process_counts_its_own_calls(run: Any) -> None:
    pytest.importorskip("pyrate_limiter")
    text, made, own = run("limits")
    assert text == "text [True, True] [True, True, False] False"
    assert made == "made [True, True] [True, True, False] False"
    assert "the limiter of 'own' was made in the parent of this process" in own
    assert "limits={...: make_limiter}" in own


@pytest.mark.parametrize(
    "method", [pytest.param("fork", marks=needs_fork), "spawn", pytest.param("forkserver", marks=needs_fork)]
)
def test_a_pool(method: str, run: Any) -> None:
    assert run("pool", method) == ["True"]


@needs_fork
def test_a_sandbox_is_not_stopped_by_a_child(filled: str) -> None:
    code = (
        "import os\n"
        "from adplatforms.sandbox import Sandbox\n"
        f"with Sandbox(db={filled!r}) as sb:\n"
        "    t1 = sb.t1()\n"
        "    t1.get('campaigns', 1)\n"
        "    child = os.fork()\n"
        "    if child:\n"
        "        os.waitpid(child, 0)\n"
        "        print(t1.get('campaigns', 2).id)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout == "2\n"


def test_a_value_is_made_once_a_process(monkeypatch: Any) -> None:
    made: list[object] = []
    one = PerProcess(lambda: made.append(object()) or made[-1])
    assert one() is one()
    monkeypatch.setattr("os.getpid", lambda: -1)  # a server in C forked without telling Python
    assert one() is one() is made[1]
    assert len(made) == 2


def test_threads_that_ask_for_a_value_at_once_get_the_same_one() -> None:
    together = threading.Barrier(2)

    def make() -> object:
        together.wait(5)  # both threads have found that there is none
        return object()

    one = PerProcess(make)
    got: list[object] = []
    threads = [threading.Thread(target=lambda: got.append(one())) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got[0] is got[1] is one()


@needs_fork
def test_a_grandchild_that_is_given_its_grandparents_id_is_another_process() -> None:
    """The id alone does not tell: the system gives that of a process that has ended to a new one."""
    code = (
        "import os\n"
        "from adplatforms.core.forking import this_process\n"
        "number = os.getpid()\n"
        "os.getpid = lambda: number\n"
        "before = this_process()\n"
        "child = os.fork()\n"
        "if not child:\n"
        "    os._exit(this_process() == before)\n"
        "print(os.waitpid(child, 0)[1], this_process() == before)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout == "0 True\n"


def test_a_function_that_makes_no_limiter_is_refused() -> None:
    with pytest.raises(ClientError, match=r"the function for the limit of read gave 5 .*return a Limiter"):
        Limits({"read": lambda: 5}, lambda: 0.0)
