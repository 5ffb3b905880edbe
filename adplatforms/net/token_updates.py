"""Renewed tokens on their way to the user, who stores them: again, until they are stored."""

from __future__ import annotations

import atexit
from collections.abc import Callable
from typing import Any

from adplatforms.core.auth import Token
from adplatforms.core.errors import AdPlatformsWarning, warn
from adplatforms.core.forking import this_process
from adplatforms.core.tracebacks import clear_frames

from .logs import LOGGER

__all__ = ["TokenUpdates"]

Updater = Callable[[dict[str, Any]], object]


class TokenUpdates:
    """Hands each renewed token to the function of the user that stores it.

    updater: gets the token as a dict; None where the user gave none. without: is called once with each token then.
    redact: masks credentials in a text (`Auth.redact`).

    What the updater raises is a warning and an ERROR in the log, and ends no call: the token is in use, and is handed
    out again by the next call, when the session is closed, and when the program ends. A token that is renewed meanwhile
    takes its place.
    """

    def __init__(
        self, updater: Updater | None, without: Callable[[Token], object], redact: Callable[[str], str]
    ) -> None:
        self.updater, self._without, self._redact = updater, without, redact
        self._token: Token | None = None
        self._turn: dict[str, object] = {}

    def add(self, token: Token) -> None:
        """Notes a token that has to be stored."""
        self._token = token
        if self.updater is not None:
            # It outlives the session: the refresh token before it has ended, so the user has no other.
            _NOT_STORED[self] = this_process()

    def hand_out(self, last: bool = False) -> None:
        """Hands the token out, if there is one.

        It is called while no lock is held that the updater may need, for that may use the session. last: whether it is
        the end of the program.
        """
        if self._token is None:
            return
        mine = object()
        try:
            # One thread at a time: what was renewed first must not be stored last. A call of the updater ends here
            # too. It is no lock, because Ctrl-C could come between acquiring one and noting that it has to be released.
            if self._turn.setdefault("holder", mine) is mine:
                self._hand_out_all()
            return
        except Exception as error:
            # A warning that is taken as an error is the user's wish.
            if self.updater is None:
                raise
            clear_frames(error)
            problem = self._redact(f"{type(error).__name__}: {error}")
        finally:
            if self._turn.get("holder") is mine:
                del self._turn["holder"]
        self._tell(problem, last)

    def _hand_out_all(self) -> None:
        while (token := self._token) is not None:
            if self.updater is None:
                self._token = None
                self._without(token)
                continue
            self.updater(token.reveal())
            # Another one may have come meanwhile.
            if self._token is token:
                self._token = None
                _NOT_STORED.pop(self, None)

    @staticmethod
    def _tell(problem: str, last: bool) -> None:
        """Says so in the log, and as a warning for programs that keep none."""
        consequence = "it gets it again with the next call, by close() and when the program ends"
        if last:
            consequence = "the program ends, so the token is lost: sign in anew"
        message = f"token_updater failed and has not stored the renewed token ({problem}): {consequence}"
        LOGGER.error("%s", message)
        warn(message, AdPlatformsWarning)


_NOT_STORED: dict[TokenUpdates, object] = {}
"""Those that have a token, and the process that renewed it."""


def _hand_out_at_exit() -> None:
    for updates, process in list(_NOT_STORED.items()):
        # A forked child has them too, but its parent hands them out.
        if process == this_process():
            updates.hand_out(last=True)


atexit.register(_hand_out_at_exit)
