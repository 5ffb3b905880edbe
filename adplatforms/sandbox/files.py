"""Files beside the platforms: results to download and places to upload to, on a port of their own.

Platforms hand out presigned URLs of a storage host. A credential must never reach that host, so whatever carries one
is refused here, as the storage does.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask import Flask, Response, request

from adplatforms.sandbox.faults import Faults
from adplatforms.sandbox.listener import Listener

__all__ = ["Files"]

CREDENTIALS = ("Authorization", "TTD-Auth", "Cookie")
"""Headers that no request for a file may carry; neither may the query hold an `api_key` or an `access_token`."""


@dataclass
class _Place:
    """A file to fetch, or (`content` None at first) a place to upload to."""

    media_type: str
    content: bytes | None
    ends: datetime | None
    uploads: bool
    fields: dict[str, str] = field(default_factory=dict)


class Files:
    """The file server of one sandbox. It listens from the first file on, until `close`.

    Args:
        host: a loopback address.
        now: the sandbox's clock, for URLs that expire.
        faults: what goes wrong, with paths `/files/*`.
    """

    def __init__(self, host: str, now: Callable[[], datetime], faults: Faults) -> None:
        self._host = host
        self._faults = faults
        self._now = now
        self._lock = threading.Lock()
        self._places: dict[str, _Place] = {}
        self._listener: Listener | None = None

    def publish(self, content: bytes, media_type: str, seconds: float | None = None) -> str:
        """The URL under which a file can be fetched by GET, for so many seconds (None: as long as it runs)."""
        return self._open(_Place(media_type, content, self._end(seconds), uploads=False))[0]

    def accept(self, seconds: float | None = None) -> tuple[str, str]:
        """A URL that takes one upload (PUT or POST, raw or as the field `file` of a form), and the key to it."""
        return self._open(_Place("", None, self._end(seconds), uploads=True))

    def received(self, key: str) -> bytes | None:
        """What was uploaded under a key, None as long as nothing was."""
        with self._lock:
            place = self._places.get(key)
            return place.content if place else None

    def fields(self, key: str) -> dict[str, str]:
        """The fields of the form that an upload came with."""
        with self._lock:
            return dict(self._places[key].fields)

    def close(self) -> None:
        """Stops serving and forgets all files."""
        with self._lock:
            listener, self._listener = self._listener, None
            self._places.clear()
        if listener is not None:
            listener.stop()

    def _end(self, seconds: float | None) -> datetime | None:
        return None if seconds is None else self._now() + timedelta(seconds=seconds)

    def _open(self, place: _Place) -> tuple[str, str]:
        key = secrets.token_urlsafe(18)
        with self._lock:
            if self._listener is None:
                self._listener = Listener(self._host, 0, self._app(), self._now).start()
            self._places[key] = place
            return f"{self._listener.url}/files/{key}?signature={secrets.token_hex(8)}", key

    def _app(self) -> Flask:
        app = Flask(__name__, static_folder=None)

        @app.before_request
        def read_all() -> None:
            request.get_data()

        self._faults.attach(app)
        app.add_url_rule("/files/<key>", "file", self._answer, methods=["GET", "PUT", "POST"])
        return app

    def _answer(self, key: str) -> Response:
        content = request.get_data()
        carried = [name for name in CREDENTIALS if name in request.headers]
        carried += [name for name in ("api_key", "access_token") if name in request.args]
        if carried:
            return _told(400, f"Only one auth mechanism allowed: {', '.join(carried)} beside the signature")
        with self._lock:
            place = self._places.get(key)
            if place is None:
                return _told(404, "No such file")
            if place.ends is not None and place.ends <= self._now():
                return _told(403, "Request has expired")
            if not place.uploads:
                if request.method not in ("GET", "HEAD"):
                    return _told(405, "This file can only be fetched")
                return Response(place.content, 200, content_type=place.media_type)
            if request.method not in ("PUT", "POST"):
                return _told(405, "This place takes an upload, by PUT or POST")
            if request.mimetype == "multipart/form-data":
                if "file" not in request.files:
                    return _told(400, "The form has no file")
                content = request.files["file"].read()
                place.fields = dict(request.form)
            place.content = content
            return Response(status=200 if request.method == "PUT" else 204)


def _told(status: int, message: str) -> Response:
    return Response(f"{message}\n", status, content_type="text/plain")
