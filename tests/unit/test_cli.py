"""The command `adplatforms`, run as a user runs it: in a process of its own, unless that would only take longer."""

import io
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from adplatforms.cli import main

COMMAND = [sys.executable, "-m", "adplatforms"]


def adplatforms(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments], input="", capture_output=True, text=True, check=False)


def test_version_is_the_one_installed() -> None:
    assert adplatforms("--version").stdout == f"adplatforms {version('adplatforms')}\n"


def test_help_tells_how_a_real_account_is_opened() -> None:
    shown = adplatforms("--help").stdout
    assert "T1(" in shown
    assert all(command in shown for command in ("shell", "demo", "sandbox"))


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match=r"\A0\Z"):
        main(["--help"])
    shown = capsys.readouterr()
    assert main([]) == 2
    assert capsys.readouterr() == shown


@pytest.mark.parametrize(
    ("option", "value"),
    [("--latency", "-1"), ("--latency", "soon"), ("--latency", "nan"), ("--port", "65536"), ("--port", "-1")],
)
def test_an_option_that_makes_no_sense_is_refused_by_name(
    option: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match=r"\A2\Z"):
        main(["sandbox", f"{option}={value}"])
    told = capsys.readouterr().err
    assert f"argument {option}: expected" in told
    assert repr(value) in told


@pytest.mark.parametrize(
    ("fault", "message"),
    [("418", "'418' is no kind of fault"), ("429 often", "name=value"), ("429 times=some", "times is int")],
)
def test_a_fault_that_makes_no_sense_is_refused(fault: str, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sandbox", "--fault", fault]) == 2
    told = capsys.readouterr().err
    assert told.startswith("adplatforms sandbox: --fault: ")
    assert message in told


def test_the_sandbox_can_be_told_what_goes_wrong(filled: str) -> None:
    with started("sandbox", "--db", filled, "--fault", "503 path=/api/* retry_after=3") as process:
        assert process.stdout
        lines = iter(process.stdout.readline, "")
        url = next(found[0] for line in lines if (found := re.search(r"http://127\.0\.0\.1:\d+", line)))
        with pytest.raises(HTTPError, match="HTTP Error 503") as refused:
            urlopen(f"{url}/api/v2.0/campaigns")
        assert (refused.value.code, refused.value.headers["Retry-After"]) == (503, "3")
        refused.value.close()


def test_a_port_that_is_taken_is_told_without_a_traceback(sandbox: Any, filled: str) -> None:
    run = adplatforms("sandbox", "--db", filled, "--port", str(urlsplit(sandbox.url).port))
    assert run.returncode == 1
    assert run.stderr.startswith("adplatforms: ")
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("command", ["demo", "shell"])
def test_without_a_terminal_the_tour_is_run(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    monkeypatch.setattr("adplatforms.shell.demo", lambda: 7)
    monkeypatch.setattr("adplatforms.shell.interact", lambda: 8)
    assert main([command]) == 7


def test_the_tour_is_printed() -> None:
    run = adplatforms("demo")
    assert (run.returncode, run.stderr) == (0, "")
    assert ">>> t1.campaigns.count()\n2500\n" in run.stdout
    assert run.stdout.count("<Campaign id=") >= 4
    assert "Traceback" not in run.stdout


@contextmanager
def started(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """The command in the background; it is ended, whatever the test finds."""
    pipe = subprocess.PIPE
    with subprocess.Popen([*COMMAND, *arguments], stdout=pipe, stderr=pipe, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def test_a_reader_who_leaves_early_sees_no_traceback() -> None:
    with started("demo") as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait() == 1


@pytest.mark.parametrize("command", ["demo", "shell", "sandbox"])
def test_without_flask_the_extra_to_install_is_named(command: str) -> None:
    script = "import sys; sys.modules['flask'] = None; from adplatforms.cli import main; sys.exit(main())"
    run = subprocess.run([sys.executable, "-c", script, command], input="", capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert 'pip install "adplatforms[sandbox]"' in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_the_sandbox_serves_until_it_is_told_to_stop(signum: signal.Signals, filled: str) -> None:
    with started("sandbox", "--db", filled) as process:
        assert process.stdout
        lines = iter(process.stdout.readline, "")
        url = next(found[0] for line in lines if (found := re.search(r"http://127\.0\.0\.1:\d+", line)))
        with pytest.raises(HTTPError, match="HTTP Error 403") as refused:  # it is there, and asks who we are
            urlopen(f"{url}/api/v2.0/campaigns")
        refused.value.close()
        process.send_signal(signum)
        _, stderr = process.communicate()
        assert (process.returncode, stderr) == (0, "")
    with pytest.raises(URLError, match="refused"):
        urlopen(url)
