"""Answers to errors, rows and quotas. Source of the codes: wire.md, sections 7 and 8."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from adplatforms.core.errors import (
    AmbiguousWrite,
    APIError,
    AuthRequiredError,
    DeniedError,
    LoginError,
    NotFoundError,
    ParserException,
    RateLimitError,
    UnavailableError,
    UnreadableValueError,
    ValidationError,
)
from adplatforms.core.messages import Answer, Request
from adplatforms.core.state import EntityState
from adplatforms.core.testing import reply
from adplatforms.net.retry import Retry
from adplatforms.pinterest import Pinterest, answers, errors, limits, read
from adplatforms.pinterest.entities import PinterestEntity
from adplatforms.pinterest.errors import NoCatalogError, SpamError

Offline = Callable[..., Pinterest]
READ, WRITE = Request("GET", "ads", category="ads_read"), Request("POST", "ads", writes=True)


def told(status: int, body: Any, request: Request = READ, **headers: str) -> APIError:
    answer = reply(body, status=status, **headers)
    return errors.error(Answer(answer.status, answer.headers, answer.content, request))


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (400, 1, ValidationError),
        (400, 8, ValidationError),
        (400, 12, UnavailableError),
        (400, 4196, ValidationError),
        (401, 2, AuthRequiredError),
        (401, 401, AuthRequiredError),
        (401, 3, DeniedError),
        (401, 29, DeniedError),
        (401, 283, LoginError),
        (401, 40, DeniedError),
        (403, 2, DeniedError),
        (403, 2625, DeniedError),
        (403, 7, DeniedError),
        (404, 50, NotFoundError),
        (409, 4176, DeniedError),
        (409, 4179, ValidationError),
        (409, 4182, NoCatalogError),
        (422, 1, ValidationError),
        (429, 8, RateLimitError),
        (429, 29, RateLimitError),
        (500, 1, UnavailableError),
        (500, 50, UnavailableError),
        (501, 50, APIError),
        (503, 4197, UnavailableError),
    ],
)
def test_codes_and_statuses_are_typed(status: int, code: int, kind: type[APIError]) -> None:
    error = told(status, {"code": code, "message": "So it is"}, x_pinterest_rid="r-1")
    assert (type(error), error.code, error.status, error.request_id) == (kind, code, status, "r-1")
    assert "So it is" in str(error)
    assert error.request == "GET ads"


@pytest.mark.parametrize("body", [{"code": 2, "message": "Authentication failed."}, ""])
def test_a_token_that_has_ended_tells_what_to_do(body: Any) -> None:
    assert "refresh_token= with client_id=, client_secret=" in str(told(401, body))


def test_a_protected_board_is_no_question_of_signing_in(offline: Offline) -> None:
    pin = offline(reply({"code": 29, "message": "You are not permitted"}, status=401))
    with pytest.raises(DeniedError, match="not permitted"):
        pin.get("boards", "1")
    assert len(pin.transport.calls) == 1


def test_a_throttled_400_is_throttling() -> None:
    error = told(400, {"code": 0, "message": "Too many requests. Retry after 17 seconds"})
    assert isinstance(error, RateLimitError)
    assert (error.retry_after, error.transient) == (17.0, True)


def test_spam_is_never_repeated() -> None:
    error = told(429, {"code": 9, "message": "Blocked", "message_detail": "This looks like spam, wait a while"})
    assert isinstance(error, SpamError)
    assert error.transient is False


@pytest.mark.parametrize(("request_", "again"), [(READ, True), (WRITE, False)])
def test_code_12_is_tried_again_for_reads_only(request_: Request, again: bool) -> None:
    assert told(400, {"code": 12, "message": "Something went wrong"}, request_).transient is again


@pytest.mark.parametrize("status", [501, 505])
def test_what_pinterest_does_not_offer_is_asked_for_once(offline: Offline, status: int) -> None:
    """Waiting does not help, nor does a smaller page."""
    pin = offline(reply({"code": 1, "message": "Not implemented"}, status=status), retry=Retry(sleep=lambda _: None))
    with pytest.raises(APIError, match="Not implemented") as caught:
        list(pin.campaigns)
    assert type(caught.value) is APIError
    assert len(pin.transport.calls) == 1


@pytest.mark.parametrize(
    ("body", "own"),
    [
        ({"code": 1, "message": "No"}, True),
        ({"code": 1}, False),
        ({"message": "No"}, False),
        ({"code": "1", "message": "No"}, False),
        ({"code": "denied", "message": "No"}, False),
        ({"code": True, "message": "No"}, False),
        ({"code": 1, "message": {"text": "No"}}, False),
        ([], False),
        ("No", False),
    ],
    ids=str,
)
def test_only_a_number_and_a_message_are_pinterests_own_words(body: Any, own: bool) -> None:
    error = told(400, body if isinstance(body, str) else json.dumps(body), WRITE)
    assert error.answered is own
    assert isinstance(error, ValidationError)


@pytest.mark.parametrize(
    ("status", "unsure"),
    [(400, False), (408, True), (429, False), (500, True), (501, False), (503, False), (504, True), (505, False)],
)
def test_a_failure_does_not_say_how_far_a_write_came(status: int, unsure: bool) -> None:
    assert told(status, {"code": 1, "message": "No"}, WRITE).unsure is unsure


@pytest.mark.parametrize("status", [400, 429])
def test_who_asks_to_wait_decides_whether_a_write_is_repeated(status: int) -> None:
    words = "Too many. Retry after 2.5 seconds"
    for request, body, transient in (
        (READ, {"message": words}, True),
        (WRITE, {"message": words}, None),
        (WRITE, {"code": 0, "message": words}, True),
    ):
        error = told(status, body, request)
        assert (type(error), error.retry_after, error.transient) == (RateLimitError, 2.5, transient)
    assert told(404, {"code": 0, "message": words}).retry_after is None


def test_the_word_spam_means_spam_only_where_calls_are_limited() -> None:
    assert type(told(403, {"code": 9, "message": "No spam, please"})) is DeniedError


def test_an_error_has_its_body_a_cure_and_a_reason() -> None:
    body = {"code": 4182, "message": "There is no catalog"}
    error = told(409, body)
    assert (error.body, error.hint, error.message) == (
        body,
        "make one first: new('catalogs', ...)",
        "There is no catalog",
    )
    bare = told(409, "")
    assert (bare.body, bare.hint, bare.message, bare.code) == (None, "", "no reason given", None)
    assert told(409, {"code": 4182}).message.startswith('{"code": 4182')


@pytest.mark.parametrize(
    ("exceptions", "kind", "code", "message"),
    [
        ({"code": 5}, ValidationError, 5, "{'code': 5}"),
        ([{"message": "a"}, None, {"code": 30, "message": "b"}], NotFoundError, 30, "a; b"),
        (["a", {"code": "30", "message": "b"}], ValidationError, "30", "a; b"),
        ({"code": 2384, "message": "a"}, ValidationError, 2384, "a"),
    ],
)
def test_the_exceptions_of_an_item_are_one_error(
    exceptions: Any, kind: type[APIError], code: Any, message: str
) -> None:
    error = errors.failure(exceptions, {})
    assert error is not None
    assert (type(error), error.code, error.message) == (kind, code, message)
    assert error.hint == ("set daily_spend_cap or lifetime_spend_cap" if code == 2384 else "")
    assert all(errors.failure(nothing, {}) is None for nothing in (None, [], {}, [None], ""))


def test_a_quota_is_that_of_the_calls_category() -> None:
    headers = {"x_ratelimit_limit": "100, 100;w=1", "x_ratelimit_remaining": "7", "x_ratelimit_reset": "2.5"}
    for request, category in ((READ, "ads_read"), (WRITE, "all")):
        answer = reply({}, **headers)
        quota = limits.quota(Answer(200, answer.headers, b"{}", request))
        assert quota is not None
        assert (quota.category, quota.limit, quota.remaining, quota.reset) == (category, 100, 7, 2.5)
    assert limits.quota(reply({})) is None


def test_a_gateways_page_is_an_error_with_status_and_excerpt() -> None:
    error = told(502, "<html><h1>Bad gateway</h1></html>", content_type="text/html")
    assert (type(error), error.status, error.code) == (UnavailableError, 502, None)
    assert "Bad gateway" in str(error)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 429, 503])
@pytest.mark.parametrize(
    "body",
    [
        {"message": "Unauthorized"},
        {"error": "no"},
        {"code": "Throttled", "message": "Retry after 5 seconds"},
        {"code": 8},
        {"code": True, "message": "no"},
        {"fault": {"faultstring": "no"}},
        ["no"],
    ],
)
def test_an_error_in_json_that_is_not_pinterests_leaves_a_write_open(offline: Offline, status: int, body: Any) -> None:
    """Gateways answer in JSON too, before and behind Pinterest: the create is not repeated."""
    pin = offline(reply(body, status=status))
    with pytest.raises(AmbiguousWrite, match="the answer to POST boards was lost"):
        pin.new("boards", name="Spring").save()


@pytest.mark.parametrize("status", [408, 500, 502, 504])
def test_a_failure_with_a_code_leaves_a_write_open(status: int) -> None:
    assert told(status, {"code": 1, "message": "failed"}, WRITE).unsure


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 429, 501, 503])
def test_a_refusal_of_pinterests_own_does_not(status: int) -> None:
    assert not told(status, {"code": 1, "message": "no"}, WRITE).unsure


def test_details_are_part_of_the_message() -> None:
    error = told(422, {"code": 4196, "message": "Invalid", "details": {"events": ["no e-mail"]}})
    assert "no e-mail" in str(error)


def test_html_with_status_200_is_an_error_too() -> None:
    with pytest.raises(APIError, match="Sign in to the hotel"):
        answers.body(reply("<html>Sign in to the hotel</html>", content_type="text/html"))
    with pytest.raises(ParserException, match="the answer cannot be read"):
        answers.body(reply('{"items": [', content_type="application/json"))


@pytest.mark.parametrize(
    "value", [1740787200, "1740787200", 1740787200.0, "2025-03-01T00:00:00", "2025-03-01T00:00:00Z"]
)
def test_a_time_is_read_in_whichever_form_it_comes(offline: Offline, value: Any) -> None:
    pin = offline(reply({"items": [{"id": "7", "created_time": value, "start_time": None}]}))
    (campaign,) = pin.get_all("campaigns")
    assert (campaign.created_time, campaign.start_time) == (datetime(2025, 3, 1, tzinfo=UTC), None)


def test_milliseconds_are_read_in_whichever_form_they_come(offline: Offline) -> None:
    values = [1740787200000, "1740787200000", "2025-03-01T00:00:00"]
    pin = offline(reply({"items": [{"id": str(n), "created_at": value} for n, value in enumerate(values)]}))
    assert {group.created_at for group in pin.product_groups} == {datetime(2025, 3, 1, tzinfo=UTC)}


def test_a_time_that_is_none_says_what_came(offline: Offline) -> None:
    pin = offline(reply({"items": [{"id": "7", "created_time": "soon"}]}))
    with pytest.raises(UnreadableValueError, match=r"campaign 7\.created_time: the server sent 'soon'"):
        pin.campaigns.first().created_time  # noqa: B018


@pytest.mark.parametrize(
    ("collection", "row", "shown"),
    [
        ("keywords", {"id": "7", "value": "linen dress"}, "<Keyword id=7 value='linen dress'>"),
        ("labels", {"id": "7", "value": "spring"}, "<Label id=7 value='spring'>"),
        ("pins", {"id": "7", "title": "A dress"}, "<Pin id=7 title='A dress'>"),
        ("pins", {"id": "7", "title": None}, "<Pin id=7>"),
    ],
)
def test_records_are_shown_by_what_people_know_them_by(
    offline: Offline, collection: str, row: dict[str, Any], shown: str
) -> None:
    assert repr(offline(reply({"items": [row]})).query(collection).first()) == shown


def test_quotas_are_told_per_category() -> None:
    headers = {
        "x_ratelimit_limit": "100, 100;w=1, 1000;w=60",
        "x_ratelimit_remaining": "99",
        "x_ratelimit_reset": "67150",
    }
    answer = reply({}, **headers)
    quota = limits.quota(Answer(200, answer.headers, b"{}", READ))
    assert quota is not None
    assert (quota.category, quota.limit, quota.remaining, quota.reset) == ("ads_read", 100, 99, 67150.0)
    assert limits.quota(reply({})) is None


def test_labels_are_read_in_both_forms(offline: Offline, page: Any) -> None:
    label = {"id": "1", "value": "x"}
    pin = offline(page([{"labels": [label], "errors": []}]), page([label]))
    assert [each.id for each in pin.labels] == [each.id for each in pin.labels] == ["1"]


@pytest.mark.parametrize("told", [{"items": 7}, {"items": [], "bookmark": ["b"]}, [], "ok", {"items": {"id": "1"}}])
def test_an_answer_of_another_shape_is_unreadable(offline: Offline, told: Any) -> None:
    with pytest.raises(
        ParserException, match=r"rows are not a list|bookmark is neither|is not a page of rows|rows that are not"
    ):
        list(offline(reply(json.dumps(told), content_type="application/json")).campaigns)


@pytest.mark.parametrize(
    "told", [{"keywords": [7], "errors": 7}, {"keywords": [], "errors": [7]}, {"items": 7}, [7], 7, {}, None]
)
def test_a_save_whose_answer_tells_nothing_may_have_been_applied(offline: Offline, told: Any) -> None:
    pin = offline(reply(json.dumps(told), content_type="application/json"))
    keyword = pin.new("keywords", parent_id="5", value="a", match_type="BROAD")
    with pytest.raises(AmbiguousWrite, match="may have been applied"):
        keyword.save()
    assert "value" in keyword.changes()


@pytest.mark.parametrize("told", ["{}", "null", "", "7"])
def test_an_update_that_is_answered_with_nothing_does_not_count_as_saved(
    offline: Offline, page: Any, told: str
) -> None:
    row = {"id": "7", "name": "old"}
    pin = offline(page([row]), reply(told, content_type="application/json"), row, row, row)
    board = pin.boards.first()
    assert board is not None
    board.name = "new"
    with pytest.raises(AmbiguousWrite, match="may have been applied"):
        board.save()
    assert "name" in board.changes()


# lenient reading


def test_every_recorded_sample_reads(spec: Path) -> None:
    """Every field of every sample, and the row comes out whole."""
    for path in sorted((spec / "pinterest/samples").glob("*.json")):
        model = PinterestEntity.__model__.registry.collections.get(path.stem)
        if model is None:
            continue
        sample = json.loads(path.read_bytes())
        rows, _ = read.rows(sample, "array" if isinstance(sample, list) else "object")
        for row in rows:
            entity = model.__model__.wrap(model.__model__.adapt(dict(row), {}), EntityState(model()).peers)
            for name in model.__model__.fields:
                getattr(entity, name)
            assert len(entity.to_dict()) >= len(row)


@pytest.mark.parametrize("collection", sorted(PinterestEntity.__model__.registry.collections))
def test_nulls_and_numbers_as_text_never_break_reading(collection: str) -> None:
    model = PinterestEntity.__model__.registry.collections[collection]
    numbers = ("Int", "Float", "Micros", "EpochSeconds", "EpochMillis", "Days")
    fields = model.__model__.fields.values()
    for row in (
        {field.wire: None for field in fields},
        {field.wire: "1740787200" for field in fields if type(field).__name__ in numbers},
        {field.wire: 7 for field in fields if type(field).__name__ == "Id"},
        {field.wire: "BRAND_NEW" for field in fields if type(field).__name__ == "Choice"},
        {"a_member_of_next_year": 1},
    ):
        entity = model.__model__.wrap(dict(row), EntityState(model()).peers)
        values = {name: getattr(entity, name) for name in model.__model__.fields}
        assert all(values[name] == "7" for name in values if row.get(model.__model__.fields[name].wire) == 7)
        assert all(
            values[name] == "BRAND_NEW" for name in values if row.get(model.__model__.fields[name].wire) == "BRAND_NEW"
        )
        assert getattr(entity, "a_member_of_next_year", 1) == 1


def test_a_member_that_is_missing_is_null(offline: Offline, page: Any) -> None:
    campaign = offline(page([{"id": "1"}])).campaigns.first()
    assert campaign is not None
    assert (campaign.name, campaign.daily_spend_cap, campaign.start_time) == (None, None, None)
