"""GraphQL, `POST /ttd/graphql`: JSON in, JSON out, and errors with HTTP 200 and a code in `extensions`.

Only the gateway answers with other statuses: 429 where calls are limited, 400 for a body that is no GraphQL request.
"""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, request
from graphql import GraphQLError, execute_sync

from adplatforms.sandbox.ttd.bodies import read
from adplatforms.sandbox.ttd.errors import Refusal
from adplatforms.sandbox.ttd.graphql.context import Context
from adplatforms.sandbox.ttd.graphql.documents import MOST_LEVELS, Checked, check
from adplatforms.sandbox.ttd.graphql.schema import build
from adplatforms.sandbox.ttd.jobs import Outcome
from adplatforms.sandbox.ttd.shared import Shared

__all__ = ["GraphQL", "refused"]


class GraphQL:
    """The schema over one store."""

    def __init__(self, shared: Shared) -> None:
        self.shared = shared
        self.settings = shared.settings

    def blueprint(self) -> Blueprint:
        """Makes the endpoint answer."""
        paths = Blueprint("ttd_graphql", __name__)
        paths.add_url_rule("/ttd/graphql", "graphql", self._view, methods=["POST"])
        paths.register_error_handler(Refusal, refused)
        return paths

    def run(self, text: str, variables: dict[str, Any] | None = None, beta: str | None = None) -> dict[str, Any]:
        """The answer to a document, as the wire has it."""
        checked = check(text)
        errors = checked.errors or self._refusals(checked, variables or {}, beta)
        if errors:
            return {"errors": [_shown(one) for one in errors]}
        return self._execute(checked, variables, is_bulk=False)

    def bulk_faults(self, text: str, beta: str | None = None) -> list[str]:
        """Why a document cannot run as a bulk query."""
        checked = check(text)
        if checked.errors:
            return [one.message for one in checked.errors]
        if checked.kind != "query":
            return ["a bulk query cannot be a mutation"]
        refused = [one.message for one in self._refusals(checked, {}, beta, is_bulk=True)]
        if checked.asked({}).levels > MOST_LEVELS:
            refused.append(f"a bulk query can have {MOST_LEVELS} levels of pagination at most")
        return refused

    def bulk(self, text: str) -> Outcome:
        """What a bulk query gives: every page of every connection, in one document."""
        answer = self._execute(check(text), None, is_bulk=True)
        errors = tuple(one["message"] for one in answer.get("errors", ()))
        return Outcome({"data": answer.get("data")}, errors, is_partial=answer.get("data") is not None)

    def bulk_mutation(self, text: str, variables: list[str]) -> Outcome:
        """What a bulk mutation gives: the answer to each of its inputs. The shape of it is in no source."""
        answers = [self.run(text, json.loads(one)) for one in variables]
        errors = tuple(
            f"[{number}] {one['message']}"
            for number, answer in enumerate(answers)
            for one in (*answer.get("errors", ()), *_expected(answer))
        )
        return Outcome(answers, errors, is_partial=len(errors) < len(answers))

    def _refusals(
        self, checked: Checked, variables: dict[str, Any], beta: str | None, is_bulk: bool = False
    ) -> list[Any]:
        if self.settings.complexity is None and not self.settings.restricted:
            return []
        asked = checked.asked(variables)
        features = {feature.strip() for feature in (beta or "").split(",")}
        refused = [
            _error("UNAUTHORIZED_FIELD_OR_TYPE", f"The field {place} is not authorized")
            for place, feature in self.settings.restricted.items()
            if place in asked.fields and not (feature and feature in features)
        ]
        most = self.settings.complexity
        if most is not None and asked.cost > most and not is_bulk:
            told = f"The document costs {asked.cost}, more than the {most} that are allowed"
            refused.append(_error("RESOURCE_LIMIT_EXCEEDED", told))
        return refused

    def _execute(self, checked: Checked, variables: dict[str, Any] | None, is_bulk: bool) -> dict[str, Any]:
        context = Context(self.shared, is_bulk, self.bulk_faults, self.bulk, self.bulk_mutation)
        result = execute_sync(build(), checked.document, None, context, variables)
        answer: dict[str, Any] = {"data": result.data}
        if result.errors:
            answer["errors"] = [_shown(one) for one in result.errors]
        return answer

    def _view(self) -> Response:
        self.shared.admit()
        body = read(request.get_data()) if request.is_json else None
        if not isinstance(body, dict) or not isinstance(body.get("query"), str):
            raise Refusal(400, "The body must be JSON with a query")
        variables = body.get("variables")
        if not isinstance(variables, dict | None):
            raise Refusal(400, "variables must be an object")
        with self.shared.records.store.lock:
            return _answer(self.run(body["query"], variables, request.headers.get("TTD-GQL-Beta")))


def _answer(body: dict[str, Any], status: int = 200) -> Response:
    return Response(json.dumps(body, ensure_ascii=False), status, content_type="application/json")


def refused(refusal: Refusal) -> Response:
    """The answer to a refusal."""
    if refusal.status == 401:
        return _answer({"errors": [_shown(_error("AUTHENTICATION_FAILURE", refusal.message))]})
    answer = _answer({"message": refusal.message}, refusal.status)
    if refusal.retry_after:
        answer.headers["Retry-After"] = str(refusal.retry_after)
    return answer


def _error(code: str, message: str) -> Any:
    return GraphQLError(message, extensions={"code": code})


def _shown(error: Any) -> dict[str, Any]:
    """An error on the wire; one without a code of its own failed while it ran, or in its variables."""
    shown: dict[str, Any] = error.formatted
    if not error.extensions:
        code = "INTERNAL_SERVER_ERROR" if error.path else "VALIDATION_FAILURE"
        shown = {**shown, "extensions": {"code": code}}
    return shown


def _expected(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """The errors that stand in the payloads of an answer's mutations."""
    payloads = [one for one in (answer.get("data") or {}).values() if one]
    return [one for payload in payloads for style in ("userErrors", "errors") for one in payload.get(style) or ()]
