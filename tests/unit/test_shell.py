"""The console and its tour."""

import io
import os
import sys
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from adplatforms.shell import HINT, TOUR, Names, QuietCompleter, Step, complete_quietly, run


@pytest.fixture
def names(sandbox: Any, t1: Any) -> dict[str, Any]:
    """What the console starts with, on the server that is only read."""
    from terminalone import filters, models

    return {"sb": sandbox, "t1": t1, "filters": filters, "models": models}


def output_of(step: Step, names: dict[str, Any]) -> tuple[bool, list[str]]:
    text = io.StringIO()
    right = run(step, names, text.write)
    return right, text.getvalue().splitlines()


def test_the_hint_has_three_lines() -> None:
    assert len(HINT.splitlines()) == 3


def test_every_step_of_the_tour_does_what_it_says(fresh_sandbox: Any) -> None:
    names = Names(fresh_sandbox)
    wrong = [step.title for step in TOUR if not run(step, names, io.StringIO().write)]
    assert not wrong
    assert fresh_sandbox.t1().get("campaigns", 7).name == "Spring, second try"


def test_the_other_sessions_are_opened_when_they_are_first_used(sandbox: Any) -> None:
    names = Names(sandbox)
    assert not {"ttd", "pin"} & names.keys()
    first = {name: eval(name, names) for name in ("ttd", "pin")}
    assert {name: eval(name, names) for name in ("ttd", "pin")} == first
    assert [session.campaigns.first().collection for session in first.values()] == ["campaigns"] * 2
    with pytest.raises(NameError, match="ttdd"):
        eval("ttdd", names)


def test_a_step_prints_the_source_it_runs() -> None:
    right, lines = output_of(Step("Add.", "x = 1\nfor i in (1, 2):\n    x += i\nx"), {})
    assert right
    assert lines == ["", "# Add.", ">>> x = 1", ">>> for i in (1, 2):", "...     x += i", ">>> x", "4"]


def test_a_step_that_fails_unasked_is_wrong() -> None:
    right, lines = output_of(Step("Divide.", "1 / 0\n2"), {})
    assert not right
    assert lines[-1] == "ZeroDivisionError: division by zero"


def test_a_step_meant_to_fail_that_does_not_is_wrong() -> None:
    assert output_of(Step("Divide.", "1 / 1", fails=True), {})[0] is False


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("t1.cam", "t1.campaigns"),
        ("t1.campaigns.whe", "t1.campaigns.where("),
        ("t1.ge", "t1.get("),
        ("models.Camp", "models.Campaign"),
        ("filters.EQ", "filters.EQUALS"),
        ("c.budg", "c.budget_flights"),
        ("c.adv", "c.advertiser"),
    ],
)
def test_completion_offers_names_without_loading_anything(
    text: str, offered: str, names: dict[str, Any], sandbox: Any
) -> None:
    names["c"] = names["t1"].get("campaigns", 7)
    sandbox.calls.clear()
    assert offered in QuietCompleter(names).attr_matches(text)
    assert not list(sandbox.calls)


def test_completion_behind_a_relation_waits_until_it_is_loaded(names: dict[str, Any], sandbox: Any) -> None:
    names["c"] = names["t1"].get("campaigns", 7)
    sandbox.calls.clear()
    assert QuietCompleter(names).attr_matches("c.advertiser.na") == []
    names["c"].advertiser_id = 9  # another one, not loaded either
    assert QuietCompleter(names).attr_matches("c.advertiser.na") == []
    assert not list(sandbox.calls)
    assert names["c"].advertiser.name  # still loads when it is asked for
    assert "c.advertiser.name" in QuietCompleter(names).attr_matches("c.advertiser.na")


def test_completion_in_ipython_loads_nothing(
    names: dict[str, Any], sandbox: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    interactiveshell = pytest.importorskip("IPython.core.interactiveshell")
    from IPython.core.completer import provisionalcompleter
    from traitlets.config import Config

    names["c"] = names["t1"].get("campaigns", 7)
    names["page"] = [names["c"]]
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    config = Config()
    config.HistoryManager.enabled = False
    ipython = interactiveshell.InteractiveShell(user_ns=names, config=config)
    complete_quietly(ipython)

    def completions(text: str) -> list[str]:
        with provisionalcompleter():
            return [completion.text for completion in ipython.Completer.completions(text, len(text))]

    sandbox.calls.clear()
    assert completions("t1.cam") == ["campaigns"]
    assert "where" in completions("print(t1.campaigns.whe")
    assert "name" in completions("c.na")
    completions("c.advertiser.na")
    completions("page[0].advertiser.na")
    completions("t1.campaigns.first().na")
    assert not list(sandbox.calls)


OPEN = """\
import sys
from functools import partial
from adplatforms import sandbox, shell
sandbox.Sandbox = partial(sandbox.Sandbox, db=sys.argv[1])
shell.interact()
"""
CONSOLES = {"ipython": OPEN, "standard": "import sys; sys.modules['IPython'] = None\n" + OPEN}


@pytest.mark.parametrize("console", CONSOLES)
def test_a_console_in_a_terminal(console: str, filled: str, tmp_path: Any) -> None:
    """Type into it, interrupt it, leave with Ctrl-D: the exit is clean and the server is gone."""
    pexpect = pytest.importorskip("pexpect")
    if console == "ipython":
        pytest.importorskip("IPython")
    environment = {**os.environ, "IPY_TEST_SIMPLE_PROMPT": "1", "IPYTHONDIR": str(tmp_path), "TERM": "dumb"}
    child = pexpect.spawn(
        sys.executable, ["-c", CONSOLES[console], filled], env=environment, timeout=60, encoding="utf-8", echo=False
    )
    prompt = r"In \[\d+\]: " if console == "ipython" else ">>> "
    child.expect(prompt)
    assert child.before.strip().splitlines()[-3:] == HINT.splitlines()
    child.sendline("t1.get('campaigns', 7).id * 6")
    child.expect("42")
    child.expect(prompt)
    child.sendline("print(sb.url)")
    child.expect(r"http://127\.0\.0\.1:\d+")
    url = child.match[0]
    child.expect(prompt)
    child.sendintr()
    child.expect("KeyboardInterrupt")
    child.expect(prompt)
    child.sendeof()
    child.expect(pexpect.EOF)
    child.close()
    assert (child.exitstatus, child.signalstatus) == (0, None)
    assert "Traceback" not in (child.before or "")
    with pytest.raises(URLError, match="refused"):
        urlopen(url)
