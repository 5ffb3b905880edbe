"""What can go wrong between a client and a platform, switched on by path, method, count and probability.

    sandbox.faults.add(Fault("429", path="/pinterest/*", retry_after=2, times=3))
    sandbox.faults.add(Fault("reset_after", method="POST", probability=0.1))

The same seed and the same requests give the same faults. They can also be set over HTTP (`/_sandbox/faults`, see
`control`) and on the command line.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from email.utils import format_datetime
from fnmatch import fnmatchcase
from functools import partial
from threading import RLock, Timer
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from flask import Flask, Response, g, request

from adplatforms.sandbox.listener import Wire

if TYPE_CHECKING:
    from adplatforms.sandbox.part import Part

__all__ = ["KINDS", "Fault", "Faults"]

_STATUS = ("retry_after", "http_date", "body", "content_type")
KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "latency": ("the reply comes `seconds` late", ("seconds",)),
    "jitter": ("the reply comes late by a random time of at most `seconds`", ("seconds",)),
    "408": ("Request Timeout instead of an answer; nothing was applied", _STATUS),
    "429": ("Too Many Requests instead of an answer; nothing was applied", _STATUS),
    "500": ("Internal Server Error instead of an answer; nothing was applied", _STATUS),
    "502": ("Bad Gateway instead of an answer; nothing was applied", _STATUS),
    "503": ("Service Unavailable instead of an answer; nothing was applied", _STATUS),
    "504": ("Gateway Timeout instead of an answer; nothing was applied", _STATUS),
    "html": ("a gateway's HTML page instead of an answer, with HTTP status `status`", ("status",)),
    "refused": ("nobody listens on the port: for `seconds`, or until the fault is removed", ("seconds",)),
    "dropped": ("the connection is closed without a reply; nothing was applied", ()),
    "silent_before": ("no reply ever comes; nothing was applied", ()),
    "silent_after": ("the request is applied, and no reply ever comes", ()),
    "reset_before": ("the connection is reset; nothing was applied", ()),
    "reset_after": ("the request is applied, then the connection is reset", ()),
    "truncated": ("the request is applied, half of the reply's body arrives, then the end", ()),
    "garbled": ("the request is applied, and the reply is damaged: it says gzip, and cannot be unpacked", ()),
    "empty": ("the request is applied, and the reply has no body", ()),
    "slow": ("the body of the reply drips, for `seconds` in all", ("seconds",)),
    "content_type": ("the reply says it is `content_type`", ("content_type",)),
    "duplicate_page": ("the reply of the request before to the same path comes again", ()),
    "stale": ("the request is applied, and the reply is the one to the request before, to whatever path", ()),
    "moving_pages": ("`rows` new rows come into the listing, or (below zero) its first rows leave it", ("rows",)),
    "expired": ("all logins and access tokens end before the request is looked at", ()),
    "skew": ("the sandbox's clock is `seconds` ahead, as long as the fault is there", ("seconds",)),
}
"""What each kind does, and the options it takes beside those that say which requests it hits."""

_HANG_UPS: dict[str, Literal["close", "reset", "never"]] = {
    "dropped": "close",
    "reset_before": "reset",
    "reset_after": "reset",
    "silent_before": "never",
    "silent_after": "never",
}
_LASTING = ("refused", "skew")
"""Kinds that hit no single request."""
_AIM = ("path", "method", "probability", "times", "after")

GATEWAY_PAGE = (
    "<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n<center><h1>{0}</h1></center>\r\n"
    "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
)
GARBLED = b"\x1f\x8b\x08\x00 this is not gzip"
"""It begins as gzip does."""
PIECES = 10
"""A slow body comes in so many."""


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong.

    Args:
        kind: one of `KINDS`.
        path: which paths, with `*` and `?` as wildcards: `/pinterest/*`, `*/campaigns`. Without the query.
        method: which HTTP method; None: all.
        probability: of a matching request to be hit, from 0 to 1.
        times: how many requests are hit at most; None: all.
        after: how many matching requests are let through first.
        seconds: for latency, jitter, slow, refused (None: until it is removed) and skew.
        retry_after: seconds told in `Retry-After`; None: the header is left out.
        http_date: `Retry-After` tells the moment instead of the seconds.
        status: HTTP status of the gateway's page.
        body: the body of the reply that a status comes with; None: the platform's own words, where its documents have
            them for the status (429, and 503 of The Trade Desk), else the status in words, as a gateway has them.
        content_type: of that body, or of the reply that is given another one.
        rows: how many rows come or (below zero) go.

    Raises:
        ValueError: the kind is not known, does not take an option, or a value is out of range.
    """

    kind: str
    path: str = "*"
    method: str | None = None
    probability: float = 1.0
    times: int | None = None
    after: int = 0
    seconds: float | None = None
    retry_after: float | None = None
    http_date: bool = False
    status: int = 502
    body: str | None = None
    content_type: str = "text/plain"
    rows: int = 1

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.kind!r} is no kind of fault: {', '.join(KINDS)}")
        takes = KINDS[self.kind][1] + (() if self.kind in _LASTING else _AIM)
        for option in fields(self)[1:]:
            if getattr(self, option.name) != option.default and option.name not in takes:
                raise ValueError(f"{self.kind} does not take {option.name}, but {', '.join(takes)}")
        if not 0 <= self.probability <= 1:
            raise ValueError(f"probability is from 0 to 1, not {self.probability!r}")
        if self.seconds is None and "seconds" in takes and self.kind != "refused":
            raise ValueError(f"{self.kind} needs seconds")
        if self.kind != "skew" and (self.seconds or 0) < 0:
            raise ValueError(f"seconds cannot be {self.seconds!r}")

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Fault:
        """A fault from its options by name, as JSON or a command line give them: text is converted.

        Raises:
            ValueError: an option is not known or cannot be read.
        """
        types = {option.name: option.type for option in fields(cls)}
        unknown = sorted(set(given) - set(types))
        if unknown or "kind" not in given:
            raise ValueError(f"A fault has a kind and {', '.join(types)}; not {', '.join(unknown) or 'nothing'}")
        return cls(**{name: _read(name, str(types[name]), value) for name, value in given.items()})

    @classmethod
    def parse(cls, text: str) -> Fault:
        """A fault from one line: the kind, then options as `name=value` (`429 path=/ttd/* times=3`).

        Raises:
            ValueError: as for `read`, or a word is no `name=value`.
        """
        kind, *words = text.split() or [""]
        wrong = [word for word in words if "=" not in word]
        if wrong:
            raise ValueError(f"write options as name=value, not {wrong[0]!r}")
        return cls.read({"kind": kind, **dict(word.split("=", 1) for word in words)})

    def shown(self) -> dict[str, Any]:
        """The options that differ from their defaults, by name."""
        options = {option.name: getattr(self, option.name) for option in fields(self)[1:]}
        defaults = {option.name: option.default for option in fields(self)[1:]}
        return {"kind": self.kind, **{name: v for name, v in options.items() if v != defaults[name]}}

    def matches(self, method: str, path: str) -> bool:
        """Whether it is about such requests."""
        return (
            self.kind not in _LASTING
            and fnmatchcase(path, self.path)
            and (self.method is None or self.method.upper() == method)
        )


class _Reply(NamedTuple):
    """A reply that may come once more."""

    status: int
    content_type: str
    body: bytes

    def again(self) -> Response:
        """The reply."""
        return Response(self.body, self.status, content_type=self.content_type)


@dataclass
class _Active:
    """A fault that is switched on, and how often it was met and hit."""

    fault: Fault
    dice: random.Random
    seen: int = 0
    hits: int = 0

    def strikes(self) -> bool:
        """Whether the next matching request is hit."""
        self.seen += 1
        struck = (
            self.seen > self.fault.after
            and (self.fault.times is None or self.hits < self.fault.times)
            and self.dice.random() < self.fault.probability
        )
        self.hits += struck
        return struck


@dataclass(repr=False)
class Faults:
    """The faults of one sandbox, in the order they were added. `seed` decides the dice of those added from then on.

    `listen` is called with False when nobody shall listen on the port any more, and with True when somebody shall.
    """

    now: Callable[[], datetime]
    listen: Callable[[bool], object]
    seed: int = 0
    _active: list[_Active] = field(default_factory=list)
    _pages: dict[tuple[str, str], _Reply] = field(default_factory=dict)
    _last: _Reply | None = None
    _lock: RLock = field(default_factory=RLock)

    def add(self, fault: Fault) -> Fault:
        """Switches a fault on; returns it."""
        with self._lock:
            self._active.append(_Active(fault, random.Random(f"{self.seed} {len(self._active)}")))
        if fault.kind == "refused":
            self.listen(False)
            if fault.seconds is not None:
                end = Timer(fault.seconds, self.remove, [fault])
                end.daemon = True
                end.start()
        return fault

    def remove(self, fault: Fault) -> None:
        """Switches a fault off. Does nothing when it is not on."""
        with self._lock:
            self._active = [active for active in self._active if active.fault is not fault]
        if fault.kind == "refused":
            self.listen(not any(other.kind == "refused" for other in self))

    def clear(self) -> None:
        """Switches all faults off."""
        for fault in self:
            self.remove(fault)
        self._pages.clear()
        self._last = None

    def hits(self, fault: Fault) -> int:
        """How many requests a fault has hit."""
        with self._lock:
            return sum(active.hits for active in self._active if active.fault is fault)

    def __iter__(self) -> Iterator[Fault]:
        with self._lock:
            return iter([active.fault for active in self._active])

    def __len__(self) -> int:
        return len(self._active)

    def __repr__(self) -> str:
        return f"Faults({list(self)!r})"

    @property
    def skew(self) -> float:
        """Seconds by which the clock is ahead."""
        return sum(fault.seconds or 0 for fault in self if fault.kind == "skew")

    def attach(self, app: Flask, part: Part | None = None) -> None:
        """Lets an application's requests be hit, once their bodies are read. None: nobody signs in to it."""
        app.before_request(partial(self.before, part))
        app.after_request(self.after)

    def before(self, part: Part | None) -> Response | None:
        """What goes wrong before the current request is answered; a reply that takes the place of the answer."""
        with self._lock:
            met = [active for active in self._active if active.fault.matches(request.method, request.path)]
            struck = [active for active in met if active.strikes()]
        g.faults = [active.fault for active in struck]
        g.keep_page = any(active.fault.kind == "duplicate_page" for active in met)
        for active in struck:
            reply = self._instead(active, part)
            if reply is not None:
                return reply
        return None

    def after(self, response: Response) -> Response:
        """What goes wrong with the answer to the current request."""
        # Reading a report to remember it would take away that it is streamed.
        if response.is_streamed and not g.get("faults") and not g.get("keep_page"):
            return response
        wire: Wire = request.environ.get("sandbox.wire") or Wire()
        reply = _Reply(response.status_code, response.content_type, response.get_data())
        for fault in g.get("faults", ()):
            if fault.kind in _HANG_UPS:
                wire.hang_up = _HANG_UPS[fault.kind]
            elif fault.kind == "truncated":
                wire.is_cut = True
            elif fault.kind == "slow":
                wire.pieces, wire.pause = PIECES, (fault.seconds or 0) / PIECES
            elif fault.kind == "content_type":
                response.headers["Content-Type"] = fault.content_type
            elif fault.kind == "garbled":
                response.headers["Content-Encoding"] = "gzip"
                response.set_data(GARBLED)
            elif fault.kind == "empty":
                response.set_data(b"")
            elif fault.kind == "stale" and self._last is not None:
                response = self._last.again()
        if g.get("keep_page") and reply.status == 200:
            self._pages[request.method, request.path] = reply
        self._last = reply
        return response

    def _instead(self, active: _Active, part: Part | None) -> Response | None:
        fault, seconds = active.fault, active.fault.seconds or 0.0
        if fault.kind == "latency":
            time.sleep(seconds)
        elif fault.kind == "jitter":
            time.sleep(seconds * active.dice.random())
        elif fault.kind == "expired" and part is not None:
            part.expire()
        elif fault.kind == "moving_pages":
            if part is None or part.move is None:
                return Response("Rows of this platform do not move\n", 501, content_type="text/plain")
            part.move(request.path, fault.rows)
        elif fault.kind in _HANG_UPS and not fault.kind.endswith("_after"):
            return Response(status=0)
        elif fault.kind == "html":
            reply = Response(status=fault.status, content_type="text/html")
            reply.set_data(GATEWAY_PAGE.format(reply.status.title()))
            return reply
        elif fault.kind == "duplicate_page":
            page = self._pages.get((request.method, request.path))
            return page and page.again()
        elif fault.kind.isdecimal():
            return self._status(fault, part)
        return None

    def _status(self, fault: Fault, part: Part | None) -> Response:
        reply = None
        if fault.body is None and part is not None and part.refusal is not None:
            reply = part.refusal(int(fault.kind))
        if reply is None:
            reply = Response(status=int(fault.kind), content_type=fault.content_type)
            reply.set_data(f"{reply.status.title()}\n" if fault.body is None else fault.body)
        if fault.retry_after is not None:
            moment = self.now() + timedelta(seconds=fault.retry_after)
            told = format_datetime(moment, usegmt=True) if fault.http_date else f"{fault.retry_after:g}"
            reply.headers["Retry-After"] = told
        return reply


def _read(name: str, type: str, value: Any) -> Any:
    try:
        if value is None or not isinstance(value, str | int | float):
            raise ValueError
        if type.startswith("bool"):
            return {"true": True, "false": False}[str(value).lower()]
        for wanted in (int, float):
            if type.startswith(wanted.__name__):
                return wanted(value)
        return str(value)
    except (ValueError, KeyError):
        raise ValueError(f"{name} is {type.removesuffix(' | None')}, not {value!r}") from None
