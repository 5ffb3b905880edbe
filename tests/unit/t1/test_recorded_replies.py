"""The vendor's recorded replies, every one of them, as a user meets them: rows, totals, relations, errors."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from adplatforms.core.errors import APIError, AuthRequiredError, ValidationError
from adplatforms.core.messages import Answer
from adplatforms.core.testing import reply
from terminalone import T1
from terminalone.entities import Advertiser, Campaign, Strategy
from terminalone.parsing import Reply, parse

UTC = UTC
KINDS = {".xml": "text/xml", ".json": "application/vnd.mediamath.v1+json", ".csv": "text/csv; charset=UTF-8"}

Recorded = Callable[..., Answer]


@pytest.fixture
def recorded(spec: Path) -> Recorded:
    """A recorded reply by its name."""

    def load(name: str, status: int = 200) -> Answer:
        file = spec / "t1" / "fixtures" / name
        return reply(file.read_bytes(), KINDS[file.suffix], status)

    return load


def test_each_recorded_reply_is_tested_here(spec: Path) -> None:
    folder = spec / "t1" / "fixtures"
    listed = re.findall(r"^\| ((?:xml|json)/\S+|\S+\.csv) \|", (folder / "INDEX.md").read_text(), re.MULTILINE)
    there = [str(file.relative_to(folder)) for file in folder.rglob("*.*") if file.name != "INDEX.md"]
    assert len(listed) == 31
    assert sorted(listed) == sorted(there)
    source = Path(__file__).read_text(encoding="utf-8")
    assert [name for name in listed if f'"{name}"' not in source] == []


def at(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=UTC)  # type: ignore[misc, arg-type]


# one entity


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "xml/advertiser.xml",
            {
                "name": "advertiser 1",
                "ad_server_id": 2,
                "vertical_id": 12,
                "dmp_enabled": "inherits",
                "domain": "www.insidehook.com",
                "created_on": at(2015, 8, 21, 15, 28, 53),
            },
        ),
        (
            "json/advertiser.json",
            {
                "name": "Advertiser 1",
                "ad_server_id": 9,
                "vertical_id": 2,
                "dmp_enabled": "disabled",
                "domain": "http://www.mediamath.com",
                "created_on": at(2016, 11, 7, 9, 7, 57),
            },
        ),
    ],
)
def test_an_advertiser(recorded: Recorded, offline: Any, name: str, expected: dict[str, Any]) -> None:
    advertiser = offline(recorded(name)).get("advertisers", 1)
    assert type(advertiser) is Advertiser
    assert {key: getattr(advertiser, key) for key in expected} == expected
    assert (advertiser.id, advertiser.version, advertiser.agency_id, advertiser.status) == (1, 0, 300, True)
    assert advertiser.minimize_multi_ads is False
    assert advertiser.political is None  # a record with its version is whole: what it lacks is null


@pytest.mark.parametrize("name", ["xml/session.xml", "json/session.json"])
def test_a_session(recorded: Recorded, offline: Any, name: str) -> None:
    t1 = offline(recorded(name))
    t1.authenticate()
    assert (t1.user_id, t1.username) == (1, "user")
    assert t1.session_id == "d24f41277ae4c202dda876676b0006585b20f64f"


@pytest.mark.parametrize("name", ["xml/strategy_with_deals.xml", "json/strategy_with_deals.json"])
def test_a_strategy_with_deals_and_money(recorded: Recorded, offline: Any, name: str) -> None:
    strategy = offline(recorded(name)).get("strategies", 1881566, include="campaign")
    assert type(strategy) is Strategy
    assert (strategy.id, strategy.version, strategy.name, strategy.campaign_id) == (1881566, 4, "EMT", 297713)
    assert (strategy.goal_type, strategy.type, strategy.status) == ("spend", "AUD", False)
    assert (strategy.budget, strategy.effective_goal_value) == (10.0, 10.0)
    assert {code: float(amount) for code, amount in strategy.amounts("budget").items()} == {"AUD": 10.0}
    assert strategy.start_date == at(2017, 1, 5, 3, 9, 58)
    assert strategy.frequency_optimization is False
    assert [(type(deal).__name__, deal.id) for deal in strategy.deals] == [("Deal", 11111), ("Deal", 22222)]


def test_a_deal_of_the_deals_service(recorded: Recorded) -> None:
    found = parse(recorded("json/media_api_deal.json"))
    assert (found.status, found.many, len(found.rows)) == ("ok", False, 1)
    deal = found.rows[0]
    assert (deal["entity_type"], deal["id"], deal["price"]["value"]) == ("deal", 11111, "4.3200")
    assert deal["permissions"]["advertiser_ids"] == [12345, 123456]
    assert deal["end_datetime"] == "2999-12-31T00:00:00+00:00"


# collections


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("xml/three_entities.xml", {123: "Test Campaign 1", 124: "Test Campaign 2", 125: "Test Campaign 3"}),
        ("json/three_entities.json", {0: "Campaign 0", 1: "Campaign 1", 2: "Campaign 2"}),
    ],
)
def test_a_page_of_limited_records(recorded: Recorded, offline: Any, name: str, expected: dict[int, str]) -> None:
    found, total = offline(recorded(name)).get("campaigns", count=True)
    campaigns = list(found)
    assert {campaign.id: campaign.name for campaign in campaigns} == expected
    assert {type(campaign) for campaign in campaigns} == {Campaign}
    assert total == 3
    assert not any(hasattr(campaign, "status") for campaign in campaigns)


@pytest.mark.parametrize("name", ["xml/no_entities.xml", "json/no_entities.json"])
def test_an_empty_collection(recorded: Recorded, offline: Any, name: str) -> None:
    found, total = offline(recorded(name)).get("campaigns", count=True)
    assert (list(found), total) == ([], 0)


@pytest.mark.parametrize(
    ("name", "expected", "first"),
    [
        ("xml/campaigns_with_strategies.xml", {400: 13}, "Pixel target expr without spaces"),
        ("json/campaigns_with_strategies.json", {0: 5, 1: 7}, "asoidhaposdiha; "),
    ],
)
def test_campaigns_with_their_strategies(
    recorded: Recorded, offline: Any, name: str, expected: dict[int, int], first: str
) -> None:
    t1 = offline(recorded(name))
    campaigns = list(t1.get("campaigns", include="strategies", page_limit=100))
    assert {campaign.id: len(campaign.strategies) for campaign in campaigns} == expected
    assert {type(each) for campaign in campaigns for each in campaign.strategies} == {Strategy}
    assert campaigns[0].strategies[0].name == first
    assert len(t1.transport.calls) == 1


def test_pixel_bundles_with_advertiser_and_agency(recorded: Recorded, offline: Any) -> None:
    t1 = offline(recorded("xml/pixel_bundle_with_advertiser_agency.xml"))
    found, total = t1.get("pixel_bundles", include=[["advertiser", "agency"]], full=True, count=True, page_limit=1)
    pixel = next(found)
    assert total == 529
    assert (pixel.id, pixel.name, pixel.version) == (151822, "ixel_bundle_name", 2)
    assert (pixel.advertiser.id, pixel.advertiser.name, pixel.advertiser.vertical_id) == (29, "Dummy Advertiser", 4)
    agency = pixel.advertiser.agency
    assert (agency.id, agency.organization_id, agency.allow_x_adv_pixels) == (89, 100001, True)
    assert len(t1.transport.calls) == 1


def test_atomic_creatives_with_advertiser_and_concept(recorded: Recorded, offline: Any) -> None:
    t1 = offline(recorded("json/atomic_creatives_with_advertiser_concept.json"))
    creative = next(t1.get("atomic_creatives", include=["advertiser", "concept"], full=True, page_limit=1))
    assert (creative.id, creative.file_type, creative.width, creative.is_https) == (1234, "vast", 0, False)
    assert (creative.concept.name, creative.concept.advertiser_id) == ("Dummy concept", 29)
    assert creative.advertiser.id == creative.advertiser_id == 29
    assert creative.expansion_direction == "NONRESTRICTED"  # outside the declared values: kept
    assert creative.vast_version == 3  # not declared: kept
    assert len(t1.transport.calls) == 1


def test_budget_flights_with_money(recorded: Recorded, offline: Any) -> None:
    t1 = offline(recorded("json/budgetflight_array_single.json"))
    (flight,) = t1.get("campaigns", 11111, "budget_flights")
    assert (flight.id, flight.total_budget, flight.currency_code) == (12345, 20.0, "USD")
    assert flight.is_relevant is True
    assert flight.end_date == at(2018, 9, 9, 3, 59)
    assert (flight.parent, flight.parent_id) == ("campaigns", 11111)


def test_day_parts_come_without_a_count(recorded: Recorded, offline: Any) -> None:
    found = list(offline(recorded("xml/strategy_day_parts.xml")).get("strategies", 941273, "day_parts"))
    assert len(found) == 3
    assert {type(part).__name__ for part in found} == {"StrategyDayPart"}
    assert [(part.days, part.end_hour) for part in found[:2]] == [("WR", 15), ("MTF", 23)]


def test_retired_segments_come_with_a_total_of_nought(recorded: Recorded, offline: Any) -> None:
    t1 = offline(recorded("json/retired_audience_segments.json"))
    found, total = t1.get("strategies", 123456, "retired_audience_segments", count=True)
    (segment,) = found
    assert total == 1
    assert segment.retired_audience_segment.name == "Segment Name"
    assert segment.retired_audience_segment.retail_cpm == 0.75


# records of a shape of their own


def test_a_target_dimension_without_exclusions(recorded: Recorded, offline: Any) -> None:
    t1 = offline(recorded("xml/target_dimensions.xml"))
    region = t1.get("strategies", 151940, "region")
    assert t1.transport.calls[0].path == "api/v2.0/strategies/151940/target_dimensions/7"
    assert [(value.id, value.code, value.name) for value in region.include] == [(251, "us", "United States")]
    assert region.exclude == []
    assert region.include_op == "OR"


@pytest.mark.parametrize("name", ["xml/permissions.xml", "json/permissions.json"])
def test_permissions_on_all_levels(recorded: Recorded, offline: Any, name: str) -> None:
    permission = offline(recorded(name)).get("users", 10000, "permissions")
    assert sorted(permission.advertiser) == [6, 7, 8, 9, 10]
    assert {key: item["name"] for key, item in permission.organization.items()} == {1: "Org 1", 2: "Org 2"}
    assert permission.agency[4]["name"] == "Agency 4 under org 2"
    assert permission.type == "INTERNAL"
    assert str(permission.view_data_definition) == "1"


def test_permissions_with_flags_only(recorded: Recorded, offline: Any) -> None:
    permission = offline(recorded("xml/permissions_none.xml")).get("users", 10000, "permissions")
    assert (permission.advertiser, permission.agency, permission.organization) == (None, None, None)
    assert (permission.role, permission.scope) == ("USER", "GLOBAL")


# errors


@pytest.mark.parametrize("name", ["xml/auth_error.xml", "json/auth_error.json"])
def test_an_authentication_error(recorded: Recorded, offline: Any, name: str) -> None:
    with pytest.raises(AuthRequiredError, match="Authentication error") as caught:
        offline(recorded(name, 401)).get("campaigns")
    assert (caught.value.code, caught.value.status) == ("auth_error", 401)
    assert "sign in again" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "field", "text"),
    [
        ("xml/validation_errors.xml", "deal_ids", "Invalid deal id(s)"),
        ("json/field_errors.json", "advertiser_id", "Must supply advertiser_id (integer)"),
    ],
)
def test_validation_errors(recorded: Recorded, offline: Any, name: str, field: str, text: str) -> None:
    with pytest.raises(ValidationError, match=r"Invalid deal id|Must supply advertiser_id") as caught:
        offline(recorded(name, 400)).get("campaigns", 7)
    assert caught.value.field_errors == {field: text}
    assert caught.value.code == "invalid"
    assert caught.value.message == f"invalid\n{field}: {text}"


def test_an_error_of_the_deals_service(recorded: Recorded) -> None:
    found = parse(recorded("json/media_api_error.json"))
    assert (found.status, found.message) == ("error", "None is not of type 'integer'")
    assert found.errors == [("sub_supply_source_id", "Input payload validation failed", found.message)]


def test_a_refusal_of_the_gateway(recorded: Recorded, offline: Any) -> None:
    with pytest.raises(APIError, match=r"HTTP 403.*Developer Inactive.*check the api_key") as caught:
        offline(recorded("xml/login_no_key.xml", 403)).authenticate()
    assert caught.value.code is None


# replies of other services: no envelope, and never taken for one


@pytest.mark.parametrize("name", ["json/reports_meta.json", "json/access_token_refreshed.json"])
def test_json_of_another_service_is_kept_as_the_body(recorded: Recorded, name: str) -> None:
    found = parse(recorded(name))
    assert (found.status, found.rows) == (None, [])
    assert "reports" in found.body or found.body["expires_in"] == 3600


def test_a_report_is_no_envelope(recorded: Recorded, offline: Any) -> None:
    answer = recorded("performance.csv")
    assert parse(answer) == Reply()
    with pytest.raises(APIError, match="text/csv: start_date,end_date,campaign_name"):
        offline(answer).get("campaigns")


def test_xml_and_json_make_equal_entities(recorded: Recorded, offline: Any) -> None:
    t1: T1 = offline(recorded("xml/strategy_with_deals.xml"), recorded("json/strategy_with_deals.json"))
    one, other = t1.get("strategies", 1881566), t1.get("strategies", 1881566)
    assert one == other
    assert hash(one) == hash(other)
    same = [name for name in type(one).__model__.fields if hasattr(one, name) and hasattr(other, name)]
    assert len(same) > 40
    assert {name: getattr(one, name) for name in same} == {name: getattr(other, name) for name in same}
