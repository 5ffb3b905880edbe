"""What an answer must have to be a success: anything else is an error, never no rows, never a save that went well."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adplatforms.core.errors import AmbiguousWrite, ParserException
from adplatforms.core.testing import reply
from adplatforms.pinterest import Pinterest, arguments, success
from adplatforms.pinterest.description import OPERATIONS
from adplatforms.pinterest.jobs import MMMReportJob

Offline = Callable[..., Pinterest]

EMPTY: list[Any] = [
    reply(b"", status=204),
    reply(b""),
    reply(b"  "),
    {},
    reply("null"),
    [],
    reply("7"),
    reply('"so"'),
    {"code": 5, "message": "Something went wrong"},
]
"""Answers with the status of a success that no page, record or batch has."""
NO_ROWS: list[Any] = [
    {"items": None},
    {"items": {}},
    {"items": [None]},
    {"items": ["7"]},
    {"items": [{}]},
    {"items": [{"id": None}]},
    {"bookmark": None},
    {"items": [], "bookmark": ["x"]},
    {"code": 5, "message": "Something went wrong", "items": []},
]


@pytest.mark.parametrize("answer", [*EMPTY, *NO_ROWS])
def test_a_listing_without_its_rows_is_an_error(offline: Offline, answer: Any) -> None:
    with pytest.raises(ParserException, match="GET ad_accounts/549755885175/campaigns"):
        list(offline(answer).campaigns)
    with pytest.raises(ParserException, match="GET ad_accounts/549755885175/campaigns: "):
        offline(answer).campaigns.count()
    with pytest.raises(ParserException, match="GET ad_accounts/549755885175/campaigns: "):
        list(offline(answer).call_pages("campaigns/list"))
    with pytest.raises(ParserException, match="GET ad_accounts/549755885175/campaigns: "):
        offline(answer).call("campaigns/list")


def test_an_empty_page_without_a_bookmark_is_no_error(offline: Offline) -> None:
    assert list(offline({"items": []}).campaigns) == []
    assert list(offline({"items": [], "bookmark": None}).campaigns) == []


@pytest.mark.parametrize("answer", EMPTY)
def test_a_record_without_its_id_is_an_error(offline: Offline, answer: Any) -> None:
    with pytest.raises(ParserException, match="GET ad_accounts/549755885175/campaigns/7"):
        offline(answer).get("campaigns", "7")
    with pytest.raises(ParserException, match="GET boards/7: "):
        list(offline(answer).boards.where(id="7"))


@pytest.mark.parametrize("answer", [*EMPTY, *NO_ROWS])
def test_a_save_that_tells_nothing_is_unsure(offline: Offline, answer: Any) -> None:
    pin = offline(answer)
    campaign = pin.new("campaigns", name="Spring", objective_type="AWARENESS")
    with pytest.raises(AmbiguousWrite, match=r"POST .*/campaigns: .*may have been applied"):
        campaign.save()
    board = offline(answer).new("boards", name="Spring")
    with pytest.raises(AmbiguousWrite, match=r"POST boards: .*may have been applied"):
        board.save()
    assert [each.to_dict().get("id") for each in (campaign, board)] == [None, None]


@pytest.mark.parametrize("body", [b"", b"{}", b"null", b"[]", b'"Gone"'])
@pytest.mark.parametrize("status", [200, 204])
def test_a_deletion_may_answer_with_a_body_or_without(offline: Offline, status: int, body: bytes) -> None:
    pin = offline({"id": "8", "name": "Spring"}, reply(body, status=status))
    pin.get("boards", "8").delete()
    assert len(pin.transport.calls) == 2


def test_an_error_that_comes_as_a_success_deletes_nothing(offline: Offline) -> None:
    pin = offline({"id": "8", "name": "Spring"}, {"code": 40, "message": "Board not found."})
    with pytest.raises(AmbiguousWrite, match="DELETE boards/8: an error came with the status of a success"):
        pin.get("boards", "8").delete()


@pytest.mark.parametrize("answer", [*EMPTY[:5], *EMPTY[6:]])
def test_figures_without_rows_are_an_error(offline: Offline, answer: Any) -> None:
    today: dict[str, Any] = {"start": arguments.today(), "end": arguments.today()}
    with pytest.raises(ParserException, match="/campaigns/analytics: "):
        offline(answer).analytics("campaigns", ["7"], ["SPEND_IN_DOLLAR"], **today)
    with pytest.raises(ParserException, match="/targeting_analytics: "):
        offline(answer).targeting_analytics("campaigns", ["7"], ["GENDER"], ["SPEND_IN_DOLLAR"], **today)
    with pytest.raises(ParserException, match=r"pins/analytics: |figures of none of the pins"):
        offline(answer).pin_analytics(["7"], ["IMPRESSION"], **today)
    with pytest.raises(ParserException, match=r"user_account/analytics: |has no figures"):
        offline(answer).user_analytics(**today)


@pytest.mark.parametrize("answer", EMPTY)
def test_jobs_and_uploads_without_a_token_are_an_error(offline: Offline, answer: Any, tmp_path: Path) -> None:
    with pytest.raises(ParserException, match=r"POST .*/reports: "):
        offline(answer).submit_report("CAMPAIGN", ["SPEND_IN_DOLLAR"], "2026-01-01", "2026-01-31")
    with pytest.raises(ParserException, match=r"GET .*/reports: "):
        offline(answer).report_job("tok").look()
    with pytest.raises(ParserException, match="bulk/download: "):
        offline(answer).bulk_download("CAMPAIGN")
    with pytest.raises(AmbiguousWrite, match=r"bulk/upsert: .*may have been applied"):
        offline(answer).bulk_upsert(update={"campaigns": [{"id": "7", "ad_account_id": "5", "name": "x"}]})
    with pytest.raises(ParserException, match="GET media/7: "):
        offline(answer).media_job("7").look()
    video = tmp_path / "spring.mp4"
    video.write_bytes(b"x")
    with pytest.raises((ParserException, AmbiguousWrite), match=r"POST media: .*may have been applied"):
        offline(answer).submit_video(video)


def test_a_report_for_marketing_mix_models_may_lack_its_data(offline: Offline) -> None:
    fine, gone = {"code": 0, "message": "ok", "status": "success"}, {"code": 5, "message": "Gone", "status": "failure"}
    state = MMMReportJob(offline(fine), "tok", ad_account_id="5").look()
    assert (state.done, state.failed) == (False, False)
    with pytest.raises(ParserException, match="an error came with the status of a success"):
        MMMReportJob(offline(gone), "tok", ad_account_id="5").look()


def test_the_number_of_what_was_made_is_checked(offline: Offline) -> None:
    group = {"name": "x", "feed_id": "1", "filters": {"all_of": [{"BRAND": {"values": ["x"]}}]}}
    with pytest.raises(AmbiguousWrite, match="1 ids, 2 groups were sent"):
        offline(["1"]).create_product_groups([group, {**group, "name": "y"}])


def test_answers_that_hold_credentials_are_not_shown(offline: Offline) -> None:
    with pytest.raises(ParserException, match="feeds/7: the answer has no id") as caught:
        offline({"credentials": {"password": "hunter2"}}).get("feeds", "7")
    assert "hunter2" not in str(caught.value)


# whose answer it is


@pytest.mark.parametrize("row", [{"id": "8"}, {"id": "7", "ad_account_id": "5"}, {"id": "7", "type": "adgroup"}])
def test_a_read_by_id_is_not_answered_by_another_record(offline: Offline, row: dict[str, Any]) -> None:
    with pytest.raises(ParserException, match="the answer is about another record"):
        offline(row).get("campaigns", "7")


def test_ids_that_are_read_one_by_one_are_each_compared(offline: Offline) -> None:
    pin = offline({"id": "1", "name": "a"}, {"id": "1", "name": "a"})
    with pytest.raises(ParserException, match="the answer is about another record: 1, not 2"):
        list(pin.boards.where(id=["1", "2"]))


def test_a_listing_has_rows_of_its_own_class(offline: Offline) -> None:
    with pytest.raises(ParserException, match="of the type adgroup, not campaign"):
        list(offline({"items": [{"id": "1", "type": "campaign"}, {"id": "2", "type": "adgroup"}]}).campaigns)


def test_an_audience_that_was_received_belongs_to_another_account(offline: Offline) -> None:
    assert offline({"id": "7", "ad_account_id": "5", "type": "audience"}).get("audiences", "7").ad_account_id == "5"


@pytest.mark.parametrize(
    ("operation", "words", "row"),
    [
        ("media/get", {"media_id": "7"}, {"media_id": "8", "status": "succeeded"}),
        ("boards/get", {"board_id": "7"}, {"id": "8", "name": "x"}),
        ("customer_list_uploads/get", {"customer_list_id": "1", "customer_list_upload_id": "7"}, {"id": "8"}),
        ("items_batch/get", {"batch_id": "7"}, {"batch_id": "8", "status": "COMPLETED"}),
        ("integrations_commerce/get", {"external_business_id": "7"}, {"id": "1", "external_business_id": "8"}),
    ],
)
def test_a_call_about_one_record_is_not_answered_by_another(
    offline: Offline, operation: str, words: dict[str, str], row: dict[str, Any]
) -> None:
    with pytest.raises(ParserException, match="the answer is about another record: 8, not 7"):
        offline(row).call(operation, **words)
    fine = {name: "7" if value == "8" else value for name, value in row.items()}
    assert offline(fine).call(operation, **words) == fine


def test_an_update_of_one_record_is_not_answered_by_another(offline: Offline) -> None:
    with pytest.raises(AmbiguousWrite, match="the answer is about another record: 8, not 7"):
        offline({"id": "8"}).call("boards/update", board_id="7", name="x")


# the facts


def test_every_recorded_answer_passes(spec: Path) -> None:
    folder = spec / "pinterest" / "samples"
    resources = json.loads((spec / "pinterest" / "resources.json").read_bytes())["resources"]
    judged = 0
    for name, resource in resources.items():
        if not (folder / f"{name}.json").is_file():  # there is no listing and no record of it
            continue
        sample = json.loads((folder / f"{name}.json").read_bytes())
        for role, told in (("get", sample), ("list", {"items": [sample], "bookmark": None})):
            operation = resource["operations"].get(role, {}).get("operation")
            if operation is None or OPERATIONS[operation].answer not in ("object", "page", "items"):
                continue
            body = told if OPERATIONS[operation].answer != "object" else sample
            assert success.lacking(body, OPERATIONS[operation]) == "", (name, role)
            judged += 1
    assert judged > 60
    for file, operation in ENVELOPES.items():
        body = json.loads((folder / f"envelope.{file}.json").read_bytes())
        assert success.lacking(body, OPERATIONS[operation]) == "", file


ENVELOPES = {
    "analytics_campaigns": "campaigns/analytics",
    "batch_ad_groups_mixed": "ad_groups/create",
    "batch_ads_mixed": "ads/create",
    "batch_campaigns_mixed": "campaigns/create",
    "batch_product_group_promotions_mixed": "product_group_promotions/create",
    "batch_promotions_mixed": "promotions/create",
    "bulk_done": "bulk_request/get",
    "page_empty": "campaigns/list",
    "page_last": "campaigns/list",
    "page_of_labels": "labels/list",
    "page_with_more": "campaigns/list",
    "report_create": "analytics/create_report",
    "report_done": "analytics/get_report",
    "report_running": "analytics/get_report",
    "split_keywords_mixed": "keywords/create",
    "split_labels_mixed": "labels/create",
    "unpaged_conversion_tags": "conversion_tags/list",
}


def test_every_operation_refuses_what_says_nothing() -> None:
    for operation in OPERATIONS.values():
        silent = operation.answer == "empty" or operation.method == "DELETE"
        assert bool(success.lacking(None, operation)) is not silent, operation
        free = silent or (operation.answer == "object" and not (operation.success.needs or operation.success.some))
        assert bool(success.lacking({}, operation)) is not free, operation
        assert success.lacking({"code": 1, "message": "No"}, operation), operation


def test_rows_of_another_kind_are_named() -> None:
    page, texts = OPERATIONS["campaigns/list"], OPERATIONS["catalogs_product_groups/create_many"]
    assert success.lacking({"items": ["7"]}, page) == "the answer has rows that are not objects"
    assert texts.success.rows == "string"
    assert success.lacking([{"id": "7"}], texts) == "the answer has rows that are not text"
    assert success.lacking(["7"], texts) == ""


def test_null_stands_for_none_where_the_description_says_so(offline: Offline) -> None:
    assert offline(reply("null")).targeting_options("GENDER") == []
    for answer in (reply(b""), reply(b"", status=204)):
        with pytest.raises(ParserException, match="HTTP success without a body"):
            offline(answer).targeting_options("GENDER")


def test_an_id_that_the_path_does_not_name_is_not_compared(offline: Offline) -> None:
    assert offline({"id": "1"}).call("integrations_commerce/get", external_business_id="7") == {"id": "1"}
