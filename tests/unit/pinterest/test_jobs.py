"""Jobs: submitted, waited for, their files fetched without the token; uploads likewise."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson
import pytest

from adplatforms.core.errors import AdPlatformsError, ClientError, InvalidValueError, JobError, ParserException
from adplatforms.core.messages import Answer, Request
from adplatforms.core.testing import FakeTransport, reply
from adplatforms.net.retry import Retry
from adplatforms.pinterest import Pinterest, arguments
from adplatforms.pinterest.fields import Id
from adplatforms.pinterest.operations import CustomerListOperations

ACCOUNT = "549755885175"
TODAY = date(2026, 11, 22)
LINK = "https://files.example.org/report?signature=abc"
RUNNING = {"report_status": "IN_PROGRESS", "url": None, "size": None}
FINISHED = {"report_status": "FINISHED", "url": LINK, "size": 10}
CREATED = {"report_status": "IN_PROGRESS", "token": "tok", "message": ""}

Talk = tuple[Pinterest, list[Request], list[Any]]


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arguments, "today", lambda: TODAY)


@pytest.fixture
def talk() -> Iterator[Talk]:
    """A session that never sleeps, what it sent, and the answers that are still to come: bodies, or whole ones."""
    answers: list[Any] = []

    def answer(request: Request) -> Answer:
        found = answers.pop(0)
        return found if isinstance(found, Answer) else reply(found)

    transport = FakeTransport(answer)
    session = Pinterest("a-token", ad_account_id=ACCOUNT, transport=transport, retry=Retry(sleep=lambda seconds: None))
    yield session, transport.calls, answers
    session.close()


def test_a_report_in_one_call(talk: Talk) -> None:
    session, calls, answers = talk
    file = {"1": [{"CAMPAIGN_ID": 1, "DATE": "2026-11-01", "SPEND_IN_MICRO_DOLLAR": 5}], "2": [{"CAMPAIGN_ID": 2}]}
    answers += [CREATED, RUNNING, FINISHED, file]
    seen: list[str] = []
    rows = session.report(
        "CAMPAIGN", "SPEND_IN_MICRO_DOLLAR", "2026-11-01", TODAY, click_window_days=0,
        progress=lambda state: seen.append(state.status),
    )  # fmt: skip
    assert rows == [
        {"CAMPAIGN_ID": "1", "DATE": date(2026, 11, 1), "SPEND_IN_MICRO_DOLLAR": Decimal(5)},
        {"CAMPAIGN_ID": "2"},
    ]
    assert seen == ["IN_PROGRESS", "FINISHED"]
    assert calls[0].json == {
        "level": "CAMPAIGN",
        "columns": ["SPEND_IN_MICRO_DOLLAR"],
        "start_date": "2026-11-01",
        "end_date": "2026-11-22",
        "granularity": "DAY",
        "report_format": "JSON",
        "click_window_days": 0,
    }
    assert not calls[0].writes
    assert [dict(call.params) for call in calls[1:3]] == [{"token": "tok"}] * 2
    assert calls[3].path == LINK


def test_a_job_is_resumed_by_its_token(talk: Talk) -> None:
    session, calls, answers = talk
    answers += [CREATED, RUNNING, FINISHED, [{"AD_ID": 1}]]
    token = session.submit_report("PIN_PROMOTION", "IMPRESSION_1", TODAY, TODAY, "HOUR").id
    job = session.report_job(token)
    assert (job.status, job.done) == ("IN_PROGRESS", True)
    assert list(job.rows()) == [{"AD_ID": "1"}]
    assert len(calls) == 4


def test_csv_is_read_line_by_line(talk: Talk) -> None:
    session, _, answers = talk
    text = "CAMPAIGN_ID,CAMPAIGN_NAME,DATE,SPEND_IN_MICRO_DOLLAR,CTR\n"
    text += '1,"Spring, ""2026""\n sale",2026-11-01,5,0.5\n2,7,,,\n'
    answers += [FINISHED, reply(text, "text/csv")]
    assert session.report_job("tok").result() == [
        {
            "CAMPAIGN_ID": "1",
            "CAMPAIGN_NAME": 'Spring, "2026"\n sale',
            "DATE": date(2026, 11, 1),
            "SPEND_IN_MICRO_DOLLAR": Decimal(5),
            "CTR": 0.5,
        },
        {"CAMPAIGN_ID": "2", "CAMPAIGN_NAME": "7"},
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A,B\n1,2,3\n", "more values than its head has names"),
        ("A\n" + "x" * 140_000 + "\n", "not CSV: field larger"),
        ('{"1": [{"AD_ID"', "not JSON: it was cut"),
    ],
)
def test_a_file_that_is_broken_is_an_error(talk: Talk, text: str, told: str) -> None:
    session, _, answers = talk
    answers += [FINISHED, reply(text, "text/csv")]
    with pytest.raises(ParserException, match=told):
        session.report_job("tok").result()


def test_a_file_is_saved_as_it_is(talk: Talk, tmp_path: Path) -> None:
    session, _, answers = talk
    answers += [FINISHED, reply("a,b\n1,2\n", "text/csv")]
    assert session.report_job("tok").save(tmp_path / "report.csv") == 8
    assert (tmp_path / "report.csv").read_text() == "a,b\n1,2\n"


def test_an_empty_report_has_no_rows(talk: Talk) -> None:
    session, _, answers = talk
    answers += [FINISHED, {}, {**FINISHED, "size": 0}, reply("", "text/csv")]
    assert session.report_job("a").result() == []
    assert session.report_job("b").result() == []


@pytest.mark.parametrize("body", ["", "<html>Please sign in</html>", '{"code": 5, "message": "Gone"}'])
def test_a_file_that_came_otherwise_than_told_is_no_report_without_rows(talk: Talk, body: str) -> None:
    session, _, answers = talk
    answers += [FINISHED, reply(body, "text/csv")]
    with pytest.raises(ParserException, match="ask for the result again"):
        session.report_job("a").result()


def test_a_link_that_has_ended_is_asked_for_again(talk: Talk) -> None:
    session, calls, answers = talk
    answers += [FINISHED, reply("expired", "text/plain", 403), {**FINISHED, "url": f"{LINK}2"}, [{"AD_ID": 1}]]
    assert session.report_job("tok").result() == [{"AD_ID": "1"}]
    assert calls[3].path == f"{LINK}2"


@pytest.mark.parametrize("status", ["FAILED", "EXPIRED", "CANCELLED", "DOES_NOT_EXIST"])
def test_a_report_that_failed_is_an_error(talk: Talk, status: str) -> None:
    session, _, answers = talk
    answers += [{"report_status": status, "url": None, "size": None}]
    with pytest.raises(JobError, match=f"tok.* ended as {status}"):
        session.report_job("tok").result()


def test_a_report_whose_file_is_gone_is_an_error(talk: Talk) -> None:
    session, _, answers = talk
    answers += [FINISHED, reply("gone", "text/plain", 404), {"report_status": "EXPIRED"}]
    with pytest.raises(JobError, match=r"EXPIRED .*submit it again"):
        session.report_job("tok").result()


def test_long_ranges_are_several_reports(talk: Talk) -> None:
    session, calls, answers = talk
    start = TODAY - timedelta(days=186)
    answers += [{**CREATED, "token": "a"}, {**CREATED, "token": "b"}]
    answers += [FINISHED, [{"AD_ID": 1}], FINISHED, [{"AD_ID": 2}]]
    assert session.report("PIN_PROMOTION", "IMPRESSION_1", start, TODAY) == [{"AD_ID": "1"}, {"AD_ID": "2"}]
    asked = [(call.json["start_date"], call.json["end_date"]) for call in calls[:2]]
    assert asked == [(str(start), "2026-11-21"), ("2026-11-22", "2026-11-22")]
    with pytest.raises(ClientError, match=r"covers 186 days .*report"):
        session.submit_report("PIN_PROMOTION", "IMPRESSION_1", start, TODAY)


@pytest.mark.parametrize(
    ("level", "granularity", "back", "told"),
    [
        ("CAMPAIGN", "DAY", 915, "reach back 914 days"),
        ("CAMPAIGN", "HOUR", 9, "reach back 8 days"),
        ("PRODUCT_ITEM", "DAY", 93, "reach back 92 days"),
        ("CAMPAIGN", "TOTAL", 186, "covers 186 days, and figures by TOTAL of parts do not add up"),
    ],
)
def test_what_no_report_reaches_is_refused(talk: Talk, level: str, granularity: str, back: int, told: str) -> None:
    session, calls, _ = talk
    with pytest.raises(ClientError, match=told):
        session.report(level, "IMPRESSION_1", TODAY - timedelta(days=back), TODAY, granularity)
    assert calls == []


def test_a_wrong_filter_of_a_report_is_refused(talk: Talk) -> None:
    session, calls, _ = talk
    with pytest.raises(ClientError, match=r"'campaign_id'.*'campaign_ids'"):
        session.report("CAMPAIGN", "IMPRESSION_1", TODAY, TODAY, campaign_id=["7"])
    assert calls == []


def test_a_report_for_marketing_mix_models(talk: Talk) -> None:
    session, _, answers = talk
    answers += [{"data": {"token": "m"}}, {"data": FINISHED}, [{"CAMPAIGN_ID": 1}]]
    job = session.submit_mmm_report(
        "mix", "SPEND_IN_DOLLAR", "2026-01-01", "2026-02-01", granularity="DAY", level="CAMPAIGN_TARGETING",
        targeting_types=["GENDER"],
    )  # fmt: skip
    assert job.result() == [{"CAMPAIGN_ID": "1"}]


def test_leads_are_exported_per_ad(talk: Talk) -> None:
    session, calls, answers = talk
    done = {"export_status": "FINISHED", "download_url": LINK}
    answers += [{"leads_export_id": "9"}, done, reply("name,e-mail\nAna,a@example.org\n", "text/csv")]
    assert session.export_leads("7", TODAY, TODAY).result() == [{"name": "Ana", "e-mail": "a@example.org"}]
    assert calls[0].json == {"ad_id": "7", "start_date": "2026-11-22", "end_date": "2026-11-22"}
    assert calls[1].path == f"ad_accounts/{ACCOUNT}/leads_export/9"


def test_a_bulk_download(talk: Talk) -> None:
    session, calls, answers = talk
    answers += [{"request_id": "b"}, {"status": "RUNNING"}, {"status": "SUCCEEDED", "result_url": LINK}, [{"ID": "1"}]]
    since = datetime(2026, 1, 1, tzinfo=UTC)
    job = session.bulk_download("CAMPAIGN AD", updated_since=since, campaign_filter={"start_time": since})
    assert job.result() == [{"ID": "1"}]
    assert calls[0].json == {
        "output_format": "JSON",
        "entity_types": ["CAMPAIGN", "AD"],
        "updated_since": "1767225600",
        "campaign_filter": {"start_time": "1767225600"},
    }


def test_a_bulk_upsert_is_checked_whole_before_it_is_sent(talk: Talk) -> None:
    session, calls, answers = talk
    with pytest.raises(ClientError, match=r"update.campaigns\[0\] needs .*id"):
        session.bulk_upsert(update={"campaigns": [{"name": "Spring"}]})
    with pytest.raises(ClientError, match="nothing to save"):
        session.bulk_upsert()
    assert calls == []
    answers += [{"request_id": "b"}, {"status": "SUCCEEDED", "result_url": LINK, "errors": ["one"]}]
    job = session.bulk_upsert(update={"campaigns": [{"id": "7", "ad_account_id": ACCOUNT, "status": "PAUSED"}]})
    assert job.details()["errors"] == ["one"]
    assert calls[0].json == {"update": {"campaigns": [{"id": "7", "ad_account_id": ACCOUNT, "status": "PAUSED"}]}}
    assert calls[0].writes
    assert dict(calls[1].params) == {"include_details": "true"}


EVENT = {
    "event_name": "checkout",
    "action_source": "web",
    "event_time": datetime(2026, 11, 1, tzinfo=UTC),
    "event_id": "e",
    "user_data": {"em": ["5d41402abc4b2a76b9719d911017c592" * 2]},
}


def told(status: str, count: int) -> dict[str, Any]:
    events = [{"status": status, "error_message": "no" if status == "failed" else None}] * count
    return {"num_events_received": count, "num_events_processed": count, "events": events}


def test_events_go_in_thousands_and_each_has_its_result(talk: Talk) -> None:
    session, calls, answers = talk
    answers += [told("processed", 1000), told("failed", 1)]
    results = session.send_events([EVENT] * 1001, test=True)
    assert [len(call.json["data"]) for call in calls] == [1000, 1]
    assert calls[0].json["data"][0]["event_time"] == 1793491200
    assert dict(calls[0].params) == {"test": "true"}
    assert [result.status for result in results[999:]] == ["processed", "failed"]
    assert (results[1000].error_message, results[1000].event) == ("no", EVENT)


def test_events_are_never_sent_twice(talk: Talk) -> None:
    session, calls, answers = talk
    answers += [told("processed", 1000), reply("<html>bad gateway</html>", "text/html", 502)]
    with pytest.raises(AdPlatformsError, match="1,000 of 1,500 events were sent before it"):
        session.send_events([EVENT] * 1500)
    assert len(calls) == 2


def test_events_without_results_are_no_success(talk: Talk) -> None:
    session, _, answers = talk
    answers += [{"num_events_received": 1, "num_events_processed": 1}]
    with pytest.raises(ParserException, match=r"0 results came for 1 events .*may have been applied"):
        session.send_events([EVENT])


def test_a_wrong_event_is_refused_before_the_first_is_sent(talk: Talk) -> None:
    session, calls, _ = talk
    with pytest.raises(InvalidValueError, match=r"data\[0\] needs user_data"):
        session.send_events([EVENT] * 1000 + [{n: v for n, v in EVENT.items() if n != "user_data"}])
    assert calls == []


def test_items_of_a_catalog_go_in_thousands(talk: Talk) -> None:
    session, calls, answers = talk
    item = {"operation": "DELETE", "item_id": "a"}
    answers += [{"batch_id": "1"}, {"batch_id": "2"}, {"status": "PROCESSING"}]
    answers += [{"status": "COMPLETED", "items": [{"item_id": "a", "status": "SUCCESS"}]}]
    jobs = session.submit_items([item] * 1001, "US", "en-US", act_as="7")
    assert [len(call.json["items"]) for call in calls] == [1000, 1]
    assert jobs[0].result() == [{"item_id": "a", "status": "SUCCESS"}]
    assert {call.params for call in calls} == {(("ad_account_id", "7"),)}


def test_a_video_is_uploaded_and_waited_for(talk: Talk, tmp_path: Path) -> None:
    session, calls, answers = talk
    (tmp_path / "a.mp4").write_bytes(b"video")
    answers += [{"media_id": "5", "upload_url": LINK, "upload_parameters": {"key": "k"}}, reply("", "text/plain", 204)]
    answers += [{"status": "processing"}, {"status": "succeeded"}]
    assert session.upload_video(tmp_path / "a.mp4") == "5"
    assert [call.path for call in calls] == ["media", LINK, "media/5", "media/5"]
    assert (calls[0].json, calls[1].json) == ({"media_type": "video"}, {"key": "k"})


def test_jobs_of_uploads_are_taken_up_by_their_ids(talk: Talk) -> None:
    session, calls, answers = talk
    answers += [{"status": "COMPLETED", "items": [{"item_id": "a"}]}, {"status": "succeeded"}]
    assert session.items_job("1", act_as="7").result() == [{"item_id": "a"}]
    assert session.media_job("5").result() == "5"
    assert [call.path for call in calls] == ["catalogs/items/batch/1", "media/5"]
    assert calls[0].params == (("ad_account_id", "7"),)


def test_issues_of_a_catalog(talk: Talk) -> None:
    """The parameters are an object in the query; what stands within it goes the same way, which no standard says."""
    session, calls, answers = talk
    answers += [{"items": [{"code": 38}], "bookmark": None}]
    report = {"report_type": "FEED_INGESTION_ISSUES", "feed_id": "1"}
    assert list(session.catalog_report_stats(catalog_type="RETAIL", report=report)) == [{"code": 38}]
    asked = dict(calls[0].params)
    assert asked["parameters[catalog_type]"] == "RETAIL"
    assert asked["parameters[report][feed_id]"] == "1"


class CustomerList(CustomerListOperations, type="customer_list_of_the_test"):
    """A customer list that needs no other part of the package."""

    ad_account_id = Id()


def test_records_are_added_to_a_customer_list_and_removed(talk: Talk) -> None:
    session, calls, answers = talk
    customers = CustomerList(session, {"id": "3"})
    answers += [{"id": "3", "status": "PROCESSING"}] * 2
    customers.add(["a@example.org", "b@example.org"])
    customers.remove("a@example.org")
    assert [call.json for call in calls] == [
        {"operation_type": "ADD", "records": "a@example.org,b@example.org"},
        {"operation_type": "REMOVE", "records": "a@example.org"},
    ]
    assert {call.path for call in calls} == {f"ad_accounts/{ACCOUNT}/customer_lists/3"}


def test_a_large_customer_list_is_uploaded_in_parts(talk: Talk) -> None:
    session, calls, answers = talk
    parts = [{"part_number": n, "presigned_url": f"https://files.example.org/{n}"} for n in (2, 1)]
    answers += [{"customer_list_upload": {"id": "8"}, "s3_multipart_upload_data": {"file_parts": parts}}]
    answers += [reply("", "text/plain"), reply("", "text/plain"), {"id": "8"}, {"id": "8", "state": "RUNNING"}]
    answers += [{"id": "8", "state": "SUCCEEDED", "record_counts": {"valid": 2}}]
    content = b"a" * 5_300_000 + b"b" * 5_300_000
    job = CustomerList(session, {"id": "3"}).upload(content, "REMOVE", parts=2)
    base = f"ad_accounts/{ACCOUNT}/customer_lists/3/uploads"
    assert [call.path for call in calls] == [
        base,
        "https://files.example.org/1",
        "https://files.example.org/2",
        f"{base}/8/run",
    ]
    assert [set(call.json) for call in calls[1:3]] == [{ord("a")}, {ord("b")}]
    assert calls[0].json == {"operation": "REMOVE", "total_parts": 2}
    assert job.result()["record_counts"] == {"valid": 2}


@pytest.mark.parametrize(("size", "parts"), [(0, None), (100, 2), (100, 11), (100, 0)])
def test_parts_that_cannot_be_are_refused(talk: Talk, size: int, parts: int | None) -> None:
    session, calls, _ = talk
    with pytest.raises(ClientError, match=r"nothing to upload|cannot be sent in .* parts"):
        CustomerList(session, {"id": "3"}).upload(b"x" * size, parts=parts)
    assert calls == []


STRANGE: list[Any] = [None, [], "text", 7, {"token": None}, {"items": 7}, {"data": 7}, {"events": [7]}]


@pytest.mark.parametrize("strange", STRANGE)
@pytest.mark.parametrize(
    "call",
    [
        lambda pin: pin.submit_report("CAMPAIGN", "IMPRESSION_1", TODAY, TODAY),
        lambda pin: pin.bulk_download("CAMPAIGN"),
        lambda pin: pin.report_job("tok").status,
        lambda pin: pin.send_events([EVENT]),
        lambda pin: pin.submit_items([{"operation": "DELETE", "item_id": "a"}], "US", "en-US"),
        lambda pin: list(pin.call_pages("boards/list")),
        lambda pin: pin.keyword_metrics(["shoes"], "US"),
        lambda pin: pin.analytics("campaigns", ["1"], "IMPRESSION_1", TODAY, TODAY),
        lambda pin: pin.user_analytics(TODAY, TODAY),
    ],
)
def test_an_answer_of_another_shape_is_an_error_of_ours_or_nothing(
    talk: Talk, call: Callable[[Any], Any], strange: Any
) -> None:
    """A gateway that answers 200 with something of its own must not end in a bare TypeError."""
    session, _, answers = talk
    answers += [reply(b"" if strange is None else orjson.dumps(strange), "application/json")] * 5  # reads try again
    with suppress(AdPlatformsError):
        call(session)
