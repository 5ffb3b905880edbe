"""Figures: what is asked for, and the rows of it, held against the sandbox, whose figures add up."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from adplatforms.core.errors import ClientError, NotFoundError, ParserException, PartialResultWarning, UnknownNameError
from adplatforms.core.messages import Answer, Request
from adplatforms.core.testing import FakeRuntime, FakeTransport, reply
from adplatforms.ttd import TTD
from adplatforms.ttd.reports import METRICS

Offline = Callable[..., TTD]
DAYS = ("2026-01-19", "2026-02-17")
"""The three flights of campaign cmp0012."""


@pytest.fixture
def campaign(ttd: TTD) -> Any:
    return ttd.get("campaigns", "cmp0012")


def test_the_total_has_every_metric_money_exact_and_in_the_advertisers_currency(campaign: Any) -> None:
    total = campaign.figures()
    assert set(total) == {"campaign_id", "time_zone", "currency", *METRICS}
    assert (total.campaign_id, total.time_zone, total.currency) == ("cmp0012", "UTC", "USD")
    assert isinstance(total.spend, Decimal)
    assert isinstance(total["impressions"], int)
    assert total.cpm == round(1000 * total.spend / total.impressions, 6)
    with pytest.raises(AttributeError, match="did you mean 'spend'"):
        _ = total.spnd


def test_days_add_up_to_the_total_and_ad_groups_and_flights_to_the_campaign(campaign: Any) -> None:
    total = campaign.figures(*DAYS, metrics="impressions spend")
    days = campaign.figures(*DAYS, by="day", metrics="impressions spend")
    groups = [group.figures(*DAYS) for group in campaign.ad_groups]
    flights = [flight.figures(*DAYS) for flight in campaign.flights]
    for rows in (days, groups, flights, campaign.publisher_figures(*DAYS)):
        assert sum(row.spend for row in rows) == total.spend
    assert sum(row.impressions for row in days) == total.impressions
    assert [row.day for row in days] == sorted({row.day for row in days})
    assert (days[0].day, days[-1].day) == (date(2026, 1, 19), date(2026, 2, 17))
    assert [row.campaign_flight_id for row in flights] == [flight.id for flight in campaign.flights]


def test_hours_add_up_to_their_day_and_are_in_utc(ttd: TTD) -> None:
    today = datetime.now(UTC).date()
    running = next(each for each in ttd.campaigns.where(advertiser_id="adv0001") if each.current_flight)
    hours = running.figures(today, today, by="hour", metrics="spend")
    (day,) = running.figures(today, today, by="day", metrics="spend") or [{"spend": 0}]
    assert sum(row.spend for row in hours) == day["spend"]
    assert all(row.hour.tzinfo is UTC and row.hour.date() == today for row in hours)


def test_the_lifetime_is_that_of_all_days(campaign: Any) -> None:
    life = campaign.lifetime_figures()
    assert (life.spend, life.impressions) == (campaign.figures().spend, campaign.figures().impressions)
    assert sum(flight.lifetime_figures().spend for flight in campaign.flights) == life.spend


def test_publishers_come_by_spend_the_most_first(campaign: Any) -> None:
    rows = campaign.publisher_figures(*DAYS, most=3)
    assert [row.publisher for row in rows] == ["The Daily Lantern", "Köln Kurier", "Harbour Weekly"]
    assert [row.spend for row in rows] == sorted((row.spend for row in rows), reverse=True)
    with pytest.raises(ClientError, match="most is a number of publishers"):
        campaign.publisher_figures(most=0)


def test_many_records_are_read_twenty_in_a_call_and_stay_in_order(ttd: TTD, sandbox: Any) -> None:
    ids = [campaign.id for campaign in ttd.campaigns.where(advertiser_id="adv0001").take(45)]
    sandbox.calls.clear()
    rows = ttd.figures([*ids, ids[0]], *DAYS, metrics="spend", kind="campaigns")
    assert [row.campaign_id for row in rows] == ids
    assert len(sandbox.calls) == -(-len(ids) // 20)
    assert ttd.figures(ttd.campaigns.where(id=ids), *DAYS, metrics="spend") == rows
    assert {row.advertiser_id for row in ttd.figures(ttd.advertisers.take(2), *DAYS)} == {"adv0001", "adv0002"}


@pytest.mark.parametrize("route", ["graphql", "graphql-direct", "rest", "rest-direct"])
def test_figures_are_the_same_on_every_route(ttd: TTD, route: str) -> None:
    here = ttd.using(route=route).get("campaigns", "cmp0012")
    assert here.figures(*DAYS, metrics="spend").spend == Decimal("1692.07")


def test_what_does_not_exist_is_named(ttd: TTD) -> None:
    with pytest.raises(NotFoundError, match="no figures of campaigns nope "):
        ttd.figures(["cmp0001", "nope"], kind="campaigns")


@pytest.mark.parametrize(
    ("asked", "error", "told"),
    [
        ({"by": "week"}, ClientError, "by 'day', by 'hour'"),
        ({"until": "2026-01-01"}, ClientError, "need since="),
        ({"by": "day"}, ClientError, "need since="),
        ({"since": "2026-02-02", "until": "2026-02-01"}, ClientError, "is before since="),
        ({"since": "2020-01-01", "by": "day"}, ClientError, "go back 366 days"),
        ({"since": "2026-01-01", "by": "hour"}, ClientError, "go back 30 days"),
        ({"since": "soon"}, ClientError, "since is a day"),
        ({"metrics": "spnd"}, UnknownNameError, "did you mean 'spend'"),
        ({"metrics": ""}, ClientError, "need a metric"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_it_is_sent(
    offline: Offline, asked: dict[str, Any], error: type[Exception], told: str
) -> None:
    ttd = offline(runtime=FakeRuntime(datetime(2026, 12, 1, tzinfo=UTC)))
    with pytest.raises(error, match=told):
        ttd.reference("campaigns", "c1").figures(**asked)
    assert ttd.transport.calls == []


def test_records_of_two_kinds_and_of_kinds_without_figures_are_refused(offline: Offline) -> None:
    ttd = offline()
    campaign, group = ttd.reference("campaigns", "c1"), ttd.reference("ad_groups", "g1")
    with pytest.raises(ClientError, match="of one kind"):
        ttd.figures([campaign, group])
    with pytest.raises(ClientError, match="of one kind"):
        ttd.figures(["c1"])
    with pytest.raises(ClientError, match="no figures of creatives"):
        ttd.figures(["x"], kind="creatives")
    with pytest.raises(ClientError, match="need the flights themselves"):
        ttd.figures([7], kind="campaign_flights")


def answered(reporting: Any, **more: Any) -> dict[str, Any]:
    node = {"id": "c1", "advertiser": {"currency": {"id": "EUR"}}, "reporting": reporting}
    return {"data": {"campaigns": {"nodes": [node]}}, **more}


def rows(*impressions: int) -> dict[str, Any]:
    return {
        "nodes": [
            {"dimensions": {"time": {"day": f"2026-11-{day:02d}"}}, "metrics": {"impressions": count}}
            for day, count in enumerate(impressions, 1)
        ]
    }


def test_both_days_are_in_the_filter_and_long_spans_are_asked_for_in_parts(offline: Offline) -> None:
    parts = {"total": rows(6), "part0": rows(1, 2, 3), "part1": rows()}
    ttd = offline(answered(parts), runtime=FakeRuntime(datetime(2026, 12, 1, tzinfo=UTC)))
    found = ttd.reference("campaigns", "c1").figures("2026-11-01", "2026-11-12", by="day", metrics="impressions")
    assert [row.impressions for row in found] == [1, 2, 3]
    text = ttd.transport.calls[0].json["request"]
    assert 'total: generalReporting(where: {date: {gte: "2026-11-01", lte: "2026-11-12"}})' in text
    assert 'part0: generalReporting(where: {date: {gte: "2026-11-01", lte: "2026-11-10"}})' in text
    assert 'part1: generalReporting(where: {date: {gte: "2026-11-11", lte: "2026-11-12"}})' in text


def test_rows_that_do_not_add_up_to_the_total_are_told(offline: Offline) -> None:
    """No fact says how long the list may be: that some rows are missing shows in the total alone."""
    ttd = offline(
        answered({"total": rows(7), "part0": rows(1, 2, 3)}), runtime=FakeRuntime(datetime(2026, 12, 1, tzinfo=UTC))
    )
    with pytest.warns(PartialResultWarning, match="have 6 impressions, the total 7"):
        ttd.reference("campaigns", "c1").figures("2026-11-01", "2026-11-03", by="day", metrics="spend")


@pytest.mark.parametrize(
    "reporting",
    [
        {},
        {"total": {}},
        {"total": {"nodes": [{}]}},
        {"total": {"nodes": "none"}},
        {"total": {"nodes": [{"metrics": {"impressions": "many"}}]}},
        {"total": {"nodes": [{"metrics": {"spend": {"advertiserCurrency": True}}}]}},
    ],
)
def test_figures_of_another_shape_are_no_figures(offline: Offline, reporting: Any) -> None:
    with pytest.raises(ParserException, match=r"the figures cannot be read|another shape"):
        offline(answered(reporting)).reference("campaigns", "c1").figures()


def test_no_row_of_the_total_is_no_figure_rather_than_zero(offline: Offline) -> None:
    total = offline(answered({"total": {"nodes": []}})).reference("campaigns", "c1").figures()
    assert (total.impressions, total.spend, total.currency) == (None, None, "EUR")


def test_too_much_at_once_is_asked_for_in_halves(offline: Offline) -> None:
    def answer(request: Request) -> Answer:
        text = request.json["request"]
        ids = [name for name in ("c1", "c2", "c3", "c4") if f'"{name}"' in text]
        if len(ids) > 2:
            return reply({"errors": [{"message": "too much", "extensions": {"code": "RESOURCE_LIMIT_EXCEEDED"}}]})
        nodes = [{"id": each, "reporting": {"total": rows(1)}} for each in ids]
        return reply({"data": {"campaigns": {"nodes": nodes}}})

    ttd = offline(retry=5, runtime=FakeRuntime())
    ttd.transport = FakeTransport(answer)
    found = ttd.figures(["c1", "c2", "c3", "c4"], kind="campaigns", metrics="impressions")
    assert [row.campaign_id for row in found] == ["c1", "c2", "c3", "c4"]


def test_what_is_left_out_for_an_error_next_to_the_data_is_named(offline: Offline) -> None:
    errors = [{"message": "no permission", "path": ["campaigns", "nodes", 0, "reporting"]}]
    ttd = offline(answered(None, errors=errors))
    with (
        pytest.warns(PartialResultWarning, match="no permission"),
        pytest.raises(NotFoundError, match="no figures of campaigns c1"),
    ):
        ttd.reference("campaigns", "c1").figures()
