"""T1's part of the dialect contract: queries and writes to requests, answers to rows and errors. No I/O.

The work is done by `plan`, `scope`, `write` and `read`. Source: wire.md sections 1 to 8.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adplatforms.core.dialect import Capabilities, Dialect, Plan, Quota
from adplatforms.core.messages import Answer, Request
from adplatforms.core.paging import Page
from adplatforms.core.query import Query

from .plan import MAX_PAGE, Planner, smaller_pages
from .read import STATUS, quota_of
from .routes import JSON
from .write import add_undeclared, delete_request, save_request

__all__ = ["JSON", "MAX_PAGE", "T1Dialect"]


class T1Dialect(Dialect):
    """TerminalOne's management API. json: ask for JSON, else the API answers XML; both are always understood."""

    platform = "T1"
    capabilities = Capabilities(
        max_page=MAX_PAGE, prefetch=8, total=True, include=True, version_lock=True, delete=True, options=("url",)
    )

    def __init__(self, json: bool = True) -> None:
        # The deals service answers JSON whatever is asked for (wire.md section 1).
        self.accept = {"Accept": JSON}
        if not json:
            self.accept = {"Accept": "*/*"}
        self._planner = Planner(self.accept, self.capabilities.prefetch)

    # reading

    def plan(self, query: Query[Any]) -> Plan:
        """The pages of a collection; see `Planner.listing`."""
        return self._planner.listing(query)

    def plan_one(self, query: Query[Any], entity_id: Any) -> Request:
        """The request for one record by its id; see `Planner.one`."""
        return self._planner.one(query, entity_id)

    def plan_child(self, query: Query[Any], entity_id: Any, child: str) -> Plan:
        """The listing of a child collection of one record, ``strategies/7/concepts``."""
        return self._planner.child(query, entity_id, child)

    def plan_rows(self, query: Query[Any], url: str) -> Plan:
        """The listing of all complete records below a URL."""
        return self._planner.rows(query, url)

    def smaller(self, request: Request) -> list[Request]:
        """A page of more than 25 rows as two halves."""
        return smaller_pages(request)

    # answers

    def page(self, answer: Answer) -> Page:
        """The rows of an answer to a request that names no reader."""
        return STATUS.page(answer)

    def saved(self, answer: Answer) -> dict[str, Any] | None:
        """The record of an answer to a request that names no reader."""
        return STATUS.saved(answer)

    def quota(self, answer: Answer) -> Quota | None:
        """The calls that are left, and the seconds until there are more."""
        if "x-ratelimit-remaining" not in answer.headers:
            return None
        return quota_of(answer)

    # writing

    def write(self, entity: Any, values: Mapping[str, Any], url: str = "") -> Request:
        """As `Dialect.write`. url: a path below the service, instead of the record's own."""
        return save_request(entity, values, self.accept, url)

    def adding(self, request: Request, extra: Mapping[str, Any]) -> Request:
        """A write with undeclared fields by T1's names added to it."""
        return add_undeclared(request, extra)

    def delete(self, entity: Any) -> Request:
        """``POST {path}/delete``, for the records that have it; most can only be made inactive (wire.md section 11)."""
        if not entity.__model__.deletable:
            return super().delete(entity)
        return delete_request(entity, self.accept)
