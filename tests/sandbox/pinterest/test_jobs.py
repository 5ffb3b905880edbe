"""What takes a while: reports, bulk requests, exports, uploads, item batches. Each is done at the third look."""

import csv
from typing import Any

import pytest
import requests

from adplatforms.sandbox.pinterest import AD_ACCOUNT_ID
from adplatforms.sandbox.pinterest.seed import first

ACCOUNT = f"/ad_accounts/{AD_ACCOUNT_ID}"


def looked_at(api: Any, path: str, member: str, **query: str) -> list[Any]:
    """What three looks at a job tell, and a fourth."""
    return [api.get(path, **query).get(member) for _ in range(4)]


def report(api: Any, **more: Any) -> dict[str, Any]:
    dates = {"start_date": api.day(9), "end_date": api.day(3), "granularity": "DAY"}
    return {**dates, "columns": ["CAMPAIGN_NAME", "SPEND_IN_DOLLAR"], "level": "CAMPAIGN", **more}


def fetched(url: str) -> requests.Response:
    return requests.get(url, timeout=30)


def test_a_report_is_polled_by_its_token(own: Any) -> None:
    ids = [first("campaigns"), first("campaigns", 2)]
    made = own.send("POST", f"{ACCOUNT}/reports", report(own, campaign_ids=ids))
    assert made["report_status"] == "IN_PROGRESS"
    told = looked_at(own, f"{ACCOUNT}/reports", "report_status", token=made["token"])
    assert told == ["IN_PROGRESS", "IN_PROGRESS", "FINISHED", "FINISHED"]
    done = own.get(f"{ACCOUNT}/reports", token=made["token"])
    reply = fetched(done["url"])
    rows = reply.json()
    assert len(reply.content) == done["size"]
    assert sorted(rows) == ids
    query = {"start_date": own.day(9), "end_date": own.day(3), "granularity": "DAY"}
    columns = "CAMPAIGN_NAME,SPEND_IN_DOLLAR"
    assert rows[ids[0]] == own.get(f"{ACCOUNT}/campaigns/analytics", campaign_ids=ids[0], columns=columns, **query)


def test_the_result_wants_no_credential(own: Any) -> None:
    made = own.send("POST", f"{ACCOUNT}/reports", report(own, campaign_ids=[first("campaigns")]))
    url = [looked["url"] for looked in (own.get(f"{ACCOUNT}/reports", token=made["token"]) for _ in range(3))][-1]
    assert requests.get(url, headers={"Authorization": "Bearer demo-token"}, timeout=30).status_code == 400


def test_a_report_as_csv(own: Any) -> None:
    body = report(own, report_format="CSV", level="CAMPAIGN_TARGETING", targeting_types=["GENDER"])
    made = own.send("POST", f"{ACCOUNT}/reports", {**body, "campaign_ids": [first("campaigns")]})
    url = looked_at(own, f"{ACCOUNT}/reports", "url", token=made["token"])[-1]
    rows = list(csv.DictReader(fetched(url).text.splitlines()))
    assert {row["TARGETING_VALUE"] for row in rows} == {"female", "male", "unknown"}
    assert {row["CAMPAIGN_ID"] for row in rows} == {first("campaigns")}


def test_a_report_filters_by_figures(own: Any) -> None:
    body = report(own, granularity="TOTAL", columns=["SPEND_IN_DOLLAR"])
    limits = [{"field": "SPEND_IN_DOLLAR", "operator": "GREATER_THAN", "values": [3000]}]
    made = own.send("POST", f"{ACCOUNT}/reports", {**body, "metrics_filters": limits})
    rows = fetched(looked_at(own, f"{ACCOUNT}/reports", "url", token=made["token"])[-1]).json()
    spent = [row["SPEND_IN_DOLLAR"] for (row,) in rows.values()]
    assert 0 < len(spent) < 600
    assert min(spent) > 3000


def test_a_token_nobody_was_given_does_not_exist(api: Any) -> None:
    assert api.get(f"{ACCOUNT}/reports", token="nonsense-1")["report_status"] == "DOES_NOT_EXIST"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"level": "CAMPAIGN_TARGETING"}, "needs targeting_types"),
        ({"level": "PRODUCT_ITEM", "ad_ids": ["1"]}, "no filters on ads"),
        ({"columns": ["NONSENSE"]}, "not one of"),
    ],
)
def test_mistakes_in_a_report_are_refused(own: Any, more: dict[str, Any], words: str) -> None:
    reply = own.raw("POST", f"{ACCOUNT}/reports", json=report(own, **more))
    assert (reply.status_code, reply.json()["code"]) == (400, 1)
    assert words in reply.json()["message"]


@pytest.mark.parametrize(("back", "allowed"), [(180, True), (914, False), (200, False)])
def test_a_report_covers_186_days(own: Any, back: int, allowed: bool) -> None:
    body = report(own, start_date=own.day(back), end_date=own.day(1))
    assert own.raw("POST", f"{ACCOUNT}/reports", json=body).ok == allowed


def test_a_template_makes_a_report_like_any_other(own: Any) -> None:
    made = own.send("POST", f"{ACCOUNT}/templates/{first('report_templates')}/reports?granularity=DAY", None)
    told = looked_at(own, f"{ACCOUNT}/reports", "report_status", token=made["token"])
    assert told[-1] == "FINISHED"


def test_media_mix_reports_are_nested(own: Any) -> None:
    body = report(own, level="CAMPAIGN_TARGETING", targeting_types=["GENDER"], report_name="mmm")
    made = own.send("POST", f"{ACCOUNT}/mmm_reports", {**body, "columns": ["SPEND_IN_DOLLAR"]})
    told = looked_at(own, f"{ACCOUNT}/mmm_reports", "data", token=made["data"]["token"])
    assert [one["report_status"] for one in told] == ["IN_PROGRESS", "IN_PROGRESS", "FINISHED", "FINISHED"]


def test_the_same_catalog_report_is_made_once_a_day(own: Any) -> None:
    body = {"catalog_type": "RETAIL", "report": {"report_type": "ALL_ITEMS", "catalog_id": first("catalogs")}}
    once, again = (own.send("POST", "/catalogs/reports", body)["token"] for _ in range(2))
    assert once == again
    assert looked_at(own, "/catalogs/reports", "report_status", token=once)[-1] == "FINISHED"


def test_leads_are_exported_for_an_ad(own: Any) -> None:
    body = {"ad_id": first("ads"), "start_date": "2026-01-01", "end_date": "2026-01-31"}
    key = own.send("POST", f"{ACCOUNT}/leads_export", body)["leads_export_id"]
    url = looked_at(own, f"{ACCOUNT}/leads_export/{key}", "download_url")[-1]
    assert "Chloé Moreau" in fetched(url).content.decode()


def test_a_bulk_download_filters_campaigns(own: Any) -> None:
    body = {"entity_types": ["CAMPAIGN", "LABEL"], "campaign_filter": {"name": "café"}}
    key = own.send("POST", f"{ACCOUNT}/bulk/download", body)["request_id"]
    url = looked_at(own, f"{ACCOUNT}/bulk/{key}", "result_url")[-1]
    found = fetched(url).json()
    assert found["LABEL"]
    assert {row["name"].partition(" - ")[0] for row in found["CAMPAIGN"]} == {"Café Crème"}


def test_a_bulk_upsert_tells_its_errors(own: Any) -> None:
    campaign = {"ad_account_id": AD_ACCOUNT_ID, "name": "Bulk", "objective_type": "AWARENESS"}
    wrong = {"id": "1", "ad_account_id": AD_ACCOUNT_ID, "name": "Nobody"}
    keywords = [{"id": first("keywords"), "archived": True}]
    body = {"create": {"campaigns": [campaign]}, "update": {"campaigns": [wrong], "keywords": keywords}}
    key = own.send("POST", f"{ACCOUNT}/bulk/upsert", body)["request_id"]
    told = looked_at(own, f"{ACCOUNT}/bulk/{key}", "status", include_details="true")
    assert told == ["RUNNING", "RUNNING", "SUCCEEDED", "SUCCEEDED"]
    (error,) = own.get(f"{ACCOUNT}/bulk/{key}", include_details="true")["errors"]
    assert (error["operation"], error["exceptions"][0]["message"]) == ("update", "Campaign 1 not found")
    assert [entry.action for entry in own.sandbox.journal][:2] == ["create", "update"]


def test_parts_of_a_customer_list_are_uploaded_run_and_counted(own: Any) -> None:
    path = f"{ACCOUNT}/customer_lists/{first('customer_lists')}"
    before = own.get(path)["num_uploaded_user_records"]
    made = own.send("POST", f"{path}/uploads", {"operation": "ADD", "total_parts": 2})
    upload = f"{path}/uploads/{made['customer_list_upload']['id']}"
    parts = made["s3_multipart_upload_data"]["file_parts"]
    requests.put(parts[0]["presigned_url"], data=b"a@example.com\n", timeout=30)
    early = own.raw("POST", f"{upload}/run")
    assert (early.status_code, early.json()["message"]) == (400, "1 of 2 parts were not uploaded")
    requests.put(parts[1]["presigned_url"], data=b"b@example.com\nNOT AN ADDRESS\n", timeout=30)
    assert own.raw("POST", f"{upload}/run").json()["state"] == "RUNNING"
    assert looked_at(own, upload, "state") == ["RUNNING", "RUNNING", "SUCCEEDED", "SUCCEEDED"]
    assert own.get(upload)["record_counts"] == {"processed": 3, "valid": 2, "invalid": 1}
    assert own.get(path)["num_uploaded_user_records"] == before + 2


def test_a_video_is_uploaded_before_it_becomes_a_pin(own: Any) -> None:
    media = own.send("POST", "/media", {"media_type": "video"})
    source = {
        "source_type": "video_id",
        "media_id": media["media_id"],
        "cover_image_url": "https://i.example.com/1.jpg",
    }
    pin = {"board_id": first("boards"), "media_source": source}
    assert own.raw("POST", "/pins", json=pin).status_code == 400
    assert own.get(f"/media/{media['media_id']}")["status"] == "registered"
    requests.post(
        media["upload_url"], data=media["upload_parameters"], files={"file": ("clip.mp4", b"film")}, timeout=30
    )
    assert looked_at(own, f"/media/{media['media_id']}", "status")[1:3] == ["processing", "succeeded"]
    assert own.send("POST", "/pins", pin)["creative_type"] == "VIDEO"


def test_item_batches_have_a_result_for_each_item(own: Any) -> None:
    attributes = {
        "title": "Mug",
        "description": "A mug",
        "link": "https://shop.example.com/mug",
        "image_link": ["https://i.example.com/mug.jpg"],
        "price": "9.99 EUR",
        "availability": "in stock",
    }
    items: list[dict[str, Any]] = [
        {"item_id": "mug", "operation": "UPSERT", "attributes": attributes},
        {"item_id": "nothing", "operation": "DELETE"},
    ]
    body = {"catalog_type": "RETAIL", "country": "US", "language": "en-US", "items": items}
    batch = own.send("POST", "/catalogs/items/batch", body)
    told = [own.get(f"/catalogs/items/batch/{batch['batch_id']}") for _ in range(3)]
    assert [one["status"] for one in told] == ["PROCESSING", "PROCESSING", "COMPLETED"]
    assert [one["status"] for one in told[-1]["items"]] == ["SUCCESS", "FAILURE"]
    wanted = {"catalog_type": "RETAIL", "item_ids": ["mug", "nothing"]}
    found = own.send("POST", "/catalogs/items", {"country": "US", "language": "en-US", "filters": wanted})["items"]
    assert found[0]["attributes"]["title"] == "Mug"
    assert found[1]["errors"][0]["message"] == "Item nothing not found"


def test_an_ingest_shows_in_the_processing_results(own: Any) -> None:
    feed = f"/catalogs/feeds/{first('feeds')}"
    run = own.send("POST", f"{feed}/ingest", None)
    assert run["id"] in own.ids(f"{feed}/processing_results")
