"""Saves to calls, and what comes back: every family's bodies and answers, alone and in batches."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from adplatforms.core.changes import Change
from adplatforms.core.errors import (
    AdPlatformsWarning,
    AmbiguousWrite,
    APIError,
    ClientError,
    DeniedError,
    InvalidValueError,
    NotFoundError,
    RateLimitError,
    SaveAllError,
    UnavailableError,
    UnknownFieldError,
    ValidationError,
)
from adplatforms.core.messages import Request
from adplatforms.core.parsing import EPOCH
from adplatforms.core.state import EntityState
from adplatforms.core.testing import reply
from adplatforms.net.retry import Retry
from adplatforms.pinterest import Pinterest
from adplatforms.pinterest.description import Operation
from adplatforms.pinterest.entities import Campaign, Keyword, PinterestEntity
from adplatforms.pinterest.fields import EpochMillis

Offline = Callable[..., Pinterest]
ACCOUNT = "549755885175"
NEW_CAMPAIGN = {"name": "Spring", "objective_type": "AWARENESS"}


def batch(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"items": list(elements)}


def good(**row: Any) -> dict[str, Any]:
    return {"data": {"ad_account_id": ACCOUNT, **row}, "exceptions": []}


def refused(code: int = 2384, message: str = "No budget") -> dict[str, Any]:
    return {"exceptions": [{"code": code, "message": message}]}


def existing(pin: Pinterest, collection: str, **row: Any) -> Any:
    """A record as a listing brings it."""
    model = PinterestEntity.__model__.registry.collections[collection]
    return pin.attach(model.__model__.wrap(dict(row), EntityState(pin.new(collection)).peers))


# one record


def test_a_create_is_an_array_of_one_with_its_account(offline: Offline) -> None:
    pin = offline(batch(good(id="7", name="Spring", status="ACTIVE")))
    campaign = pin.new("campaigns", NEW_CAMPAIGN, daily_spend_cap=Decimal("12.5"))
    campaign.save()
    (call,) = pin.transport.calls
    assert (call.method, call.path) == ("POST", f"ad_accounts/{ACCOUNT}/campaigns")
    assert call.json == [
        {"name": "Spring", "objective_type": "AWARENESS", "daily_spend_cap": 12500000, "ad_account_id": ACCOUNT}
    ]
    assert (campaign.id, campaign.status) == ("7", "ACTIVE")


def test_an_update_sends_the_id_and_what_changed(offline: Offline) -> None:
    pin = offline(batch(good(id="7", name="Summer")))
    campaign = existing(pin, "campaigns", id="7", name="Spring", ad_account_id="5", summary_status="RUNNING")
    campaign.name = "Summer"
    assert campaign.save() == {"name": Change("Spring", "Summer")}
    (call,) = pin.transport.calls
    assert (call.method, call.path) == ("PATCH", "ad_accounts/5/campaigns")
    assert call.json == [{"name": "Summer", "id": "7", "ad_account_id": "5"}]
    assert campaign.summary_status == "RUNNING"  # the answer told only a part


MOMENT = datetime(2026, 3, 1, 12, 0, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "seconds"),
    [
        (MOMENT, 1772366459),
        (MOMENT.replace(microsecond=499_999), 1772366459),
        (MOMENT.replace(microsecond=999_999), 1772366459),
        (MOMENT.astimezone(timezone(timedelta(hours=5, minutes=30))), 1772366459),
        (MOMENT.replace(tzinfo=None), 1772366459),
        (datetime(1970, 1, 1, tzinfo=UTC), 0),
    ],
)
@pytest.mark.filterwarnings("ignore::adplatforms.core.errors.NaiveTimeWarning")
def test_a_time_is_sent_in_whole_seconds_never_in_the_next_one(
    offline: Offline, moment: datetime, seconds: int
) -> None:
    pin = offline(batch(good(id="7", start_time=seconds)))
    campaign = existing(pin, "campaigns", id="7", ad_account_id=ACCOUNT, start_time=5)
    campaign.start_time = moment
    campaign.save()
    (item,) = pin.transport.calls[0].json
    assert item["start_time"] == seconds
    assert campaign.start_time == datetime.fromtimestamp(seconds, UTC)
    assert campaign.changes() == {}


def test_milliseconds_are_kept_one_by_one() -> None:
    field = EpochMillis()
    for millis in (1772366459000, *range(1772366459990, 1772366460011), 1772366459057, 1740787200001):
        assert field.dump(field.load(millis)) == millis
        assert field.load(millis) == EPOCH + timedelta(milliseconds=millis)
    assert field.dump(MOMENT.replace(microsecond=1_600)) == 1772366459002


def test_nothing_changed_sends_nothing(offline: Offline) -> None:
    pin = offline()
    assert existing(pin, "campaigns", id="7", name="Spring").save() == {}


def test_a_200_with_exceptions_is_a_failure_and_keeps_the_changes(offline: Offline) -> None:
    pin = offline(batch(refused(message="daily_spend_cap is too small")))
    campaign = existing(pin, "campaigns", id="7", name="Spring", ad_account_id=ACCOUNT)
    campaign.daily_spend_cap = Decimal("0.01")
    with pytest.raises(ValidationError, match="campaign 7 was not saved: daily_spend_cap is too small") as caught:
        campaign.save()
    assert (caught.value.code, dict(caught.value.field_errors)) == (
        2384,
        {"daily_spend_cap": "daily_spend_cap is too small"},
    )
    assert list(campaign.changes()) == ["daily_spend_cap"]


@pytest.mark.parametrize(
    ("code", "kind"), [(8, RateLimitError), (12, UnavailableError), (2, NotFoundError), (9999, ValidationError)]
)
def test_the_code_of_an_item_types_its_error_and_repeats_nothing(
    offline: Offline, code: int, kind: type[APIError]
) -> None:
    """The call itself went well: the other items were applied. A limit of calls is not waited for, nor is anything sent
    twice."""
    pin = offline(
        batch(good(id="7", name="Summer"), refused(code, "Not this one")), retry=Retry(sleep=lambda seconds: None)
    )
    one, other = (existing(pin, "campaigns", id=each, name="Spring", ad_account_id=ACCOUNT) for each in "78")
    one.name = other.name = "Summer"
    with pytest.raises(SaveAllError, match="Not this one") as caught:
        pin.save_all([one, other])
    (error,) = [outcome.error for outcome in caught.value.results if outcome.error is not None]
    assert (type(error), error.code, error.transient, error.answered) == (kind, code, False, True)
    assert (one.changes(), list(other.changes())) == ({}, ["name"])
    assert len(pin.transport.calls) == 1


def test_a_field_is_named_as_python_names_it(offline: Offline) -> None:
    pin = offline(batch(refused(1, "'bid_in_micro_currency' is below the floor")))
    group = existing(pin, "ad_groups", id="7", ad_account_id=ACCOUNT)
    group.bid = Decimal("0.01")
    with pytest.raises(ValidationError, match="is below the floor") as caught:
        group.save()
    assert list(caught.value.field_errors) == ["bid"]


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"exceptions": {"code": 2, "message": "Advertiser not found."}}, "Advertiser not found"),
        (
            {"data": {"id": None}, "exceptions": [{"code": 2, "message": "One"}, {"code": 3, "message": "Two"}]},
            "One; Two",
        ),
    ],
)
def test_every_form_of_failure_is_told(offline: Offline, told: dict[str, Any], message: str) -> None:
    pin = offline(batch(told))
    ad = pin.new("ads", ad_group_id="5", pin_id="6", creative_type="REGULAR")
    with pytest.raises(APIError, match=message):
        ad.save()


@pytest.mark.parametrize(
    "told",
    [
        {"data": None, "exceptions": None},
        {"data": {}, "exceptions": []},
        {"data": {"name": "An ad without an id"}, "exceptions": []},
        {},
    ],
)
def test_an_element_that_tells_nothing_leaves_the_write_unsure(offline: Offline, told: dict[str, Any]) -> None:
    ad = offline(batch(told)).new("ads", ad_group_id="5", pin_id="6", creative_type="REGULAR")
    with pytest.raises(AmbiguousWrite, match="new ad was not saved"):
        ad.save()


def test_the_code_2_of_a_batch_is_no_question_of_signing_in(offline: Offline) -> None:
    pin = offline(batch(refused(2, "Advertiser not found.")))
    with pytest.raises(NotFoundError, match="Advertiser not found"):
        pin.new("campaigns", NEW_CAMPAIGN).save()


def test_what_a_create_needs_is_told_before_anything_is_sent(offline: Offline) -> None:
    pin = offline()
    with pytest.raises(ClientError, match="cannot be saved without objective_type"):
        pin.new("campaigns", name="Spring").save()
    with pytest.raises(ClientError, match=r"needs ad_account_id .*new\('campaigns', ad_account_id=\.\.\.\)"):
        offline(ad_account_id=None).new("campaigns", NEW_CAMPAIGN).save()


def test_what_pinterest_cannot_write_is_told(offline: Offline) -> None:
    pin = offline()
    line = existing(pin, "order_lines", id="7", name="x")
    with pytest.raises(UnknownFieldError, match="read-only"):
        line.name = "y"
    catalog = existing(pin, "catalogs", id="7", name="x")
    with pytest.raises(UnknownFieldError, match="fixed once created"):
        catalog.name = "y"
    upload = existing(pin, "conversion_tags", id="7")
    with pytest.raises(ClientError, match=r"cannot update conversion tag .*create"):
        upload.save(extra={"name": "y"})


def test_values_are_checked_by_the_description_of_the_operation(offline: Offline) -> None:
    board = existing(offline(), "boards", id="7", name="x", privacy="PUBLIC")
    board.privacy = "PROTECTED"  # can be read, not set
    with pytest.raises(InvalidValueError, match="PUBLIC, SECRET"):
        board.save()


def test_undeclared_members_go_along_as_they_are(offline: Offline) -> None:
    pin = offline(batch(good(id="7")), {"keywords": [{"id": "8"}], "errors": []}, {"id": "9"})
    existing(pin, "campaigns", id="7", ad_account_id=ACCOUNT).save(extra={"brand_new": 1})
    existing(pin, "keywords", id="8", ad_account_id=ACCOUNT).save(extra={"brand_new": 1})
    existing(pin, "boards", id="9").save(extra={"brand_new": 1})
    assert [call.json for call in pin.transport.calls] == [
        [{"id": "7", "ad_account_id": ACCOUNT, "brand_new": 1}],
        {"keywords": [{"id": "8", "brand_new": 1}]},
        {"brand_new": 1},
    ]


@pytest.mark.parametrize(
    ("field", "value", "wire", "sent"),
    [
        ("tracking_urls", None, "tracking_urls", {}),
        ("targeting_template_ids", None, "targeting_template_ids", ["0"]),
        ("targeting_template_ids", [], "targeting_template_ids", ["0"]),
        ("bid_multiplier", None, "bid_multiplier", 0),
        ("promotion_id", None, "promotion_id", None),
        ("end_time", None, "end_time", None),
        ("bid", None, "bid_in_micro_currency", None),
    ],
)
def test_a_value_is_cleared_as_pinterest_wants_it(
    offline: Offline, field: str, value: Any, wire: str, sent: Any
) -> None:
    pin = offline(batch(good(id="7")))
    loaded = {
        "tracking_urls": {"click": ["https://example.com"]},
        "targeting_template_ids": ["5"],
        "bid_multiplier": 2,
        "promotion_id": "5",
        "end_time": 1748736000,
        "bid_in_micro_currency": 100,
    }
    group = existing(pin, "ad_groups", id="7", ad_account_id=ACCOUNT, **loaded)
    setattr(group, field, value)
    group.save()
    assert pin.transport.calls[0].json == [{"id": "7", wire: sent}]


def test_an_ad_group_without_a_promotion_has_none(offline: Offline, page: Any) -> None:
    group = offline(page([{"id": "7", "promotion_id": "0"}])).ad_groups.first()
    assert group is not None
    assert (group.promotion_id, group.promotion) == (None, None)


# the families


def test_keywords_stand_beside_their_parent(offline: Offline) -> None:
    row = {"id": "8", "value": "spade", "match_type": "BROAD", "parent_id": "5", "parent_type": "ad_group"}
    pin = offline({"keywords": [row], "errors": []})
    keyword = pin.new("keywords", parent_id="5", value="spade", match_type="BROAD", bid=Decimal(1))
    keyword.save()
    assert pin.transport.calls[0].json == {
        "parent_id": "5",
        "keywords": [{"bid": 1000000, "match_type": "BROAD", "value": "spade"}],
    }
    assert (keyword.id, keyword.ad_group_id, keyword.ad_account_id) == ("8", "5", ACCOUNT)


def test_product_group_promotions_stand_beside_their_ad_group(offline: Offline) -> None:
    pin = offline({"items": [{"data": {"id": "8"}, "exceptions": None}]})
    promotion = existing(pin, "product_group_promotions", id="8", ad_group_id="5", ad_account_id=ACCOUNT)
    promotion.bid = Decimal(1)
    promotion.save()
    assert pin.transport.calls[0].json == {
        "ad_group_id": "5",
        "product_group_promotion": [{"id": "8", "bid_in_micro_currency": 1000000}],
    }


def test_promotions_answer_under_their_own_name(offline: Offline) -> None:
    pin = offline({"promotions": [{"exception": {"code": 1, "message": "No such type"}}]})
    with pytest.raises(ValidationError, match="No such type"):
        pin.new("promotions", promotion_title="x", promotion_type="VARIABLE").save()


def test_sections_are_saved_under_their_board(offline: Offline) -> None:
    pin = offline({"id": "8", "name": "new"})
    section = existing(pin, "board_sections", id="8", name="old", board_id="5")
    section.name = "new"
    section.save()
    (call,) = pin.transport.calls
    assert (call.method, call.path, call.json) == ("PATCH", "boards/5/sections/8", {"name": "new"})


def test_targeting_templates_are_updated_by_an_operation_and_answer_nothing(offline: Offline) -> None:
    pin = offline(reply(b""))
    template = existing(pin, "targeting_templates", id="8", ad_account_id=ACCOUNT, name="x")
    template.targeting_attributes = {"GENDER": ["male"]}
    template.save()
    assert pin.transport.calls[0].json == {
        "operation_type": "UPDATE",
        "targeting_attributes": {"GENDER": ["male"]},
        "id": "8",
    }
    assert (template.name, template.targeting_attributes, template.changes()) == ("x", {"GENDER": ["male"]}, {})


def test_a_customer_list_takes_records(offline: Offline) -> None:
    pin = offline({"id": "8", "name": "x", "status": "PROCESSING"})
    listing = existing(pin, "customer_lists", id="8", name="x", ad_account_id=ACCOUNT)
    listing.set({"operation_type": "ADD", "records": "a@example.com"})
    listing.save()
    (call,) = pin.transport.calls
    assert call.path == f"ad_accounts/{ACCOUNT}/customer_lists/8"
    assert call.json == {"operation_type": "ADD", "records": "a@example.com"}
    assert "records" not in listing.raw


def test_a_customer_list_wants_both(offline: Offline) -> None:
    listing = existing(offline(), "customer_lists", id="8", ad_account_id=ACCOUNT)
    listing.records = "a@example.com"
    with pytest.raises(ClientError, match="cannot be saved without operation_type"):
        listing.save()


def test_an_asset_group_is_changed_by_other_names_than_it_is_made(offline: Offline) -> None:
    made = {"asset_group": {"id": "8", "asset_group_name": "A"}}
    failed = {"updated_asset_groups": [], "exceptions": [{"asset_group_id": "8", "code": 29, "message": "Not yours"}]}
    pin = offline(made, {"updated_asset_groups": [{"id": "8", "asset_group_name": "B"}], "exceptions": []}, failed)
    words = {"asset_group_name": "A", "asset_group_description": "d", "asset_group_types": ["BRAND"]}
    group = pin.new("asset_groups", words, business_id="5")
    group.save()
    assert (group.id, group.asset_group_name) == ("8", "A")
    group.asset_group_name = "B"
    group.assets_to_add = ["1"]
    group.save()
    assert pin.transport.calls[1].json == {
        "asset_groups_to_update": [{"asset_group_id": "8", "name": "B", "assets_to_add": ["1"]}]
    }
    group.asset_group_name = "C"
    with pytest.raises(DeniedError, match="Not yours"):
        group.save()


def test_a_large_upload_keeps_the_urls_of_its_parts(offline: Offline) -> None:
    parts = {"upload_urls": ["https://example.com/1"]}
    pin = offline({"customer_list_upload": {"id": "8", "state": "NOT_STARTED"}, "s3_multipart_upload_data": parts})
    upload = pin.new("customer_list_uploads", customer_list_id="5", operation="ADD", total_parts=1)
    upload.save()
    assert (upload.id, upload.state, upload.s3_multipart_upload_data) == ("8", "NOT_STARTED", parts)


def test_a_large_upload_says_whether_it_adds_or_removes(offline: Offline) -> None:
    pin = offline()
    with pytest.raises(ClientError, match="cannot be saved without operation"):
        pin.new("customer_list_uploads", customer_list_id="5", total_parts=1).save()
    assert pin.transport.calls == []


# many


def test_a_batch_takes_over_the_requests_that_its_records_were_planned_with(
    offline: Offline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The items of a body are checked when a record is planned, and not once more for the batch."""
    pin = offline(batch(*(good(id=str(number), name=f"c{number}") for number in range(5))))
    campaigns = [pin.new("campaigns", NEW_CAMPAIGN, name=f"c{number}") for number in range(5)]
    planned: list[Any] = []
    build = Operation.request

    def counted(operation: Operation, params: Any = None, body: Any = None, **options: Any) -> Request:
        planned.append(body)
        return build(operation, params, body, **options)

    monkeypatch.setattr(Operation, "request", counted)
    pin.save_all(campaigns)
    assert [[item["name"] for item in body] for body in planned] == [[f"c{number}"] for number in range(5)]
    (call,) = pin.transport.calls
    assert [item["name"] for item in call.json] == [f"c{number}" for number in range(5)]


def test_thirty_records_go_in_one_call(offline: Offline) -> None:
    pin = offline(*(batch(*(good(id=str(i), name="x") for i in part)) for part in (range(30), range(30, 35))))
    campaigns = [existing(pin, "campaigns", id=str(i), name="o", ad_account_id=ACCOUNT) for i in range(35)]
    for campaign in campaigns:
        campaign.name = "x"
    results = pin.save_all(campaigns, in_flight=1)
    assert [len(call.json) for call in pin.transport.calls] == [30, 5]
    assert [result.changes for result in results] == [{"name": Change("o", "x")}] * 35


def test_kinds_and_parents_go_apart(offline: Offline) -> None:
    pin = offline(batch(good(id="1")), batch(good(id="2")), batch(good(id="3", ad_account_id="5")))
    new = pin.new("campaigns", NEW_CAMPAIGN)
    old = existing(pin, "campaigns", id="2", ad_account_id=ACCOUNT)
    other = existing(pin, "campaigns", id="3", ad_account_id="5")
    old.name = other.name = "x"
    pin.save_all([new, old, other], in_flight=1)
    assert [(call.method, call.path) for call in pin.transport.calls] == [
        ("POST", f"ad_accounts/{ACCOUNT}/campaigns"),
        ("PATCH", f"ad_accounts/{ACCOUNT}/campaigns"),
        ("PATCH", "ad_accounts/5/campaigns"),
    ]


def test_one_failure_does_not_take_the_others_along(offline: Offline) -> None:
    pin = offline(batch(good(id="1"), refused(), good(id="3")))
    campaigns = [pin.new("campaigns", NEW_CAMPAIGN) for _ in range(3)]
    with pytest.raises(SaveAllError, match="1 of 3 saves failed") as caught:
        pin.save_all(campaigns)
    assert [type(result.error) for result in caught.value.results] == [type(None), ValidationError, type(None)]
    assert [campaign.to_dict().get("id") for campaign in campaigns] == ["1", None, "3"]


def test_what_cannot_be_sent_is_left_out_of_the_batch(offline: Offline) -> None:
    pin = offline(batch(good(id="1")))
    whole, short = pin.new("campaigns", NEW_CAMPAIGN), pin.new("campaigns", name="x")
    with pytest.raises(SaveAllError, match="cannot be saved without objective_type"):
        pin.save_all([short, whole])
    assert (whole.id, len(pin.transport.calls)) == ("1", 1)


def test_elements_in_another_order_are_told_by_their_ids_alone(offline: Offline) -> None:
    """Where nothing else that was sent tells them apart."""
    pin = offline(batch(good(id="2", daily_spend_cap=9_000_000), good(id="1", daily_spend_cap=9_000_000)))
    one, two = (existing(pin, "campaigns", id=i, ad_account_id=ACCOUNT, name=i) for i in ("1", "2"))
    one.daily_spend_cap = two.daily_spend_cap = Decimal(9)
    pin.save_all([one, two])
    assert [(each.id, each.name, each.changes()) for each in (one, two)] == [("1", "1", {}), ("2", "2", {})]


@pytest.mark.parametrize(
    ("collection", "row", "answer"),
    [
        ("campaigns", {"ad_account_id": ACCOUNT}, batch(good(id="8", name="new"))),
        ("ad_groups", {"ad_account_id": ACCOUNT}, batch(good(id="8", name="new"))),
        ("audiences", {"ad_account_id": ACCOUNT}, {"id": "8", "name": "new"}),
        ("boards", {}, {"id": "8", "name": "new"}),
    ],
)
def test_an_update_that_another_record_answers_is_unsure(
    offline: Offline, collection: str, row: dict[str, Any], answer: Any
) -> None:
    """Though it has the name that was sent."""
    record = existing(offline(answer), collection, id="7", name="old", **row)
    record.name = "new"
    with pytest.raises(AmbiguousWrite, match="the answer is about another record"):
        record.save()
    assert list(record.changes()) == ["name"]


def test_elements_in_another_order_are_told_by_their_ids(offline: Offline) -> None:
    pin = offline(batch(good(id="2", name="b"), good(id="1", name="a")))
    one, two = (existing(pin, "campaigns", id=i, ad_account_id=ACCOUNT, name="o") for i in ("1", "2"))
    one.name, two.name = "a", "b"
    pin.save_all([one, two])
    assert (one.name, two.name) == ("a", "b")


def test_an_element_that_is_missing_is_told(offline: Offline) -> None:
    pin = offline(batch(good(id="2", name="b")))
    one, two = (existing(pin, "campaigns", id=i, ad_account_id=ACCOUNT, name="o") for i in ("1", "2"))
    one.name, two.name = "a", "b"
    with pytest.raises(SaveAllError, match="it tells of 1 records, 2 were sent") as caught:
        pin.save_all([one, two])
    assert all(isinstance(result.error, AmbiguousWrite) for result in caught.value.results)
    assert (list(one.changes()), list(two.changes())) == (["name"], ["name"])


@pytest.mark.parametrize(
    "elements",
    [
        [good(id="1", name="a"), good(id="3", name="b")],
        [good(id="1", name="a"), good(id="1", name="a")],
        [good(id="3", name="c"), refused()],
        [good(id="1", name="a"), good(id="2", name="b"), good(id="3", name="c")],
        [good(id="1", name="a"), {"data": {"name": "b"}}],
        [good(id="1", name="a"), None],
    ],
)
def test_a_batch_that_tells_of_other_records_is_not_believed(offline: Offline, elements: list[Any]) -> None:
    pin = offline({"items": elements})
    one, two = (existing(pin, "campaigns", id=i, ad_account_id=ACCOUNT, name="o") for i in ("1", "2"))
    one.name, two.name = "a", "b"
    with pytest.raises(SaveAllError, match=r"2 of 2 saves failed: .*was lost") as caught:
        pin.save_all([one, two])
    assert all(isinstance(result.error, AmbiguousWrite) for result in caught.value.results)
    assert [each.to_dict()["id"] for each in (one, two)] == ["1", "2"]


@pytest.mark.parametrize(
    "rows",
    [
        [{"id": "1", "name": "b"}, {"id": "2", "name": "a"}],
        [{"id": "1", "name": "a"}, {"id": "1", "name": "b"}],
        [{"id": "1", "name": "a", "ad_account_id": "6"}, {"id": "2", "name": "b"}],
        [{"id": "1", "name": "a"}],
        [{"id": "1", "name": "a"}, {"name": "b"}],
    ],
)
def test_creates_that_are_answered_with_other_records_are_not_believed(
    offline: Offline, rows: list[dict[str, Any]]
) -> None:
    pin = offline(batch(*({"data": row, "exceptions": []} for row in rows)))
    made = [pin.new("campaigns", {**NEW_CAMPAIGN, "name": name}) for name in ("a", "b")]
    with pytest.raises(SaveAllError, match=r"2 of 2 saves failed: .*was lost") as caught:
        pin.save_all(made)
    assert all(isinstance(result.error, AmbiguousWrite) for result in caught.value.results)
    assert [each.to_dict().get("id") for each in made] == [None, None]


def test_an_earlier_answer_about_the_same_record_is_not_the_answer_to_an_update(offline: Offline) -> None:
    pin = offline(batch(good(id="7", name="Spring")), {"id": "8", "name": "Spring"})
    campaign = existing(pin, "campaigns", id="7", name="Spring", ad_account_id=ACCOUNT)
    board = existing(pin, "boards", id="8", name="Spring")
    for each in (campaign, board):
        each.name = "Summer"
        with pytest.raises(AmbiguousWrite, match="its name is not the one that was sent"):
            each.save()
        assert list(each.changes()) == ["name"]


def test_a_name_that_differs_in_blanks_only_is_the_same(offline: Offline) -> None:
    campaign = offline(batch(good(id="1", name="Spring sale"))).new(
        "campaigns", {**NEW_CAMPAIGN, "name": "Spring  sale "}
    )
    campaign.save()
    assert (campaign.id, campaign.name) == ("1", "Spring sale")


def keywords(pin: Pinterest, *values: str) -> list[Keyword]:
    return [pin.new("keywords", parent_id="5", value=value, match_type="BROAD") for value in values]


def test_good_keywords_and_errors_are_told_apart(offline: Offline) -> None:
    made = [{"id": str(i), "value": value, "match_type": "BROAD"} for i, value in ((1, "a"), (3, "c"))]
    error = {"data": {"value": "b", "match_type": "BROAD"}, "error_messages": ["Too short", "Too odd"]}
    pin = offline({"keywords": made, "errors": [error]})
    found = keywords(pin, "a", "b", "c")
    with pytest.raises(SaveAllError, match="Too short; Too odd"):
        pin.save_all(found)
    assert [each.to_dict().get("id") for each in found] == ["1", None, "3"]


def test_an_error_is_placed_by_all_that_it_names(offline: Offline) -> None:
    """The good row alone would fit either keyword."""
    error = {"data": {"value": "spade", "match_type": "EXACT"}, "error_messages": ["Too short"]}
    pin = offline({"keywords": [{"id": "1", "value": "spade"}], "errors": [error]})
    new = [pin.new("keywords", parent_id="5", value="spade", match_type=each) for each in ("EXACT", "BROAD")]
    with pytest.raises(SaveAllError, match="1 of 2 saves failed: new keyword was not saved: Too short"):
        pin.save_all(new)
    assert [each.to_dict().get("id") for each in new] == [None, "1"]


def test_an_error_that_names_nothing_belongs_to_the_keyword_that_is_left(offline: Offline) -> None:
    error = {"data": {"value": "other"}, "error_messages": ["Too short"]}
    pin = offline({"keywords": [{"id": "1", "value": "a"}], "errors": [error]})
    found = keywords(pin, "a", "b")
    with pytest.raises(SaveAllError, match="1 of 2 saves failed: new keyword was not saved: Too short"):
        pin.save_all(found)
    assert [each.to_dict().get("id") for each in found] == ["1", None]


@pytest.mark.parametrize(
    ("good_ones", "errors"),
    [
        (["c"], 1),  # a row that nobody sent
        (["b", "a"], 0),
        (["a"], 0),
        (["a", "b"], 1),
        ([], 1),
    ],
)
def test_keywords_that_cannot_be_told_apart_leave_all_unsure(
    offline: Offline, good_ones: list[str], errors: int
) -> None:
    error = {"data": {"value": "other"}, "error_messages": ["Too short"]}
    made = [{"id": str(n), "value": value} for n, value in enumerate(good_ones)]
    pin = offline({"keywords": made, "errors": [error] * errors})
    with pytest.raises(SaveAllError, match=r"2 of 2 saves failed: .*was lost") as caught:
        pin.save_all(keywords(pin, "a", "b"))
    assert all(isinstance(result.error, AmbiguousWrite) for result in caught.value.results)


# archiving and deleting


@pytest.mark.parametrize(
    ("collection", "row", "told", "sent"),
    [
        ("campaigns", {}, batch(good(id="8", status="ARCHIVED")), [{"status": "ARCHIVED"}]),
        ("ads", {}, batch(good(id="8", status="ARCHIVED")), [{"status": "ARCHIVED"}]),
        ("keywords", {}, {"keywords": [{"id": "8"}], "errors": []}, {"archived": True}),
        ("labels", {}, {"labels": [{"id": "8"}], "errors": []}, {"status": "ARCHIVED"}),
        ("audiences", {}, {"id": "8"}, {"operation_type": "REMOVE"}),
        ("targeting_templates", {}, None, {"operation_type": "REMOVE"}),
    ],
)
def test_archiving_retires_as_the_resource_does(
    offline: Offline, collection: str, row: dict[str, Any], told: Any, sent: Any
) -> None:
    pin = offline(reply(b"") if told is None else told)
    record = existing(pin, collection, id="8", ad_account_id=ACCOUNT, **row)
    record.archive()
    body = pin.transport.calls[0].json
    item = body[0] if isinstance(body, list) else next((v[0] for v in body.values() if isinstance(v, list)), body)
    wanted = sent[0] if isinstance(sent, list) else sent
    assert wanted.items() <= item.items()
    if "operation_type" not in wanted:
        assert {name: getattr(record, name) for name in wanted} == wanted


def test_what_cannot_be_archived_or_deleted_says_so(offline: Offline) -> None:
    pin = offline()
    with pytest.raises(ClientError, match="cannot archive board 8"):
        existing(pin, "boards", id="8").archive()
    with pytest.raises(ClientError, match=r"cannot delete campaign 8 .*archive\(\) it"):
        existing(pin, "campaigns", id="8").delete()
    with pytest.raises(ClientError, match=r"cannot delete catalog 8 .*Pinterest keeps them"):
        existing(pin, "catalogs", id="8").delete()


@pytest.mark.parametrize(
    ("collection", "row", "path", "body"),
    [
        ("boards", {}, "boards/8", None),
        ("board_sections", {"board_id": "5"}, "boards/5/sections/8", None),
        ("promotions", {"ad_account_id": "5"}, "ad_accounts/5/promotions/8", None),
        (
            "business_members",
            {"business_id": "5", "member_id": "8", "business_roles": ["EMPLOYEE"]},
            "businesses/5/members",
            {"members": [{"member_id": "8", "business_role": "EMPLOYEE"}]},
        ),
        ("business_partners", {"business_id": "5"}, "businesses/5/partners", {"partner_ids": ["8"]}),
        ("business_invites", {"business_id": "5"}, "businesses/5/invites", {"invite_ids": ["8"]}),
        ("asset_groups", {"business_id": "5"}, "businesses/5/asset_groups", {"asset_groups_to_delete": ["8"]}),
        (
            "business_member_assets",
            {"business_id": "5", "member_id": "6", "asset_id": "7"},
            "businesses/5/members/assets/access",
            {"accesses": [{"asset_id": "7", "member_id": "6"}]},
        ),
    ],
)
def test_deleting_names_the_record(
    offline: Offline, collection: str, row: dict[str, Any], path: str, body: Any
) -> None:
    pin = offline(reply(b"", status=204))
    existing(pin, collection, id="8", **row).delete()
    (call,) = pin.transport.calls
    assert (call.method, call.path, call.json) == ("DELETE", path, body)


def test_a_website_is_deleted_by_its_name(offline: Offline) -> None:
    pin = offline(reply(b"", status=204))
    existing(pin, "websites", id="example.com", website="example.com").delete()
    assert pin.transport.calls[0].params == (("website", "example.com"),)


@pytest.mark.parametrize(
    "told",
    [
        {"items": [{"exception": {"invite_id": "8", "message": "Invite not found"}}]},
        {"items": [{"exceptions": [{"code": 50, "message": "Invite not found"}]}]},
        {"items": [None, {"exception": {"message": "Invite not found"}}]},
        {"exceptions": [{"code": 50, "message": "Invite not found"}], "items": []},
    ],
    ids=["exception", "exceptions", "after a null", "beside the items"],
)
def test_a_deletion_that_failed_with_200_is_an_error(offline: Offline, told: dict[str, Any]) -> None:
    pin = offline(told)
    with pytest.raises(APIError, match="Invite not found"):
        existing(pin, "business_invites", id="8", business_id="5").delete()


@pytest.mark.parametrize("collection", ["feeds", "customer_lists", "commerce_integrations", "lead_subscriptions"])
def test_bodies_with_credentials_or_personal_data_are_kept_out_of_logs(offline: Offline, collection: str) -> None:
    pin = offline({"id": "8", "external_business_id": "8"})
    record = pin.get(collection, "8")
    assert pin.transport.calls[0].private
    assert not offline(batch()).campaigns.plan().first.private
    assert "8" in repr(record)


def test_amounts_are_exact_and_in_the_accounts_currency(offline: Offline) -> None:
    campaign = existing(offline(), "campaigns", id="8", daily_spend_cap="25000001")
    assert campaign.daily_spend_cap == Decimal("25.000001")
    with pytest.raises(InvalidValueError, match="at most two decimals"):
        campaign.daily_spend_cap = Decimal("0.0000001")
    group = existing(offline(), "ad_groups", id="8")
    with pytest.warns(
        AdPlatformsWarning, match="no field 'bid_in_micro_currency': its name here is bid, .*: 2 for 2000"
    ):
        group.bid_in_micro_currency = 2000000
    assert group.bid == Decimal(2)
    with pytest.raises(UnknownFieldError, match="no field 'bid_in_micros'"):
        group.bid_in_micros = 5
    assert "micro-currency" in Campaign.daily_spend_cap.describe()
