"""Relations: loaded for a whole page at once, where the records live, in as few calls as Pinterest's filters allow."""

from collections.abc import Callable
from typing import Any

import pytest

from adplatforms.core.errors import LazyLoadError, NotFoundError
from adplatforms.core.messages import Answer, Request
from adplatforms.core.testing import assert_calls, reply
from adplatforms.pinterest import Pinterest

Offline = Callable[..., Pinterest]
Page = Callable[..., Answer]


def sent(pin: Pinterest, name: str, call: int = -1) -> list[str]:
    return [value for key, value in pin.transport.calls[call].params if key == name]


def test_parents_are_read_once_for_the_page_with_all_statuses(offline: Offline, page: Page) -> None:
    ads = [{"id": str(i), "campaign_id": str(i % 2)} for i in range(10)]
    pin = offline(page(ads), page([{"id": "0", "status": "ARCHIVED"}, {"id": "1", "status": "DRAFT"}]))
    assert [ad.campaign.id for ad in pin.ads] == [ad["campaign_id"] for ad in ads]
    assert len(pin.transport.calls) == 2
    assert sorted(sent(pin, "campaign_ids")) == ["0", "1"]
    assert "ARCHIVED" in sent(pin, "entity_statuses")


def test_children_are_read_once_for_the_page(offline: Offline, page: Page) -> None:
    groups = [{"id": "5", "campaign_id": "1"}, {"id": "6", "campaign_id": "1"}, {"id": "7", "campaign_id": "2"}]
    pin = offline(page([{"id": "1"}, {"id": "2"}, {"id": "3"}]), page(groups))
    assert [[group.id for group in each.ad_groups] for each in pin.campaigns] == [["5", "6"], ["7"], []]
    assert sent(pin, "campaign_ids") == ["1", "2", "3"]


def test_include_reads_ahead_of_any_touch(offline: Offline, page: Page) -> None:
    pin = offline(page([{"id": "1"}]), page([{"id": "5", "campaign_id": "1"}]), page([{"id": "9", "ad_group_id": "5"}]))
    pin.lazy = "raise"
    (campaign,) = pin.get("campaigns", include=[["ad_groups", "ads"]])
    assert [ad.id for group in campaign.ad_groups for ad in group.ads] == ["9"]
    with pytest.raises(LazyLoadError, match=r"labels is not loaded and session\.lazy is \'raise\'"):
        campaign.labels  # noqa: B018


def test_relations_live_where_the_record_lives(offline: Offline, page: Page) -> None:
    pin = offline(page([{"id": "1", "campaign_id": "7"}]), page([{"id": "7"}]), {"id": "8"})
    ad = pin.ads.within(ad_account="5").first()
    assert ad is not None
    assert ad.campaign.id == "7"
    assert pin.transport.calls[-1].path == "ad_accounts/5/campaigns"


def test_a_row_that_lacks_the_id_has_no_relation(offline: Offline, page: Page) -> None:
    pin = offline(page([{"id": "1", "lead_form_id": "7"}, {"id": "2"}, {"id": "3", "lead_form_id": None}]), {"id": "7"})
    assert [ad.lead_form and ad.lead_form.id for ad in pin.ads] == ["7", None, None]


def test_what_is_read_one_by_one_is_read_once_for_each_id(offline: Offline, page: Page) -> None:
    pin = offline(page([{"id": str(i), "pin_id": "7"} for i in range(5)]), {"id": "7"})
    assert {ad.pin.id for ad in pin.ads} == {"7"}
    assert [call.path for call in pin.transport.calls[1:]] == ["pins/7"]


def test_one_that_is_gone_is_told(offline: Offline, page: Page) -> None:
    pin = offline(page([{"id": "1", "pin_id": "7"}]), reply({"code": 50, "message": "Pin not found"}, status=404))
    ad = pin.ads.first()
    assert ad is not None
    with pytest.raises(NotFoundError, match=r"ad 1\.pin: Pin 7 cannot be loaded"):
        ad.pin  # noqa: B018


def test_ids_listed_in_the_record_are_read_together(offline: Offline, page: Page) -> None:
    lines = [{"id": "1", "campaign_ids": ["8", "7", "404"]}, {"id": "2", "campaign_ids": ["7"]}, {"id": "3"}]
    pin = offline(page(lines), page([{"id": "7"}, {"id": "8"}]))
    assert [[each.id for each in line.campaigns] for line in pin.order_lines] == [["8", "7"], ["7"], []]
    assert sent(pin, "campaign_ids") == ["8", "7", "404"]
    assert len(pin.transport.calls) == 2


def test_ids_listed_in_the_record_can_be_included(offline: Offline, page: Page) -> None:
    pin = offline(page([{"id": "1", "campaign_ids": ["7"]}]), page([{"id": "7"}]))
    (line,) = pin.get("order_lines", include="campaigns")
    with assert_calls(pin, 0):
        assert [each.id for each in line.campaigns] == ["7"]


def test_ids_listed_in_the_record_are_set_by_entities(offline: Offline, page: Page) -> None:
    group_row = {"id": "1", "ad_account_id": "5", "targeting_template_ids": ["7"]}
    pin = offline(page([group_row]), page([{"id": "8"}]))
    group = pin.ad_groups.first()
    assert group is not None
    group.targeting_templates = [pin.reference("targeting_templates", "8")]
    assert group.targeting_template_ids == ["8"]
    assert [each.id for each in group.targeting_templates] == ["8"]
    assert pin.transport.calls[-1].path == "ad_accounts/5/targeting_templates"
    group.targeting_templates = []
    assert group.changes()["targeting_template_ids"].new is None


def test_the_pins_of_a_section_are_asked_for_under_its_board(offline: Offline, page: Page) -> None:
    pin = offline(page([{"id": "6", "name": "S"}]), page([{"id": "7", "board_section_id": "6"}]))
    section = pin.board_sections.within(board="5").first()
    assert section is not None
    assert [each.id for each in section.pins] == ["7"]
    assert pin.transport.calls[-1].path == "boards/5/sections/6/pins"


def test_the_section_of_a_pin_is_looked_up_on_its_board(offline: Offline, page: Page) -> None:
    pin = offline(page([{"id": "7", "board_id": "5", "board_section_id": "6"}]), page([{"id": "6"}, {"id": "8"}]))
    found = pin.pins.first()
    assert found is not None
    assert found.board_section.id == "6"
    assert pin.transport.calls[-1].path == "boards/5/sections"


def test_records_without_an_id_have_relations_too(offline: Offline, page: Page) -> None:
    def account(request: Request) -> Answer:
        return reply({"id": request.path.rpartition("/")[2]})

    pin = offline(page([{"advertiser_id": "5"}, {"advertiser_id": "6"}]), account, account)
    assert [each.ad_account.id for each in pin.ads_credit_discounts] == ["5", "6"]


def test_whom_a_record_acts_for_goes_on_to_what_is_related(offline: Offline, page: Page) -> None:
    pin = offline(page([{"id": "7", "board_id": "5"}]), {"id": "5"})
    found = pin.pins.within(act_as="9").first()
    assert found is not None
    assert found.board.act_as == "9"
    assert sent(pin, "ad_account_id") == ["9"]


def test_an_ad_never_starts_acting_for_its_account(offline: Offline, page: Page) -> None:
    pin = offline(page([{"id": "1", "pin_id": "7", "ad_account_id": "5"}]), {"id": "7"})
    ad = pin.ads.first()
    assert ad is not None
    assert (ad.pin.id, sent(pin, "ad_account_id")) == ("7", [])


def test_a_relation_that_was_set_is_read_where_the_record_lives(offline: Offline, page: Page) -> None:
    pin = offline(page([{"id": "1", "campaign_id": "7", "ad_account_id": "5"}]), {"id": "8"})
    group = pin.ad_groups.first()
    assert group is not None
    group.campaign_id = "8"
    assert group.campaign.id == "8"
    assert pin.transport.calls[-1].path == "ad_accounts/5/campaigns/8"


@pytest.mark.parametrize(
    ("collection", "name", "calls"),
    [("ads", "ad_group", 1), ("ads", "campaign", 1), ("ad_groups", "keywords", 1), ("campaigns", "labels", 1)],
)
def test_a_page_of_250_takes_one_call_a_relation(sandbox: Any, collection: str, name: str, calls: int) -> None:
    pin = sandbox.pinterest()
    records = list(pin.query(collection).take(250))
    with assert_calls(pin, calls):
        assert any(getattr(record, name) for record in records)
    pin.close()
