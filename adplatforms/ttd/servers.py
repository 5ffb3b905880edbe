"""The Trade Desk's hosts. Three surfaces share one account and one token: Workflows, GraphQL and REST v3.

Sources: workflows.json `servers` (official SDK); graphql.md "Endpoint" and platform_rest_v3.md "Servers" (vendor's
documentation as third parties copied it). GraphQL is also said to be at ``https://desk.thetradedesk.com/graphql`` and
``https://api.gen.adsrvr.org/graphql``: give that as `graphql_url` where the default does not answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from adplatforms.core.errors import ClientError, did_you_mean
from adplatforms.net.transport import check_url

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
    """Base URLs, without a slash at the end.

    `workflows` and `rest` are followed by a path, `graphql` is the complete address.
    """

    workflows: str
    graphql: str
    rest: str

    @classmethod
    def of(cls, server: str) -> Servers:
        """The servers of that name (see `SERVERS`), or all three below a URL that is given instead of a name.

        Raises a `ClientError` for a name that is not known.
        """
        if server in SERVERS:
            return SERVERS[server]
        if "://" not in str(server):
            raise ClientError(f"no server {server!r}", hint=did_you_mean(server, SERVERS))
        return cls.below(server.rstrip("/"))

    def at(self, workflows: str | None = None, graphql: str | None = None, rest: str | None = None) -> Servers:
        """The same with other URLs for single surfaces.

        A Workflows URL that ends in ``/workflows`` has the other two next to it, where these are not given. Raises a
        `ClientError` for one that is not https, or http on loopback; an empty one, too.
        """
        given = {"workflows": workflows, "graphql": graphql, "rest": rest}
        for url in given.values():
            if url is not None:
                check_url(url)
        base = (workflows or "").rstrip("/")
        servers = self
        if base.endswith("/workflows"):
            servers = self.below(base.removesuffix("/workflows"))
        return replace(servers, **{name: url.rstrip("/") for name, url in given.items() if url})

    @classmethod
    def below(cls, base: str) -> Servers:
        """All three surfaces below one URL, as the vendor's hosts and the sandbox have them."""
        return cls(f"{base}/workflows", f"{base}/graphql", f"{base}/v3")

    @property
    def graphql_address(self) -> tuple[str, str]:
        """The GraphQL address as a request needs it: server and path."""
        server, _, path = self.graphql.rpartition("/")
        return server, path


SERVERS = {
    "prod": Servers.below("https://api.thetradedesk.com"),
    "sandbox": Servers.below("https://ext-api.sb.thetradedesk.com"),
}
"""The servers by name. The sandbox is a weekly copy of production and takes the same credentials (vendor's docs)."""


def check_route(route: str) -> str:
    """The route itself; a `ClientError` that lists them where there is none of that name."""
    if route not in ROUTES:
        raise ClientError(f"no route {route!r}", hint=did_you_mean(route, ROUTES) or "routes: " + ", ".join(ROUTES))
    return route
