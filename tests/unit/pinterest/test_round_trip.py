"""What Pinterest sent can be sent back; what is new is sent on purpose; nothing is dropped without a word."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from adplatforms.core.errors import (
    AdPlatformsWarning,
    AuthRequiredError,
    ClientError,
    InvalidValueError,
    NotLoaded,
    UnknownNameError,
)
from adplatforms.core.messages import Answer, Request
from adplatforms.core.relations import Peers
from adplatforms.core.testing import FakeTransport, reply
from adplatforms.pinterest import Pinterest
from adplatforms.pinterest.entities import PinterestEntity

Offline = Callable[..., Pinterest]
ACCOUNT = "549755885175"
DAYS = ("2026-11-01", "2026-11-02")


def loaded(pin: Pinterest, collection: str, **row: Any) -> Any:
    model: type[PinterestEntity] = pin.registry.find(collection)  # type: ignore[assignment]
    row = {"ad_account_id": ACCOUNT, **row}
    return model.__model__.wrap(row, Peers(pin, [row]))


def echoing(**options: Any) -> Pinterest:
    """A session whose saves are answered with what they sent."""

    def answered(request: Request) -> Answer:
        if isinstance(request.json, list):
            return reply({"items": [{"data": {"id": "9", **each}, "exceptions": []} for each in request.json]})
        return reply({"id": "9", **(request.json or {})})

    return Pinterest("t", ad_account_id=ACCOUNT, retry=None, transport=FakeTransport(answered), **options)


def last(pin: Pinterest) -> Any:
    assert isinstance(pin.transport, FakeTransport)
    return pin.transport.calls[-1].json


NESTED = [
    ("ad_groups", "targeting_spec", {"LOCATION": ["US"], "BRAND_NEW": ["x"]}, "LOCATION", ["CA"]),
    ("ad_groups", "tracking_urls", {"click": ["https://a.example"], "hover": ["https://b.example"]}, "click", []),
    (
        "ad_groups",
        "optimization_goal_metadata",
        {"next_goal": {"x": 1}, "frequency_goal_metadata": {"frequency": 2}},
        "next_goal",
        None,
    ),
    ("campaigns", "tracking_urls", {"click": ["https://a.example"], "hover": ["https://b.example"]}, "click", []),
    ("campaigns", "bid_options", {"MULTIPLIER": {"x": 1}, "update_mask": ["NEXT"]}, "MULTIPLIER", None),
    (
        "audiences",
        "rule",
        {"url": {"~": ["x"]}, "percentage": "10", "visitor_source_id": ["1"], "next": 1},
        "url",
        None,
    ),
]


@pytest.mark.parametrize(("collection", "field", "value", "member", "changed"), NESTED)
def test_a_part_of_a_nested_value_is_changed_and_the_rest_goes_back(
    collection: str, field: str, value: dict[str, Any], member: str, changed: Any
) -> None:
    pin = echoing()
    record = loaded(pin, collection, id="9", name="x", **{field: value})
    if changed is None:
        getattr(record, field).pop(member)
        expected = {name: each for name, each in value.items() if name != member}
    else:
        getattr(record, field)[member] = changed
        expected = {**value, member: changed}
    record.save()
    sent = last(pin)
    assert (sent[0] if isinstance(sent, list) else sent)[field] == expected


WORDS = [
    ("campaigns", "objective_type", "VIDEO_VIEW", {"name": "c"}),
    ("ad_groups", "placement_group", "NEXT_GROUP", {"name": "g", "campaign_id": "1", "billable_event": "IMPRESSION"}),
    ("ads", "creative_type", "HOLOGRAM", {"ad_group_id": "1", "pin_id": "2"}),
]


@pytest.mark.parametrize(("collection", "field", "word", "others"), WORDS)
def test_a_word_of_the_row_passes_in_copies_and_when_it_is_set_back(
    collection: str, field: str, word: str, others: dict[str, Any]
) -> None:
    pin = echoing()
    record = loaded(pin, collection, id="9", **{field: word}, **others)
    setattr(record, field, word)
    assert record.changes() == {}
    record.as_new().save()
    assert last(pin)[0][field] == word


def test_a_word_that_is_newer_can_be_looked_for(offline: Offline) -> None:
    rows = [{"id": "1", "objective_type": "VIDEO_VIEW"}, {"id": "2", "objective_type": "AWARENESS"}]
    pin = offline(*[{"items": rows, "bookmark": None}] * 4)
    with pytest.warns(AdPlatformsWarning, match="objective_type has no 'VIDEO_VIEW' by the description"):
        query = pin.campaigns.where(objective_type="VIDEO_VIEW")
    assert [each.id for each in query] == ["1"]
    with pytest.warns(AdPlatformsWarning, match="has no 'VIDEO_VIEW'"):
        assert [each.id for each in pin.find("campaigns", "objective_type", "in", ["VIDEO_VIEW"])] == ["1"]
    # Here the server filters, and may know the word.
    with pytest.warns(AdPlatformsWarning, match="status has no 'FROZEN'"):
        assert len(list(pin.campaigns.where(status="FROZEN"))) == 2
    assert isinstance(pin.transport, FakeTransport)
    assert ("entity_statuses", "FROZEN") in pin.transport.calls[-1].params


def test_a_word_of_another_kind_is_refused_still(offline: Offline) -> None:
    for value in (7, "", True):
        with pytest.raises(InvalidValueError, match="objective_type"):
            offline().campaigns.where(objective_type=value)


# new words on purpose

REQUIRED = [
    ("campaigns", {"name": "x"}, {"objective_type": "NEXT_OBJECTIVE"}),
    ("campaigns", {}, {"objective_type": "NEXT_OBJECTIVE", "name": "x"}),
    ("ad_groups", {"name": "x", "campaign_id": "1"}, {"billable_event": "NEXT_EVENT"}),
    ("ads", {"ad_group_id": "1", "pin_id": "2"}, {"creative_type": "HOLOGRAM"}),
    ("boards", {}, {"name": "x", "privacy": "FRIENDS"}),
    ("pins", {"board_id": "1"}, {"media_source": {"source_type": "hologram_id", "hologram_id": "1"}}),
    ("feeds", {"name": "f", "location": "https://x.example/f"}, {"catalog_type": "CARS", "format": "JSON"}),
]


@pytest.mark.parametrize(("collection", "values", "extra"), REQUIRED)
def test_what_is_added_counts_as_given(collection: str, values: dict[str, Any], extra: dict[str, Any]) -> None:
    pin = echoing()
    pin.new(collection, **values).save(extra=extra)
    sent = last(pin)
    assert extra.items() <= (sent[0] if isinstance(sent, list) else sent).items()


def test_what_is_added_goes_along_and_may_stand_beside_the_list() -> None:
    pin = echoing()
    campaign = loaded(pin, "campaigns", id="9", name="x")
    campaign.status = "PAUSED"
    campaign.save(extra={"name": "z", "start_time": datetime(2026, 1, 1, tzinfo=UTC)})
    assert last(pin) == [
        {"status": "PAUSED", "name": "z", "ad_account_id": ACCOUNT, "id": "9", "start_time": "2026-01-01T00:00:00Z"}
    ]
    keyword = {"id": "8", "value": "spade", "match_type": "FUZZY", "parent_id": "5"}
    transport = FakeTransport(lambda request: reply({"keywords": [keyword], "errors": []}))
    pin = Pinterest("t", ad_account_id=ACCOUNT, retry=None, transport=transport)
    pin.new("keywords", value="spade").save(extra={"match_type": "FUZZY", "parent_id": "5"})
    assert last(pin) == {"parent_id": "5", "keywords": [{"value": "spade", "match_type": "FUZZY"}]}


def test_what_else_is_missing_is_still_missed() -> None:
    pin = echoing()
    with pytest.raises(ClientError, match="new campaign cannot be saved without objective_type"):
        pin.new("campaigns", name="x").save(extra={"brand_new": 1})


# values


CLEARED = [
    ("campaigns", "end_time", 1796083200, -1),
    ("campaigns", "order_line_id", "5", "0"),
    ("campaigns", "tracking_urls", {"click": ["https://a.example"]}, {}),
    ("campaigns", "daily_spend_cap", 1, None),
    ("ad_groups", "end_time", 1796083200, None),
    ("ad_groups", "promotion_id", "5", None),
    ("ad_groups", "promotion_ids", ["5"], []),
    ("ad_groups", "customer_segment_id", "5", "0"),
    ("ads", "tracking_urls", {"click": ["https://a.example"]}, {}),
]


@pytest.mark.parametrize(("collection", "field", "before", "sent"), CLEARED)
def test_each_member_is_emptied_in_its_own_way(collection: str, field: str, before: Any, sent: Any) -> None:
    pin = echoing()
    record = loaded(pin, collection, id="9", **{field: before})
    setattr(record, field, None)
    record.save()
    assert last(pin)[0][field] == sent
    assert getattr(record, field) is None or getattr(record, field) == []


@pytest.mark.parametrize(
    ("collection", "field"), [("ad_groups", "budget"), ("ad_groups", "bid"), ("campaigns", "daily_spend_cap")]
)
def test_amounts_are_not_negative(collection: str, field: str) -> None:
    record = loaded(echoing(), collection, id="9")
    with pytest.raises(InvalidValueError, match=f"{field} cannot be -5: it is an amount, 0 or more"):
        setattr(record, field, -5)
    setattr(record, field, 0)


@pytest.mark.parametrize("amount", [-1, -1.5, Decimal(-2)])
def test_amounts_in_bodies_are_not_negative_either(amount: Any) -> None:
    pin = echoing()
    for member in ("daily_spend_cap", "lifetime_spend_cap"):
        with pytest.raises(InvalidValueError, match=f"{member} is an amount, 0 or more"):
            pin.call("campaigns/create", [{"name": "x", "objective_type": "AWARENESS", member: amount}])
    with pytest.raises(InvalidValueError, match="bid_in_micro_currency is an amount, 0 or more"):
        pin.bulk_upsert(update={"ad_groups": [{"id": "1", "bid_in_micro_currency": amount}]})
    assert isinstance(pin.transport, FakeTransport)
    assert pin.transport.calls == []


def test_an_amount_that_came_negative_can_be_set_back() -> None:
    record = loaded(echoing(), "ad_groups", id="9", bid_in_micro_currency=-1000000)
    record.bid = Decimal(-1)
    assert record.changes() == {}


def test_moments_may_be_seconds_since_1970() -> None:
    group = loaded(echoing(), "ad_groups", id="9")
    moment = datetime(2026, 12, 1, tzinfo=UTC)
    for seconds in (1796083200, 1796083200.0):
        group.end_time = seconds
        assert group.end_time == moment
    with pytest.raises(InvalidValueError, match="look like milliseconds"):
        group.end_time = 1796083200000
    with pytest.raises(InvalidValueError, match="end_time"):
        group.end_time = True
    invite = loaded(echoing(), "business_invites", id="9")
    assert type(invite).created_time.accept(1796083200000) == moment
    assert type(invite).created_time.accept(1796083200) == moment


def test_wire_names_are_taken_and_told(offline: Offline) -> None:
    pin = echoing()
    with pytest.warns(
        AdPlatformsWarning, match=r"AdGroup has no field 'budget_in_micro_currency': its name here is budget"
    ):
        group = pin.new(
            "ad_groups", name="g", campaign_id="1", billable_event="IMPRESSION", budget_in_micro_currency=5000000
        )
    group.save()
    assert last(pin)[0]["budget_in_micro_currency"] == 5000000
    rows = [{"id": "1", "budget_in_micro_currency": 6000000}, {"id": "2", "budget_in_micro_currency": 4000000}]
    found = offline(*[{"items": rows, "bookmark": None}] * 3)
    with pytest.warns(AdPlatformsWarning, match="its name here is budget, .*: 5 for 5000000"):
        assert [each.id for each in found.find("ad_groups", "budget_in_micro_currency", ">", 5000000)] == ["1"]
    with pytest.warns(AdPlatformsWarning, match="its name here is budget"):
        assert [each.id for each in found.ad_groups.where(budget_in_micro_currency=6000000)] == ["1"]
    with pytest.raises(UnknownNameError, match="no field 'budget_in_micros'"):
        found.ad_groups.where(budget_in_micros=5)


# no silent nothing


def test_lists_of_related_records_of_a_reference_are_not_loaded(offline: Offline) -> None:
    pin = offline()
    with pytest.raises(NotLoaded, match=r"ad group 7\.targeting_template_ids is not loaded"):
        _ = pin.reference("ad_groups", "7").targeting_templates
    assert isinstance(pin.transport, FakeTransport)
    assert pin.transport.calls == []


@pytest.mark.parametrize(
    ("level", "granularity", "filters", "told"),
    [
        (
            "AD_GROUP",
            "DAY",
            {"targeting_types": ["GENDER"]},
            'does not use targeting_types .*level="AD_GROUP_TARGETING"',
        ),
        ("CAMPAIGN", "DAY", {"combine_targeting_types": True}, "does not use combine_targeting_types"),
        ("CAMPAIGN", "DAY", {"start_hour": 0}, 'by DAY does not use start_hour .*granularity="HOUR"'),
        ("PRODUCT_ITEM", "DAY", {"ad_ids": ["1"]}, "does not use ad_ids"),
    ],
)
def test_filters_that_a_report_would_drop_are_refused(
    monkeypatch: pytest.MonkeyPatch, level: str, granularity: str, filters: dict[str, Any], told: str
) -> None:
    monkeypatch.setattr("adplatforms.pinterest.arguments.today", lambda: datetime(2026, 11, 5, tzinfo=UTC).date())
    pin = echoing()
    with pytest.raises(ClientError, match=told):
        pin.report(level, "SPEND_IN_DOLLAR", *DAYS, granularity, **filters)
    assert isinstance(pin.transport, FakeTransport)
    assert pin.transport.calls == []


# tokens


def test_the_scopes_that_were_asked_for_are_sent_with_each_renewal() -> None:
    def answered(request: Request) -> Answer:
        if "token" in request.path:
            return reply({"access_token": "a", "token_type": "bearer", "expires_in": 9, "refresh_token": "n"})
        return reply({"username": "u"})

    app = {"refresh_token": "r", "client_id": "c", "client_secret": "s", "token_updater": bool}
    for scopes, sent in (("ads:read boards:read", "ads:read,boards:read"), ((), None)):
        transport = FakeTransport(answered)
        pin = Pinterest(**app, scopes=scopes, transport=transport)  # type: ignore[arg-type]
        pin.user_account.first()
        form = dict(transport.calls[0].form or ())
        if sent is not None:
            form["scope"] = form["scope"].reveal()  # type: ignore[union-attr]
        form["grant_type"] = form["grant_type"].reveal()  # type: ignore[union-attr]
        assert (form["grant_type"], form.get("scope")) == ("refresh_token", sent)


def test_a_refused_token_tells_of_the_other_environment(offline: Offline) -> None:
    refused = reply({"code": 2, "message": "Authentication failed."}, status=401)
    with pytest.raises(AuthRequiredError, match="sandbox is good there only"):
        offline(refused).call("campaigns/list")
