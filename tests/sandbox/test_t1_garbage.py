"""Whatever is sent to a call, the sandbox answers: never with an error of its own."""

from typing import Any

import pytest

from adplatforms.sandbox import Sandbox
from adplatforms.sandbox.t1.calls import CALLS

VALUES = ("", "0", "-1", "x", "7", "999999999999999999999", "bell \a", "1e999", "nan", "10001", "Ünï <&> code")
GROUPS = {
    "segments": ("id", "restriction", "group_identifier", "user_cpm", "operator"),
    "retired_segments": ("id",),
    "deal": ("id",),
    "supply_source": ("id",),
    "domains": ("domain", "restriction"),
    "day_parts": ("start_hour", "end_hour", "days", "user_time"),
    "dimensions": ("code", "restriction", "operation", "value_ids"),
    "site_lists": ("id", "assigned"),
    "strategies": ("id", "name", "audience_targeting"),
}
PLAIN = (
    "include", "exclude", "include_op", "exclude_op", "name", "start_date", "end_date", "margin_pct", "domain",
    "from_campaign_id", "to_campaign_id", "advertiser_id", "advertiserid", "batch_index", "primary.1", "concept.1",
)  # fmt: skip
ROUTES = sorted({(path, method) for path, method, _ in CALLS})


def form_of(value: str) -> dict[str, str]:
    return {
        **{f"{group}.1.{name}": value for group, names in GROUPS.items() for name in names},
        **dict.fromkeys(PLAIN, value),
    }


@pytest.mark.long
@pytest.mark.parametrize(("path", "method"), ROUTES)
def test_garbage_is_answered(fresh_sandbox: Sandbox, own: Any, path: str, method: str) -> None:
    for id in ("10001", "7", "999999999999999999999"):
        url = path.lstrip("/").replace("<int:id>", id).replace("<int:dimension>", id)
        for value in VALUES:
            for accept in ("application/json", "*/*"):
                reply = own.raw(method, url, data=form_of(value), headers={"Accept": accept})
                assert reply.status_code in (200, 400, 404), (url, value, reply.text)
    form = {"name": "bell \a", "filename": "x"}
    reply = own.raw(method, path.lstrip("/").replace("<int:id>", "1"), data=form, files={"file": ("b\a", b"\xff\0")})
    assert reply.status_code != 500, reply.text
    assert own.xml("strategies/10001").find("status").get("code") == "ok"


@pytest.mark.parametrize("value", [None, "", "x", -1, 2**70, [], {}, [{}], {"value": None}, True, 1.5, "bell \a"])
def test_garbage_in_a_deal_is_refused(fresh_sandbox: Sandbox, own: Any, value: Any) -> None:
    url = f"{fresh_sandbox.url}/deals/v1.0/deals"
    names = ("name", "price", "owner", "permissions", "status", "start_datetime", "supply_source_id", "deal_type")
    for name in names:
        for path in ("", "/1"):
            assert own.http.post(url + path, json={name: value}, timeout=30).status_code in (200, 400), name
    assert own.http.post(url, json=value, timeout=30).status_code == 400
    assert own.http.get(f"{url}/1", timeout=30).json()["meta"]["status"] == "ok"


def test_names_that_xml_cannot_hold_are_refused(own: Any, errors: Any) -> None:
    form = {"from_campaign_id": "1", "to_campaign_id": "9", "strategies.1.id": "10001"}
    assert list(errors(own.post("strategies/bulk_copy", **form, **{"strategies.1.name": "bell \a"}))) == ["name"]
    files = {"file": ("tags.csv", "bell \a,300,250,<script>1</script>\n")}
    batch = own.raw("POST", "creatives/upload", files=files).json()["data"]
    form = {"advertiser_id": own.get("concepts/5001")["data"]["advertiser_id"], "batch_index": 1, "concept_1": 5001}
    assert list(errors(own.post(f"creatives/upload/{batch['id']}", **form))) == ["name"]
    assert own.get("atomic_creatives")["meta"]["total_count"] == 1440
