"""Figures: asked for as users write them, split to Pinterest's limits, typed."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from adplatforms.core.errors import AdPlatformsWarning, ClientError, InvalidValueError, UnknownNameError
from adplatforms.core.messages import Request
from adplatforms.core.testing import FakeTransport, reply
from adplatforms.net.retry import Retry
from adplatforms.pinterest import Pinterest, arguments

ACCOUNT = "549755885175"
TODAY = date(2026, 11, 22)
COLUMNS = ["SPEND_IN_MICRO_DOLLAR", "IMPRESSION_1"]


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arguments, "today", lambda: TODAY)


@pytest.fixture
def talk() -> Iterator[tuple[Pinterest, list[Request], list[Any]]]:
    """A session, what it sent, and the bodies that it is answered with (an empty list once they are used up)."""
    bodies: list[Any] = []
    transport = FakeTransport(lambda request: reply(bodies.pop(0) if bodies else []))
    session = Pinterest("a-token", ad_account_id=ACCOUNT, transport=transport)
    yield session, transport.calls, bodies
    session.close()


Talk = tuple[Pinterest, list[Request], list[Any]]


def sent(request: Request, name: str) -> list[str]:
    return [value for found, value in request.params if found == name]


def test_rows_are_typed_and_keep_what_is_unknown(talk: Talk) -> None:
    session, calls, bodies = talk
    row = {
        "AD_GROUP_ID": 2680060704746,
        "DATE": "2026-11-01",
        "SPEND_IN_MICRO_DOLLAR": 1234567.0,
        "NEW": "x",
        "CTR": 0.5,
    }
    bodies.append([row])
    rows = session.analytics("ad_groups", ["2680060704746"], COLUMNS, "2026-11-01", date(2026, 11, 2))
    assert rows == [
        {
            "AD_GROUP_ID": "2680060704746",
            "DATE": date(2026, 11, 1),
            "SPEND_IN_MICRO_DOLLAR": Decimal("1234567.0"),
            "NEW": "x",
            "CTR": 0.5,
        }
    ]
    assert isinstance(rows[0]["SPEND_IN_MICRO_DOLLAR"], Decimal)
    assert calls[0].path == f"ad_accounts/{ACCOUNT}/ad_groups/analytics"
    assert dict(calls[0].params) == {
        "ad_group_ids": "2680060704746",
        "columns": "SPEND_IN_MICRO_DOLLAR,IMPRESSION_1",
        "start_date": "2026-11-01",
        "end_date": "2026-11-02",
        "granularity": "DAY",
    }


def test_windows_of_zero_days_are_sent(talk: Talk) -> None:
    session, calls, _ = talk
    windows: dict[str, Any] = {"click_window_days": 0, "engagement_window_days": 0, "view_window_days": 0}
    windows |= {"conversion_report_time": "TIME_OF_CONVERSION", "aggregate_report_rows": False}
    session.analytics("campaigns", "1 2", COLUMNS, TODAY, TODAY, "TOTAL", **windows)
    for name in ("click_window_days", "engagement_window_days", "view_window_days"):
        assert sent(calls[0], name) == ["0"]
    assert sent(calls[0], "aggregate_report_rows") == ["false"]
    assert sent(calls[0], "campaign_ids") == ["1", "2"]


def test_more_ids_than_a_call_takes_are_split_and_joined(talk: Talk) -> None:
    session, calls, bodies = talk
    ids = [str(number) for number in range(1, 502)]
    bodies += [[{"CAMPAIGN_ID": "1"}], [{"CAMPAIGN_ID": "251"}], [{"CAMPAIGN_ID": "501"}]]
    rows = session.analytics("campaigns", ids, COLUMNS, TODAY, TODAY)
    assert [len(sent(call, "campaign_ids")) for call in calls] == [250, 250, 1]
    assert [row["CAMPAIGN_ID"] for row in rows] == ["1", "251", "501"]


@pytest.mark.parametrize(
    ("granularity", "back", "ranges"),
    [
        ("HOUR", 8, [(8, 6), (5, 3), (2, 0)]),
        ("HOUR", 2, [(2, 0)]),
        ("DAY", 90, [(90, 1), (0, 0)]),
        ("DAY", 89, [(89, 0)]),
        ("WEEK", 90, [(90, 0)]),
        ("TOTAL", 90, [(90, 0)]),
    ],
)
def test_ranges_are_split_where_a_call_covers_less(
    talk: Talk, granularity: str, back: int, ranges: list[tuple[int, int]]
) -> None:
    session, calls, _ = talk
    session.analytics("campaigns", ["1"], COLUMNS, TODAY - timedelta(days=back), TODAY, granularity)
    asked = [(sent(call, "start_date")[0], sent(call, "end_date")[0]) for call in calls]
    assert asked == [(str(TODAY - timedelta(days=a)), str(TODAY - timedelta(days=b))) for a, b in ranges]


@pytest.mark.parametrize(
    ("granularity", "start", "end", "told"),
    [
        ("DAY", TODAY - timedelta(days=91), TODAY, r"reach back 90 days, not to 2026-08-23 \(report"),
        ("HOUR", TODAY - timedelta(days=9), TODAY, r"by HOUR reach back 8 days.*granularity=\"DAY\""),
        ("TOTAL", TODAY - timedelta(days=90), TODAY + timedelta(days=9), "figures by TOTAL of parts do not add up"),
        ("DAY", TODAY, TODAY - timedelta(days=1), "ends on 2026-11-21, before it starts"),
        ("DAY", "yesterday", TODAY, "dates or YYYY-MM-DD"),
        ("DAYS", TODAY, TODAY, "granularity is one of TOTAL, DAY"),
    ],
)
def test_what_analytics_cannot_do_is_refused_with_the_cure(
    talk: Talk, granularity: str, start: Any, end: Any, told: str
) -> None:
    session, calls, _ = talk
    with pytest.raises(ClientError, match=told):
        session.analytics("campaigns", ["1"], COLUMNS, start, end, granularity)
    assert calls == []


def test_a_column_that_nobody_knows_is_sent_with_a_warning(talk: Talk) -> None:
    session, calls, _ = talk
    with pytest.warns(AdPlatformsWarning, match="no column 'SPEND_IN_DOLAR'.*'SPEND_IN_DOLLAR'"):
        session.analytics("campaigns", ["1"], "SPEND_IN_DOLAR IMPRESSION_1", TODAY, TODAY)
    assert sent(calls[0], "columns") == ["SPEND_IN_DOLAR,IMPRESSION_1"]


@pytest.mark.parametrize(
    ("level", "ids", "columns", "told"),
    [
        ("campaign", ["1"], COLUMNS, "no analytics of 'campaign' .*'campaigns'"),
        ("campaigns", ["1"], [], "needs columns"),
        ("campaigns", [], COLUMNS, "needs the ids"),
        ("campaigns", None, COLUMNS, "needs the ids"),
        ("campaigns", ["x"], COLUMNS, "a string of digits"),
    ],
)
def test_a_wrong_call_is_refused(talk: Talk, level: str, ids: Any, columns: Any, told: str) -> None:
    session, calls, _ = talk
    with pytest.raises(ClientError, match=told):
        session.analytics(level, ids, columns, TODAY, TODAY)
    assert calls == []


def test_a_window_that_an_operation_lacks_is_refused(talk: Talk) -> None:
    session, _, _ = talk
    with pytest.raises(UnknownNameError, match="ads/analytics has no parameter 'aggregate_report_rows'"):
        session.analytics("ads", ["1"], COLUMNS, TODAY, TODAY, aggregate_report_rows=True)
    with pytest.raises(InvalidValueError, match="click_window_days is one of 0, 1, 7, 14, 30, 60"):
        session.analytics("ads", ["1"], COLUMNS, TODAY, TODAY, click_window_days=2)


def test_accounts_are_asked_one_by_one(talk: Talk) -> None:
    session, calls, _ = talk
    session.analytics("ad_accounts", None, COLUMNS, TODAY, TODAY)
    session.analytics("ad_accounts", ["7", "8"], COLUMNS, TODAY, TODAY)
    assert [call.path for call in calls] == [f"ad_accounts/{one}/analytics" for one in (ACCOUNT, 7, 8)]


def test_ads_can_be_named_by_campaign_and_pin(talk: Talk) -> None:
    session, calls, _ = talk
    session.analytics("ads", None, COLUMNS, TODAY, TODAY, campaign_ids=["1"], pin_ids=["2", "3"])
    assert sent(calls[0], "campaign_ids") == ["1"]
    assert sent(calls[0], "pin_ids") == ["2", "3"]


@pytest.mark.parametrize(
    ("ids", "words"), [(None, {"campaign_ids": ["1"]}), (["9"], {"campaign_ids": ["1"], "pin_ids": ["2"]})]
)
def test_ads_are_named_in_one_way(talk: Talk, ids: Any, words: dict[str, Any]) -> None:
    session, calls, _ = talk
    with pytest.raises(ClientError, match="by their ids, or by campaign_ids= and pin_ids= together"):
        session.analytics("ads", ids, COLUMNS, TODAY, TODAY, **words)
    assert calls == []


def test_an_id_that_is_named_twice_is_asked_for_once(talk: Talk) -> None:
    session, calls, _ = talk
    session.analytics("campaigns", ["1", "2", "1"], COLUMNS, TODAY, TODAY)
    assert sent(calls[0], "campaign_ids") == ["1", "2"]


def test_pins_of_a_campaign_and_product_groups(talk: Talk) -> None:
    session, calls, _ = talk
    session.analytics("ad_pins", [str(n) for n in range(101)], COLUMNS, TODAY, TODAY, campaign_id="7")
    session.analytics("product_group_promotions", ["9"], COLUMNS, TODAY, TODAY)
    assert [len(sent(call, "pin_ids")) for call in calls] == [100, 1, 0]
    assert calls[2].path == f"ad_accounts/{ACCOUNT}/product_groups/analytics"
    assert sent(calls[2], "product_group_ids") == ["9"]


def test_figures_by_what_is_targeted(talk: Talk) -> None:
    session, calls, bodies = talk
    metrics = {"CAMPAIGN_ID": 7, "DATE": "2026-11-01", "SPEND_IN_MICRO_DOLLAR": 5}
    bodies.append({"data": [{"targeting_type": "GENDER", "targeting_value": "female", "metrics": metrics}]})
    rows = session.targeting_analytics(
        "campaigns", ["7"], "GENDER AGE_BUCKET", COLUMNS, TODAY, TODAY, attribution_types="INDIVIDUAL"
    )
    assert rows == [
        {
            "targeting_type": "GENDER",
            "targeting_value": "female",
            "CAMPAIGN_ID": "7",
            "DATE": date(2026, 11, 1),
            "SPEND_IN_MICRO_DOLLAR": Decimal(5),
        }
    ]
    assert sent(calls[0], "targeting_types") == ["GENDER,AGE_BUCKET"]
    assert sent(calls[0], "attribution_types") == ["INDIVIDUAL"]
    with pytest.raises(ClientError, match="no targeting analytics of ad_pins"):
        session.targeting_analytics("ad_pins", ["7"], "GENDER", COLUMNS, TODAY, TODAY)


def splits(day: Any) -> dict[str, Any]:
    """An answer of organic figures, whose day is text on the wire."""
    daily = {"date": day, "data_status": "READY", "metrics": {"IMPRESSION": 7}}
    return {"all": {"daily_metrics": [daily], "summary_metrics": {"IMPRESSION": 7}}}


DAYS, TYPED = splits("2026-11-01"), splits(date(2026, 11, 1))


def test_figures_of_the_user_account(talk: Talk) -> None:
    session, calls, bodies = talk
    bodies.append(DAYS)
    assert session.user_analytics(TODAY, TODAY, "IMPRESSION SAVE", pin_format="ALL") == TYPED
    assert sent(calls[0], "metric_types") == ["IMPRESSION,SAVE"]


def test_figures_of_pins(talk: Talk) -> None:
    session, calls, bodies = talk
    bodies += [{"1": DAYS}, {"101": DAYS}]
    found = session.pin_analytics([str(n) for n in range(1, 102)], "IMPRESSION", TODAY, TODAY)
    assert found == {"1": TYPED, "101": TYPED}
    assert [len(sent(call, "pin_ids")) for call in calls] == [100, 1]


def test_throttling_hidden_in_a_400_is_waited_out() -> None:
    """Analytics tell it so; see users' reports of it in the facts."""
    waits: list[float] = []
    throttled = reply({"code": 1, "message": "Request limit reached. Retry after 7 seconds"}, status=400)
    transport = FakeTransport([throttled, reply([{"CAMPAIGN_ID": "1"}])])
    session = Pinterest("a-token", ad_account_id=ACCOUNT, transport=transport, retry=Retry(sleep=waits.append))
    assert session.analytics("campaigns", ["1"], COLUMNS, TODAY, TODAY) == [{"CAMPAIGN_ID": "1"}]
    assert waits == [7.0]
