"""What 5.28.0 added, by entities and typed calls, against the sandbox."""

import pytest

from adplatforms.core.errors import AdPlatformsWarning, ClientError, InvalidValueError, SaveAllError, ValidationError
from adplatforms.core.state import EntityState
from adplatforms.core.testing import FakeTransport, reply
from adplatforms.pinterest import Pinterest
from adplatforms.sandbox import Sandbox


@pytest.fixture
def pin(fresh_sandbox: Sandbox) -> Pinterest:
    return fresh_sandbox.pinterest()


def test_schedules_of_a_campaign(pin: Pinterest) -> None:
    campaign = pin.campaigns.first()
    assert campaign is not None
    first, second = campaign.schedules
    assert (first.id, first.schedule_id, first.entity_id) == (first.schedule_id, first.id, campaign.id)
    assert [each.id for each in pin.schedules.where(entity_id=campaign.id, schedule_status="ACTIVE")] == [second.id]
    with pytest.raises(ClientError, match="Pinterest reads schedules by entity_ids only"):
        pin.schedules.first()
    first.name = "Autumn"
    first.save()
    made = pin.new("schedules", entity_id=campaign.id, name="Winter", delta_value="20")
    made.save()
    names = {each.id: each.name for each in pin.schedules.where(entity_id=[campaign.id])}
    assert (names[first.id], names[made.id]) == ("Autumn", "Winter")


def test_a_batch_of_schedules_keeps_its_outcomes_in_order(pin: Pinterest) -> None:
    campaign = pin.campaigns.first()
    assert campaign is not None
    first, second = campaign.schedules
    lost = pin.reference("schedules", "1")
    for each in (first, lost, second):
        each.name = "New"
    with pytest.raises(SaveAllError, match="1 of 3 saves failed") as caught:
        pin.save_all([first, lost, second])
    assert [type(each.error) for each in caught.value.results] == [type(None), ValidationError, type(None)]
    with pytest.warns(AdPlatformsWarning, match="1 of 1 elements were refused"):
        pin.call("schedules/update", [{"id": "1", "schedule_id": "1", "name": "x"}])


def test_customer_segments(pin: Pinterest) -> None:
    one, two = (EntityState(each).id for each in pin.audiences.take(2))
    segment = pin.new("customer_segments", name="Loyal", audience_ids=[one])
    segment.save()
    assert (segment.status, [each.id for each in segment.audiences]) == ("ACTIVE", [one])
    segment.audience_ids = [one, two]
    segment.save()
    again = next(each for each in pin.customer_segments if each.id == segment.id)
    assert again.audience_ids == [one, two]
    again.archive()
    assert [each.status for each in pin.customer_segments if each.id == segment.id] == ["DELETED"]


def test_local_stores(pin: Pinterest) -> None:
    catalog = pin.catalogs.first()
    assert catalog is not None
    first = catalog.local_stores[0]
    first.city = "Berlin"
    first.save()
    made = pin.new("local_stores", catalog_id=catalog.id, name="Mitte", store_code="m-1", country="DE")
    made.save()
    stores = {each.id: each for each in pin.local_stores.within(catalog=catalog)}
    assert (stores[first.id].city, stores[made.id].store_code) == ("Berlin", "m-1")
    first.delete()
    assert first.id not in {each.id for each in pin.local_stores.within(catalog=catalog)}
    found = pin.local_stores.within(catalog=catalog).where(id=[made.id])
    assert [each.name for each in found] == ["Mitte"]


def test_requests_to_delete_conversions(pin: Pinterest) -> None:
    request = pin.new("conversion_deletion_requests", deletion_targets={"user_emails": ["a" * 64]})
    request.save()
    assert (request.id, request.status) == (request.request_id, "PENDING")
    assert pin.get("conversion_deletion_requests", request.id).status == "PENDING"
    request.delete()
    assert pin.get("conversion_deletion_requests", request.id).status == "CANCELLED"


def test_labels_are_put_on_campaigns_and_taken_off(pin: Pinterest) -> None:
    label, campaign = pin.labels.first(), pin.campaigns.first()
    assert label is not None
    with pytest.warns(AdPlatformsWarning, match="labels/apply: 1 of 2 elements were refused"):
        done = label.apply([campaign, "1"])
    assert [each["entity_id"] for each in done["entities_labels"]] == [EntityState(campaign).id]
    assert label.remove(campaign)["entities_labels"][0]["status"] == "ARCHIVED"
    with pytest.raises(InvalidValueError, match="campaigns"):
        label.apply([pin.ad_groups.first()])


def test_products_are_put_on_a_pin(pin: Pinterest) -> None:
    first = pin.pins.first()
    assert first is not None
    assert first.add_product_tags(["5", "6"]) == [{"pin_id": "5"}, {"pin_id": "6"}]
    first.remove_product_tags("5")
    assert first.product_tags() == [{"pin_id": "6"}]


def test_ad_groups_of_a_promotion(pin: Pinterest) -> None:
    promotion, group = pin.promotions.first(), pin.ad_groups.first()
    assert promotion is not None
    assert group is not None
    assert list(promotion.ad_groups()) == []
    group.promotion_id = promotion.id
    group.save()
    assert [each.id for each in promotion.ad_groups()] == [group.id]


def test_what_else_is_new_has_a_call(pin: Pinterest) -> None:
    account, group = pin.ad_accounts.first(), pin.ad_groups.first()
    assert account is not None
    assert group is not None
    catalog = pin.catalogs.first()
    assert catalog is not None
    assert account.ad_previews([group])[0]["url"]
    assert account.open_ad_previews(group)
    account.close_ad_previews(group)
    planned = {"objective_type": "AWARENESS", "budget_duration_type": "LIFETIME", "start_date": "2026-12-01"}
    shape = pin.call("get_campaign_delivery_estimates", [{**planned, "ad_groups": [{}]}])
    assert set(shape) == set(account.delivery_estimates({**planned, "ad_groups": [{}]}))
    assert account.define_events({"Newsletter": "LEAD"})[0]["name"]
    assert account.change_events({"Newsletter": "SIGNUP"})[0]["name"]
    account.remove_events("Newsletter")
    assert set(group.dynamic_titles_status()) == {"is_ready", "generated_count", "reviewed_count"}
    upload = group.dynamic_titles_upload()
    assert "status" in group.process_dynamic_titles(upload["request_id"])
    assert group.dynamic_titles_link()
    assert catalog.local_inventory([("item-0", "s-0")])
    assert pin.editorial_articles("US")[0]["title"]


def test_work_on_local_inventory_is_a_job() -> None:
    done = {"batch_id": "b", "status": "COMPLETED", "operation_results": [{"item_id": "i", "status": "SUCCESS"}]}
    transport = FakeTransport([reply({"batch_id": "b", "status": "PROCESSING"}), reply(done)])
    pin = Pinterest("t", ad_account_id="5", transport=transport, retry=None)
    catalog = pin.reference("catalogs", "7")
    operations = [{"operation": "DELETE", "item_id": "i", "store_code": "s"}]
    job = catalog.submit_local_inventory(operations)
    assert job.result(poll=(0, 0)) == done["operation_results"]
    paths = [f"{each.method} {each.path}" for each in transport.calls]
    assert paths == ["POST catalogs/7/local_inventory_items/batch", "GET catalogs/7/supplemental_items/batch/b"]
