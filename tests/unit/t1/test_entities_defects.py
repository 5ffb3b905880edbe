"""What the classic SDK does wrong with records, by the number in wire.md section 10, and what happens here instead."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from adplatforms.core.errors import (
    APIError,
    ClientError,
    ConflictError,
    DeniedError,
    UnsentValueWarning,
    ValidationError,
)
from adplatforms.core.fields import Choice
from adplatforms.core.testing import assert_calls, reply
from terminalone.entities import AudienceSegment, BudgetFlight, Deal, Permission, T1Entity, TargetValue

Row = dict[str, Any]
CLASSES: list[Any] = sorted(set(T1Entity.__model__.registry.collections.values()), key=lambda model: model.__name__)


def form(t1: Any, number: int = -1) -> Row:
    return dict(t1.transport.calls[number].form)


# reading


def test_the_parent_of_an_audience_segment_is_a_segment(offline: Any) -> None:
    parent = {"entity_type": "audience_segment", "id": 1, "rel": "parent", "name": "All"}
    t1 = offline({"entity_type": "audience_segment", "id": 2, "version": 0, "parent": parent}, [])
    segment = t1.get(AudienceSegment, 2, include="parent")
    assert (type(segment.parent), segment.parent.name) == (AudienceSegment, "All")
    list(t1.get("audience_segments", parent=1))
    assert dict(t1.transport.calls[-1].params)["parent"] == "1"


def test_a_single_entity_counts_as_one(offline: Any) -> None:
    """Known defect 14: count=True gives a tuple, and the TargetValue class means target_values."""
    row = {"entity_type": "target_value", "id": 5}
    t1 = offline(row, [row])
    assert t1.get(TargetValue, 5, count=True) == (TargetValue(None, id=5), 1)
    list(t1.get(TargetValue, page_limit=1))
    assert [call.path for call in t1.transport.calls] == ["api/v2.0/target_values/5", "api/v2.0/target_values"]


@pytest.mark.parametrize(
    "kind",
    [
        "currency",
        "time_zone",
        "targeting_segment",
        "strategy_target",
        "creative_asset",
        "site_list_assignment",
        "targeting_vendor",
        "something_new",
    ],
)
def test_types_without_a_class_are_generic(offline: Any, kind: str) -> None:
    """Known defect 15: a row or an included relation of an unknown type does not end the listing."""
    row = {"entity_type": kind, "id": 3, "code": "x"}
    known = {"entity_type": "campaign", "id": 1, "name": "a", kind: {**row, "rel": kind}, "others": [row]}
    first, second = offline([row, known]).get("campaigns")
    assert (first.id, first.code, type(first).__mro__[1]) == (3, "x", T1Entity)
    assert getattr(second, kind).code == second.others[0].code == "x"


@pytest.mark.parametrize(
    "collection", ["targeting_segments", "targeting_vendors", "targeting_segment_objectives", "site_list_assignments"]
)
def test_collections_without_a_class_can_be_listed(offline: Any, collection: str) -> None:
    """Their records are generic entities, by id too; the session's own collections stay as they are."""
    kind = collection[:-1]
    t1 = offline([{"entity_type": kind, "id": 3, "cpm": "1.5"}], {"entity_type": kind, "id": 3, "cpm": "1.5"})
    [found] = t1.get(collection, parent=2, full=True)
    assert (found.cpm, found) == ("1.5", t1.get(collection, 3))
    assert [call.path for call in t1.transport.calls] == [f"api/v2.0/{collection}", f"api/v2.0/{collection}/3"]
    assert dict(t1.transport.calls[0].params)["parent"] == "2"
    assert collection not in t1.registry.collections


def test_props_without_value_and_unknown_elements(offline: Any) -> None:
    """Known defect 21, also for nested entities without rel and of an unknown type."""
    inside = (
        '<prop name="description"/><surprise a="1"><b/></surprise><prop name="name" value="x"/>'
        '<entity type="something_new" id="4"/>'
    )
    body = f'<result><entity type="strategy" id="9">{inside}</entity><status code="ok"/></result>'
    strategy = offline(reply(body)).get("strategies", 9)
    assert (strategy.name, strategy.description) == ("x", None)
    assert [each.id for each in strategy.something_news] == [4]


@pytest.mark.parametrize(
    ("errors", "told"),
    [
        (None, "auth_required"),
        ({"message": "one"}, "one"),
        ("text", "text"),
        (["a", {"message": "b"}], "a, b"),
        ([{"field": "name", "message": "short"}, {"message": "general"}], "name"),
    ],
)
def test_errors_of_any_shape(offline: Any, errors: Any, told: str) -> None:
    """Known defect 22: no shape of an error hides what it says."""
    status = "auth_required" if errors is None else "invalid"
    body = {"meta": {"status": status}, **({} if errors is None else {"errors": errors})}
    with pytest.raises(APIError, match=r"^(auth_required|invalid|not_found|denied|conflict|error)") as caught:
        offline(reply(body)).get("campaigns", 7)
    if isinstance(caught.value, ValidationError):
        assert all(part in str(caught.value) for part in told.split(", "))
    if told == "name":
        assert "general" in str(caught.value)
        assert caught.value.field_errors == {"name": "short"}


@pytest.mark.parametrize(
    "body",
    [
        {"errors": [{"field": "name", "message": "bad", "code": "E7"}], "meta": {"status": "invalid"}},
        '<result><status code="invalid">no<field-error name="name" code="E7" error="bad"/></status></result>',
    ],
)
def test_the_codes_of_field_errors(offline: Any, body: Any) -> None:
    """Known defect 23: the platform's code for a field is kept, in both formats."""
    with pytest.raises(ValidationError, match="name: bad") as caught:
        offline(reply(body)).get("campaigns", 7)
    assert (caught.value.field_errors, caught.value.field_codes) == ({"name": "bad"}, {"name": "E7"})


def test_a_list_of_numbers_in_a_field(offline: Any) -> None:
    """Known defect 22."""
    assert offline({"entity_type": "campaign", "id": 7, "numbers": [1, 2]}).get("campaigns", 7).numbers == [1, 2]


@pytest.mark.parametrize(
    ("wire", "value"),
    [([], None), ([{"currency_code": "USD", "value": ""}], None), ("", None), ("10.0000", 10.0), (7, 7.0)],
)
def test_money_of_any_shape(offline: Any, wire: Any, value: Any) -> None:
    """Known defect 24: an empty list and an empty text are no amount."""
    row = {"entity_type": "campaign", "id": 7, "version": 1, "total_budget": wire}
    assert offline(row).get("campaigns", 7).total_budget == value


@pytest.mark.parametrize(
    ("wire", "moment"),
    [
        ("2026-03-01T10:00:00.250Z", datetime(2026, 3, 1, 10, 0, 0, 250000, tzinfo=UTC)),
        ("2026-03-01", datetime(2026, 3, 1, tzinfo=UTC)),
        ("2026-03-01T10:00:00+05:30", datetime(2026, 3, 1, 4, 30, tzinfo=UTC)),
    ],
)
def test_dates_of_any_shape(offline: Any, wire: str, moment: datetime) -> None:
    """Known defect 24."""
    row = {"entity_type": "campaign", "id": 7, "version": 1, "start_date": wire}
    assert offline(row).get("campaigns", 7).start_date == moment


def test_all_currencies_of_an_amount(offline: Any, campaign_row: Row) -> None:
    """Known defect 24: no currency is dropped."""
    amounts = offline(campaign_row).get("campaigns", 7).amounts("total_budget")
    assert {code: str(amount) for code, amount in amounts.items()} == {"USD": "20", "EUR": "18.5"}


@pytest.mark.parametrize("json", [True, False])
def test_all_of_a_long_child_collection(offline: Any, json: bool) -> None:
    """Known defect 12: each row once, past the first page too, each knowing its parent, with a total or without."""
    rows = [{"entity_type": "strategy_concept", "id": number} for number in range(1, 151)]
    if json:
        t1 = offline((rows[:100], 150), (rows[100:], 150))
    else:

        def page(some: list[Row]) -> Any:
            inside = "".join(f'<entity type="strategy_concept" id="{row["id"]}"/>' for row in some)
            return reply(f'<result><entities>{inside}</entities><status code="ok"/></result>')

        t1 = offline(page(rows[:100]), page(rows[100:]), json=False)
    found = list(t1.get("strategies", 9, "concepts", get_all=True))
    assert [each.id for each in found] == list(range(1, 151))
    assert {(each.parent, each.parent_id) for each in found} == {("strategies", 9)}


def test_what_whole_records_lack_is_null(offline: Any) -> None:
    """Known defect 24: XML leaves nulls out; records without a version have another sign of being whole."""
    for kind, sign in (("deal", "deal_identifier"), ("target_value", "target_dimension_id"), ("campaign", "version")):
        collection = f"{kind}s"
        rows = [{"entity_type": kind, "id": 1, sign: 1}, {"entity_type": kind, "id": 2}]
        whole, short = offline(rows).get(collection)
        name = "code" if kind == "target_value" else "zone_name"
        assert getattr(whole, name) is None
        with pytest.raises(AttributeError, match="not loaded"):
            getattr(short, name)


# writing


def failures() -> Iterator[Any]:
    yield (reply({"errors": [{"field": "name", "message": "bad"}], "meta": {"status": "invalid"}}), ValidationError)
    yield reply({"meta": {"status": "conflict"}}), ConflictError
    yield reply({"meta": {"status": "denied"}}), DeniedError
    yield reply("<html>busy</html>", "text/html", 503), APIError


@pytest.mark.parametrize(("answered", "error"), list(failures()))
def test_a_failed_save_changes_nothing(offline: Any, campaign_row: Row, answered: Any, error: Any) -> None:
    """Known defects 26 and 35: the next save sends the same, with no stale version; each status has its class."""
    # Where nobody knows whether it was applied, the next save looks first.
    looks = [campaign_row] if error is APIError else []
    t1 = offline(campaign_row, answered, *looks, {**campaign_row, "version": 4})
    campaign = t1.get("campaigns", 7)
    campaign.set({"status": False, "start_date": "2026-04-01T00:00:00+02:00"})
    before = campaign.changes()
    with pytest.raises(error, match="campaign 7 was not saved"):
        campaign.save()
    assert campaign.changes() == before
    campaign.save()
    assert form(t1, 1) == form(t1, -1) == {"status": "0", "start_date": "2026-03-31T22:00:00", "version": "3"}


def test_bad_values_are_one_kind_of_error(offline: Any) -> None:
    """Known defect 27: in the constructor, by assignment, and None for a plain date."""
    t1 = offline([{"entity_type": "campaign", "id": 7, "name": "x"}])
    with pytest.raises(ClientError, match=r"Campaign.start_date"):
        t1.new("campaigns", properties={"start_date": "soon"})
    campaign = t1.new("campaigns")
    for name, value in (("start_date", "soon"), ("start_date", None), ("goal_value", None), ("status", "maybe")):
        with pytest.raises(ClientError, match=f"Campaign.{name}"):
            setattr(campaign, name, value)
    short = next(t1.get("campaigns"))
    short.name = "y"
    with assert_calls(t1, 0), pytest.raises(ClientError, match=r"call refresh\(\)"):
        short.save()


def test_a_created_record_is_updated_next(offline: Any) -> None:
    """Known defect 28: the second save sends what changed since, and the caller's dict stays as it was."""
    row = {"entity_type": "concept", "id": 3, "version": 0, "name": "A", "advertiser_id": 7}
    t1 = offline(row, {**row, "name": "B", "version": 1})
    given = {"name": "A", "advertiser_id": "7"}
    concept = t1.new("concepts", properties=given)
    concept.save()
    concept.name = "B"
    concept.save()
    assert [call.path for call in t1.transport.calls] == ["api/v2.0/concepts", "api/v2.0/concepts/3"]
    assert form(t1) == {"name": "B", "version": "0"}
    assert given == {"name": "A", "advertiser_id": "7"}


def test_setting_the_id_changes_no_url(offline: Any, campaign_row: Row) -> None:
    """Known defect 29."""
    t1 = offline(campaign_row, campaign_row)
    campaign = t1.get("campaigns", 7)
    with pytest.warns(UnsentValueWarning, match="id is read-only"):
        campaign.id = 8
    campaign.name = "Summer"
    campaign.save()
    assert t1.transport.calls[-1].path == "api/v2.0/campaigns/7"


def test_times_of_any_zone_are_sent_in_utc(offline: Any, campaign_row: Row) -> None:
    """Known defect 31."""
    t1 = offline(campaign_row, campaign_row)
    campaign = t1.get("campaigns", 7)
    campaign.start_date = datetime.fromisoformat("2026-06-01T00:00:00+05:00")
    campaign.save()
    assert form(t1)["start_date"] == "2026-05-31T19:00:00"


def test_included_records_stay_records_after_a_save(offline: Any, campaign_row: Row) -> None:
    """Known defect 32."""
    advertiser = {"entity_type": "advertiser", "id": 12, "rel": "advertiser", "name": "Acme"}
    t1 = offline({**campaign_row, "advertiser": advertiser}, {**campaign_row, "name": "Summer", "version": 4})
    campaign = t1.get("campaigns", 7, include="advertiser")
    campaign.name = "Summer"
    campaign.save()
    with assert_calls(t1, 0):
        assert campaign.advertiser.name == "Acme"


def test_a_deleted_value_reads_as_none(offline: Any, campaign_row: Row) -> None:
    """Known defect 33: no marker is visible."""
    campaign = offline(campaign_row).get("campaigns", 7)
    del campaign.pc_window_minutes
    assert campaign.pc_window_minutes is None
    assert campaign.to_dict()["pc_window_minutes"] is None


NULLABLE = [
    pytest.param(model, name, id=f"{model.__name__}.{name}")
    for model in CLASSES
    for name, field in model.__model__.fields.items()
    if field.nullable and not (field.readonly or field.create_only or model._read_only or model is Permission)
]


@pytest.mark.parametrize(("model", "name"), NULLABLE)
def test_none_empties_every_field_that_can_be_empty(offline: Any, model: Any, name: str) -> None:
    """Known defect 33: None clears, uniformly, as users asked for."""
    t1 = offline({"entity_type": model.__model__.type, "id": 3, "version": 2})
    record = model(t1, {"id": 3})
    record.version = 1
    if model is BudgetFlight:
        record.campaign_id = 7
    setattr(record, name, None)
    record.save()
    call = t1.transport.calls[-1]
    sent = call.json if model is Deal else dict(call.form)
    assert sent[model.__model__.fields[name].wire] == (None if model is Deal else "")


def test_none_means_the_default_of_a_choice() -> None:
    for model in CLASSES:
        for name, field in model.__model__.fields.items():
            if isinstance(field, Choice) and field.default is not None and not model._read_only:
                record = model(None)
                setattr(record, name, None)
                assert getattr(record, name) == field.default
