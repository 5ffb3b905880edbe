"""A validation changes nothing at the platform: it is tried again like a read and is never an open question."""

from collections.abc import Callable
from typing import Any

import pytest

from adplatforms.core.errors import (
    AmbiguousWrite,
    ClientError,
    ConnectError,
    ParserException,
    UnavailableError,
    ValidationError,
)
from adplatforms.core.testing import reply
from adplatforms.net.retry import Retry
from adplatforms.ttd import TTD

Offline = Callable[..., TTD]
CAMPAIGN = {
    "advertiser_id": "adv0001",
    "name": "x",
    "primary_channel": "Display",
    "primary_goal": {"maximize_reach": True},
    "campaign_conversion_reporting_columns": [],
}
GROUP = {"campaign_id": "cmp0012", "name": "x", "channel": "Display", "funnel_location": "Awareness"}
RECORD = {"data": {"campaign": {"id": "c1", "name": "Old"}}}


def lost() -> ConnectError:
    return ConnectError("cut", unsure=True)


def changed(ttd: TTD, kind: str) -> Any:
    """An existing record with a change."""
    record = ttd.reference(kind, "r1")
    record.name = "New"
    return record


CHECKS: dict[str, tuple[Callable[[TTD], Any], Any]] = {
    "new campaign": (lambda ttd: ttd.new("campaign", CAMPAIGN).save(validate_only=True), {}),
    "changed campaign": (lambda ttd: changed(ttd, "campaign").save(validate_only=True), {}),
    "new ad group": (lambda ttd: ttd.new("ad_group", GROUP).save(validate_only=True), {}),
    "changed ad group": (lambda ttd: changed(ttd, "ad_group").save(validate_only=True), {}),
    "save_all": (lambda ttd: ttd.save_all([ttd.new("ad_group", GROUP)], validate_only=True), {}),
    "job of new campaigns": (lambda ttd: ttd.submit(ttd.new("campaign", CAMPAIGN), validate_only=True), {"id": 7}),
    "job of changed campaigns": (lambda ttd: ttd.submit(changed(ttd, "campaign"), validate_only=True), {"id": 7}),
    "job of new ad groups": (lambda ttd: ttd.submit(ttd.new("ad_group", GROUP), validate_only=True), {"id": 7}),
    "job of changed ad groups": (lambda ttd: ttd.submit(changed(ttd, "ad_group"), validate_only=True), {"id": 7}),
}
FAILURES: dict[str, Any] = {
    "broken": lost(),
    "503 of a gateway": reply("<html>503</html>", "text/html", 503),
    "500": reply({"title": "oops", "status": 500}, status=500),
    "a page instead": reply("<html>hello</html>", "text/html", 200),
    "cut": reply(b'{"campaign": {', "application/json"),
    "a list": [1],
    "text": reply(b'"x"', "application/json"),
}


@pytest.mark.parametrize("failure", [f for name, f in FAILURES.items() if name != "a page instead"], ids=str)
@pytest.mark.parametrize(("check", "fine"), CHECKS.values(), ids=CHECKS)
def test_it_is_never_an_open_question(offline: Offline, check: Callable[[TTD], Any], fine: Any, failure: Any) -> None:
    ttd = offline(failure)
    with pytest.raises(Exception, match=r"\S") as caught:
        check(ttd)
    errors = [caught.value, *(result.error for result in getattr(caught.value, "results", ()))]
    assert not any(isinstance(error, AmbiguousWrite) for error in errors)
    transport: Any = ttd.transport
    assert [call.writes for call in transport.calls] == [False]


@pytest.mark.parametrize("failure", [FAILURES["broken"], FAILURES["503 of a gateway"], FAILURES["500"]], ids=str)
@pytest.mark.parametrize(("check", "fine"), CHECKS.values(), ids=CHECKS)
def test_it_is_tried_again(offline: Offline, check: Callable[[TTD], Any], fine: Any, failure: Any) -> None:
    ttd = offline(failure, failure, fine, retry=Retry(sleep=lambda _: None))
    check(ttd)
    transport: Any = ttd.transport
    assert len(transport.calls) == 3
    assert all(call.json["validateInputOnly"] for call in transport.calls)


def test_what_it_finds_is_an_error_and_nothing_counts_as_saved(offline: Offline) -> None:
    ttd = offline(reply({"title": "no", "status": 400, "errors": {"primaryInput.name": ["too long"]}}, status=400), {})
    campaign = ttd.new("campaign", CAMPAIGN)
    with pytest.raises(ValidationError, match="name: too long"):
        campaign.save(validate_only=True)
    assert set(campaign.save(validate_only=True)) == set(CAMPAIGN)
    assert set(campaign.changes()) == set(CAMPAIGN)


@pytest.mark.parametrize("answer", [b"", b"{}", b'{"campaign": null}', b'{"campaign": {"id": null}}'], ids=repr)
def test_its_answer_may_be_empty(offline: Offline, answer: bytes) -> None:
    """No fact shows what a validation answers, so nothing in it is required."""
    offline(reply(answer, "application/json")).new("campaign", CAMPAIGN).save(validate_only=True)


@pytest.mark.parametrize("kind", ["campaign", "ad_group"])
def test_archiving_knows_no_validation(offline: Offline, kind: str) -> None:
    ttd = offline()
    with pytest.raises(ClientError, match="archive takes no validate_only"):
        changed(ttd, kind).archive(validate_only=True)


def test_other_records_know_no_validation(offline: Offline) -> None:
    with pytest.raises(ClientError, match="only for campaigns and ad groups"):
        offline().new("seed", name="x", advertiser_id="a1").save(validate_only=True)


def test_an_answer_of_another_shape_is_read_again(offline: Offline) -> None:
    ttd = offline(*[[1]] * 2, retry=None)
    with pytest.raises(ParserException, match="not a JSON object"):
        ttd.new("campaign", CAMPAIGN).save(validate_only=True)
    ttd = offline(FAILURES["500"], retry=None)
    with pytest.raises(UnavailableError, match="new campaign was not saved: oops"):
        ttd.new("campaign", CAMPAIGN).save(validate_only=True)
