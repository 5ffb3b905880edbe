"""A server of canned answers in a process of its own: it costs the client that is measured nothing but its own work.

    python -m benchmarks.replay          reads the answers as JSON from standard input, prints its URL

The JSON is ``{"row": ..., "total": ...}``: GET of a collection answers with pages of that row, each with an id of its
own, up to the total; a POST with the row under the name that its form holds.
"""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlsplit

__all__ = ["replayed"]

_PLACE = b"7777777777"
_NAME = b"name to replace"


class Replay(asyncio.Protocol):
    """One connection."""

    def __init__(self, row: dict[str, Any], total: int) -> None:
        template = json.dumps({**row, "id": int(_PLACE), "name": _NAME.decode()}).encode()
        self._row, self._total, self._received = template, total, b""

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while True:
            head, end, rest = self._received.partition(b"\r\n\r\n")
            found = re.search(rb"content-length: *(\d+)", head, re.I)
            size = int(found[1]) if found else 0
            if not end or len(rest) < size:
                return
            self._received = rest[size:]
            body = self._answer(head.split(b" ", 2)[1].decode(), rest[:size])
            self._transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/vnd.mediamath.v1+json; charset=UTF-8\r\n"
                b"Date: Mon, 30 Nov 2026 12:00:00 GMT\r\nServer: replay\r\nConnection: keep-alive\r\n"
                b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
            )

    def _answer(self, target: str, form: bytes) -> bytes:
        if form:
            found = re.search(rb"(?:^|&)name=([^&]*)", form)
            name = unquote_plus(found[1].decode()).encode() if found else b"x"
            row = self._row.replace(_PLACE, target.partition("?")[0].rsplit("/", 1)[1].encode()).replace(_NAME, name)
            return b'{"data":%s,"meta":{"status":"ok"}}' % row
        asked = parse_qs(urlsplit(target).query)
        start, most = int(asked.get("page_offset", ["0"])[0]), int(asked.get("page_limit", ["100"])[0])
        ids = range(start + 1, min(start + most, self._total) + 1)
        rows = b",".join(self._row.replace(_PLACE, b"%d" % id) for id in ids)
        told = b'"count":%d,"offset":%d,"total_count":%d,"status":"ok"' % (len(ids), start, self._total)
        return b'{"data":[%s],"meta":{%s}}' % (rows, told)


@contextmanager
def replayed(row: dict[str, Any], total: int) -> Iterator[str]:
    """The URL of such a server while the block runs."""
    command = [sys.executable, "-u", "-m", "benchmarks.replay"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(json.dumps({"row": row, "total": total}) + "\n")
        process.stdin.flush()
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(10)


async def main() -> None:
    """Serves until it is ended."""
    given = json.loads(sys.stdin.readline())
    serving = await asyncio.get_running_loop().create_server(
        lambda: Replay(given["row"], given["total"]), "127.0.0.1", 0
    )
    print(f"http://127.0.0.1:{serving.sockets[0].getsockname()[1]}")
    await serving.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
