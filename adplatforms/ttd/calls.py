"""The calls of GraphQL and REST, each to its own host or through the Workflows API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode

from adplatforms.core.messages import Request
from adplatforms.core.reader import Reader

from .graphql.reader import GraphQLReader
from .limits import rest_category
from .servers import Servers
from .workflows import operations

__all__ = ["Calls", "with_document"]


@dataclass(frozen=True)
class Calls:
    """Makes the calls of the two surfaces that read.

    `direct`: to the surface's own host, else through Workflows, whose wire format is official.

    Categories of rate limits: ``graphql``, ``rest campaign`` and ``workflows campaign``, one for each entity of both;
    the vendor counts per endpoint, and the surfaces apart.
    """

    servers: Servers
    direct: bool

    def graphql(self, reader: GraphQLReader, writes: bool = False) -> Request:
        """The call that sends a reader's document, whose answer the reader reads.

        writes: whether the document is a mutation. Without variables it is sent without any.
        """
        text, variables = reader.document.text, dict(reader.document.variables) or None
        if not self.direct:
            return operations.submit_graph_ql_request(text, variables, None, writes, reader)
        server, path = self.servers.graphql_address
        body: dict[str, Any] = {"query": text}
        if variables:
            body["variables"] = variables
        return Request("POST", path, json=body, writes=writes, server=server, category="graphql", reader=reader)

    def rest(
        self,
        method: str,
        endpoint: str,
        body: Mapping[str, Any] | None = None,
        reader: Reader | None = None,
        writes: bool = False,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Request:
        """A REST call.

        endpoint: the path below ``/v3/``, escaped. reader: what reads the answer; None where the caller does. headers:
        beyond those of every call. params: the query; through Workflows it stands behind the endpoint [I].
        """
        query = tuple((name, str(value)) for name, value in (params or {}).items() if value is not None)
        # The Workflows API passes no headers on, so what has headers of its own goes direct.
        if not self.direct and not headers:
            if query:
                endpoint = f"{endpoint}?{urlencode(query, quote_via=quote)}"
            return operations.submit_rest_request(method, endpoint, body, writes, reader)
        return Request(
            method,
            endpoint,
            query,
            json=body,
            headers=headers or {},
            writes=writes,
            server=self.servers.rest,
            category=rest_category(endpoint),
            reader=reader,
        )


def with_document(request: Request, reader: GraphQLReader) -> Request:
    """The same request with the document of another reader, and the variables it had: a cursor among them."""
    # Only Workflows' plain request names the text otherwise; its bulk job does not.
    key = {"graphqlrequest": "request"}.get(request.path, "query")
    return replace(request, json={**request.json, key: reader.document.text}, reader=reader)
