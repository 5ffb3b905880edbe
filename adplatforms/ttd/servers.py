"""The Trade Desk's hosts. Three surfaces share one account and one token: Workflows, GraphQL and REST v3.

Sources: workflows.json `servers` (official SDK); graphql.md "Endpoint" and platform_rest_v3.md "Servers" (vendor's
documentation as third parties copied it). GraphQL is also said to be at ``https://desk.thetradedesk.com/graphql`` and
``https://api.gen.adsrvr.org/graphql``: give that as `graphql_url` where the default does not answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from adplatforms.core.errors import ClientError, did_you_mean

__all__ = ["ROUTES", "SERVERS", "Servers", "check_route"]

ROUTES = {
    "graphql": "GraphQL through the Workflows API, whose wire format is official (the default)",
    "graphql-direct": "GraphQL at its own host",
    "rest": "REST v3 through the Workflows API",
    "rest-direct": "REST v3 at its own host",
}
"""How entities are read, with what it means. Rows are the same on every route."""


@dataclass(frozen=True, slots=True)
class Servers:
    """Base URLs, without a slash at the end: `workflows` and `rest` are followed by a path, `graphql` is the whole
    address."""

    workflows: str
    graphql: str
    rest: str

    @classmethod
    def of(cls, server: str, **urls: str | None) -> Servers:
        """The servers of that name (see `SERVERS`), or all three below one URL that is given instead; then the URLs
        that are given for single surfaces."""
        if server in SERVERS:
            servers = SERVERS[server]
        elif "://" in server:
            base = server.rstrip("/")
            servers = cls(f"{base}/workflows", f"{base}/graphql", f"{base}/v3")
        else:
            raise ClientError(f"no server {server!r}", hint=did_you_mean(server, SERVERS))
        given: dict[str, Any] = {name: url.rstrip("/") for name, url in urls.items() if url}
        return replace(servers, **given)

    @property
    def graphql_place(self) -> tuple[str, str]:
        """The GraphQL address as a request needs it: server and path."""
        server, _, path = self.graphql.rpartition("/")
        return server, path


SERVERS = {
    "prod": Servers(
        "https://api.thetradedesk.com/workflows",
        "https://api.thetradedesk.com/graphql",
        "https://api.thetradedesk.com/v3",
    ),
    "sandbox": Servers(
        "https://ext-api.sb.thetradedesk.com/workflows",
        "https://ext-api.sb.thetradedesk.com/graphql",
        "https://ext-api.sb.thetradedesk.com/v3",
    ),
}
"""The servers by name. The sandbox is a weekly copy of production and takes the same credentials (vendor's docs)."""


def check_route(route: str) -> str:
    """The route itself; a `ClientError` that lists them where there is none of that name."""
    if route not in ROUTES:
        raise ClientError(
            f"no route {route!r}", hint=did_you_mean(route, ROUTES) or "routes: " + ", ".join(ROUTES)
        )
    return route
