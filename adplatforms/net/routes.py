"""The way to a server: through which proxy, and which certificates are trusted."""

from __future__ import annotations

import os
from collections.abc import Mapping
from os import PathLike
from typing import Any
from urllib.parse import SplitResult, urlsplit

from .links import LOOPBACK

__all__ = ["Routes"]


class Routes:
    """The ways of a transport, each found once: `requests` would read the environment, and a .netrc, at every call.

    proxies: the user's, by scheme. `ca`: a file of certificates that are trusted instead of the usual ones.
    """

    def __init__(self, proxies: Mapping[str, str] | None, ca: str | PathLike[str] | None) -> None:
        self.ca = ca
        self._proxies = proxies or {}
        self._known: dict[str, dict[str, Any]] = {}

    def to(self, url: str) -> dict[str, Any]:
        """`proxies` and `verify`, as `requests` takes them: the user's, else what the environment says."""
        found = self._known.get(url)
        if found is None:
            parts = urlsplit(url)
            origin = f"{parts.scheme}://{parts.netloc}"
            found = self._known.get(origin)
            if found is None:
                found = self._known[origin] = self._find(parts)
        return found

    def _find(self, parts: SplitResult) -> dict[str, Any]:
        from requests.utils import get_environ_proxies

        proxies: dict[str, str] = {}
        # What is said to this machine stays on it, whatever proxy the environment names.
        if parts.hostname not in LOOPBACK:
            proxies = get_environ_proxies(f"{parts.scheme}://{parts.netloc}")
        proxies.update(self._proxies)
        bundle = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or True
        # None for a scheme means: without a proxy, whatever the environment names.
        return {"proxies": {name: url for name, url in proxies.items() if url}, "verify": self.ca or bundle}
