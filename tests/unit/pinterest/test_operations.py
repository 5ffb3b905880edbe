"""What records do beside their fields, against the sandbox."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from adplatforms.core.errors import ClientError, DetachedError, ParserException
from adplatforms.core.state import EntityState
from adplatforms.core.testing import FakeTransport, assert_calls, reply
from adplatforms.net.retry import Retry
from adplatforms.pinterest import Pinterest
from adplatforms.pinterest.arguments import today
from adplatforms.sandbox import Sandbox

COLUMNS = ["SPEND_IN_MICRO_DOLLAR", "IMPRESSION_1"]
WEEK = (today() - timedelta(days=6), today())


@pytest.fixture(scope="module")
def pin(sandbox: Sandbox) -> Iterator[Pinterest]:
    """A session that never sleeps, on the shared server: these tests only read."""
    session = sandbox.pinterest(retry=Retry(sleep=lambda seconds: None))
    yield session
    session.close()


@pytest.fixture
def fresh(fresh_sandbox: Sandbox) -> Pinterest:
    """A session on a server of the test's own."""
    session: Pinterest = fresh_sandbox.pinterest(retry=Retry(sleep=lambda seconds: None))
    return session


def first(pin: Pinterest, collection: str) -> Any:
    """A record to read from."""
    if collection == "product_group_promotions":
        return next(pgp for group in pin.ad_groups.take(50) for pgp in group.product_group_promotions)
    return pin.query(collection).first()


@pytest.mark.parametrize("collection", ["ad_accounts", "campaigns", "ad_groups", "ads"])
def test_records_have_figures_of_their_own(pin: Pinterest, collection: str) -> None:
    record = first(pin, collection)
    key = {"ad_accounts": "AD_ACCOUNT_ID", "campaigns": "CAMPAIGN_ID", "ad_groups": "AD_GROUP_ID", "ads": "AD_ID"}
    with assert_calls(pin, 1):
        rows = record.analytics(COLUMNS, *WEEK, click_window_days=0)
    assert [row["DATE"] for row in rows] == [WEEK[0] + timedelta(days=n) for n in range(7)]
    assert {row[key[collection]] for row in rows} == {record.id}
    whole = record.analytics(COLUMNS, *WEEK, "TOTAL", click_window_days=0)
    assert [sum(row[name] for row in rows) for name in COLUMNS] == [whole[0][name] for name in COLUMNS]
    by = record.targeting_analytics("GENDER", COLUMNS, *WEEK, "TOTAL")
    assert {row["targeting_type"] for row in by} == {"GENDER"}


def test_a_record_of_another_account_is_asked_for_there(pin: Pinterest) -> None:
    account = next(one for one in pin.ad_accounts if one.id != pin.ad_account_id)
    campaign = account.campaigns[0]
    with assert_calls(pin, 1) as calls:
        campaign.analytics(COLUMNS, *WEEK)
    assert calls[0].path == f"ad_accounts/{account.id}/campaigns/analytics"


def test_a_record_that_is_not_saved_has_no_figures(pin: Pinterest) -> None:
    with pytest.raises(ClientError, match=r"new campaign has no id yet \(save\(\) it first\)"):
        pin.new("campaigns", name="Spring").analytics(COLUMNS, *WEEK)


def test_a_record_without_a_session_says_so(pin: Pinterest) -> None:
    campaign = type(first(pin, "campaigns"))(None, {"id": "7"})
    with pytest.raises(DetachedError, match="has no session to call"):
        campaign.analytics(COLUMNS, *WEEK)


CALLS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "pins of a campaign": ("campaigns", lambda it: it.pin_analytics([it.ads[0].pin_id], COLUMNS, *WEEK)),
    "figures of a product group": ("product_group_promotions", lambda it: it.analytics(COLUMNS, *WEEK)),
    "figures of a pin": ("pins", lambda it: it.analytics("IMPRESSION SAVE", *WEEK)["all"]["daily_metrics"]),
    "reach of an ad group": ("ad_groups", lambda it: it.audience_size()),
    "reach": ("ad_accounts", lambda it: it.audience_size(targeting_spec={"GENDER": ["female"], "LOCATION": ["US"]})),
    "bid floors": ("ad_accounts", lambda it: it.bid_floors([{"billable_event": "CLICKTHROUGH", "currency": "USD"}])),
    "insights": ("ad_accounts", lambda it: it.audience_insights("PINTEREST_TOTAL_AUDIENCE")),
    "kinds of insights": ("ad_accounts", lambda it: it.audience_insight_types()),
    "tags": ("ad_accounts", lambda it: it.page_visit_tags()),
    "goals": ("ad_accounts", lambda it: it.ocpm_tags()),
    "insertion orders": ("ad_accounts", lambda it: it.ssio_accounts()),
    "event quality": ("ad_accounts", lambda it: it.event_quality("14d")),
    "defined events": ("ad_accounts", lambda it: it.defined_events()),
    "leads": ("ads", lambda it: it.export_leads(*WEEK).result()),
    "template": ("report_templates", lambda it: it.run(*WEEK, "DAY").result()),
    "counts": ("product_groups", lambda it: it.product_counts()),
    "filters": ("catalogs", lambda it: it.available_filter_values()),
    "invoice": ("billing_invoices", lambda it: it.download_link()),
    "preview": ("ad_accounts", lambda it: it.preview(pin_id="580000000000")),
}
"""Calls that only read: of which kind of record, and the call."""


@pytest.mark.parametrize("name", list(CALLS))
def test_what_records_can_tell(pin: Pinterest, name: str) -> None:
    collection, call = CALLS[name]
    assert call(first(pin, collection))


def test_bid_floors_are_amounts_like_the_bid_they_are_compared_with(pin: Pinterest) -> None:
    specs = [{"billable_event": event, "currency": "USD"} for event in ("CLICKTHROUGH", "VIDEO_V_50_MRC")]
    assert first(pin, "ad_accounts").bid_floors(specs) == [Decimal("0.1"), Decimal("0.02")]


def test_an_ad_group_asks_for_its_own_bid_floor(pin: Pinterest) -> None:
    group = first(pin, "ad_groups")
    with assert_calls(pin, 2) as calls:
        floor = group.bid_floor(countries=["US"])
    spec = {"billable_event": "IMPRESSION", "currency": group.ad_account.currency, "countries": ["US"]}
    assert calls[1].json == {"bid_floor_specs": [spec], "targeting_spec": group.targeting_spec}
    assert floor == Decimal(2)


@pytest.mark.parametrize("floors", [[], [1, 2], ["much"], [[1]], "7"])
def test_bid_floors_of_another_shape_are_unreadable(floors: Any) -> None:
    script = [reply({"id": "7", "currency": "USD"}), reply({"bid_floors": floors})]
    session = Pinterest("token", ad_account_id="7", transport=FakeTransport(script))
    group = type(session.new("ad_groups"))(session, {"billable_event": "IMPRESSION"})
    EntityState(group).row["id"] = "1"
    with pytest.raises(ParserException, match=r"one was asked for|are not amounts|no list of bid_floors"):
        group.bid_floor()


def test_a_pin_is_saved_to_another_board(fresh: Pinterest) -> None:
    pin, board = first(fresh, "pins"), list(fresh.boards.take(2))[1]
    copy = pin.save_to(board)
    assert (type(copy), copy.board_id) == (type(pin), board.id)


def test_a_feed_is_read_at_once(fresh: Pinterest) -> None:
    with assert_calls(fresh, 2) as calls:
        feed = first(fresh, "feeds")
        feed.ingest()
    assert (calls[1].path, calls[1].writes) == (f"catalogs/feeds/{feed.id}/ingest", True)


def test_an_audience_is_shared(fresh: Pinterest) -> None:
    audience = first(fresh, "audiences")
    with assert_calls(fresh, 2) as calls:
        assert len(audience.share(ad_accounts=["549755885176"], businesses=["759631500000000001"])) == 2
    assert calls[0].json == {
        "audience_id": audience.id,
        "operation_type": "SHARE",
        "recipient_account_ids": ["549755885176"],
    }


def test_records_of_a_customer_list(fresh: Pinterest) -> None:
    customers = first(fresh, "customer_lists")
    assert customers.add("a@example.org") is customers
    assert customers.upload(b"a@example.org\nb@example.org\n").result()["state"] == "SUCCEEDED"


def test_a_lead_form_makes_a_lead_for_tests(fresh: Pinterest) -> None:
    form = first(fresh, "lead_forms")
    assert form.test(["Ana"] * len(form.questions))


def test_a_credit_is_checked_before_it_is_redeemed(fresh: Pinterest) -> None:
    with assert_calls(fresh, 2) as calls:
        first(fresh, "ad_accounts").redeem_credit("abc123", validate_only=True)
    assert calls[1].json == {"offerCodeHash": "abc123", "validateOnly": True}
