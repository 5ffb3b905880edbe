"""The sandbox in the foreground of a terminal, for clients of any language."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from queue import SimpleQueue
from types import FrameType

from adplatforms.sandbox.faults import Fault
from adplatforms.sandbox.server import Sandbox

__all__ = ["serve"]

SAID = """\
Sandbox on {0.url}
  TerminalOne     {0.url}/api/v2.0/        username {0.username}  password {0.password}  api_key {0.api_key}
  The Trade Desk  {0.url}/ttd/workflows/   token {0.access_token}
                  {0.url}/ttd/graphql      login {0.username}  password {0.password}
                  {0.url}/ttd/v3/
  Pinterest       {0.url}/pinterest/v5/    access token {0.access_token}  refresh token {0.refresh_token}
  OAuth clients:  client_id {0.client_id}  client_secret {0.client_secret}
  faults: POST {0.url}/_sandbox/faults
  data: {1}
Ctrl-C stops it.
"""


def serve(port: int = 8001, db: str | Path | None = None, latency: float = 0.0, faults: Sequence[Fault] = ()) -> None:
    """Runs a sandbox in the foreground until Ctrl-C or SIGTERM, and prints where it is and how to log in."""
    stopped: SimpleQueue[int] = SimpleQueue()  # its put() may interrupt its get(): safe in a signal handler

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.put(number)

    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
    with Sandbox(port=port, db=db, latency=latency) as sandbox:
        for fault in faults:
            sandbox.faults.add(fault)
        sys.stdout.write(SAID.format(sandbox, db or "in memory, gone when the server stops"))
        sys.stdout.flush()
        stopped.get()
