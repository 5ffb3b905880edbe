"""What can go wrong with one exchange, by name. See `KINDS`."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial

from .proxy import Breakage, Exchange, Message, Reply

__all__ = ["KINDS", "Dice", "envelope"]


def _reset_before(exchange: Exchange) -> None:
    exchange.reset()


def _reset_after(exchange: Exchange) -> None:
    exchange.forward()
    exchange.lost()
    exchange.reset()


def _closed_after(exchange: Exchange) -> None:
    exchange.forward()
    exchange.lost()
    exchange.close()


def _reset_amid(exchange: Exchange) -> None:
    reply = exchange.forward()
    exchange.lost()
    exchange.send(reply.whole[: len(reply.head(("Content-Length", 1))) + len(reply.body) // 2])
    exchange.reset()


def _late(others: int, exchange: Exchange) -> None:
    exchange.hold(others)
    exchange.reset()


def _shifted(exchange: Exchange) -> None:
    exchange.shift()
    exchange.answer(exchange.forward())


def _said(reply: Reply, exchange: Exchange, forwarded: bool) -> None:
    """An answer that is not the target's, with the request forwarded before or not at all."""
    if forwarded:
        exchange.forward()
        exchange.lost()
    exchange.instead(reply)


PAGE = "<html>\r\n<head><title>{0}</title></head>\r\n<body><h1>{0}</h1><hr>nginx</body>\r\n</html>\r\n"
REASONS = {401: "Unauthorized", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Time-out"}


def _page(status: int, forwarded: bool, exchange: Exchange) -> None:
    title = f"{status} {REASONS[status]}"
    headers = (("Content-Type", "text/html"), ("Server", "nginx"))
    _said(Reply(status, REASONS[status], headers, PAGE.format(title).encode()), exchange, forwarded)


def _empty(status: int, forwarded: bool, exchange: Exchange) -> None:
    """An answer without a body. Deletions are forwarded in any case: theirs may be empty, so nobody could tell."""
    reason = "No Content" if status == 204 else "OK"
    forwarded = forwarded or exchange.message.method == "DELETE"
    _said(Reply(status, reason, (("Content-Type", "application/json"),), b""), exchange, forwarded)


def envelope(status: int, message: Message) -> Reply:
    """A refusal in the words of the platform that a request is for. Sources: the facts of each, section "Errors"."""
    reason, text = ("Too Many Requests", "Slow down") if status == 429 else ("Service Unavailable", "Try again later")
    media = "application/json"
    if message.path.startswith("/pinterest/"):
        body = f'{{"code": {8 if status == 429 else 4197}, "message": "{text}"}}'
    elif message.path.startswith("/ttd/v3"):
        body = f'{{"Message": "{text}"}}'
    elif message.path.startswith("/ttd/graphql"):
        body = f'{{"errors": [{{"message": "{text}", "extensions": {{"code": "SERVICE_UNAVAILABLE"}}}}]}}'
    elif message.path.startswith("/ttd/"):
        media = "application/problem+json"
        body = f'{{"type": "about:blank", "title": "{reason}", "status": {status}, "detail": "{text}"}}'
    elif any(name.lower() == "accept" and "json" in value for name, value in message.headers):
        body = f'{{"errors": [{{"message": "{text}"}}], "meta": {{"status": "error"}}}}'
    else:
        media = "text/xml"
        body = f'<?xml version="1.0"?><result><status code="error">{text}</status></result>'
    return Reply(status, reason, (("Content-Type", media), ("Retry-After", "1")), body.encode())


def _refused(status: int, exchange: Exchange) -> None:
    _said(envelope(status, exchange.message), exchange, forwarded=False)


def _bad_gzip(exchange: Exchange) -> None:
    reply = exchange.forward()
    exchange.lost()
    exchange.send(reply.head(("Content-Encoding", "gzip"), ("Content-Length", len(reply.body))) + reply.body)


def _lengths(more: int, twice: bool, exchange: Exchange) -> None:
    """A length that is not the body's: too long and then the end, too short with the rest behind it, or two of them."""
    reply = exchange.forward()
    exchange.lost()
    told = [("Content-Length", max(0, len(reply.body) + more))]
    exchange.send(reply.head(*told, *([("Content-Length", len(reply.body))] if twice else [])) + reply.body)
    if more > 0:
        exchange.close()


def _garbled(change: Callable[[Reply], Reply], exchange: Exchange) -> None:
    reply = exchange.forward()
    exchange.lost()
    exchange.instead(change(reply))


def _half(reply: Reply) -> Reply:
    return Reply(reply.status, reply.reason, reply.headers, reply.body[: len(reply.body) // 2])


def _interim(status: int, reason: str, exchange: Exchange) -> None:
    reply = exchange.forward()
    exchange.send(f"HTTP/1.1 {status} {reason}\r\nLink: </style.css>; rel=preload\r\n\r\n".encode())
    exchange.answer(reply)


KINDS: dict[str, Breakage] = {
    "reset before it was forwarded": _reset_before,
    "reset after it was forwarded": _reset_after,
    "closed after it was forwarded": _closed_after,
    "reset in the middle of the answer": _reset_amid,
    "forwarded late, after 1 other": partial(_late, 1),
    "forwarded late, after 2 others": partial(_late, 2),
    "forwarded late, after 3 others": partial(_late, 3),
    "answers shifted by one": _shifted,
    "empty 200, forwarded": partial(_empty, 200, True),
    "empty 200, not forwarded": partial(_empty, 200, False),
    "empty 204, forwarded": partial(_empty, 204, True),
    "empty 204, not forwarded": partial(_empty, 204, False),
    "page 502, forwarded": partial(_page, 502, True),
    "page 502, not forwarded": partial(_page, 502, False),
    "page 503, forwarded": partial(_page, 503, True),
    "page 503, not forwarded": partial(_page, 503, False),
    "page 504, forwarded": partial(_page, 504, True),
    "page 504, not forwarded": partial(_page, 504, False),
    "page 401, forwarded": partial(_page, 401, True),
    "page 401, not forwarded": partial(_page, 401, False),
    "refused with 429": partial(_refused, 429),
    "refused with 503": partial(_refused, 503),
    "bad compression": _bad_gzip,
    "length too long": partial(_lengths, 60, False),
    "length too short": partial(_lengths, -20, False),
    "two lengths": partial(_lengths, 7, True),
    "half a body": partial(_garbled, _half),
    "an empty object": partial(_garbled, lambda reply: reply.saying(b"{}")),
    "a page with 200": partial(_garbled, lambda reply: reply.saying(b"<html>Welcome</html>", "text/html")),
    "100 before the answer": partial(_interim, 100, "Continue"),
    "103 before the answer": partial(_interim, 103, "Early Hints"),
}
"""All kinds. After "forwarded" the request was applied, after "not forwarded" and "refused" it surely was not."""


class Dice:
    """Chooses what is broken: each request with the same probability, each kind as often as the others.

    seed: the same seed and the same requests give the same choices. spared: parts of paths that are let through.
    """

    def __init__(self, seed: int, rate: float, spared: tuple[str, ...] = (), kinds: tuple[str, ...] = ()) -> None:
        self.random, self.rate, self.spared, self.on = random.Random(seed), rate, spared, False
        self.kinds = kinds or tuple(KINDS)

    def __call__(self, message: Message) -> tuple[str, Breakage] | None:
        """What to break about a request; None for nothing."""
        if not self.on or any(part in message.target for part in self.spared) or self.random.random() >= self.rate:
            return None
        kind = self.random.choice(self.kinds)
        return kind, KINDS[kind]
