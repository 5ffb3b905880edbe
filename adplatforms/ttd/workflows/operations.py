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
from adplatforms.core.messages import Request, path_segment
from adplatforms.core.reader import Reader
from adplatforms.core.secrets import Secret

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
    """One new campaign, with the ad groups in ``adGroups``."""
    return Request("POST", "campaign", json=body, writes=True, reader=reader)


def update_campaign(body: Body, reader: Reader | None = None) -> Request:
    """What is present in the body changes; null clears."""
    return Request("PATCH", "campaign", json=body, writes=True, reader=reader)


def archive_campaigns(ids: Sequence[str], force: bool = False, reader: Reader | None = None) -> Request:
    """Archives campaigns, for ever. The answer is the list of archived ids."""
    return _archive("campaign/archive", ids, force, reader)


def get_campaign_version(campaign_id: str) -> Request:
    """The version of a campaign; the answer spells its id ``Id``, alone in the whole API."""
    return Request("GET", f"campaign/{path_segment(campaign_id)}/version")


def create_ad_group(body: Body, reader: Reader | None = None) -> Request:
    """One new ad group in an existing campaign."""
    return Request("POST", "adgroup", json=body, writes=True, reader=reader)


def update_ad_group(body: Body, reader: Reader | None = None) -> Request:
    """What is present in the body changes; null clears."""
    return Request("PATCH", "adgroup", json=body, writes=True, reader=reader)


def archive_ad_groups(ids: Sequence[str], force: bool = False, reader: Reader | None = None) -> Request:
    """Archives ad groups, for ever. The answer is the list of archived ids."""
    return _archive("adgroup/archive", ids, force, reader)


def _archive(path: str, ids: Sequence[str], force: bool, reader: Reader | None) -> Request:
    params = (("forceArchive", "true" if force else "false"),)
    return Request("POST", path, params, json=list(ids), writes=True, reader=reader)


# jobs


def create_campaigns_job(
    inputs: Sequence[Body], callback: Callback | None = None, validate_only: bool = False
) -> Request:
    """Many new campaigns as one job."""
    return Request(
        "POST", "standardjob/campaign/bulk", json=_bulk(inputs, callback, validate_only), writes=not validate_only
    )


def update_campaigns_job(
    inputs: Sequence[Body], callback: Callback | None = None, validate_only: bool = False
) -> Request:
    """Changes of many campaigns as one job."""
    return Request(
        "PATCH", "standardjob/campaign/bulk", json=_bulk(inputs, callback, validate_only), writes=not validate_only
    )


def create_ad_groups_job(
    inputs: Sequence[Body], callback: Callback | None = None, validate_only: bool = False
) -> Request:
    """Many new ad groups as one job."""
    return Request(
        "POST", "standardjob/adgroup/bulk", json=_bulk(inputs, callback, validate_only), writes=not validate_only
    )


def update_ad_groups_job(
    inputs: Sequence[Body], callback: Callback | None = None, validate_only: bool = False
) -> Request:
    """Changes of many ad groups as one job."""
    return Request(
        "PATCH", "standardjob/adgroup/bulk", json=_bulk(inputs, callback, validate_only), writes=not validate_only
    )


def get_first_party_data_job(
    advertiser_id: str, name_filter: str | None = None, query_shape: str | None = None, callback: Callback | None = None
) -> Request:
    """An export of an advertiser's first-party data. `query_shape` is a GraphQL selection, ``nodes {id name}``."""
    body = {"advertiserId": advertiser_id, "nameFilter": name_filter, "queryShape": query_shape}
    return Request("POST", "standardjob/firstpartydata", json=_data(body, callback))


def get_third_party_data_job(
    partner_id: str, query_shape: str | None = None, callback: Callback | None = None
) -> Request:
    """An export of the third-party data that a partner may use. `query_shape` as for first-party data."""
    body = {"partnerId": partner_id, "queryShape": query_shape}
    return Request("POST", "standardjob/thirdpartydata", json=_data(body, callback))


def get_job_status(job_id: int | str) -> Request:
    """Where a standard job (all of the above) stands."""
    return Request("GET", f"standardjob/{path_segment(job_id)}/status")


# GraphQL and REST through Workflows


def submit_graph_ql_request(
    text: str,
    variables: Body | None = None,
    beta: str | None = None,
    writes: bool = False,
    reader: Reader | None = None,
) -> Request:
    """A GraphQL document. `beta`: features to switch on, sent on as the header ``TTD-GQL-Beta``."""
    body = _present({"request": text, "variables": variables, "betaFeatures": beta or None})
    return Request("POST", "graphqlrequest", json=body, writes=writes, reader=reader)


def submit_graph_ql_bulk_query_job(
    query: str, callback: Callback | None = None, beta: str | None = None, reader: Reader | None = None
) -> Request:
    """A GraphQL query as a job: the server walks all of its pages."""
    told = None
    if callback is not None:
        headers = [{"key": name, "value": _plain(value)} for name, value in callback.headers.items()]
        told = _present({"callbackUrl": callback.url, "callbackHeaders": headers or None})
    body = _present({"query": query, "callbackInput": told, "betaFeatures": beta or None})
    return Request("POST", "graphqlbulkqueryjob", json=body, reader=reader)


def get_graph_ql_bulk_job_status(job_id: int | str) -> Request:
    """Where a GraphQL bulk job stands."""
    return Request("GET", f"graphqlbulkjob/{path_segment(job_id)}")


def submit_rest_request(
    method: str, endpoint: str, body: Any = None, writes: bool = False, reader: Reader | None = None
) -> Request:
    """A REST v3 call: `endpoint` is the path below ``/v3/``, such as ``campaign/<id>``; the body travels as JSON text
    (text is taken as it is)."""
    if method not in ("GET", "POST", "PUT", "DELETE"):
        raise ClientError(f"the REST API takes no {method!r}", hint="GET, POST, PUT or DELETE")
    if body is not None and not isinstance(body, str):
        body = json.dumps(body)
    wrapped = _present({"methodType": method, "endpoint": endpoint.lstrip("/"), "dataBody": body})
    return Request("POST", "restrequest", json=wrapped, writes=writes, reader=reader)


def _bulk(inputs: Iterable[Body], callback: Callback | None, validate_only: bool) -> Body:
    body: dict[str, Any] = {"input": list(inputs)}
    if validate_only:
        body["validateInputOnly"] = True
    return _data(body, callback)


def _data(body: Body, callback: Callback | None) -> Body:
    told = None
    if callback is not None:
        headers = {name: _plain(value) for name, value in callback.headers.items()}
        told = _present({"callbackUrl": callback.url, "callbackHeaders": headers or None})
    return _present({**body, "callbackInput": told})


def _present(body: Body) -> dict[str, Any]:
    return {name: value for name, value in body.items() if value is not None}


def _plain(value: str | Secret) -> str:
    return value.reveal() if isinstance(value, Secret) else value
