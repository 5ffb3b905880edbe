"""The command `adplatforms`: a shell, a demo and a server, all on a sandbox of this machine.

Nothing here reaches a real account: those are opened by a script of yours, with `adplatforms.T1(...)`,
`adplatforms.TTD(...)` or `adplatforms.Pinterest(...)`.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

__all__ = ["main"]

ABOUT = """\
One active-record model for advertising platforms.

These commands work on a sandbox: a server on this machine with made-up data. No account and no network
is needed, and nothing real can be changed. A real account is opened in Python:

    from adplatforms import T1, TTD, Pinterest
    t1 = T1("user", "password", "api_key")
    ttd = TTD(token="...")
    pin = Pinterest(access_token="...", ad_account_id="...")
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code.

    arguments: without the name of the program; by default those of this process. The code is 0 for success, 1 for a
    failure, whose message is on standard error, 2 for a command line that cannot be read, and 130 for Ctrl-C.
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        code = _run(options)
        # Here and not at the end of the process, where nobody could catch that the reader has left.
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of our output has left, as in `adplatforms demo | head`. Python flushes once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (ImportError, OSError) as problem:
        print(f"adplatforms: {problem}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    """The commands and their options. It imports no part of the packages: ``--help`` answers at once."""
    parser = argparse.ArgumentParser(
        prog="adplatforms", description=ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="store_true", help="print the version and leave")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    commands.add_parser(
        "shell",
        help="an interactive console on the sandbox (the demo, where there is no terminal)",
        description="Start a sandbox and open a Python console on it, with the sessions `t1`, `ttd` and `pin` on it. "
        "IPython is used where it is installed. Without a terminal on both ends, the demo runs instead.",
    )
    commands.add_parser(
        "demo",
        help="the tour: the lines you would type, and what they give",
        description="Start a sandbox and run a tour on it: each line is printed and then executed.",
    )
    sandbox = commands.add_parser(
        "sandbox",
        help="serve the sandbox until Ctrl-C, for clients of any language",
        description="Serve the sandbox on this machine until Ctrl-C: T1, The Trade Desk and Pinterest on one port. "
        "It prints their URLs and the credentials.",
    )
    sandbox.add_argument("--port", type=_port, default=0, metavar="N", help="port on 127.0.0.1 (default: any free one)")
    sandbox.add_argument(
        "--db", metavar="FILE", help="keep the data in this SQLite file (default: in memory, gone afterwards)"
    )
    sandbox.add_argument(
        "--latency", type=_seconds, default=0.0, metavar="S", help="seconds added to every reply (default: 0)"
    )
    sandbox.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="SPEC",
        help="let something go wrong, e.g. '429 path=/pinterest/* probability=0.1 retry_after=2'; may be repeated",
    )
    return parser


def _run(options: argparse.Namespace) -> int:
    """Runs the command of a command line that was read; returns the exit code.

    Each command imports what it needs: `--version` and the help work without Flask.
    """
    if options.version:
        from adplatforms._version import __version__

        print(f"adplatforms {__version__}")
        return 0
    if options.command == "sandbox":
        from adplatforms.sandbox import Fault, serve

        try:
            faults = [Fault.parse(text) for text in options.fault]
        except ValueError as problem:
            print(f"adplatforms sandbox: --fault: {problem}", file=sys.stderr)
            return 2
        serve(port=options.port, db=options.db, latency=options.latency, faults=faults)
        return 0
    if options.command is None:
        _parser().print_help()
        return 2

    from adplatforms import shell

    if options.command == "shell" and sys.stdin.isatty() and sys.stdout.isatty():
        return shell.interact()
    return shell.demo()


def _port(text: str) -> int:
    """A port number; 0 stands for any free one."""
    if not (text.isdecimal() and int(text) < 65536):
        raise argparse.ArgumentTypeError(f"expected a port number from 0 to 65535, not {text!r}")
    return int(text)


def _seconds(text: str) -> float:
    """A number of seconds from 0 to 60."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    # Written this way round, "nan" is refused as well.
    if not 0 <= seconds <= 60:
        raise argparse.ArgumentTypeError(f"expected seconds from 0 to 60, not {text!r}")
    return seconds
