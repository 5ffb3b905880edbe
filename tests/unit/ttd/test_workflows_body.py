"""What a save of a campaign or an ad group sends, and what it refuses to send."""

import json
from pathlib import Path
from typing import Any

import pytest

from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError, InvalidValueError, UnknownFieldError
from adplatforms.core.state import EntityState
from adplatforms.ttd.entities import AdGroup, Advertiser, Campaign
from adplatforms.ttd.mapped import write_path
from adplatforms.ttd.workflows import write as workflows

NEEDED = {
    "advertiser_id": "adv0001",
    "name": "Spring",
    "primary_channel": "Display",
    "primary_goal": {"maximize_reach": True},
}
GROUP = {"name": "Prospecting", "channel": "Display", "funnel_location": "Awareness"}


def sent(entity: Entity, **options: Any) -> Any:
    """The body of the entity's save."""
    return workflows.write(entity, EntityState(entity).pending(), **options).json


def test_a_create_has_a_primary_input_and_nothing_that_was_not_set() -> None:
    assert sent(Campaign(None, NEEDED)) == {
        "primaryInput": {
            "advertiserId": "adv0001",
            "name": "Spring",
            "primaryChannel": "Display",
            "primaryGoal": {"maximizeReach": True},
        }
    }


def test_an_update_has_the_id_and_what_changed() -> None:
    campaign = Campaign.__model__.wrap(
        {"id": "cmp0001", "name": "Spring", "description": "x"}, EntityState(Entity(None)).peers
    )
    campaign.description = None
    campaign.purchase_order_number = "PO 7"
    assert sent(campaign) == {
        "id": "cmp0001",
        "primaryInput": {"description": None},
        "advancedInput": {"purchaseOrderNumber": "PO 7"},
    }


def test_the_pacing_mode_goes_into_the_budget_of_both() -> None:
    new = Campaign(None, NEEDED, budget={"pacing_mode": "PaceAhead", "budget_in_advertiser_currency": 5})
    new.pacing_mode = "PaceEvenly"
    assert sent(new)["primaryInput"]["budget"] == {"pacingMode": "PaceEvenly", "budgetInAdvertiserCurrency": 5.0}
    known = Campaign(None, id="cmp0001")
    known.pacing_mode = "PaceToDailyCap"
    assert sent(known)["primaryInput"] == {"budget": {"pacingMode": "PaceToDailyCap"}}


def test_values_that_meet_in_the_body_are_merged_in_any_order() -> None:
    new = Campaign(None, NEEDED, budget={"pacing_mode": "PaceAhead", "budget_in_advertiser_currency": 5})
    values = {"pacing_mode": "PaceEvenly", **EntityState(new).pending()}
    budget = workflows.write(new, values).json["primaryInput"]["budget"]
    assert budget == {"pacingMode": "PaceAhead", "budgetInAdvertiserCurrency": 5.0}
    new = Campaign(None, NEEDED, pacing_mode="PaceEvenly")
    known = EntityState(Campaign(None, budget={"budget_in_advertiser_currency": 5})).pending()
    body = workflows.write(new, {**EntityState(new).pending(), **known}, validate_only=True)
    assert body.json["primaryInput"]["budget"]["pacingMode"] == "PaceEvenly"


def test_a_pacing_mode_alone_makes_no_budget_of_a_new_campaign() -> None:
    with pytest.raises(ClientError, match=r"campaign.budget is incomplete \(set budget_in_advertiser_currency\)"):
        sent(Campaign(None, NEEDED, pacing_mode="PaceAhead"))
    whole = Campaign(None, NEEDED, pacing_mode="PaceAhead", budget={"budget_in_advertiser_currency": 5})
    assert sent(whole)["primaryInput"]["budget"] == {"pacingMode": "PaceAhead", "budgetInAdvertiserCurrency": 5.0}


def test_ad_groups_are_created_with_their_campaign() -> None:
    group = AdGroup(None, GROUP, flight_budgets=[{"allocation_type": "Fixed", "budget_in_advertiser_currency": 3}])
    group.is_non_decisioned = True
    body = sent(Campaign(None, NEEDED), ad_groups=[group])
    assert body["adGroups"] == [
        {
            "primaryInput": {"name": "Prospecting", "channel": "Display", "funnelLocation": "Awareness"},
            "advancedInput": {
                "flights": [{"allocationType": "Fixed", "budgetInAdvertiserCurrency": 3.0}],
                "isNonDecisioned": True,
            },
        }
    ]


@pytest.mark.parametrize(
    ("group", "words"),
    [
        ({"id": "adg0001"}, "exists already"),
        ({**GROUP, "campaign_id": "cmp0001"}, "names a campaign"),
        ({**GROUP, "flight_budgets": [{"campaign_flight_id": 7}]}, "cannot name a campaign_flight_id yet"),
        ({"name": "Prospecting", "channel": "Display"}, "without funnel_location"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_ad_group_that_cannot_go_with_a_new_campaign_is_refused(group: dict[str, Any], words: str) -> None:
    with pytest.raises(ClientError, match=words):
        sent(Campaign(None, NEEDED), ad_groups=[AdGroup(None, group)])


def test_ad_groups_go_with_new_campaigns_only() -> None:
    with pytest.raises(ClientError, match="with a new campaign only"):
        sent(Campaign(None, id="cmp0001"), ad_groups=[AdGroup(None, GROUP)])


def test_what_a_create_lacks_is_named_before_anything_is_sent() -> None:
    with pytest.raises(ClientError, match="without advertiser_id, primary_channel, primary_goal"):
        sent(Campaign(None, name="Spring"))


def test_an_incomplete_nested_value_is_named() -> None:
    campaign = Campaign(None, NEEDED, budget={"pacing_mode": "PaceAhead"})
    with pytest.raises(ClientError, match=r"campaign.budget is incomplete \(set budget_in_advertiser_currency\)"):
        sent(campaign)
    columns = [{"tracking_tag_id": "t", "include_in_custom_cpa": True}]
    campaign = Campaign(None, NEEDED, campaign_conversion_reporting_columns=columns)
    with pytest.raises(ClientError, match=r"columns\[0\] is incomplete \(set reporting_column_id\)"):
        sent(campaign)


def test_the_budget_and_flights_of_a_campaign_are_fixed_once_it_is_created() -> None:
    campaign = Campaign(None, id="cmp0001")
    budget = {"pacing_mode": "PaceAhead", "budget_in_advertiser_currency": 5}
    for name, value in {"budget": budget, "initial_flights": [], "advertiser_id": "adv0002"}.items():
        with pytest.raises(UnknownFieldError, match="fixed once created"):
            setattr(campaign, name, value)


def test_a_budget_changed_in_place_is_refused_with_the_way_to_change_it() -> None:
    campaign = Campaign.__model__.wrap(
        {"id": "cmp0001", "budgetSettings": {"pacingMode": "PaceAhead"}}, EntityState(Entity(None)).peers
    )
    campaign.budget.budget_in_advertiser_currency = 7
    with pytest.raises(ClientError, match=r"pacing_mode for the pacing.*changed on the flights: campaign.flights"):
        sent(campaign)


def test_unknown_names_are_refused_with_a_suggestion() -> None:
    with pytest.raises(UnknownFieldError, match="did you mean 'description'"):
        Campaign(None, NEEDED, descripton="x")


def test_what_cannot_be_null_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="cannot be None"):
        Campaign(None, id="cmp0001").primary_goal = None


def test_validation_only_says_so_in_the_body() -> None:
    assert sent(Campaign(None, NEEDED), validate_only=True)["validateInputOnly"] is True
    assert "validateInputOnly" not in sent(Campaign(None, NEEDED))


def test_a_nested_value_goes_back_whole_without_what_only_answers_have() -> None:
    row = {"campaignFlightId": 7, "adGroupId": "adg0001", "allocationType": "Minimum", "dailyTargetInImpressions": 5}
    group = AdGroup.__model__.wrap({"id": "adg0001", "flightBudgets": [row]}, EntityState(Entity(None)).peers)
    group.flight_budgets[0].daily_target_in_impressions = None
    assert sent(group)["advancedInput"]["flights"] == [
        {"campaignFlightId": 7, "allocationType": "Minimum", "dailyTargetInImpressions": None}
    ]


def test_a_job_takes_one_kind_of_entity() -> None:
    with pytest.raises(ClientError, match="one call for each kind"):
        workflows.job_inputs([Campaign(None, NEEDED), AdGroup(None, GROUP)])
    with pytest.raises(ClientError, match="one call for each kind"):
        workflows.job_inputs([Campaign(None, NEEDED), Campaign(None, id="cmp0001")])
    with pytest.raises(ClientError, match="there are none"):
        workflows.job_inputs([])
    with pytest.raises(ClientError, match="knows no advertiser"):
        workflows.job_inputs([Advertiser(None, id="adv0001")])
    with pytest.raises(ClientError, match="has nothing to save"):
        workflows.job_inputs([Campaign(None, id="cmp0001")])


def test_what_has_no_id_cannot_be_archived() -> None:
    with pytest.raises(ClientError, match="has no id yet"):
        workflows.archive_all([Campaign(None, NEEDED)])
    with pytest.raises(ClientError, match="campaigns or ad groups, not 'cmp0001'"):
        workflows.archive_all(["cmp0001"])  # type: ignore[list-item]


def test_archiving_is_forced_only_when_asked() -> None:
    campaign = Campaign(None, id="cmp0001")
    assert workflows.archive(campaign)[0].params == (("forceArchive", "false"),)
    assert workflows.archive(campaign, force=True)[0].params == (("forceArchive", "true"),)


RENAMED = {"start_date_in_utc": "start_date", "end_date_in_utc": "end_date"}
"""Properties whose Python name is the one that reading has too."""
FLIGHTS = {"campaign": "initial_flights", "ad_group": "flight_budgets"}


@pytest.mark.parametrize(
    ("model", "schema", "prefix"),
    [
        (Campaign, "CampaignCreateWorkflowPrimaryInput", "primaryInput"),
        (Campaign, "CampaignCreateWorkflowAdvancedInput", "advancedInput"),
        (Campaign, "CampaignUpdateWorkflowPrimaryInput", "primaryInput"),
        (Campaign, "CampaignUpdateWorkflowAdvancedInput", "advancedInput"),
        (AdGroup, "AdGroupCreateWorkflowPrimaryInput", "primaryInput"),
        (AdGroup, "AdGroupUpdateWorkflowPrimaryInput", "primaryInput"),
        (AdGroup, "AdGroupWorkflowAdvancedInput", "advancedInput"),
        (AdGroup, "CampaignCreateWorkflowAdGroupAdvancedInput", "advancedInput"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_property_of_the_inputs_has_a_python_name(
    spec: Path, model: type[Entity], schema: str, prefix: str
) -> None:
    """The official SDK's, but for the `RENAMED` ones and the flights, whose name is that of the relation."""
    document = json.loads((spec / "ttd" / "workflows.json").read_text())
    update = "Update" in schema
    for wire, described in document["components"]["schemas"][schema]["properties"].items():
        name = described["x-python-name"]
        name = FLIGHTS[model.__model__.type] if name == "flights" else RENAMED.get(name, name)
        if update and name == "budget" and model is Campaign:
            name, wire = "pacing_mode", "budget.pacingMode"
        place = f"{prefix}.{wire}"
        if schema == "CampaignCreateWorkflowAdGroupAdvancedInput" and wire == "includeDefaultsFromCampaign":
            place = f"primaryInput.{wire}"  # the schema has it twice, there too
        field = model.__model__.fields[name]
        assert write_path(field) == place
        assert not (update and field.create_only), f"{name} can be changed"
