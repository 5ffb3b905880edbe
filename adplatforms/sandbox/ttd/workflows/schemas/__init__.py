"""The schemas of the Workflows API as tables, and the check of a value against them.

Source: the official SDK's models, ttd-workflows 0.13.2. A line names a schema and its properties, an indented line
goes on with the one above. A property reads `name:type`, with signs:

    name!  must be there        type?     may be null
    [type] a list               {string}  a map of strings, {any} any object

Types are string, integer, number, boolean, datetime (ISO 8601; without an offset it is UTC), a schema or an enum.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from adplatforms.sandbox.ttd.workflows.schemas.ad_groups import AD_GROUPS
from adplatforms.sandbox.ttd.workflows.schemas.campaigns import CAMPAIGNS
from adplatforms.sandbox.ttd.workflows.schemas.enums import ENUMS
from adplatforms.sandbox.ttd.workflows.schemas.jobs import OTHERS

__all__ = ["ENUM_VALUES", "OPERATIONS", "SCHEMAS", "Operation", "Problem", "Property", "problems"]


@dataclass(frozen=True)
class Property:
    """One property of a schema; `type` is written as in the table, without the `?`."""

    name: str
    type: str
    required: bool
    nullable: bool


class Problem(NamedTuple):
    """What is wrong at one place of a body; `path` is dotted, list items by their number."""

    path: str
    message: str


@dataclass(frozen=True)
class Operation:
    """One operation: `takes` is the type of its body ("" for none), `answers` the type of the answer by status."""

    id: str
    method: str
    path: str
    takes: str
    answers: dict[int, str]


OPERATIONS = (
    Operation(
        "createAdGroup",
        "POST",
        "/adgroup",
        "AdGroupCreateWorkflowInputWithValidation",
        {200: "", 201: "AdGroupPayload"},
    ),
    Operation(
        "updateAdGroup", "PATCH", "/adgroup", "AdGroupUpdateWorkflowInputWithValidation", {200: "AdGroupPayload"}
    ),
    Operation("archiveAdGroups", "POST", "/adgroup/archive", "[string]", {200: "[string]"}),
    Operation(
        "createAdGroupsJob",
        "POST",
        "/standardjob/adgroup/bulk",
        "AdGroupBulkCreateWorkflowInputWithValidation",
        {202: "StandardJobSubmitResponse"},
    ),
    Operation(
        "updateAdGroupsJob",
        "PATCH",
        "/standardjob/adgroup/bulk",
        "AdGroupBulkUpdateWorkflowInputWithValidation",
        {202: "StandardJobSubmitResponse"},
    ),
    Operation(
        "createCampaign",
        "POST",
        "/campaign",
        "CampaignCreateWorkflowInputWithValidation",
        {200: "CampaignPayload", 201: "CampaignPayload"},
    ),
    Operation(
        "updateCampaign", "PATCH", "/campaign", "CampaignUpdateWorkflowInputWithValidation", {200: "CampaignPayload"}
    ),
    Operation(
        "createCampaignsJob",
        "POST",
        "/standardjob/campaign/bulk",
        "CampaignBulkCreateWorkflowInputWithValidation",
        {202: "StandardJobSubmitResponse"},
    ),
    Operation(
        "updateCampaignsJob",
        "PATCH",
        "/standardjob/campaign/bulk",
        "CampaignBulkUpdateWorkflowInputWithValidation",
        {200: "CampaignPayload", 202: "StandardJobSubmitResponse"},
    ),
    Operation("getCampaignVersion", "GET", "/campaign/{id}/version", "", {200: "CampaignVersionWorkflow"}),
    Operation("archiveCampaigns", "POST", "/campaign/archive", "[string]", {200: "[string]"}),
    Operation(
        "getFirstPartyDataJob",
        "POST",
        "/standardjob/firstpartydata",
        "FirstPartyDataInput",
        {202: "StandardJobSubmitResponse"},
    ),
    Operation(
        "getThirdPartyDataJob",
        "POST",
        "/standardjob/thirdpartydata",
        "ThirdPartyDataInput",
        {202: "StandardJobSubmitResponse"},
    ),
    Operation("submitGraphQlRequest", "POST", "/graphqlrequest", "GraphQLRequestInput", {200: "{any}"}),
    Operation(
        "submitGraphQlBulkQueryJob",
        "POST",
        "/graphqlbulkqueryjob",
        "GraphQlQueryJobInput",
        {200: "GraphQlBulkJobResponse"},
    ),
    Operation("getGraphQlBulkJobStatus", "GET", "/graphqlbulkjob/{id}", "", {200: "GraphQLBulkJobRetrievalResponse"}),
    Operation("getJobStatus", "GET", "/standardjob/{id}/status", "", {200: "StandardJobStatusResponse"}),
    Operation("submitRestRequest", "POST", "/restrequest", "CallRestAPIWorkflowInput", {200: "{any}"}),
)
"""All eighteen, in the order of the SDK."""


def _lines(text: str) -> Iterator[tuple[str, list[str]]]:
    for line in text.strip().replace("\n    ", " ").splitlines():
        name, _, rest = line.partition(":")
        yield name, rest.split()


def _property(text: str) -> Property:
    name, _, type = text.partition(":")
    return Property(name.rstrip("!"), type.rstrip("?"), name.endswith("!"), type.endswith("?"))


SCHEMAS: dict[str, dict[str, Property]] = {
    name: {one.name: one for one in map(_property, words)}
    for text in (AD_GROUPS, CAMPAIGNS, OTHERS)
    for name, words in _lines(text)
}
"""The properties of each schema, by name."""

ENUM_VALUES: dict[str, tuple[str, ...]] = {name: tuple(words) for name, words in _lines(ENUMS)}
"""The words of each enum."""

_PLAIN: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "{any}": dict,
}


def problems(type: str, value: Any, path: str = "") -> list[Problem]:
    """What is wrong with a value that should be of a type; an empty list when nothing is.

    A property that the schema does not have is wrong, too: the facts do not say what the server does with one.
    """
    if type in SCHEMAS:
        return _object_problems(SCHEMAS[type], value, path)
    if type in ENUM_VALUES:
        known = isinstance(value, str) and value in ENUM_VALUES[type]
        return [] if known else [Problem(path, f"{value!r} is not one of {', '.join(ENUM_VALUES[type])}")]
    if type.startswith("["):
        if not isinstance(value, list):
            return [Problem(path, "must be a list")]
        inside = type[1:-1]
        return [one for number, item in enumerate(value) for one in problems(inside, item, f"{path}[{number}]")]
    if type == "{string}":
        fits = isinstance(value, dict) and all(isinstance(item, str) for item in value.values())
        return [] if fits else [Problem(path, "must be an object whose values are strings")]
    if type == "datetime":
        return [] if _is_moment(value) else [Problem(path, f"{value!r} is not an ISO 8601 date and time")]
    fits = isinstance(value, _PLAIN[type]) and (type == "boolean" or not isinstance(value, bool))
    return [] if fits else [Problem(path, f"{value!r} is not of type {type}")]


def _object_problems(schema: dict[str, Property], value: Any, path: str) -> list[Problem]:
    if not isinstance(value, dict):
        return [Problem(path, "must be an object")]
    prefix = f"{path}." if path else ""
    found = [Problem(prefix + name, "is not a property here") for name in value if name not in schema]
    for one in schema.values():
        at = prefix + one.name
        if one.name not in value:
            if one.required:
                found.append(Problem(at, "is required"))
        elif value[one.name] is None:
            if not one.nullable:
                found.append(Problem(at, "must not be null"))
        else:
            found += problems(one.type, value[one.name], at)
    return found


def _is_moment(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True
