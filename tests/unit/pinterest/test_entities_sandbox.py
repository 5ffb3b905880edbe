"""Every resource against the sandbox: listed and read whole; made, changed and retired where Pinterest can."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from adplatforms.core.errors import ClientError, InvalidValueError, SaveAllError, ValidationError
from adplatforms.core.state import EntityState
from adplatforms.core.testing import assert_calls
from adplatforms.pinterest import Pinterest
from adplatforms.pinterest.entities import PinterestEntity
from adplatforms.sandbox import Sandbox

MODELS = PinterestEntity.__model__.registry.collections
LISTED = sorted(name for name, model in MODELS.items() if model.__model__.routes.list)
BUSINESS = "759631500000000001"


@pytest.fixture(scope="module")
def server() -> Iterator[Sandbox]:
    with Sandbox() as found:
        yield found


@pytest.fixture
def pin(server: Sandbox) -> Iterator[Pinterest]:
    with server.pinterest() as session:
        yield session


def limits(pin: Pinterest, collection: str) -> dict[str, Any]:
    """The parents that a listing needs, beside the session's own account."""
    wanted: dict[str, Any] = {
        "audience_shared_accounts": lambda: {"audience": pin.audiences.first()},
        "board_sections": lambda: {"board": pin.boards.first()},
        "catalog_items": lambda: {
            "country": "US",
            "language": "en-US",
            "filters": {"catalog_type": "RETAIL", "item_ids": ["a"]},
        },
        "catalog_products": lambda: {"product_group": pin.product_groups.first()},
        "local_stores": lambda: {"catalog": pin.catalogs.first()},
        "schedules": lambda: {"entity_ids": [EntityState(pin.campaigns.first()).id]},
        "feed_item_issues": lambda: {"processing_result": next(iter(pin.feeds.first().processing_results))},
        "feed_processing_results": lambda: {"feed": pin.feeds.first()},
        "followed_interests": lambda: {"username": "demo"},
        "product_group_promotions": lambda: {"ad_group_id": EntityState(pin.ad_groups.first()).id},
    }
    if collection in wanted:
        found: dict[str, Any] = wanted[collection]()
        return found
    if collection.startswith("business_") and collection != "business_employers":
        asset, member, partner = (
            pin.query(f"business_{kind}s").within(business=BUSINESS).first() for kind in ("asset", "member", "partner")
        )
        more = {"business_asset_members": {"asset": asset}, "business_asset_partners": {"asset": asset}}
        more |= {"business_member_assets": {"member": member}, "business_partner_assets": {"partner": partner}}
        return {"business": BUSINESS, **more.get(collection, {})}
    return {}


@pytest.mark.parametrize("collection", LISTED)
def test_a_listing_reads_every_field_of_every_row(pin: Pinterest, collection: str) -> None:
    for record in pin.query(collection).within(limits(pin, collection)).take(300):
        assert type(record) is MODELS[collection]
        assert {name: getattr(record, name) for name in record.__model__.fields}
        assert repr(record).startswith(f"<{type(record).__name__}")


@pytest.mark.parametrize("collection", [name for name in LISTED if MODELS[name].__model__.routes.get])
def test_one_record_is_read_as_it_was_listed(pin: Pinterest, collection: str) -> None:
    listed = pin.query(collection).within(limits(pin, collection)).first()
    assert listed is not None
    scope = {} if "ad_account_id" not in listed.raw else {"ad_account": listed.raw["ad_account_id"]}
    assert pin.get(collection, EntityState(listed).id, limit=scope if collection != "ad_accounts" else None) == listed
    listed.refresh()


LIVES = {
    "campaigns": (
        {
            "name": "Spring",
            "objective_type": "AWARENESS",
            "daily_spend_cap": Decimal("12.5"),
            "is_campaign_budget_optimization": True,
        },
        {"name": "Summer", "lifetime_spend_cap": None},
    ),
    "audiences": ({"name": "A", "audience_type": "VISITOR", "rule": {"visitor_source_id": "1"}}, {"name": "B"}),
    "boards": ({"name": "A"}, {"name": "B", "privacy": "SECRET"}),
    "feeds": (
        {
            "name": "A",
            "format": "CSV",
            "location": "https://example.com/f.csv",
            "default_currency": "USD",
            "default_locale": "en-US",
            "default_country": "US",
            "catalog_type": "RETAIL",
        },
        {"name": "B"},
    ),
    "lead_forms": (
        {
            "name": "A",
            "privacy_policy_link": "https://example.com/p",
            "has_accepted_terms": True,
            "completion_message": "Thanks",
            "questions": [{"question_type": "FIRST_NAME"}],
        },
        {"name": "B"},
    ),
    "promotions": ({"promotion_title": "A", "promotion_type": "VARIABLE"}, {"promotion_title": "B"}),
    "targeting_templates": (
        {"name": "A", "targeting_attributes": {"GENDER": ["male"]}},
        {"targeting_attributes": {"GENDER": ["female"]}},
    ),
}


@pytest.mark.parametrize("collection", sorted(LIVES))
def test_a_record_is_made_changed_read_again_and_retired(pin: Pinterest, collection: str) -> None:
    values, changes = LIVES[collection]
    record = pin.new(collection, values)
    record.save()
    assert EntityState(record).id
    record.set(changes)
    with assert_calls(pin, 1):
        record.save()
    record.refresh()
    assert {name: getattr(record, name) for name in changes} == changes
    if record.__model__.retired:
        record.archive()
    elif record.__model__.routes.delete:
        record.delete()
        with pytest.raises(LookupError, match="not found"):
            record.refresh()


def test_what_hangs_on_others_is_made_changed_and_retired(pin: Pinterest) -> None:
    group, board = pin.ad_groups.first(), pin.new("boards", name="New")
    assert group is not None
    board.save()
    lives: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
        ("keywords", {"parent_id": group.id, "match_type": "BROAD", "value": "spade"}, {"bid": Decimal(2)}),
        ("labels", {"parent_id": group.campaign_id, "label_type": "CUSTOM", "value": "a"}, {"value": "b"}),
        ("board_sections", {"board_id": board.id, "name": "a"}, {"name": "b"}),
        (
            "pins",
            {"board_id": board.id, "media_source": {"source_type": "image_url", "url": "https://example.com/a.jpg"}},
            {"title": "b"},
        ),
        (
            "ads",
            {"ad_group_id": group.id, "pin_id": EntityState(pin.pins.first()).id, "creative_type": "REGULAR"},  # type: ignore[union-attr]
            {"name": "b"},
        ),
    ]
    for collection, values, changes in lives:
        record = pin.new(collection, values)
        record.save()
        record.set(changes)
        record.save()
        assert {name: getattr(record, name) for name in changes} == changes
        assert not record.changes()
        (record.archive if record.__model__.retired else record.delete)()


def test_the_bindings_of_a_business_are_changed_and_ended(pin: Pinterest) -> None:
    member = pin.business_members.within(business=BUSINESS).first()
    assert member is not None
    member.business_role = "BIZ_ADMIN"
    member.save()
    (binding, *_) = pin.business_member_assets.within(business=BUSINESS, member=member)
    binding.permissions = ["ANALYST"]
    binding.save()
    assert binding.permissions == ["ANALYST"]
    binding.delete()
    member.delete()
    assert member not in list(pin.business_members.within(business=BUSINESS))


def test_a_batch_saves_the_others_when_one_fails(pin: Pinterest) -> None:
    values = {"objective_type": "AWARENESS", "is_campaign_budget_optimization": True, "daily_spend_cap": 5}
    good = [pin.new("campaigns", values, name=f"Batch {place}") for place in range(3)]
    good[1].daily_spend_cap = Decimal("0")
    del EntityState(good[1]).values["daily_spend_cap"]
    with (
        assert_calls(pin, 1),
        pytest.raises(SaveAllError, match=r"1 of 3 saves failed: .*needs one of daily_spend_cap") as caught,
    ):
        pin.save_all(good)
    assert [type(result.error) for result in caught.value.results] == [type(None), ValidationError, type(None)]
    assert pin.campaigns.where(id=[good[0].id, good[2].id]).count() == 2


def test_archived_campaigns_are_reachable(pin: Pinterest) -> None:
    hidden = list(pin.campaigns.where(status=["ARCHIVED", "DRAFT"]).take(5))
    assert hidden
    assert not {campaign.id for campaign in hidden} & {campaign.id for campaign in pin.campaigns}
    assert len(list(pin.campaigns.where(id=[campaign.id for campaign in hidden]))) == len(hidden)


def test_an_unlisted_resource_says_so(pin: Pinterest) -> None:
    with pytest.raises(ClientError, match="get it by its id"):
        list(pin.query("reports"))


def test_no_repr_change_or_error_shows_credentials(fresh_sandbox: Sandbox) -> None:
    pin = fresh_sandbox.pinterest()
    feed = pin.feeds.first()
    feed.credentials = {"username": "hidden-name", "password": "hidden-word"}
    token = pin.new("lead_subscriptions", webhook_url="https://example.org", partner_access_token="hidden-token")
    shown = [repr(feed.credentials), repr(feed.changes()), repr(token.changes()), repr(token.partner_access_token)]
    shown += [repr(feed.save()), repr(feed.to_dict()), repr(token), repr(pin.integrations.first().to_dict())]
    for wrong in ("hidden-word", ["hidden-word"], [1]):
        with pytest.raises(InvalidValueError, match="credentials: expected a dict, not a") as caught:
            feed.credentials = wrong
        shown.append(repr(caught.value))
    assert "'***'" in shown[0]
    assert not [text for text in shown if "hidden" in text or "partner_access_token': 'H" in text]


def test_credentials_are_used_like_any_value(fresh_sandbox: Sandbox) -> None:
    pin = fresh_sandbox.pinterest()
    feed = pin.feeds.first()
    feed.credentials["password"] = "word"
    assert set(feed.changes()) == {"credentials"}
    feed.save()
    again = pin.feeds.first()
    assert (again.credentials["password"], again.credentials == feed.credentials) == ("word", True)
    assert str(pin.integrations.first().partner_access_token).isprintable()
    again.credentials = None
    again.save()
    assert pin.feeds.first().credentials is None
