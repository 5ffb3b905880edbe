"""The interactive console and its tour: `adplatforms shell` and `adplatforms demo`.

Both start a sandbox, sign in to it and stop it at the end. Completion in the console never loads anything:
a relation that is not there yet stays so until you ask for it.
"""

from __future__ import annotations

import ast
import inspect
import re
import rlcompleter
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

__all__ = ["HINT", "TOUR", "Names", "QuietCompleter", "Step", "complete_quietly", "demo", "interact", "run"]

HINT = """\
`t1`, `ttd` and `pin` are signed in to a sandbox on this machine: all that you change there is made up. Try
  t1.get("campaigns", limit={"advertiser": 7}, full=True, get_all=True)   or   t1.campaigns.explain()
  c = t1.get("campaigns", 7); c.name = "Spring"; c.changes(); c.save()    (Tab completes, Ctrl-D leaves)"""


class Step(NamedTuple):
    """One stop of the tour.

    `title`: what it shows. `source`: the lines to type. `fails`: whether it ends in an error on purpose.
    """

    title: str
    source: str
    fails: bool = False


TOUR = (
    Step("How many campaigns are there? One small request, no rows.", "t1.campaigns.count()"),
    Step(
        "The first three. Pages are fetched as you go: nobody loads all of them here.",
        'from itertools import islice\nfor c in islice(t1.get("campaigns", get_all=True), 3):\n    print(c)',
    ),
    Step(
        "Search on the server, with * as wildcard.",
        'spring = t1.find("campaigns", "name", filters.CASE_INS_STRING, "*spring*", get_all=True)\nnext(spring)',
    ),
    Step(
        "Bring the advertiser along, in the same request.",
        'c = t1.get("campaigns", 7, include="advertiser")\nc.name, c.advertiser.name',
    ),
    Step("Fields are typed: dates are aware datetimes.", "c.start_date\nc.total_budget"),
    Step(
        "See what a query would send, before it does.",
        'spring = t1.campaigns.where(models.Campaign.name.like("*spring*"), status=True)\n'
        'spring.include("advertiser").order_by("-updated_on").explain()',
    ),
    Step("Edit: nothing is sent yet.", 'c.name = "Spring, second try"\nc.total_budget = 12500\nc.changes()'),
    Step("Save: what changed is sent, with the version, and nothing else.", "c.save()\nsb.calls[-1].form"),
    Step(
        "The same words on The Trade Desk and on Pinterest.",
        'ttd.campaigns.include("advertiser").first().advertiser\n'
        'next(pin.find("campaigns", "status", filters.EQUALS, "PAUSED", page_limit=1))\n'
        'pin.campaigns.where(status="PAUSED").count()',
    ),
    Step("A slip of the finger gets an answer, not an empty list.", 't1.get("campaings")', fails=True),
)


def interact() -> int:
    """Open the console on a new sandbox; return the exit code once the user has left it.

    IPython is used where it is installed, else the console of the standard library.
    """
    from adplatforms.sandbox import Sandbox

    with Sandbox() as sandbox:
        names = Names(sandbox)
        try:
            import IPython  # noqa: F401
        except ImportError:
            _standard_console(names)
        else:
            _ipython_console(names)
    return 0


def demo() -> int:
    """Run the tour on a new sandbox, printing each line and its result.

    Returns the exit code: 0, or 1 when a step did not do what the tour says.
    """
    from adplatforms.sandbox import Sandbox

    with Sandbox() as sandbox:
        names = Names(sandbox)
        # All steps run, whatever one of them does: who reads on sees what the others give.
        as_told = [run(step, names) for step in TOUR]
    return int(not all(as_told))


class Names(dict[str, Any]):
    """The names that are ready in the console and in the tour: `sb`, `t1`, `filters`, `models`, `ttd` and `pin`.

    The sessions `ttd` and `pin` are opened when they are first used: each platform of the sandbox takes a moment to be
    built.
    """

    def __init__(self, sandbox: Any) -> None:
        from adplatforms import filters
        from terminalone import models

        super().__init__(sb=sandbox, t1=sandbox.t1(), filters=filters, models=models)
        self._later: dict[str, Callable[[], Any]] = {"ttd": sandbox.ttd, "pin": sandbox.pinterest}

    def __missing__(self, name: str) -> Any:
        if name not in self._later:
            raise KeyError(name)
        self[name] = self._later[name]()
        return self[name]


def run(step: Step, names: dict[str, Any], write: Callable[[str], object] | None = None) -> bool:
    """Print a step as it would look in a console, executing the very source that is printed.

    An error is printed as its last line. write: takes the text; by default it goes to standard output. Returns whether
    the step did what the tour says: it failed exactly if it was meant to.
    """
    # Looked up at each call, because tests and consoles replace standard output.
    write = write or sys.stdout.write
    write(f"\n# {step.title}\n")
    lines = step.source.splitlines()
    for statement in ast.parse(step.source).body:
        source = lines[statement.lineno - 1 : statement.end_lineno]
        write("".join(f"{'...' if index else '>>>'} {line}\n" for index, line in enumerate(source)))
        try:
            if isinstance(statement, ast.Expr):
                value = eval("\n".join(source), names)
                if value is not None:
                    write(f"{value!r}\n")
            else:
                exec("\n".join(source), names)
        except Exception as problem:  # noqa: BLE001, shown as a console shows it
            write(f"{type(problem).__name__}: {problem}\n")
            return step.fails
    return not step.fails


class QuietCompleter(rlcompleter.Completer):
    """Completion for the standard console that loads nothing.

    The standard one reads each attribute to see whether it can be called, which would load every relation of an entity.
    """

    def attr_matches(self, text: str) -> list[str]:
        """The completions of ``name.attribute.begin``: names that begin so, functions with their bracket.

        text: what stands before the cursor. Nothing is returned for what cannot be read, instead of an error.
        """
        path, _, begin = text.rpartition(".")
        first, *rest = path.split(".")
        names: dict[str, Any] = self.namespace  # type: ignore[attr-defined]
        try:
            with _nothing_loaded(names):
                thing = names[first]
                for name in rest:
                    thing = getattr(thing, name)
                listed = dir(thing)
        except Exception:  # noqa: BLE001, an error while somebody is typing would spoil the line
            return []
        # Private names are shown to those who have typed the underscore.
        shown = sorted({n for n in listed if n.startswith(begin) and (begin or not n.startswith("_"))})
        return [f"{path}.{name}{_bracket(thing, name)}" for name in shown]


@contextmanager
def _nothing_loaded(names: dict[str, Any]) -> Iterator[None]:
    """While it lasts, the sessions among the names refuse to load a relation that is not there yet."""
    # Looked for without `getattr`: it would run properties and `__getattr__` of whatever a user has defined.
    sessions = [thing for thing in names.values() if hasattr(type(thing), "lazy") or "lazy" in _own(thing)]
    before = [session.lazy for session in sessions]
    for session in sessions:
        session.lazy = "raise"
    try:
        yield
    finally:
        for session, lazy in zip(sessions, before, strict=True):
            session.lazy = lazy


def _own(thing: Any) -> Any:
    """The attributes of an object itself, as far as it has a dict of them."""
    return getattr(thing, "__dict__", ())


def _bracket(thing: Any, name: str) -> str:
    """The bracket after the name of a function, found without running a property."""
    static = inspect.getattr_static(thing, name, None)
    if inspect.isroutine(static):
        return "("
    return ""


def _standard_console(names: dict[str, Any]) -> None:
    import code

    try:
        import readline
    except ImportError:
        # Python for Windows has none: the console works without completion.
        pass
    else:
        readline.set_completer(QuietCompleter(names).complete)
        readline.parse_and_bind("tab: complete")
    code.interact(banner=HINT, local=names, exitmsg="")


def _ipython_console(names: dict[str, Any]) -> None:
    from IPython.terminal.interactiveshell import TerminalInteractiveShell
    from IPython.terminal.ipapp import TerminalIPythonApp
    from traitlets.config import Config

    config = Config()
    config.TerminalInteractiveShell.banner1 = HINT + "\n"
    config.TerminalInteractiveShell.banner2 = ""
    config.TerminalInteractiveShell.confirm_exit = False
    # IPython 9 greets with a tip, which would stand between the banner and the first prompt.
    if hasattr(TerminalInteractiveShell, "enable_tip"):
        config.TerminalInteractiveShell.enable_tip = False
    console = TerminalIPythonApp.instance(config=config, user_ns=names)
    console.initialize(argv=[])
    complete_quietly(console.shell)
    console.start()


def complete_quietly(ipython: Any) -> None:
    """Let an IPython shell complete ``name.attribute.begin`` by a `QuietCompleter`, which runs no code.

    ipython: the running shell. Everything else is completed as IPython does it.
    """
    from IPython.core.completer import SimpleCompletion, context_matcher

    quiet = QuietCompleter(ipython.user_ns)

    @context_matcher(identifier="adplatforms", priority=1000)  # type: ignore[untyped-decorator]
    def dotted(context: Any) -> dict[str, Any]:
        # Names and dots alone, up to the cursor: a call or an index before a dot would have to be run.
        found = re.search(r"(?<![\w.)\]}\"'])[^\W\d]\w*(\.\w+)*\.\w*$", context.text_until_cursor)
        if not found:
            return {"completions": []}
        begin = found[0].rpartition(".")[2]
        names = [match.rpartition(".")[2].rstrip("(") for match in quiet.attr_matches(found[0])]
        return {
            "completions": [SimpleCompletion(text=name) for name in names],
            "matched_fragment": begin,
            "suppress": True,
        }

    # Jedi reads the values of names, and with them properties.
    ipython.Completer.use_jedi = False
    ipython.Completer.custom_matchers.append(dotted)
