"""T1 says ok and sends something else than its operation must have: an error on every path, never zero rows."""

import json as jsonlib
from collections.abc import Callable
from typing import Any

import pytest

from adplatforms.core.errors import AmbiguousWrite, APIError, LoginError, ParserException
from adplatforms.core.testing import reply
from adplatforms.sandbox import Sandbox
from terminalone import T1
from terminalone.entities import Advertiser, BudgetFlight, Campaign, Concept, Strategy, StrategyDayPart, User

JSON, XML = "application/json", "text/xml"
OK = reply({"meta": {"status": "ok"}})
NOT_AN_ANSWER = {
    "empty": reply(b"", JSON),
    "204": reply(b"", "", status=204),
    "spaces": reply(b"  \n", XML),
    "object": reply(b"{}", JSON),
    "list": reply(b"[]", JSON),
    "null": reply(b"null", JSON),
    "text": reply(b'"x"', JSON),
    "number": reply(b"7", JSON),
    "no meta": reply({"data": [{"id": 7, "entity_type": "campaign"}]}),
    "no status": reply({"data": [], "meta": {}}),
    "meta is text": reply({"data": [], "meta": "ok"}),
    "result": reply("<result/>", XML),
    "no status in xml": reply("<result><entities count='0'/></result>", XML),
    "another root": reply("<html/>", XML),
    "an error beside ok": reply({"data": [], "errors": [{"message": "no"}], "meta": {"status": "ok"}}),
    "rows that are numbers": reply({"data": [1], "meta": {"status": "ok"}}),
    "rows that are null": reply({"data": [None], "meta": {"status": "ok"}}),
}
"""Wrong for every operation, also for those that answer with a status only."""
UNREADABLE = r"not in its envelope|T1 says ok|T1 sent (JSON|XML)"
"""What is said of such answers."""
WITHOUT_CONTENT = {
    "status only": OK,
    "status only in xml": reply('<result><status code="ok"/></result>', XML),
    "data null": reply({"data": None, "meta": {"status": "ok"}}),
    "data empty": reply({"data": {}, "meta": {"status": "ok"}}),
    "data text": reply({"data": "x", "meta": {"status": "ok"}}),
    "rows without anything": reply({"data": [{}], "meta": {"status": "ok"}}),
    "an entity without anything": reply('<result><entity/><status code="ok"/></result>', XML),
}
"""Wrong where an operation must answer with content."""

READS: dict[str, Callable[[T1], Any]] = {
    "get": lambda t1: list(t1.get("campaigns")),
    "get_all": lambda t1: list(t1.get("campaigns", get_all=True)),
    "where": lambda t1: list(t1.campaigns.where(status=True)),
    "ids": lambda t1: list(t1.campaigns.where(Campaign.id.in_([7, 8]))),
    "count": lambda t1: t1.count("campaigns"),
    "one": lambda t1: t1.get("campaigns", 7),
    "refresh": lambda t1: t1.reference("campaigns", 7).refresh(),
    "relation": lambda t1: t1.reference("campaigns", 7).advertiser,
    "flights": lambda t1: list(t1.budget_flights.within(campaign=7)),
    "flight": lambda t1: t1.reference("budget_flights", 4, campaign_id=7).refresh(),
    "child": lambda t1: list(t1.get("campaigns", 7, "budget_flights")),
    "child of all": lambda t1: list(t1.get("strategies", 9, "concepts", get_all=True)),
    "region": lambda t1: t1.get("strategies", 9, "region"),
    "permissions": lambda t1: t1.get("users", 5, "permissions"),
    "relevant flight": lambda t1: Campaign(t1, id=7).get_relevant_budget_flight(),
    "margins": lambda t1: Campaign(t1, id=7).get_margins(),
    "supplies": lambda t1: Strategy(t1, id=9).get_supplies(),
    "deals": lambda t1: Strategy(t1, id=9).get_deals(),
    "day parts": lambda t1: Strategy(t1, id=9).get_day_parts(),
    "target values": lambda t1: Strategy(t1, id=9).get_target_values(),
    "segments": lambda t1: Strategy(t1, id=9).get_audience_segments(),
    "estimate": lambda t1: Strategy(t1, id=9).estimate_audience_segments([1]),
    "settings": lambda t1: User(t1, id=5).get_settings(),
    "history": lambda t1: list(Campaign(t1, id=7).history()),
}


def _renamed(entity: Any) -> Any:
    entity.name = "x"
    return entity.save()


WRITES: dict[str, Callable[[T1], Any]] = {
    "create": lambda t1: Concept(t1, name="x").save(),
    "update": lambda t1: _renamed(t1.reference("campaigns", 7, version=1)),
    "deal": lambda t1: _renamed(t1.reference("deals", 7)),
    "copy": lambda t1: Campaign(t1, id=7).copy(),
    "copy of a strategy": lambda t1: Strategy(t1, id=9).copy(),
    "bulk copy": lambda t1: Campaign(t1, id=7).bulk_copy_strategies(8, [9]),
    "flights": lambda t1: Campaign(t1, id=7).save_budget_flights([{"total_budget": 1}]),
    "supplies": lambda t1: Strategy(t1, id=9).set_supplies([1]),
    "deals": lambda t1: Strategy(t1, id=9).set_deals([1]),
    "site lists": lambda t1: Strategy(t1, id=9).set_site_lists(assign=[1]),
    "tags": lambda t1: Advertiser(t1, id=7).upload_tags(b"x"),
    "assets": lambda t1: Advertiser(t1, id=7).upload_assets([b"x"]),
}
BARE: dict[str, Callable[[T1], Any]] = {
    "domains": lambda t1: Strategy(t1, id=9).clear_domains(),
    "segments": lambda t1: Strategy(t1, id=9).set_audience_segments([1]),
    "day parts": lambda t1: Strategy(t1, id=9).set_day_parts([{"days": "M"}]),
    "targets": lambda t1: Strategy(t1, id=9).set_target_values({"REGN": {"include": [1]}}),
    "margins": lambda t1: Campaign(t1, id=7).save_margins({"a": 1}),
    "delete": lambda t1: StrategyDayPart(t1, id=5, version=1).delete(),
    "delete a flight": lambda t1: BudgetFlight(t1, id=5, campaign_id=7, version=1).delete(),
}
"""Writes that are answered by a status only."""


@pytest.mark.parametrize(
    "odd", [*NOT_AN_ANSWER.values(), *WITHOUT_CONTENT.values()], ids=[*NOT_AN_ANSWER, *WITHOUT_CONTENT]
)
@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_a_read_is_an_error(read: Callable[[T1], Any], odd: Any, offline: Any) -> None:
    with pytest.raises(ParserException, match=UNREADABLE):
        read(offline(odd))


@pytest.mark.parametrize(
    "odd", [*NOT_AN_ANSWER.values(), *WITHOUT_CONTENT.values()], ids=[*NOT_AN_ANSWER, *WITHOUT_CONTENT]
)
@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_a_write_may_have_been_applied(write: Callable[[T1], Any], odd: Any, offline: Any) -> None:
    with pytest.raises(AmbiguousWrite, match="may have been applied"):
        write(offline(odd))


@pytest.mark.parametrize("odd", NOT_AN_ANSWER.values(), ids=NOT_AN_ANSWER)
@pytest.mark.parametrize("write", BARE.values(), ids=BARE)
def test_a_call_without_content_needs_its_status(write: Callable[[T1], Any], odd: Any, offline: Any) -> None:
    write(offline(OK))
    with pytest.raises(AmbiguousWrite, match="may have been applied"):
        write(offline(odd))


@pytest.mark.parametrize("kind", ["json", "xml"])
@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_an_error_with_http_200_is_an_error(read: Callable[[T1], Any], kind: str, offline: Any) -> None:
    body = reply({"meta": {"status": "error"}, "errors": [{"message": "broken"}]})
    if kind == "xml":
        body = reply('<result><status code="error">broken</status></result>', XML)
    with pytest.raises(APIError, match="broken"):
        read(offline(body))


@pytest.mark.parametrize("answer", [OK, reply({"data": {}, "meta": {"status": "ok"}}), *NOT_AN_ANSWER.values()])
def test_a_login_without_a_user_or_a_session(answer: Any, offline: Any) -> None:
    with pytest.raises((ParserException, LoginError), match=UNREADABLE):
        offline(answer).authenticate()
    with pytest.raises(LoginError, match="sent no session"):
        offline({"entity_type": "user", "id": 1, "name": "u"}).authenticate()


# whose answer it is


FLIGHT = {"entity_type": "budget_flight", "id": 5}
CONCEPT = {"entity_type": "strategy_concept", "id": 1}
DAY_PART = {"entity_type": "strategy_day_part", "id": 1}


@pytest.mark.parametrize(
    ("read", "row"),
    [
        (READS["one"], {"entity_type": "campaign", "id": 8}),
        (READS["one"], {"entity_type": "strategy", "id": 7}),
        (lambda t1: Campaign(t1, id=7).get_budget_flight(4), FLIGHT),
        (READS["relevant flight"], {**FLIGHT, "campaign_id": 8}),
        (READS["supplies"], {"entity_type": "strategy", "id": 10, "supply_sources": []}),
        (READS["child of all"], [{**CONCEPT, "strategy_id": 10}]),
        (READS["day parts"], [{**DAY_PART, "strategy_id": "10"}]),
    ],
)
def test_an_answer_about_another_record_is_an_error(read: Callable[[T1], Any], row: Any, offline: Any) -> None:
    with pytest.raises(ParserException, match="about another record"):
        read(offline(row))


def test_a_copy_that_is_the_original_is_none(offline: Any) -> None:
    with pytest.raises(AmbiguousWrite, match="names campaign 7 itself"):
        Campaign(offline({"entity_type": "campaign", "id": 7}), id=7).copy()


# what was made against what was asked


def test_a_copy_that_differs_from_what_was_asked(fresh_sandbox: Sandbox) -> None:
    t1 = fresh_sandbox.t1()
    campaign = t1.get("campaigns", 7)
    before = t1.count("campaigns")
    with pytest.raises(
        APIError, match=r"campaign 2501 was created, but not as asked: advertiser_id is 7, not 8 \(it exists"
    ) as e:
        campaign.copy(name="x", advertiser_id=8)
    assert not isinstance(e.value, AmbiguousWrite)
    assert e.value.unsure is False
    assert t1.count("campaigns") == before + 1
    copy = campaign.copy(name="y", start_date="2027-01-01T00:00:00", end_date="2027-02-01T00:00:00", advertiser_id=7)
    assert (copy.name, copy.start_date.year, copy.source_campaign_id) == ("y", 2027, 7)


COPY = {"entity_type": "strategy", "id": 10, "name": "Copy", "campaign_id": 8}


@pytest.mark.parametrize(
    ("call", "answer", "told"),
    [
        (
            lambda t1: Campaign(t1, id=7).copy("a"),
            {"entity_type": "campaign", "id": 9, "name": "b"},
            "name is 'b', not 'a'",
        ),
        (lambda t1: Campaign(t1, id=7).copy(x=1), {"entity_type": "campaign", "id": 9, "x": "2"}, "x is '2', not 1"),
        (lambda t1: Campaign(t1, id=7).bulk_copy_strategies(9, [1]), [COPY], "campaign_id is 8, not 9"),
        (lambda t1: Campaign(t1, id=7).bulk_copy_strategies(8, [1, 2]), [COPY], "1 copies, 2 were asked for"),
        (
            lambda t1: Campaign(t1, id=7).bulk_copy_strategies(8, [{"id": 1, "name": "A"}]),
            [COPY],
            r"none is named 'A' .*ids 10",
        ),
        (
            lambda t1: Strategy(t1, id=9).set_deals([1, 2]),
            {"entity_type": "strategy", "id": 9, "deals": [{"entity_type": "deal", "id": 1}]},
            "it lacks deals 2",
        ),
        (
            lambda t1: Strategy(t1, id=9).set_site_lists(assign=[1]),
            [{"entity_type": "site_lists_for_strategy", "id": 1, "assigned": False}],
            "assigned is False, not True",
        ),
        (
            lambda t1: Campaign(t1, id=7).save_budget_flights(
                [BudgetFlight(t1, start_date="2027-01-01", total_budget=5)]
            ),
            [{**FLIGHT, "start_date": "2027-01-01T00:00:00+0000", "total_budget": 4}],
            r"budget flight 5 was saved, but not as asked: total_budget is 4.0, not 5.0",
        ),
    ],
)
def test_what_was_made_differs(call: Callable[[T1], Any], answer: Any, told: str, offline: Any) -> None:
    with pytest.raises(APIError, match=told) as caught:
        call(offline(answer))
    assert not isinstance(caught.value, AmbiguousWrite)


def test_what_an_answer_does_not_show_is_not_compared(offline: Any) -> None:
    limited = {"entity_type": "campaign", "id": 9, "name": "a"}
    assert Campaign(offline(limited), id=7).copy("a", advertiser_id=8, start_date="2027-01-01").id == 9


# reports


@pytest.mark.parametrize("body", [b"", b"\n", b" , \n"])
def test_a_report_has_a_header_row(body: bytes, offline: Any) -> None:
    with pytest.raises(ParserException, match="without a header row"):
        offline(reply(body, "text/csv")).new("report", "performance").get()


@pytest.mark.parametrize("body", [{}, [], None, "x", {"meta": {"status": "ok"}}, {"a": 1}], ids=repr)
def test_metadata_tells_of_reports(body: Any, offline: Any) -> None:
    with pytest.raises(ParserException, match="metadata of an unknown shape"):
        _ = offline(reply(jsonlib.dumps(body), JSON)).new("report").metadata


def test_an_error_instead_of_metadata(offline: Any) -> None:
    refused = reply({"meta": {"status": "error"}, "errors": [{"message": "broken"}]})
    with pytest.raises(APIError, match="broken"):
        _ = offline(refused).new("report").metadata


def test_a_total_below_0_is_not_taken_for_none(offline: Any) -> None:
    t1 = offline(reply({"data": [], "meta": {"status": "ok", "total_count": -1}}))
    with pytest.raises(ParserException, match="a total below 0"):
        t1.count("campaigns")
