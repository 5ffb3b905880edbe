"""The ways of a call: GraphQL and REST, each at its own host or through the Workflows API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from adplatforms.core.messages import Request

from .graphql.documents import Document
from .servers import Servers
from .workflows import operations

__all__ = ["AHEAD", "RestCall", "Route", "rest_call"]

AHEAD = 4
"""Calls under way at once: the vendor advises at most four callers per endpoint [D]."""


@dataclass(frozen=True)
class Route:
    """Where calls go: `direct` to the surface's own host, else through Workflows.

    Categories of rate limits: ``graphql``, and one for each entity of REST; the vendor counts per endpoint, and the two
    surfaces apart.
    """

    servers: Servers
    direct: bool

    def graphql(self, document: Document, subject: Any = None, writes: bool = False) -> Request:
        """A GraphQL document. Without variables it is sent without any."""
        text, variables = document
        if not self.direct:
            request = operations.submit_graph_ql_request(text, variables or None, None, writes, subject)
            return replace(request, category="graphql")
        server, path = self.servers.graphql_place
        body = {"query": text, **({"variables": variables} if variables else {})}
        return Request("POST", path, json=body, writes=writes, server=server, category="graphql", subject=subject)

    def rest(
        self,
        method: str,
        endpoint: str,
        body: Mapping[str, Any] | None = None,
        subject: Any = None,
        writes: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> Request:
        """A REST call, `endpoint` as it stands below ``/v3/``. What has headers of its own goes direct: the Workflows
        API passes none on."""
        category = f"rest {endpoint.partition('/')[0]}"
        if not self.direct and not headers:
            request = operations.submit_rest_request(method, endpoint, body, writes, subject)
            return replace(request, category=category)
        return Request(
            method,
            endpoint,
            json=body,
            headers=headers or {},
            writes=writes,
            server=self.servers.rest,
            category=category,
            subject=subject,
        )


class RestCall(NamedTuple):
    """A REST call, whichever way it goes: method and the path below ``/v3/``."""

    method: str
    path: str


def rest_call(request: Request) -> RestCall:
    """The REST call of a request, which may be wrapped for the Workflows API."""
    if request.path == "restrequest" and isinstance(request.json, dict):
        return RestCall(str(request.json.get("methodType")), str(request.json.get("endpoint")))
    return RestCall(request.method, request.path)
