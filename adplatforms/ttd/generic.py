"""Calls that a user writes out: any GraphQL document, any REST call."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from adplatforms.core.errors import ClientError, NotFoundError
from adplatforms.core.messages import Answer, Request, path_segment
from adplatforms.net.session import HttpSession

from .calls import Calls
from .dialect import TTDDialect
from .read import graphql_data, json_body, mutation_payload, optional_json
from .workflows import operations

__all__ = ["GenericCalls"]


class GenericCalls(HttpSession):
    """The part of `TTD` that sends what it is given: for what no entity and no operation covers."""

    dialect: TTDDialect

    def graphql(
        self,
        text: str,
        variables: Mapping[str, Any] | None = None,
        *,
        beta: str | None = None,
        through: str | None = None,
    ) -> Any:
        """Sends a GraphQL document; returns the answer's ``data``.

        beta: features to switch on (``TTD-GQL-Beta``). through: ``"workflows"`` or ``"direct"``; by default as the
        session's route. HTTP 200 with errors and no data raises the error that they describe; errors next to data are
        a `PartialResultWarning`. What a mutation reports in ``userErrors`` or ``errors``, where it is asked for them,
        is a `ValidationError`.
        """
        # The word in a string counts too: better a query that is not repeated than a mutation that is.
        writes = re.search(r"\bmutation\b", text) is not None
        given = dict(variables) if variables is not None else None
        if self._direct(through):
            server, path = self.dialect.servers.graphql_address
            body: dict[str, Any] = {"query": text}
            if given is not None:
                body["variables"] = given
            headers = {"TTD-GQL-Beta": beta} if beta else {}
            request = Request(
                "POST", path, json=body, headers=headers, writes=writes, server=server, category="graphql"
            )
        else:
            request = operations.submit_graph_ql_request(text, given, beta, writes)
        return self.exchange(request, _done if writes else graphql_data)

    def rest(
        self,
        method: str,
        endpoint: str,
        body: Any = None,
        *,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        through: str | None = None,
    ) -> Any:
        """Sends a REST v3 call; returns the answer's JSON, None where there is none (status 240), a file as text.

        endpoint: the path below ``/v3/``, such as ``campaign/<id>``, or with it in front; a question mark in it is
        part of an id. params: the query. headers: of this call alone, which then goes direct, since the Workflows API
        hands none on. through: as for `graphql`. Queries and delta calls are POSTs that only read, and are repeated
        like a GET when the network fails; others are not.
        """
        method, parts = method.upper(), endpoint.strip("/").removeprefix("v3/").split("/")
        # Escaped piece by piece: an id with a slash or a question mark must not change the endpoint.
        path = "/".join(map(path_segment, parts))
        # The documents call them queries and deltas: POSTs only because of their parameters.
        is_query = method == "POST" and ("query" in parts or parts[0] == "delta")
        writes = method != "GET" and not is_query
        if headers and through == "workflows":
            raise ClientError("the Workflows API hands no headers on", hint='through="direct"')
        calls = Calls(self.dialect.servers, self._direct(through))
        request = calls.rest(method, path, body, writes=writes, headers=headers, params=params)
        try:
            # No fact shows what a DELETE answers: it may have nothing to say.
            return self.exchange(request, optional_json if method == "DELETE" else _body)
        except NotFoundError as error:
            if "?" in endpoint:
                error.hint = "params={...} sends a query: a question mark in the endpoint is part of the path"
            raise

    def _direct(self, through: str | None) -> bool:
        if through not in (None, "workflows", "direct"):
            raise ClientError(f"nothing goes through {through!r}", hint='"workflows" or "direct"')
        if through is None:
            return self.dialect.route.endswith("-direct")
        return through == "direct"


_FILES = ("text/csv", "text/plain", "text/tab-separated-values")
"""The types of files that REST answers."""


def _body(answer: Answer) -> Any:
    """The JSON of an answer, or its text where it is a file."""
    if answer.status < 400 and answer.content_type in _FILES:
        return answer.content.decode("utf-8-sig", "replace")
    return json_body(answer)


def _done(answer: Answer) -> Any:
    """The data of a document with mutations; what one of them refuses is raised."""
    found = graphql_data(answer)
    for name, payload in found.items():
        if isinstance(payload, dict) and (payload.get("userErrors") or payload.get("errors")):
            mutation_payload(answer, name)
    return found
