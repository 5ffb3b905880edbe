"""Writes whose answer was lost: looked up before they are repeated, never applied twice, never lost silently."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote

import pytest

from adplatforms.core.errors import AmbiguousWrite, ConnectError, RequestTimeout
from adplatforms.core.testing import reply
from adplatforms.core.values import Answer, Request

NOW = datetime.now(UTC).isoformat()
OLD = (datetime.now(UTC) - timedelta(days=3)).isoformat()


def broken(kind: Any = ConnectError) -> Exception:
    error = kind("the line broke", request=None)
    error.unsure = True
    return error  # type: ignore[no-any-return]


class Platform:
    """Keeps rows. The next write ends as `then` says: applied or not, answered or not."""

    def __init__(self, *rows: dict[str, Any]) -> None:
        self.rows = {row["id"]: row for row in rows}
        self.writes = 0
        self.then: list[tuple[bool, Exception | None]] = []

    def __call__(self, request: Request) -> Answer:
        _, _, found = unquote(request.path).partition("/")
        if not request.writes:
            if found:
                return reply(self.rows[found]) if found in self.rows else reply({"code": 4}, status=404)
            wanted = {name: value for name, value in request.params if name not in ("size", "from")}
            rows = [row for row in self.rows.values() if all(row.get(n) == v for n, v in wanted.items())]
            return reply({"rows": rows, "total": len(rows)})
        self.writes += 1
        applied, failure = self.then.pop(0) if self.then else (True, None)
        key = found.removesuffix("/close") or f"new-{self.writes}"
        row = {**self.rows.get(key, {"id": key, "madeOn": NOW}), **json.loads(json.dumps(request.json or {}))}
        if found.endswith("/close"):
            row["status"] = "CLOSED"
        if applied and request.method == "DELETE":
            self.rows.pop(key, None)
        elif applied:
            self.rows[key] = row
        if failure:
            raise failure
        return reply(row)


@pytest.fixture
def platform() -> Platform:
    return Platform({"id": "7", "name": "before", "shopId": "1", "madeOn": OLD})


def item(one: Any) -> Any:
    return one.new("items", name="spring", shop_id="1")


@pytest.mark.parametrize("failure", [ConnectError, RequestTimeout])
def test_a_create_that_was_applied_is_found_again(failure: Any, platform: Platform, session: Any) -> None:
    platform.then = [(True, broken(failure))]
    one = item(session(platform))
    assert set(one.save()) == {"name", "shop_id"}
    assert (one.id, platform.writes, one.changes()) == ("new-1", 1, {})


def test_a_create_that_was_not_applied_is_sent_once_more(platform: Platform, session: Any) -> None:
    platform.then = [(False, broken())]
    one = item(session(platform))
    one.save()
    assert (one.id, platform.writes, len(platform.rows)) == ("new-2", 2, 2)


def test_a_create_that_timed_out_may_be_under_way(platform: Platform, session: Any) -> None:
    """Not to be found now does not mean that it will not come."""
    platform.then = [(False, broken(RequestTimeout))]
    one = item(session(platform))
    with pytest.raises(AmbiguousWrite, match=r"new item was not saved.*may have been applied") as caught:
        one.save()
    assert isinstance(caught.value, TimeoutError)
    assert (platform.writes, set(one.changes())) == (1, {"name", "shop_id"})


def test_an_older_record_of_the_same_name_is_not_taken_for_it_nor_doubled(platform: Platform, session: Any) -> None:
    """The platform's clock may be wrong by more than we allow for."""
    platform.rows["6"] = {"id": "6", "name": "spring", "shopId": "1", "madeOn": OLD}
    platform.then = [(False, broken())]
    one = item(session(platform))
    with pytest.raises(AmbiguousWrite):
        one.save()
    assert (platform.writes, one._raw.get("id")) == (1, None)


def test_a_record_elsewhere_is_not_the_one(platform: Platform, session: Any) -> None:
    platform.rows["6"] = {"id": "6", "name": "spring", "shopId": "2", "madeOn": NOW}
    platform.then = [(True, broken())]
    one = item(session(platform))
    one.save()
    assert (one.id, platform.writes) == ("new-1", 1)


def test_two_that_could_be_it_are_not_guessed_at(platform: Platform, session: Any) -> None:
    platform.rows["6"] = {"id": "6", "name": "spring", "shopId": "1", "madeOn": NOW}
    platform.then = [(True, broken())]
    one = item(session(platform))
    with pytest.raises(AmbiguousWrite):
        one.save()
    assert platform.writes == 1


def test_without_a_natural_key_nobody_can_tell(platform: Platform, session: Any) -> None:
    platform.then = [(True, broken())]
    one = session(platform)
    with pytest.raises(AmbiguousWrite):
        one.new("shops", name="spring").save()
    assert platform.writes == 1


def test_an_update_that_was_applied_is_seen(platform: Platform, session: Any) -> None:
    one = session(platform).get("items", "7")
    platform.then = [(True, broken())]
    one.name = "after"
    assert one.save()["name"] == ("before", "after")
    assert (platform.writes, one.changes()) == (1, {})


def test_an_update_that_was_not_applied_is_sent_once_more(platform: Platform, session: Any) -> None:
    one = session(platform).get("items", "7")
    platform.then = [(False, broken())]
    one.name = "after"
    one.save()
    assert (platform.writes, platform.rows["7"]["name"]) == (2, "after")


def test_an_update_that_timed_out_may_be_under_way(platform: Platform, session: Any) -> None:
    one = session(platform).get("items", "7")
    platform.then = [(False, broken(RequestTimeout))]
    one.name = "after"
    with pytest.raises(AmbiguousWrite):
        one.save()
    assert (platform.writes, list(one.changes())) == (1, ["name"])


def test_a_second_lost_answer_is_the_end(platform: Platform, session: Any) -> None:
    platform.then = [(False, broken()), (True, broken())]
    one = item(session(platform))
    with pytest.raises(AmbiguousWrite):
        one.save()
    assert platform.writes == 2


def test_a_look_up_that_fails_too_is_told(session: Any) -> None:
    platform = Platform()
    platform.then = [(True, broken())]

    def gone(request: Request) -> Answer:
        return platform(request) if request.writes else reply({"code": 9}, status=403)

    with pytest.raises(AmbiguousWrite, match=r"may have been applied.*looking it up failed too: .*403"):
        item(session(gone)).save()
    assert platform.writes == 1


def test_what_was_refused_is_not_looked_up(platform: Platform, session: Any) -> None:
    one = session(reply({"code": 1}, status=400))
    with pytest.raises(ValueError, match="new item was not saved"):
        item(one).save()
    assert len(one.transport.calls) == 1


@pytest.fixture
def shop(session: Any) -> Any:
    """A shop that is open, and its platform."""
    platform = Platform({"id": "7", "name": "a", "status": "OPEN", "madeOn": OLD})
    return platform, session(platform).get("shops", "7")


def test_an_archive_that_was_applied_is_seen(shop: Any) -> None:
    platform, one = shop
    platform.then = [(True, broken())]
    one.archive()
    assert (one.status, platform.writes) == ("CLOSED", 1)


def test_an_archive_that_was_not_applied_is_sent_once_more(shop: Any) -> None:
    platform, one = shop
    platform.then = [(False, broken())]
    one.archive()
    assert (one.status, platform.writes, platform.rows["7"]["status"]) == ("CLOSED", 2, "CLOSED")


def test_a_delete_that_was_applied_is_seen(shop: Any) -> None:
    platform, one = shop
    platform.then = [(True, broken())]
    one.delete()
    assert (platform.rows, platform.writes) == ({}, 1)


@pytest.mark.parametrize("verb", ["archive", "delete"])
@pytest.mark.parametrize("options", [{}, {"retry": None}], ids=str)
def test_what_may_be_under_way_stays_ambiguous(verb: str, options: Any, shop: Any) -> None:
    platform, one = shop
    one = one.session.using(**options).get("shops", "7")
    platform.then = [(False, broken(RequestTimeout))]
    with pytest.raises(AmbiguousWrite):
        getattr(one, verb)()
    assert (one.status, platform.writes) == ("OPEN", 1)


def test_what_is_never_shown_cannot_be_looked_up(platform: Platform, session: Any) -> None:
    platform.rows["7"].pop("shopId")
    one = session(platform).get("shops", "7")
    platform.then = [(False, broken())]
    one.status = "OPEN"
    with pytest.raises(AmbiguousWrite):
        one.save()
    assert (platform.writes, list(one.changes())) == (1, ["status"])


LOCKED = {"version_lock": True}


def test_where_updates_name_a_version_a_late_one_does_no_harm(session: Any) -> None:
    """The repeated one has the same version: if the first arrives after all, one of the two is refused."""
    platform = Platform({"id": "7", "name": "a", "version": 3})
    one = session(platform, capabilities=LOCKED).get("shops", "7")
    platform.then = [(False, broken(RequestTimeout))]
    one.name = "b"
    one.save()
    assert (platform.writes, platform.rows["7"]["name"]) == (2, "b")


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(session: Any) -> None:
    platform = Platform({"id": "7", "name": "a", "version": 3})
    one = session(platform, capabilities=LOCKED).get("shops", "7")
    platform.rows["7"] = {"id": "7", "name": "theirs", "version": 4}
    platform.then = [(False, broken())]
    one.name = "b"
    with pytest.raises(AmbiguousWrite):
        one.save()
    assert (platform.writes, platform.rows["7"]["name"]) == (1, "theirs")


def test_a_delete_that_cannot_be_looked_up_stays_ambiguous(session: Any) -> None:
    platform = Platform({"id": "7", "name": "a"})
    one = session(lambda request: platform(request) if request.writes else reply({"code": 9}, status=403))
    platform.then = [(True, broken())]
    with pytest.raises(AmbiguousWrite, match=r"looking it up failed too: .*403"):
        one.new("shops", id="7").delete()
    assert platform.writes == 1
