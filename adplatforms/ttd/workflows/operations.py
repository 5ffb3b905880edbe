"""The 18 operations of the Workflows API as requests: one function each, named as the official SDK's `operationId`.

They do no I/O; the session sends what they return. Paths are below ``.../workflows``. Source: workflows.json, official
(ttd-workflows 0.13.2). What changes something at the platform says `writes`, so that it is never repeated blindly. Jobs
that only read do not: where the answer to one is lost it is submitted again, which costs a place in the queue. Nor does
what asks the server to check its input and do nothing (``validateInputOnly``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from adplatforms.core.errors import ClientError
from adplatforms.core.messages import Pairs, Request, path_segment
from adplatforms.core.reader import Reader
from adplatforms.core.secrets import Secret

from ..limits import rest_category

__all__ = [
    "Callback",
    "archive_ad_groups",
    "archive_campaigns",
    "create_ad_group",
    "create_ad_groups_job",
    "create_campaign",
    "create_campaigns_job",
    "get_campaign_version",
    "get_first_party_data_job",
    "get_graph_ql_bulk_job_status",
    "get_job_status",
    "get_third_party_data_job",
    "submit_graph_ql_bulk_query_job",
    "submit_graph_ql_request",
    "submit_rest_request",
    "update_ad_group",
    "update_ad_groups_job",
    "update_campaign",
    "update_campaigns_job",
]

Body = Mapping[str, Any]


class Callback(NamedTuple):
    """Where The Trade Desk tells that a job has ended: a POST of ``{jobId, status, completedAtUtc}``.

    `headers` go along with it, for your server to know the caller; their values are never shown.
    """

    url: str
    headers: Mapping[str, str | Secret] = {}

    def __repr__(self) -> str:
        return f"Callback(url={self.url!r}, headers={dict.fromkeys(self.headers, '***')})"


# campaigns and ad groups


def create_campaign(body: Body, reader: Reader | None = None) -> Request:
    """Creates one campaign, with the ad groups in ``adGroups``: `createCampaign`.

    body: as `body.create_body` makes it. The answer is ``{campaign, adGroups}``, with some of their fields.
    """
    return _call("POST", "campaign", json=body, writes=True, reader=reader)


def update_campaign(body: Body, reader: Reader | None = None) -> Request:
    """Changes one campaign: `updateCampaign`. What is present in the body changes; null clears."""
    return _call("PATCH", "campaign", json=body, writes=True, reader=reader)


def archive_campaigns(ids: Sequence[str], force: bool = False, reader: Reader | None = None) -> Request:
    """Archives campaigns, for ever: `archiveCampaigns`. The answer is the list of archived ids."""
    return _archive("campaign/archive", ids, force, reader)


def get_campaign_version(campaign_id: str) -> Request:
    """Asks for the version of a campaign: `getCampaignVersion`.

    The answer spells its id ``Id``, which nothing else in the API does.
    """
    return _call("GET", f"campaign/{path_segment(campaign_id)}/version")


def create_ad_group(body: Body, reader: Reader | None = None) -> Request:
    """Creates one ad group in an existing campaign: `createAdGroup`.

    The answer is ``{adGroup}``, with some of its fields.
    """
    return _call("POST", "adgroup", json=body, writes=True, reader=reader)


def update_ad_group(body: Body, reader: Reader | None = None) -> Request:
    """Changes one ad group: `updateAdGroup`. What is present in the body changes; null clears."""
    return _call("PATCH", "adgroup", json=body, writes=True, reader=reader)


def archive_ad_groups(ids: Sequence[str], force: bool = False, reader: Reader | None = None) -> Request:
    """Archives ad groups, for ever: `archiveAdGroups`. The answer is the list of archived ids."""
    return _archive("adgroup/archive", ids, force, reader)


def _archive(path: str, ids: Sequence[str], force: bool, reader: Reader | None) -> Request:
    # Sent in either case: the documents name no default.
    params = (("forceArchive", str(force).lower()),)
    return _call("POST", path, params, json=list(ids), writes=True, reader=reader)


# jobs


def create_campaigns_job(
    inputs: Sequence[Body], callback: Callback | None = None, validate_only: bool = False
) -> Request:
    """Creates many campaigns as one job: `createCampaignsJob`.

    inputs: a body for each. callback: where the platform reports the end. validate_only: the server checks the inputs
    and does nothing.
    """
    return _bulk("POST", "standardjob/campaign/bulk", inputs, callback, validate_only)


def update_campaigns_job(
    inputs: Sequence[Body], callback: Callback | None = None, validate_only: bool = False
) -> Request:
    """Changes many campaigns as one job: `updateCampaignsJob`; see `create_campaigns_job`."""
    return _bulk("PATCH", "standardjob/campaign/bulk", inputs, callback, validate_only)


def create_ad_groups_job(
    inputs: Sequence[Body], callback: Callback | None = None, validate_only: bool = False
) -> Request:
    """Creates many ad groups as one job: `createAdGroupsJob`; see `create_campaigns_job`."""
    return _bulk("POST", "standardjob/adgroup/bulk", inputs, callback, validate_only)


def update_ad_groups_job(
    inputs: Sequence[Body], callback: Callback | None = None, validate_only: bool = False
) -> Request:
    """Changes many ad groups as one job: `updateAdGroupsJob`; see `create_campaigns_job`."""
    return _bulk("PATCH", "standardjob/adgroup/bulk", inputs, callback, validate_only)


def get_first_party_data_job(
    advertiser_id: str, name_filter: str | None = None, query_shape: str | None = None, callback: Callback | None = None
) -> Request:
    """Exports an advertiser's first-party data as a job: `getFirstPartyDataJob`.

    name_filter: a part of the names. query_shape: a GraphQL selection, ``nodes {id name}``.
    """
    body = {"advertiserId": advertiser_id, "nameFilter": name_filter, "queryShape": query_shape}
    return _call("POST", "standardjob/firstpartydata", json=_with_callback(body, callback))


def get_third_party_data_job(
    partner_id: str, query_shape: str | None = None, callback: Callback | None = None
) -> Request:
    """Exports the third-party data that a partner may use as a job: `getThirdPartyDataJob`.

    query_shape: as for first-party data.
    """
    body = {"partnerId": partner_id, "queryShape": query_shape}
    return _call("POST", "standardjob/thirdpartydata", json=_with_callback(body, callback))


def get_job_status(job_id: int | str) -> Request:
    """Asks how far a standard job is, each of the above: `getJobStatus`."""
    return _call("GET", f"standardjob/{path_segment(job_id)}/status")


# GraphQL and REST through Workflows


def submit_graph_ql_request(
    text: str,
    variables: Body | None = None,
    beta: str | None = None,
    writes: bool = False,
    reader: Reader | None = None,
) -> Request:
    """Sends a GraphQL document: `submitGraphQlRequest`.

    beta: features to switch on, which the platform passes on as the header ``TTD-GQL-Beta``. writes: whether there is a
    mutation in it.
    """
    body = _present({"request": text, "variables": variables, "betaFeatures": beta or None})
    return Request("POST", "graphqlrequest", json=body, writes=writes, category="graphql", reader=reader)


def submit_graph_ql_bulk_query_job(
    query: str, callback: Callback | None = None, beta: str | None = None, reader: Reader | None = None
) -> Request:
    """Runs a GraphQL query as a job: `submitGraphQlBulkQueryJob`. The server reads all of its pages."""
    given = None
    if callback is not None:
        # Alone here headers are a list of pairs; standard jobs take an object.
        headers = [{"key": name, "value": _plain(value)} for name, value in callback.headers.items()]
        given = _present({"callbackUrl": callback.url, "callbackHeaders": headers or None})
    body = _present({"query": query, "callbackInput": given, "betaFeatures": beta or None})
    return _call("POST", "graphqlbulkqueryjob", json=body, reader=reader)


def get_graph_ql_bulk_job_status(job_id: int | str) -> Request:
    """Asks how far a GraphQL bulk job is: `getGraphQlBulkJobStatus`."""
    return _call("GET", f"graphqlbulkjob/{path_segment(job_id)}")


def submit_rest_request(
    method: str, endpoint: str, body: Any = None, writes: bool = False, reader: Reader | None = None
) -> Request:
    """Sends a REST v3 call: `submitRestRequest`.

    endpoint: the path below ``/v3/``, such as ``campaign/<id>``. body: travels as JSON in JSON; text is taken as it is.
    """
    if method not in ("GET", "POST", "PUT", "DELETE"):
        raise ClientError(f"the REST API takes no {method!r}", hint="GET, POST, PUT or DELETE")
    if body is not None and not isinstance(body, str):
        body = json.dumps(body)
    wrapped = _present({"methodType": method, "endpoint": endpoint.lstrip("/"), "dataBody": body})
    category = rest_category(endpoint)
    return Request("POST", "restrequest", json=wrapped, writes=writes, category=category, reader=reader)


def _call(method: str, path: str, params: Pairs = (), **content: Any) -> Request:
    """A call of the Workflows API itself, with what it counts as for rate limits: ``workflows campaign``."""
    return Request(method, path, params, category=f"workflows {path.partition('/')[0]}", **content)


def _bulk(method: str, path: str, inputs: Iterable[Body], callback: Callback | None, validate_only: bool) -> Request:
    """A job that saves many records."""
    body: dict[str, Any] = {"input": list(inputs)}
    if validate_only:
        body["validateInputOnly"] = True
    # A validation changes nothing, so that it may be repeated like a read.
    return Request(method, path, json=_with_callback(body, callback), writes=not validate_only)


def _with_callback(body: Body, callback: Callback | None) -> Body:
    """The body of a standard job: without what is not given."""
    given = None
    if callback is not None:
        headers = {name: _plain(value) for name, value in callback.headers.items()}
        given = _present({"callbackUrl": callback.url, "callbackHeaders": headers or None})
    return _present({**body, "callbackInput": given})


def _present(body: Body) -> dict[str, Any]:
    return {name: value for name, value in body.items() if value is not None}


def _plain(value: str | Secret) -> str:
    return value.reveal() if isinstance(value, Secret) else value
