"""Requests prepared without `Session.request`, which spends more on settings that nobody has made than on the call.

Only a `requests.Session` as a session has made it is passed by: one on which its user has set anything that
`Session.request` would have applied takes its way. What runs for each call is kept in few functions.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import timedelta
from time import perf_counter
from types import FunctionType
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.cookies import RequestsCookieJar
from requests.structures import CaseInsensitiveDict
from requests.utils import check_header_validity

from adplatforms.core.messages import Request

from .adapter import PlatformAdapter

__all__ = ["ShortWay"]

_PLAIN_PATH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.,:=~-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.,:=~-]*)*")
"""A path of which `requests` changes nothing: no escapes, and no dots at the start of a segment."""
_FILES_OF_REQUESTS = (requests.sessions.__file__, requests.adapters.__file__)
_FRAMING = {"content-length", "transfer-encoding"}


class ShortWay:
    """The way of one `requests.Session` past its `request` and `send`: a request made by hand goes through its adapter.

    session: as it was made, before its user can have changed it.
    """

    def __init__(self, session: requests.Session) -> None:
        self._auth, self._jar, self._own_send = session.auth, session.cookies, vars(session).get("send")
        self._is_plain = type(session) is requests.Session and type(self._jar) is RequestsCookieJar
        self._policy = self._jar.get_policy() if self._is_plain else None
        self._methods: tuple[Any, ...] = ()
        self._origins: dict[str, str] = {}
        self._merged_from: tuple[tuple[str, Any], ...] = ()
        self._headers: dict[str, str] = {}
        self._names: set[str] = set()

    def is_open(self, session: requests.Session) -> bool:
        """Whether nothing was set on the session that `Session.request` would apply, but for headers and `cert`."""
        own, kind = vars(session), requests.Session
        return (
            self._is_plain
            and session.auth == self._auth
            and not (session.params or session.proxies or session.trust_env)
            and not any(session.hooks.values())
            and session.cookies is self._jar
            and self._jar.get_policy() is self._policy
            and next(iter(self._jar), None) is None
            and own.get("send") is self._own_send
            and not ("request" in own or "prepare_request" in own or "merge_environment_settings" in own)
            and (
                self._methods
                == (kind.send, kind.request, kind.prepare_request, kind.merge_environment_settings, HTTPAdapter.send)
                or self._note_methods()
            )
        )

    def _note_methods(self) -> bool:
        """Whether no library that watches or fakes HTTP has put methods of its own into `requests`."""
        kind = requests.Session
        methods = (kind.send, kind.request, kind.prepare_request, kind.merge_environment_settings, HTTPAdapter.send)
        for method in methods:
            # A wrapper may pass itself off as the function, `__code__` and all: so its type counts, too.
            if type(method) is not FunctionType or method.__code__.co_filename not in _FILES_OF_REQUESTS:
                return False
        self._methods = methods
        return True

    def send(
        self,
        session: requests.Session,
        request: Request,
        server: str,
        query: str,
        headers: Mapping[str, str],
        form: list[tuple[str, str]],
        timeouts: tuple[float, float],
        route: Mapping[str, Any],
    ) -> requests.Response | None:
        """Sends a request as `requests` would; None, and nothing is sent, where that takes more than what is done here.

        server: a base URL. query: escaped. form: its pairs in plain text. route: `proxies` and `verify`.
        """
        origin = self._origins.get(server) or self._note_origin(server)
        url = f"{server}/{request.path}"
        adapter = session.get_adapter(url)
        is_plain = origin and not request.files and _PLAIN_PATH.fullmatch(request.path)
        if not is_plain or type(adapter) is not PlatformAdapter:
            return None
        key = (*session.headers.lower_items(), *headers.items())  # type: ignore[attr-defined]
        if key != self._merged_from:
            self._merge_headers(session, headers)
            self._merged_from = key
        if not self._names.isdisjoint(_FRAMING):
            return None
        prepared = requests.PreparedRequest()
        prepared.method, prepared.url = request.method, f"{url}?{query}" if query else url
        # A plain dict: no name is in it twice, and it is copied and read several times on the way.
        prepared.headers = sent = self._headers.copy()  # type: ignore[assignment]
        media_type = ""
        if form:
            media_type, prepared.body = "application/x-www-form-urlencoded", urlencode(form)
        elif request.json is not None:
            media_type, prepared.body = "application/json", json.dumps(request.json, allow_nan=False).encode()
        if media_type and "content-type" not in self._names:
            sent["Content-Type"] = media_type
        if request.method not in ("GET", "HEAD") or media_type:
            sent["Content-Length"] = str(len(prepared.body or ""))
        began = perf_counter()
        if route["proxies"]:
            reply = adapter.send(prepared, stream=True, timeout=timeouts, cert=session.cert, **route)
        else:
            reply = adapter.send_directly(prepared, origin, timeouts, route["verify"], session.cert)
        reply.elapsed = timedelta(seconds=perf_counter() - began)
        return reply

    def _merge_headers(self, session: requests.Session, of_request: Mapping[str, str]) -> None:
        """Puts the headers of a request in the place of the session's."""
        merged = CaseInsensitiveDict(session.headers)
        merged.update(of_request)
        headers: dict[str, Any] = dict(merged.items())
        self._headers = {name: value for name, value in headers.items() if value is not None}
        for header in self._headers.items():
            check_header_validity(header)
        self._names = {name.lower() for name in self._headers}

    def _note_origin(self, server: str) -> str:
        """Scheme, host and port of a base URL; empty where `requests` would write it in another way."""
        trial = requests.PreparedRequest()
        trial.prepare_url(f"{server}/x", None)
        if trial.url != f"{server}/x":
            return ""
        self._origins[server] = server[: len(server) - len(urlsplit(server).path)]
        return self._origins[server]
