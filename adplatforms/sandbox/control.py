"""The sandbox's own paths, for clients in other languages: `/_sandbox/faults`, `/_sandbox/journal`, `/_sandbox/reset`.

    curl -X POST localhost:8001/_sandbox/faults -H 'Content-Type: application/json' -d '{"kind": "503", "times": 2}'

GET shows, POST adds (a fault by its options, see `Fault`) or puts the seed back, DELETE forgets.
"""

from __future__ import annotations

from threading import Timer
from typing import TYPE_CHECKING

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from adplatforms.sandbox.faults import Fault

if TYPE_CHECKING:
    from adplatforms.sandbox.server import Sandbox

__all__ = ["PREFIX", "control"]

PREFIX = "/_sandbox/"


def control(sandbox: Sandbox) -> Flask:
    """The application that answers for a sandbox."""
    app = Flask(__name__, static_folder=None)

    @app.before_request
    def read_body() -> None:
        request.get_data()  # the connection stays open for the next request

    @app.get(f"{PREFIX}faults")
    def faults() -> list[dict[str, object]]:
        return [{**fault.shown(), "hits": sandbox.faults.hits(fault)} for fault in sandbox.faults]

    @app.post(f"{PREFIX}faults")
    def add_fault() -> Response:
        given = request.get_json(silent=True)
        if not isinstance(given, dict):
            return _told(400, "Must be a JSON object (Content-Type: application/json)")
        try:
            fault = Fault.read(given)
        except ValueError as error:
            return _told(400, str(error))
        if fault.kind == "refused" and fault.seconds is None:
            return _told(400, "refused needs seconds here: nobody could switch it off")
        reply = Response(app.json.dumps(fault.shown()), 201, content_type="application/json")
        if fault.kind == "refused":  # once this reply has left
            reply.call_on_close(Timer(0.05, sandbox.faults.add, [fault]).start)
        else:
            sandbox.faults.add(fault)
        return reply

    @app.delete(f"{PREFIX}faults")
    def clear_faults() -> Response:
        sandbox.faults.clear()
        return Response(status=204)

    @app.get(f"{PREFIX}journal")
    def journal() -> list[dict[str, str]]:
        return [entry._asdict() for entry in sandbox.journal]

    @app.delete(f"{PREFIX}journal")
    def clear_journal() -> Response:
        sandbox.journal.clear()
        return Response(status=204)

    @app.post(f"{PREFIX}reset")
    def reset() -> Response:
        sandbox.reset()
        return Response(status=204)

    @app.errorhandler(HTTPException)
    def plain(error: HTTPException) -> Response:
        return _told(error.code or 500, error.name)

    return app


def _told(status: int, message: str) -> Response:
    return Response(f"{message}\n", status, content_type="text/plain")
