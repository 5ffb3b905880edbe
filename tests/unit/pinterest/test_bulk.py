"""Bulk: entities up and down, against the sandbox."""

import pytest

from adplatforms.core.errors import ClientError, InvalidValueError
from adplatforms.core.state import EntityState
from adplatforms.core.testing import FakeTransport, reply
from adplatforms.pinterest import Pinterest
from adplatforms.sandbox import Sandbox

QUICK = {"poll": (0.05, 0.1)}
ACCOUNT = "549755885175"


@pytest.fixture
def pin(fresh_sandbox: Sandbox) -> Pinterest:
    return fresh_sandbox.pinterest()


def planned() -> Pinterest:
    """A session that says that each job has started."""
    transport = FakeTransport(lambda request: reply({"request_id": "r"}))
    return Pinterest("t", ad_account_id=ACCOUNT, transport=transport, retry=None)


def test_a_query_is_read_as_one_job(pin: Pinterest) -> None:
    campaigns = list(pin.campaigns.bulk().result(**QUICK))
    assert len(campaigns) > 400
    assert {type(each).__name__ for each in campaigns} == {"Campaign"}
    assert campaigns[0].daily_spend_cap == pin.get("campaigns", campaigns[0].id).daily_spend_cap
    # What comes so is saved like any record.
    campaigns[0].name = "Renamed"
    campaigns[0].save()
    assert pin.get("campaigns", campaigns[0].id).name == "Renamed"


def test_conditions_and_the_number_of_rows_hold(pin: Pinterest) -> None:
    spring = pin.campaigns.where(status="PAUSED").take(2).bulk()
    assert [each.status for each in spring.rows(**QUICK)] == ["PAUSED", "PAUSED"]
    wanted = [EntityState(each).id for each in pin.ads.take(3)]
    assert [each.id for each in pin.ads.where(id=wanted).bulk().rows(**QUICK)] == wanted
    assert {type(each).__name__ for each in pin.keywords.bulk().result(**QUICK)} <= {"Keyword"}


def test_the_download_is_asked_for_what_the_query_says() -> None:
    pin = planned()
    job = pin.ad_groups.within(ad_account="5").where(id=["1", "2"], status="ACTIVE").bulk(updated_since=7)
    assert isinstance(pin.transport, FakeTransport)
    call = pin.transport.calls[0]
    assert (call.path, job.where) == ("ad_accounts/5/bulk/download", {"ad_account_id": "5"})
    assert call.json == {
        "output_format": "JSON",
        "entity_types": ["AD_GROUP"],
        "entity_ids": ["1", "2"],
        "updated_since": "7",
    }


def test_what_a_download_cannot_do_is_refused() -> None:
    pin = planned()
    with pytest.raises(ClientError, match=r"no bulk download of boards .*campaigns"):
        pin.boards.bulk()
    for query in (pin.campaigns.order_by("id"), pin.campaigns.skip(1), pin.ads.within(campaign="7")):
        with pytest.raises(ClientError, match="takes conditions and an ad account only"):
            query.bulk()
    assert isinstance(pin.transport, FakeTransport)
    assert pin.transport.calls == []


def test_entities_are_updated_and_created(pin: Pinterest) -> None:
    first, second = pin.campaigns.take(2)
    first.name = "Bulk A"
    made = pin.new("campaigns", name="Bulk new", objective_type="AWARENESS")
    job = pin.bulk_upsert(
        create={"campaigns": [made]}, update={"campaigns": [first, {"id": EntityState(second).id, "name": "Bulk B"}]}
    )
    done = job.result(**QUICK)
    assert [each.get("exceptions") for each in done] == [[], [], []]
    assert [pin.get("campaigns", EntityState(each).id).name for each in (first, second)] == ["Bulk A", "Bulk B"]
    assert "Bulk new" in {each.name for each in pin.campaigns}
    # The answer is the job's, so nothing is settled before it is looked at.
    assert list(first.changes()) == ["name"]
    first.refresh()
    assert first.name == "Bulk A"


def test_elements_are_those_of_the_description() -> None:
    pin = planned()
    keyword = pin.new("keywords", parent_id="5", value="spade", match_type="BROAD")
    campaign = pin.reference("campaigns", "7")
    campaign.name = "x"
    pin.bulk_upsert(create={"keywords": keyword}, update={"campaigns": [campaign, {"id": "8", "name": "z"}]})
    assert isinstance(pin.transport, FakeTransport)
    assert pin.transport.calls[0].json == {
        "create": {"keywords": [{"parent_id": "5", "keywords": [{"match_type": "BROAD", "value": "spade"}]}]},
        "update": {
            "campaigns": [
                {"name": "x", "id": "7", "ad_account_id": ACCOUNT},
                {"ad_account_id": ACCOUNT, "id": "8", "name": "z"},
            ]
        },
    }


def test_entities_in_the_wrong_place_are_refused() -> None:
    pin = planned()
    campaign, new = pin.reference("campaigns", "7"), pin.new("campaigns", name="x", objective_type="AWARENESS")
    campaign.name = "y"
    with pytest.raises(ClientError, match=r"campaign 7 is not to be created .*update="):
        pin.bulk_upsert(create={"campaigns": [campaign]})
    with pytest.raises(ClientError, match=r"new campaign is not to be updated .*create="):
        pin.bulk_upsert(update={"campaigns": [new]})
    with pytest.raises(InvalidValueError, match=r"these are campaigns, not ad groups"):
        pin.bulk_upsert(update={"ad_groups": [campaign]})
    assert isinstance(pin.transport, FakeTransport)
    assert pin.transport.calls == []


def test_lists_are_taken_where_text_joins_several() -> None:
    pin = planned()
    people = pin.new("customer_lists", name="L", records=["a@example.com", "b@example.com"])
    assert EntityState(people).values["records"] == "a@example.com,b@example.com"
    with pytest.raises(InvalidValueError, match="records"):
        people.records = [["a"]]


def test_an_image_that_has_a_url_may_tell_its_type() -> None:
    transport = FakeTransport(lambda request: reply({"id": "1"}))
    pin = Pinterest("t", transport=transport, retry=None)
    source = {"source_type": "image_url", "content_type": "image/jpeg", "url": "https://example.com/p.jpg"}
    pin.new("pins", board_id="5", media_source=source).save()
    assert transport.calls[0].json["media_source"] == source
    with pytest.raises(ClientError, match="no member 'contenttype'"):
        pin.new("pins", board_id="5", media_source={**source, "contenttype": "x"}).save()
