"""The nested values: every property of every nested schema of workflows.json has its line, and converts."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from adplatforms.core.errors import InvalidValueError, UnknownNameError
from adplatforms.core.field import Field
from adplatforms.core.fields import Bool, Int, ListOf, Str
from adplatforms.core.nested import Nested, Struct
from adplatforms.core.relations import Peers
from adplatforms.core.state import EntityState
from adplatforms.ttd import structs
from adplatforms.ttd.entities import Campaign
from adplatforms.ttd.fields import Amount, Enum, Moment, graphql_enum

SCHEMAS: dict[str, type[Struct]] = {
    "AdGroupAssociateBidList": structs.BidListAssociation,
    "AdGroupAudienceTargeting": structs.AudienceTargeting,
    "AdGroupBudget": structs.AdGroupBudget,
    "AdGroupComscoreSettings": structs.ComscoreSettings,
    "AdGroupContractTargeting": structs.ContractTargeting,
    "AdGroupFlight": structs.AdGroupFlightBudget,
    "AdGroupKoaOptimizationSettings": structs.KoaSettings,
    "AdGroupNielsenTrackingAttributes": structs.NielsenTracking,
    "AdGroupROIGoal": structs.AdGroupGoal,
    "AdGroupWorkflowAssociateBidListInput": structs.BidListAssociation,
    "AdGroupWorkflowAudienceTargetingInput": structs.AudienceTargeting,
    "AdGroupWorkflowBudgetInput": structs.AdGroupBudget,
    "AdGroupWorkflowComscoreSettingsInput": structs.ComscoreSettings,
    "AdGroupWorkflowContractTargetingInput": structs.ContractTargeting,
    "AdGroupWorkflowFlightInput": structs.AdGroupFlightBudget,
    "AdGroupWorkflowInventoryTargetingInput": structs.InventoryTargeting,
    "AdGroupWorkflowKoaOptimizationSettingsInput": structs.KoaSettings,
    "AdGroupWorkflowNewFrequencyConfigInput": structs.NewFrequencyConfig,
    "AdGroupWorkflowNielsenTrackingAttributesInput": structs.NielsenTracking,
    "AdGroupWorkflowROIGoalInput": structs.AdGroupGoal,
    "CampaignCreatePassThroughFeesInput": structs.PassThroughFee,
    "CampaignCreateWorkflowAdGroupFlightInput": structs.AdGroupFlightBudget,
    "CampaignCreateWorkflowBudgetInput": structs.CampaignBudget,
    "CampaignCreateWorkflowIncrementalReachCampaignSetting": structs.IncrementalReachSettings,
    "CampaignCreateWorkflowPassThroughFeeCardInput": structs.PassThroughFeeCard,
    "CampaignFlightWorkflow": structs.CampaignFlightBudget,
    "CampaignWorkflowCampaignConversionReportingColumnInput": structs.ConversionReportingColumn,
    "CampaignWorkflowFlightInput": structs.CampaignFlightBudget,
    "CampaignWorkflowROIGoalInput": structs.CampaignGoal,
    "CustomROASConfig": structs.CustomROAS,
    "FrequencyConfig": structs.FrequencyConfig,
    "IncrementalReachBrandInput": structs.IncrementalReachBrand,
    "IncrementalReachProductInput": structs.IncrementalReachProduct,
    "RealyticsReachSettingInput": structs.RealyticsReach,
}
"""Every nested schema of a campaign or an ad group, input and answer alike."""

ASSEMBLED = (
    "PrimaryInput", "AdvancedInput", "WorkflowInput", "InputWithValidation", "WorkflowAdGroupInput", "Payload",
    "UpdateWorkflowBudgetInput", "AdGroupWorkflow", "CampaignWorkflow", "CampaignVersionWorkflow",
)  # fmt: skip
"""Endings of the schemas that the fields of campaigns and ad groups make up, instead of nested classes."""
CALLS = ("Job", "GraphQL", "GraphQl", "CallRest", "Callback", "KeyValue", "PartyData", "ProblemDetails")
"""Words in the schemas of jobs, callbacks, generic operations and errors."""


@pytest.fixture(scope="module")
def schemas(spec: Path) -> dict[str, Any]:
    document = json.loads((spec / "ttd" / "workflows.json").read_text())
    found: dict[str, Any] = document["components"]["schemas"]
    return found


def test_every_schema_is_a_nested_class_or_made_of_fields_or_of_a_call(schemas: dict[str, Any]) -> None:
    left = {
        name
        for name, schema in schemas.items()
        if "enum" not in schema
        and name not in SCHEMAS
        and not name.endswith(ASSEMBLED)
        and not any(word in name for word in CALLS)
    }
    assert not left


def test_every_nested_class_stands_for_a_schema() -> None:
    declared = {getattr(structs, name) for name in structs.__all__ if name not in ("DIMENSIONS", "WorkflowsValue")}
    assert declared == set(SCHEMAS.values())


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_nested_class_has_what_its_schemas_have(schemas: dict[str, Any], name: str) -> None:
    fields = SCHEMAS[name].__model__.fields
    schema = schemas[name]
    is_input = "request" in schema["x-used-in"]
    for wire, described in schema["properties"].items():
        field = fields[described["x-python-name"]]
        assert field.wire == wire
        assert _same_type(field, described, schemas), f"{name}.{wire}: {field.describe()} is not {described}"
        if is_input and name != "CampaignCreateWorkflowAdGroupFlightInput":
            assert field.nullable is described["x-nullable"], f"{name}.{wire} nullable"
            assert field.required is (wire in schema.get("required", ())), f"{name}.{wire} required"


@pytest.mark.parametrize("struct", dict.fromkeys(SCHEMAS.values()), ids=lambda struct: struct.__name__)
def test_a_nested_class_has_nothing_that_no_schema_has(schemas: dict[str, Any], struct: type[Struct]) -> None:
    known = {wire for name, each in SCHEMAS.items() if each is struct for wire in schemas[name]["properties"]}
    inputs = {
        wire
        for name, each in SCHEMAS.items()
        if each is struct and "request" in schemas[name]["x-used-in"]
        for wire in schemas[name]["properties"]
    }
    for field in struct.__model__.fields.values():
        assert field.wire in known
        assert field.readonly is (field.wire not in inputs)


@pytest.mark.parametrize("struct", dict.fromkeys(SCHEMAS.values()), ids=lambda struct: struct.__name__)
def test_the_docstring_of_a_field_names_it_as_it_travels(struct: type[Struct]) -> None:
    for name, field in struct.__model__.fields.items():
        assert f"Workflows `{field.wire}`" in (getattr(struct, name).__doc__ or "")


def test_the_dimensions_are_those_of_the_schema(schemas: dict[str, Any]) -> None:
    assert structs.DIMENSIONS.split() == schemas["DimensionalBiddingDimensions"]["enum"]


def _same_type(field: Field[Any], described: dict[str, Any], schemas: dict[str, Any]) -> bool:
    if "$ref" in described:
        name = described["$ref"].rpartition("/")[2]
        if "enum" in schemas[name]:
            return isinstance(field, Enum) and list(field.values) == schemas[name]["enum"]
        return isinstance(field, Nested) and field.struct is SCHEMAS[name]
    kind = next(k for k in [described["type"]] for k in (k if isinstance(k, list) else [k]) if k != "null")
    if kind == "array":
        return isinstance(field, ListOf) and _same_type(field.item, described["items"], schemas)
    if described.get("format") == "date-time":
        return isinstance(field, Moment)
    classes = {"string": Str, "integer": Int, "number": Amount, "boolean": Bool}
    return type(field) is classes[kind]


def test_a_struct_is_set_by_python_names_and_travels_by_wire_names() -> None:
    budget = structs.CampaignBudget(pacing_mode="PaceEvenly", budget_in_advertiser_currency="1200.5")
    assert budget.wire == {"pacingMode": "PaceEvenly", "budgetInAdvertiserCurrency": 1200.5}
    assert budget.budget_in_advertiser_currency == Decimal("1200.5")


def test_null_and_absent_stay_apart() -> None:
    goal = structs.CampaignGoal(maximize_reach=None)
    assert goal.wire == {"maximizeReach": None}
    assert structs.CampaignGoal().wire == {}
    assert structs.CampaignGoal().maximize_reach is None


def test_unknown_names_are_refused_with_a_suggestion() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'pacing_mode'"):
        structs.CampaignBudget(pacing="PaceEvenly")


def test_values_outside_an_enum_are_refused_with_a_suggestion() -> None:
    with pytest.raises(InvalidValueError, match="did you mean 'PaceEvenly'"):
        structs.CampaignBudget(pacing_mode="PaceEven")


def test_an_enum_value_has_one_spelling_in_python() -> None:
    read = structs.CampaignBudget.from_wire({"pacingMode": "PACE_AS_SOON_AS_POSSIBLE"})
    assert read.pacing_mode == "PaceAsSoonAsPossible"
    assert structs.CampaignBudget(pacing_mode="PACE_AHEAD").wire == {"pacingMode": "PaceAhead"}
    for unknown in ("PACE_BY_MOON", None, ["PACE_AHEAD"]):
        assert structs.CampaignBudget.from_wire({"pacingMode": unknown}).pacing_mode == unknown


def test_a_word_in_graphqls_spelling_is_no_change_and_is_what_a_lost_write_sent() -> None:
    campaign = Campaign._wrap({"id": "c1", "channelType": "DISPLAY"}, Peers(None, []))
    assert EntityState(campaign).loaded("primary_channel") == campaign.primary_channel == "Display"
    campaign.primary_channel = "Display"
    assert campaign.changes() == {}


@pytest.mark.parametrize("name", ["AdGroupFunnelLocation", "CampaignPacingMode", "CustomROASType", "MarketType"])
def test_graphql_spells_enums_by_the_rule(spec: Path, schemas: dict[str, Any], name: str) -> None:
    graphql = json.loads((spec / "ttd" / "graphql_types.json").read_text())["enums"]
    theirs = graphql.get(name) or graphql[f"{name}Type"]
    assert {graphql_enum(value) for value in schemas[name]["enum"]} == set(theirs)


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("2026-06-01T00:00:00Z", "2026-06-01T00:00:00Z"),
        (datetime(2026, 6, 1, 1, 2, 3, 456789, UTC), "2026-06-01T01:02:03.456789Z"),
        ("2026-06-01T10:00:00+02:00", "2026-06-01T10:00:00+02:00"),
        ("2026-06-01T10:00:00.250000Z", "2026-06-01T10:00:00.250000Z"),
        (datetime(2026, 6, 1, 10), "2026-06-01T10:00:00Z"),
    ],
    ids=str,
)
def test_moments_travel_as_the_official_sdk_sends_them(given: Any, sent: str) -> None:
    """But for naive ones: the SDK sends them without an offset, here they are UTC, as everywhere."""
    flight = structs.CampaignFlightBudget(start_date_inclusive_utc=given)
    assert flight.wire == {"startDateInclusiveUTC": sent}


def test_an_amount_that_a_json_number_would_change_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="15 digits"):
        structs.CampaignBudget(budget_in_advertiser_currency="12345678901234567.89")
