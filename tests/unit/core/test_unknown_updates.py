"""Saving, archiving and deleting again what nobody knows of: it is looked up before anything is sent."""

from typing import Any

import pytest

from adplatforms.core.errors import (
    AmbiguousWrite,
    ConflictError,
    NotFoundError,
    RequestTimeout,
    SaveAllError,
    ValidationError,
)
from adplatforms.core.messages import Answer, Request
from adplatforms.core.state import EntityState
from adplatforms.core.testing import reply


class Platform:
    """One shop, whose version each update must name. At the writes in `stops` something happens instead of an answer,
    before or after the write is applied."""

    def __init__(self, stop: BaseException, applied: bool = True, stops: tuple[int, ...] = (1,)) -> None:
        self.row: dict[str, Any] | None = {"id": "1", "name": "Old", "version": 3, "status": "OPEN"}
        self.stop, self.applied, self.stops = stop, applied, stops
        self.looks: BaseException | None = None
        self.reads = self.writes = self.applications = 0

    def __call__(self, request: Request) -> Answer:
        if not request.writes:
            self.reads += 1
            if self.looks is not None:
                raise self.looks
            return self.shown()
        self.writes += 1
        stopped = self.writes in self.stops
        if self.applied or not stopped:
            self.apply(request)
        if stopped:
            raise self.stop
        return self.shown()

    def apply(self, request: Request) -> None:
        if self.row is None:
            return
        if request.method == "DELETE":
            self.row = None
        else:
            values = {"status": "CLOSED"} if request.path.endswith("close") else request.json
            if isinstance(values, list):
                (values,) = values
            self.row = {**self.row, **values, "version": self.row["version"] + 1}
        self.applications += 1

    def shown(self) -> Answer:
        if self.row is None:
            return reply({"code": "GONE"}, status=404)
        return reply(self.row)


INTERRUPT = KeyboardInterrupt("no answer")
LOST = RequestTimeout("no answer", unsure=True)


def shop_of(session: Any, platform: Platform, **capabilities: Any) -> Any:
    """The shop, with the retries of the connection and its looks switched off: the next save looks by itself."""
    one = session(platform, retry=None, capabilities=capabilities)
    return one.entities(one.query("shops"), one.fetch_page(Request("GET", "shops/1")))[0]


def interrupt_a_save(shop: Any) -> None:
    """Gives the shop another name; the save of it ends in the platform's interrupt."""
    shop.name = "New"
    with pytest.raises(KeyboardInterrupt):
        shop.save()


@pytest.mark.parametrize("stop", [INTERRUPT, LOST])
def test_an_update_that_was_applied_is_not_sent_again(session: Any, stop: BaseException) -> None:
    platform = Platform(stop)
    shop = shop_of(session, platform)
    shop.name = "New"
    with pytest.raises((KeyboardInterrupt, AmbiguousWrite), match="no answer"):
        shop.save()
    assert str(shop.save()) == "{'name': Change(old='Old', new='New')}"
    assert (platform.writes, shop.name, shop.version, shop.changes()) == (1, "New", 4, {})
    assert shop.save() == {}


def test_an_update_that_was_not_applied_is_sent_once_more(session: Any) -> None:
    platform = Platform(INTERRUPT, applied=False)
    shop = shop_of(session, platform)
    interrupt_a_save(shop)
    assert list(shop.save()) == ["name"]
    assert (platform.writes, platform.applications, shop.version) == (2, 1, 4)


def test_what_was_set_since_is_sent_and_nothing_else(session: Any) -> None:
    platform = Platform(INTERRUPT)
    shop = shop_of(session, platform)
    interrupt_a_save(shop)
    shop.status = "CLOSED"
    assert str(shop.save()) == ("{'name': Change(old='Old', new='New'), 'status': Change(old='OPEN', new='CLOSED')}")
    assert (platform.writes, platform.row and platform.row["version"]) == (2, 5)


def test_another_value_of_the_same_field_is_sent(session: Any) -> None:
    platform = Platform(INTERRUPT)
    shop = shop_of(session, platform)
    interrupt_a_save(shop)
    shop.name = "Newer"
    shop.save()
    assert (platform.writes, platform.row and platform.row["name"], shop.name) == (2, "Newer", "Newer")


def test_in_save_all_too(session: Any) -> None:
    platform = Platform(INTERRUPT)
    shop = shop_of(session, platform, max_batch=10)
    interrupt_a_save(shop)
    (result,) = EntityState(shop).require_session("save it to").save_all([shop])
    assert (platform.writes, result.error, list(result.changes)) == (1, None, ["name"])


def test_what_a_lost_batch_left_unknown_is_looked_up(session: Any) -> None:
    platform = Platform(LOST)
    shop = shop_of(session, platform, max_batch=10)
    owner = EntityState(shop).require_session("save it to")
    shop.name = "New"
    with pytest.raises(SaveAllError, match="1 of 1 saves failed"):
        owner.save_all([shop])
    (result,) = owner.save_all([shop])
    assert (platform.writes, platform.reads, result.error, list(result.changes)) == (1, 2, None, ["name"])


def test_a_refusal_after_an_unknown_save_leaves_it_unknown(session: Any) -> None:
    """The refusal may come from the first one: it gave the record another version."""
    platform = Platform(INTERRUPT)
    shop = shop_of(session, platform)
    interrupt_a_save(shop)
    platform.looks, platform.stops, platform.stop = LOST, (2,), ConflictError("stale", code="409", status=409)
    with pytest.raises(AmbiguousWrite, match=r"shop 1 was not saved.*stale"):
        shop.save()
    platform.looks = None
    shop.save()
    assert (platform.writes, shop.version) == (2, 5), "the one that was refused was applied here, and is found"


def test_a_refusal_is_told_as_it_is_once_the_save_is_known(session: Any) -> None:
    platform = Platform(INTERRUPT, applied=False)
    shop = shop_of(session, platform)
    interrupt_a_save(shop)
    shop.save()
    reads = platform.reads
    platform.stops, platform.stop = (3,), ValidationError("too long", code="BAD", status=400)
    shop.name = "N" * 99
    with pytest.raises(ValidationError, match="too long"):
        shop.save()
    assert platform.reads == reads, "it was looked up although nothing was unknown"


@pytest.mark.parametrize("stop", [INTERRUPT, LOST])
def test_an_archive_that_was_applied_is_not_sent_again(session: Any, stop: BaseException) -> None:
    platform = Platform(stop)
    shop = shop_of(session, platform)
    with pytest.raises((KeyboardInterrupt, AmbiguousWrite), match="no answer"):
        shop.archive()
    shop.archive()
    assert (platform.writes, shop.status, shop.version) == (1, "CLOSED", 4)


def test_an_archive_after_an_unknown_save_is_sent(session: Any) -> None:
    platform = Platform(INTERRUPT)
    shop = shop_of(session, platform)
    interrupt_a_save(shop)
    shop.archive()
    assert (platform.writes, shop.name, shop.status) == (2, "New", "CLOSED")


@pytest.mark.parametrize("stop", [INTERRUPT, LOST])
def test_a_delete_that_was_applied_is_done(session: Any, stop: BaseException) -> None:
    platform = Platform(stop)
    shop = shop_of(session, platform)
    with pytest.raises((KeyboardInterrupt, AmbiguousWrite), match="no answer"):
        shop.delete()
    platform.stops, platform.stop = (2,), NotFoundError("no such shop", code="GONE", status=404)
    shop.delete()
    assert (platform.row, platform.applications) == (None, 1)
    platform.stops = (3,)
    with pytest.raises(NotFoundError, match="no such shop"):
        shop.delete()


def test_a_record_that_is_missing_after_an_unknown_save_is_an_error(session: Any) -> None:
    platform = Platform(INTERRUPT)
    shop = shop_of(session, platform)
    interrupt_a_save(shop)
    platform.stops, platform.stop = (2,), NotFoundError("no such shop", code="GONE", status=404)
    with pytest.raises(NotFoundError, match="no such shop"):
        shop.delete()
