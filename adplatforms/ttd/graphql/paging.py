"""The requests of further pages of a GraphQL listing: the next one, and the same one in smaller parts."""

from __future__ import annotations

from dataclasses import replace

from adplatforms.core.messages import Request
from adplatforms.core.paging import Page

__all__ = ["following", "halved"]

SMALL = 25
"""Rows of a page that is not asked for in smaller parts."""


def following(page: Page) -> Request | None:
    """The request of the page after this one: the same document from its cursor on; None after the last."""
    request: Request = page.extra["request"]
    if page.next is None:
        return None
    variables = {**request.json["variables"], "after": page.next}
    return replace(request, json={**request.json, "variables": variables})


def halved(request: Request) -> list[Request]:
    """The same page, half as long; empty where it is small, or is not a page."""
    variables = request.json.get("variables") or {}
    first = variables.get("first", 0)
    if first <= SMALL:
        return []
    return [replace(request, json={**request.json, "variables": {**variables, "first": first // 2}})]
