"""The same calls for the official SDK and for this package, with every property that the inputs have.

Inputs are made from the schemas of workflows.json: a value for each property, by the SDK's Python names, which are
ours.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from adplatforms.core.entity import Entity
from adplatforms.ttd import TTD, Callback
from adplatforms.ttd.entities import AdGroup, Campaign

Values = dict[str, Any]
MOMENT = "2026-06-01T00:00:00Z"
CALLBACK = {"callback_url": "https://example.com/done", "callback_headers": {"x-key": "abc"}}


class Step(NamedTuple):
    """One call: the operation, the SDK's call with its arguments, and ours."""

    operation: str
    sdk: str
    args: Values
    ours: Callable[[TTD], object]


class Inputs:
    """Inputs with a value for every property."""

    def __init__(self, schemas: Mapping[str, Any]) -> None:
        self.schemas = schemas

    def full(self, schema: str, *leave_out: str, null: bool = False) -> Values:
        """All properties of a schema by Python name; with `null` those that can be null are, all others are left out
        unless they are required."""
        described = self.schemas[schema]
        made = {}
        for each in described["properties"].values():
            name = each["x-python-name"]
            if name in leave_out:
                continue
            if not null:
                made[name] = self._value(each)
            elif each["x-nullable"]:
                made[name] = None
        return made

    def _value(self, described: Mapping[str, Any]) -> Any:
        if "$ref" in described:
            name = described["$ref"].rpartition("/")[2]
            if "enum" in self.schemas[name]:
                return self.schemas[name]["enum"][-1]
            return self.full(name)
        kind = described["type"]
        kind = next(k for k in kind if k != "null") if isinstance(kind, list) else kind
        if kind == "array":
            return [self._value(described["items"])]
        if described.get("format") == "date-time":
            return MOMENT
        return {"string": "text", "integer": 3, "number": 2.5, "boolean": True}[kind]


def flat(given: Mapping[str, Any], **renamed: str) -> Values:
    """The properties of an input as ours are: no primary and advanced ones, and some by another name."""
    rest = {k: v for k, v in given.items() if k not in ("primary_input", "advanced_input")}
    values = {**rest, **(given.get("primary_input") or {}), **(given.get("advanced_input") or {})}
    names = {"start_date_in_utc": "start_date", "end_date_in_utc": "end_date", **renamed}
    return {names.get(name, name): value for name, value in values.items()}


def campaign(given: Mapping[str, Any]) -> Values:
    """A campaign's input as our properties."""
    values = flat({k: v for k, v in given.items() if k != "ad_groups"}, flights="initial_flights")
    if "id" in given:
        budget = values.pop("budget", None)
        return {**values, **({"pacing_mode": budget["pacing_mode"]} if budget else {})}
    return values


def ad_group(given: Mapping[str, Any]) -> Values:
    """An ad group's input as our properties."""
    return flat(given, flights="flight_budgets")


def steps(schemas: Mapping[str, Any]) -> list[Step]:
    """All operations of the API, the ones that write with full inputs, null ones and for validation only."""
    inputs = Inputs(schemas)
    new = {
        "primary_input": inputs.full("CampaignCreateWorkflowPrimaryInput"),
        "advanced_input": inputs.full("CampaignCreateWorkflowAdvancedInput"),
    }
    with_it = {
        "primary_input": inputs.full("AdGroupCreateWorkflowPrimaryInput"),
        # the schema has include_defaults_from_campaign in both inputs; here it goes into the primary one
        "advanced_input": inputs.full("CampaignCreateWorkflowAdGroupAdvancedInput", "include_defaults_from_campaign"),
    }
    changed = {
        "id": "cmp0001",
        "primary_input": inputs.full("CampaignUpdateWorkflowPrimaryInput"),
        "advanced_input": inputs.full("CampaignUpdateWorkflowAdvancedInput"),
    }
    emptied = {
        "id": "cmp0001",
        "primary_input": inputs.full("CampaignUpdateWorkflowPrimaryInput", "name", null=True),
        "advanced_input": inputs.full("CampaignUpdateWorkflowAdvancedInput", null=True),
    }
    new_group = {
        "campaign_id": "cmp0001",
        "primary_input": inputs.full("AdGroupCreateWorkflowPrimaryInput"),
        "advanced_input": inputs.full("AdGroupWorkflowAdvancedInput"),
    }
    changed_group = {
        "id": "adg0001",
        "primary_input": inputs.full("AdGroupUpdateWorkflowPrimaryInput"),
        "advanced_input": inputs.full("AdGroupWorkflowAdvancedInput"),
    }
    emptied_group = {
        "id": "adg0001",
        "primary_input": inputs.full("AdGroupUpdateWorkflowPrimaryInput", "name", null=True),
        "advanced_input": inputs.full("AdGroupWorkflowAdvancedInput", null=True),
    }
    validated = {**new, "validate_input_only": True}
    bulk = {"callback_input": CALLBACK}
    pairs = {**CALLBACK, "callback_headers": [{"key": "x-key", "value": "abc"}]}
    first = {"advertiser_id": "adv0001", "name_filter": "Shop", "query_shape": "nodes {id}"}
    third = {"partner_id": "par0001", "query_shape": "nodes {id}"}
    text, variables = "query($id: ID!) { campaign(id: $id) { id } }", {"id": "cmp0001"}
    told = Callback("https://example.com/done", {"x-key": "abc"})

    def put(given: Mapping[str, Any]) -> Callable[[TTD], object]:
        return lambda ttd: saved(ttd, given).save()

    def job(given: Mapping[str, Any], validate_only: bool = False) -> Callable[[TTD], object]:
        return lambda ttd: ttd.submit([saved(ttd, given)], callback=told, validate_only=validate_only)

    def rest(method: str, endpoint: str, body: Any = None) -> Callable[[TTD], object]:
        return lambda ttd: ttd.rest(method, endpoint, body)

    return [
        Step("createCampaign", "campaign.create", {"request": new}, put(new)),
        Step(
            "createCampaign",
            "campaign.create",
            {"request": {**new, "ad_groups": [with_it]}},
            lambda ttd: saved(ttd, new).save(ad_groups=[AdGroup(ttd, ad_group(with_it))]),
        ),
        Step(
            "createCampaign",
            "campaign.create",
            {"request": validated},
            lambda ttd: saved(ttd, new).save(validate_only=True),
        ),
        Step("updateCampaign", "campaigns.update", {"request": changed}, put(changed)),
        Step("updateCampaign", "campaigns.update", {"request": emptied}, put(emptied)),
        Step("createAdGroup", "ad_groups.create", {"request": new_group}, put(new_group)),
        Step("updateAdGroup", "ad_groups.update", {"request": changed_group}, put(changed_group)),
        Step("updateAdGroup", "ad_groups.update", {"request": emptied_group}, put(emptied_group)),
        Step(
            "archiveCampaigns",
            "campaigns.archive",
            {"request_body": ["cmp0001"]},
            lambda ttd: Campaign(ttd, id="cmp0001").archive(),
        ),
        Step(
            "archiveCampaigns",
            "campaigns.archive",
            {"request_body": ["cmp0001", "cmp0002"], "force_archive": True},
            lambda ttd: ttd.archive_all([Campaign(ttd, id="cmp0001"), Campaign(ttd, id="cmp0002")], force=True),
        ),
        Step(
            "archiveAdGroups",
            "ad_groups.archive",
            {"request_body": ["adg0001"]},
            lambda ttd: AdGroup(ttd, id="adg0001").archive(),
        ),
        Step("createCampaignsJob", "campaign.create_campaigns_job", {"request": {"input": [new], **bulk}}, job(new)),
        Step(
            "createCampaignsJob",
            "campaign.create_campaigns_job",
            {"request": {"input": [new], "validate_input_only": True, **bulk}},
            job(new, validate_only=True),
        ),
        Step(
            "updateCampaignsJob",
            "campaign.update_campaigns_job",
            {"request": {"input": [changed], **bulk}},
            job(changed),
        ),
        Step(
            "createAdGroupsJob",
            "ad_group.create_ad_groups_job",
            {"request": {"input": [new_group], **bulk}},
            job(new_group),
        ),
        Step(
            "updateAdGroupsJob",
            "ad_group.update_ad_groups_job",
            {"request": {"input": [changed_group], **bulk}},
            job(changed_group),
        ),
        Step(
            "getCampaignVersion",
            "campaign.get_version",
            {"id": "cmp0001"},
            lambda ttd: Campaign(ttd, id="cmp0001").version_details(),
        ),
        Step(
            "getFirstPartyDataJob",
            "dmp.get_first_party_data_job",
            {"request": {**first, **bulk}},
            lambda ttd: ttd.submit_first_party_data(
                "adv0001", name_filter="Shop", query_shape="nodes {id}", callback=told
            ),
        ),
        Step(
            "getThirdPartyDataJob",
            "dmp.get_third_party_data_job",
            {"request": {**third, **bulk}},
            lambda ttd: ttd.submit_third_party_data("par0001", query_shape="nodes {id}", callback=told),
        ),
        Step("getJobStatus", "job_status.get_job_status", {"id": 7}, lambda ttd: ttd.job(7, "campaigns").status),
        Step(
            "submitGraphQlRequest",
            "graph_ql_request.submit_graph_ql_request",
            {"request": {"request": text, "variables": variables, "beta_features": "kokai"}},
            lambda ttd: ttd.graphql(text, variables, beta="kokai"),
        ),
        Step(
            "submitGraphQlBulkQueryJob",
            "graph_ql_request.submit_graph_ql_bulk_query_job",
            {"request": {"query": "{ me { id } }", "callback_input": pairs, "beta_features": "kokai"}},
            lambda ttd: ttd.submit("{ me { id } }", callback=told, beta="kokai"),
        ),
        Step(
            "getGraphQlBulkJobStatus",
            "job_status.get_graph_ql_bulk_job_status",
            {"id": "7"},
            lambda ttd: ttd.job(7, "graphql").status,
        ),
        Step(
            "submitRestRequest",
            "rest_request.submit_rest_request",
            {"request": {"method_type": "PUT", "endpoint": "adgroup", "data_body": '{"AdGroupId": "adg0001"}'}},
            rest("PUT", "adgroup", {"AdGroupId": "adg0001"}),
        ),
        Step(
            "submitRestRequest",
            "rest_request.submit_rest_request",
            {"request": {"method_type": "GET", "endpoint": "campaign/cmp0001"}},
            rest("GET", "campaign/cmp0001"),
        ),
    ]


def saved(ttd: TTD, given: Mapping[str, Any]) -> Entity:
    """The entity with the properties of an input set on it."""
    groups = "campaign_id" in given or str(given.get("id", "")).startswith("adg")
    values = ad_group(given) if groups else campaign(given)
    entity = (AdGroup if groups else Campaign)(ttd, {"id": values.pop("id")} if "id" in values else {})
    entity.set({name: value for name, value in values.items() if name != "validate_input_only"})
    return entity
