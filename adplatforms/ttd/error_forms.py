"""Whether an error is The Trade Desk's own, or that of a gateway on the way which happens to answer in JSON.

It decides about writes: the platform's own refusal says that nothing was applied, a gateway's says nothing.

| surface | its own form | source |
| --- | --- | --- |
| REST | ``{"Message": text, "ErrorDetails": [...]}`` | platform_rest_v3.md "Errors" |
| GraphQL | ``{"errors": [{"message": text, ...}]}``; 429: ``{"message": text}`` | graphql.md "Errors" |
| Workflows | problem details with a type or a title, whose status is that of the answer | workflows.json |

The facts do not say in which of them Workflows passes the errors of REST and GraphQL on: each form is taken from each
surface, but for the plain message, which any gateway may send.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adplatforms.core.messages import Answer

__all__ = ["is_own_error"]


def is_own_error(answer: Answer, reply: Mapping[str, Any]) -> bool:
    """Whether the JSON object of an answer is an error in one of the platform's own forms."""
    if isinstance(reply.get("Message"), str):
        return True
    if _is_problem(answer, reply) or _is_graphql(reply.get("errors")):
        return True
    throttled = answer.status == 429 and answer.request.category == "graphql"
    return throttled and isinstance(reply.get("message"), str)


def _is_problem(answer: Answer, reply: Mapping[str, Any]) -> bool:
    """Whether an object is problem details. All members are optional there, but one without a type or a title could be
    anybody's, and one that was relayed from somebody else tells another status than the answer has."""
    named = isinstance(reply.get("title"), str) or isinstance(reply.get("type"), str)
    return named and reply.get("status") in (None, answer.status)


def _is_graphql(errors: Any) -> bool:
    """Whether this is GraphQL's list of errors, each an object with a message."""
    if not isinstance(errors, list) or not errors:
        return False
    return all(isinstance(each, dict) and isinstance(each.get("message"), str) for each in errors)
