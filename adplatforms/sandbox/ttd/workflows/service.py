"""The Workflows API, `/ttd/workflows`: eighteen operations, their checks, and problem details.

Errors are problem details (`type`, `title`, `status`, `detail`, `instance`); faults of a body stand in `errors` as
well, a list of messages by place, as ASP.NET has it: the facts only hint at such a member. Not in the facts, and so
the sandbox's choice: what `validateInputOnly` answers (200, with no body for an ad group to create, else `{}`), what
`forceArchive` changes (nothing), and how the passthrough maps a REST call that fails (its status, as a problem).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from flask import Blueprint, Response, request

from adplatforms.sandbox.ttd import actions
from adplatforms.sandbox.ttd.bodies import read
from adplatforms.sandbox.ttd.errors import Fault, Refusal
from adplatforms.sandbox.ttd.graphql.service import GraphQL
from adplatforms.sandbox.ttd.jobs import Callback, Job, Outcome
from adplatforms.sandbox.ttd.rest.service import Rest
from adplatforms.sandbox.ttd.shared import Shared
from adplatforms.sandbox.ttd.workflows import writes
from adplatforms.sandbox.ttd.workflows.schemas import OPERATIONS, Operation, problems
from adplatforms.sandbox.ttd.workflows.shapes import shaped

__all__ = ["Workflows"]

PREFIX = "/ttd/workflows"
TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    410: "Gone",
    415: "Unsupported Media Type",
    429: "Too Many Requests",
    500: "Internal Server Error",
}

Answer = tuple[int, Any]
"""Status and body; None is no body at all."""


class Workflows:
    """The operations over one store; `graphql` and `rest` answer the passthroughs."""

    def __init__(self, shared: Shared, graphql: GraphQL, rest: Rest) -> None:
        self.shared = shared
        self.records = shared.records
        self.jobs = shared.jobs
        self.settings = shared.settings
        self.graphql = graphql
        self.rest = rest
        self._answers: dict[str, Callable[..., Answer]] = {
            "createCampaign": partial(self._write, writes.create_campaign, made=201),
            "updateCampaign": partial(self._write, writes.update_campaign),
            "createAdGroup": partial(self._write, writes.create_ad_group, made=201),
            "updateAdGroup": partial(self._write, writes.update_ad_group),
            "archiveCampaigns": partial(self._archive, "Campaign"),
            "archiveAdGroups": partial(self._archive, "AdGroup"),
            "createCampaignsJob": partial(self._bulk, writes.create_campaign),
            "updateCampaignsJob": partial(self._bulk, writes.update_campaign),
            "createAdGroupsJob": partial(self._bulk, writes.create_ad_group),
            "updateAdGroupsJob": partial(self._bulk, writes.update_ad_group),
            "getCampaignVersion": self._version,
            "getFirstPartyDataJob": self._first_party_data,
            "getThirdPartyDataJob": self._third_party_data,
            "getJobStatus": self._job_status,
            "submitGraphQlRequest": self._graphql_request,
            "submitGraphQlBulkQueryJob": self._graphql_bulk,
            "getGraphQlBulkJobStatus": self._graphql_bulk_status,
            "submitRestRequest": self._rest_request,
        }

    def blueprint(self) -> Blueprint:
        """Makes the operations answer."""
        paths = Blueprint("ttd_workflows", __name__, url_prefix=PREFIX)
        for operation in OPERATIONS:
            path = operation.path.replace("{", "<").replace("}", ">")
            view = partial(self._view, operation)
            paths.add_url_rule(path, operation.id, view, methods=[operation.method])
        paths.add_url_rule(
            "/<path:anywhere>", "nowhere", self._nowhere, methods=["GET", "POST", "PUT", "PATCH", "DELETE"]
        )
        paths.register_error_handler(Refusal, self.refuse)
        return paths

    def refuse(self, refusal: Refusal) -> Response:
        """The problem document for a refusal."""
        headers = {"Retry-After": str(refusal.retry_after)} if refusal.retry_after else {}
        body = json.dumps(self.problem(refusal))
        return Response(body, refusal.status, headers, content_type=self.settings.problem_type)

    def problem(self, refusal: Refusal) -> dict[str, Any]:
        """The members of a problem document."""
        told: dict[str, Any] = {
            "type": "about:blank",
            "title": TITLES.get(refusal.status, "Error"),
            "status": refusal.status,
            "detail": refusal.message,
            "instance": request.path.removeprefix("/ttd"),
        }
        places: dict[str, list[str]] = {}
        for fault in refusal.faults:
            places.setdefault(fault.field, []).append(fault.message)
        return {**told, "errors": places} if places else told

    def _view(self, operation: Operation, **place: str) -> Response:
        self.shared.admit()
        given = (*place.values(), *((_body(operation.takes),) if operation.takes else ()))
        with self.records.store.lock:
            status, answer = self._answers[operation.id](*given)
        if answer is None:
            return Response(status=status)
        return Response(json.dumps(answer), status, content_type="application/json")

    def _nowhere(self, anywhere: str) -> Response:
        raise Refusal(404, f"There is no operation {request.method} /{anywhere}")

    def _write(self, write: writes.Write, body: Mapping[str, Any], made: int = 200) -> Answer:
        if body.get("validateInputOnly"):
            writes.trial(self.records, write, body)
            return 200, None if write is writes.create_ad_group else {}
        with self.records.store.transaction():
            return made, write(self.records, body)

    def _archive(self, kind: str, ids: list[str]) -> Answer:
        if request.args.get("forceArchive", "false") not in ("true", "false"):
            fault = Fault("forceArchive", "must be true or false")
            raise Refusal(400, "forceArchive: must be true or false", (fault,))
        with self.records.store.transaction():
            return 200, actions.archive(self.records, kind, ids)

    def _version(self, id: str) -> Answer:
        doc = actions.found(self.records, "Campaign", id)
        row = {"Id": doc["id"], "version": doc.get("version"), "budgetingVersion": doc.get("budgetingVersion")}
        return 200, shaped("CampaignVersionWorkflow", row)

    # Jobs

    def _submit(self, body: Mapping[str, Any], work: Callable[[], Outcome]) -> Answer:
        callback = body.get("callbackInput")
        told = Callback(callback["callbackUrl"], callback.get("callbackHeaders") or {}) if callback else None
        return 202, {"id": self.jobs.submit("standard", work, told).id}

    def _bulk(self, write: writes.Write, body: Mapping[str, Any]) -> Answer:
        if not body["input"]:
            raise Refusal(400, "input: is empty", (Fault("input", "is empty"),))
        return self._submit(body, partial(writes.bulk, self.records, write, body, self.problem))

    def _first_party_data(self, body: Mapping[str, Any]) -> Answer:
        actions.found(self.records, "Advertiser", body["advertiserId"])
        where = f"(where: {{name: {{contains: {json.dumps(body['nameFilter'])}}}}})" if body.get("nameFilter") else ""
        shape = body.get("queryShape") or "nodes { id name }"
        advertiser = f"advertiser(id: {json.dumps(body['advertiserId'])})"
        return self._export(body, f"{{ {advertiser} {{ firstPartyData{where} {{ {shape} }} }} }}")

    def _third_party_data(self, body: Mapping[str, Any]) -> Answer:
        actions.found(self.records, "Partner", body["partnerId"])
        shape = body.get("queryShape") or "nodes { id name }"
        return self._export(body, f"{{ thirdPartyDatas {{ {shape} }} }}")

    def _export(self, body: Mapping[str, Any], query: str) -> Answer:
        faults = self.graphql.bulk_faults(query)
        if faults:
            raise Refusal(400, f"queryShape: {faults[0]}", (Fault("queryShape", faults[0]),))
        return self._submit(body, partial(self.graphql.bulk, query))

    def _job_status(self, id: str) -> Answer:
        if not id.isdecimal():
            raise Refusal(400, f"{id!r} is not the number of a job")
        job = self.jobs.look("standard", int(id))
        row = {"createdAtUtc": _moment(job, "made"), "completedAtUtc": _moment(job, "ended"), **self._shown(job)}
        row["errors"] = "\n".join(job.outcome.errors) if job.outcome and job.outcome.errors else None
        if self.jobs.is_expired(job):
            row |= {"status": "ResultsExpired", "url": None, "rawResult": None}
        return 200, shaped("StandardJobStatusResponse", row)

    def _shown(self, job: Job) -> dict[str, Any]:
        progress = job.progress(self.settings.job_looks)
        return {
            "id": job.id,
            "status": job.status,
            "completionPercentage": progress,
            "url": job.url,
            "rawResult": job.raw,
        }

    # Passthroughs

    def _graphql_request(self, body: Mapping[str, Any]) -> Answer:
        return 200, self.graphql.run(body["request"], body.get("variables"), body.get("betaFeatures"))

    def _graphql_bulk(self, body: Mapping[str, Any]) -> Answer:
        faults = self.graphql.bulk_faults(body["query"], body.get("betaFeatures"))
        if faults:
            errors = [{"message": fault} for fault in faults]
            return 200, {"payload": shaped("GraphQlBulkJobPayload", {"errors": errors})}
        callback = body.get("callbackInput")
        pairs = {pair["key"]: pair["value"] for pair in (callback or {}).get("callbackHeaders") or ()}
        told = Callback(callback["callbackUrl"], pairs) if callback else None
        job = self.jobs.submit("bulk", partial(self.graphql.bulk, body["query"]), told)
        return 200, {"payload": {"data": self._bulk_job(job)}}

    def _graphql_bulk_status(self, id: str) -> Answer:
        if not id.isdecimal():
            raise Refusal(400, f"{id!r} is not the number of a job")
        return 200, {"job": self._bulk_job(self.jobs.look("bulk", int(id)))}

    def _bulk_job(self, job: Job) -> Any:
        row = {"createdAt": _moment(job, "made"), "completedAt": _moment(job, "ended"), **self._shown(job)}
        row["queryGqlErrors"] = list(job.outcome.errors) if job.outcome and job.outcome.errors else None
        return shaped("GraphQlBulkJob", row)

    def _rest_request(self, body: Mapping[str, Any]) -> Answer:
        data = read(body["dataBody"], "dataBody") if body.get("dataBody") else None
        endpoint = (body["endpoint"] or "").strip("/")
        status, answer = self.rest.call(body["methodType"], endpoint, data)
        if status < 300:
            return 200, answer if answer is not None else {}
        details = answer.get("ErrorDetails", ())
        faults = tuple(Fault(one["Property"], reason) for one in details for reason in one["Reasons"])
        raise Refusal(status, answer["Message"], faults)


def _body(type: str) -> Any:
    if not request.content_length:
        raise Refusal(400, "A non-empty request body is required.")
    if not request.is_json:
        raise Refusal(415, f"The content type must be application/json, not {request.mimetype!r}")
    body = read(request.get_data())
    found = problems(type, body)
    if found:
        told = "; ".join(f"{one.path or 'body'}: {one.message}" for one in found)
        raise Refusal(400, told, tuple(Fault(one.path, one.message) for one in found))
    return body


def _moment(job: Job, which: str) -> str | None:
    moment = getattr(job, which)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None
