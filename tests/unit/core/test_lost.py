"""Writes whose answer was lost: looked up before they are repeated, never applied twice, never lost silently."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import unquote

import pytest

from adplatforms.core.errors import (
    AmbiguousWrite,
    ClientError,
    ConflictError,
    ConnectError,
    RequestTimeout,
    SaveAllError,
)
from adplatforms.core.messages import Answer, Request
from adplatforms.core.state import EntityState
from adplatforms.core.testing import reply

NOW = (datetime.now(UTC) + timedelta(days=1)).isoformat()  # new, however long ago the tests were collected
OLD = (datetime.now(UTC) - timedelta(days=3)).isoformat()


def broken(kind: Any = ConnectError) -> Exception:
    return kind("the connection broke", request=None, unsure=True)  # type: ignore[no-any-return]


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
            rows = [row for row in self.rows.values() if all(row.get(n) in v.split(",") for n, v in wanted.items())]
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


def test_a_create_that_is_not_found_is_never_sent_again(platform: Platform, session: Any, watch: Any) -> None:
    """It may still be at work, however long ago the connection broke."""
    platform.then = [(False, broken())]
    one = item(session(platform))
    with pytest.raises(AmbiguousWrite, match=r"new item was not saved.*may have been applied"):
        one.save()
    assert (platform.writes, len(platform.rows)) == (1, 1)
    assert watch.waits == [0.5, 1.0, 2.0, 4.0]
    assert set(one.changes()) == {"name", "shop_id"}


@pytest.mark.parametrize("look", [1, 3, 5])
def test_a_create_that_the_platform_is_still_at_work_on_is_found_later(
    look: int, platform: Platform, session: Any, watch: Any
) -> None:
    looks = []

    def late(request: Request) -> Answer:
        if not request.writes:
            looks.append(request)
            if len(looks) == look:
                platform.rows["9"] = {"id": "9", "name": "spring", "shopId": "1", "madeOn": NOW}
        return platform(request)

    platform.then = [(False, broken())]
    one = item(session(late))
    one.save()
    assert (one.id, platform.writes, len(looks)) == ("9", 1, look)


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
    with pytest.raises(AmbiguousWrite, match="there is an older record with its values"):
        one.save()
    assert (platform.writes, EntityState(one).id) == (1, None)


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
    with pytest.raises(AmbiguousWrite, match="there is more than one record that may be it"):
        one.save()
    assert platform.writes == 1


def test_without_a_natural_key_nobody_can_tell(platform: Platform, session: Any) -> None:
    platform.then = [(True, broken())]
    one = session(platform)
    with pytest.raises(AmbiguousWrite, match="it has nothing to be found again by"):
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
    with pytest.raises(AmbiguousWrite, match=r"may have been applied: look before you repeat it"):
        one.save()
    assert (platform.writes, list(one.changes())) == (1, ["name"])


def test_a_second_lost_answer_is_looked_up_too(platform: Platform, session: Any) -> None:
    one = session(platform).get("items", "7")
    platform.then = [(False, broken()), (True, broken())]
    one.name = "after"
    one.save()
    assert (platform.writes, one.changes()) == (2, {})


def test_a_second_lost_answer_is_the_end(platform: Platform, session: Any) -> None:
    one = session(platform).get("items", "7")
    platform.then = [(False, broken()), (False, broken())]
    one.name = "after"
    with pytest.raises(AmbiguousWrite, match=r"may have been applied: look before you repeat it"):
        one.save()
    assert (platform.writes, list(one.changes())) == (2, ["name"])


def test_whatever_ends_the_second_one_the_first_may_have_been_applied(session: Any) -> None:
    """The first arrives after the look, and the second is refused for it. Somebody else changes the record then."""
    platform = Platform({"id": "7", "name": "a", "version": 3})

    def conflicting(request: Request) -> Answer:
        if request.writes and platform.writes:
            platform.writes += 1
            platform.rows["7"] = {"id": "7", "name": "theirs", "version": 5}
            return reply({"code": 5}, status=409)
        return platform(request)

    one = session(conflicting, capabilities=LOCKED).get("shops", "7")
    platform.then = [(False, broken())]
    one.name = "b"
    with pytest.raises(AmbiguousWrite, match=r"HTTP 409.*neither what it was nor what was sent") as caught:
        one.save()
    assert isinstance(caught.value, ConflictError)
    assert platform.writes == 2


def test_what_was_lost_is_looked_for_again_before_it_is_saved_again(platform: Platform, session: Any) -> None:
    platform.then = [(False, broken())]
    one = item(session(platform))
    with pytest.raises(AmbiguousWrite, match=r"may have been applied: look before you repeat it"):
        one.save()
    platform.rows["9"] = {"id": "9", "name": "spring", "shopId": "1", "madeOn": NOW}
    one.name = "summer"
    assert {name: change.new for name, change in one.save().items()} == {"name": "summer", "shop_id": "1"}
    assert (one.id, platform.rows["9"]["name"], platform.writes) == ("9", "summer", 2)


def test_who_saves_again_what_is_still_not_there_creates_it(platform: Platform, session: Any) -> None:
    platform.then = [(False, broken())]
    one = item(session(platform))
    with pytest.raises(AmbiguousWrite, match=r"may have been applied: look before you repeat it"):
        one.save()
    one.save()
    assert (one.id, platform.writes) == ("new-2", 2)


def test_a_look_alike_never_takes_the_first_ones_id(platform: Platform, session: Any) -> None:
    line = session(platform)
    first, second = item(line), item(line)
    first.save()
    platform.then = [(False, broken())]
    with pytest.raises(AmbiguousWrite, match=r"may have been applied: look before you repeat it"):
        second.save()
    assert (first.id, EntityState(second).id, platform.writes) == ("new-1", None, 2)


def test_a_look_alike_that_is_under_way_is_waited_for(platform: Platform, session: Any) -> None:
    """While the look-alike has no answer yet, nobody can tell whose record a look finds."""
    first, second = item(line := session(platform)), item(line)

    def beside(request: Request) -> Answer:
        answer = platform(request)
        if request.writes and platform.writes == 1:
            platform.then = [(False, broken())]
            with pytest.raises(AmbiguousWrite, match="another one of the same name is being created"):
                second.save()
        return answer

    line.transport._answer = beside
    first.save()
    assert (first.id, EntityState(second).id, len(platform.rows)) == ("new-1", None, 2)


def test_a_new_record_that_is_being_saved_is_not_saved_by_another_thread(platform: Platform, session: Any) -> None:
    refused = []

    def beside(request: Request) -> Answer:
        with pytest.raises(ClientError, match="new item is being saved by another thread") as caught:
            one.save()
        refused.append(caught.value)
        return platform(request)

    one = item(session(beside))
    one.save()
    assert (len(refused), platform.writes) == (1, 1)


def test_records_that_do_not_tell_when_they_were_made_are_not_guessed_at(platform: Platform, session: Any) -> None:
    platform.rows["6"] = {"id": "6", "name": "spring", "shopId": "1"}
    platform.then = [(False, broken())]
    one = item(session(platform))
    with pytest.raises(AmbiguousWrite, match="nothing shows when they were created") as caught:
        one.save()
    assert caught.value.candidates == ("6",)


def test_what_may_be_there_is_not_created_by_saving_again(platform: Platform, session: Any) -> None:
    """The lost create arrived late, and the record does not tell when it was made: a second one would double it."""
    platform.then = [(False, broken())]
    one = item(line := session(platform))
    with pytest.raises(AmbiguousWrite, match="may have been applied"):
        one.save()
    platform.rows["9"] = {"id": "9", "name": "spring", "shopId": "1"}
    with pytest.raises(AmbiguousWrite, match="save a new record with its values") as caught:
        one.save()
    assert (caught.value.candidates, platform.writes) == (("9",), 1)
    assert caught.value.hint.count("nothing shows when they were created") == 1
    item(line).save()
    assert platform.writes == 2


@pytest.mark.parametrize("ahead", [-3600, 0, 3600])
def test_the_platforms_own_clock_tells_what_is_new(ahead: int, platform: Platform, session: Any) -> None:
    """A look-alike of a minute ago is not taken for the lost one, however wrong the platform's clock is."""
    there = datetime.now(UTC) + timedelta(seconds=ahead)
    for number, seconds in (("5", 60), ("6", 0)):
        made_on = (there - timedelta(seconds=seconds)).isoformat()
        platform.rows[number] = {"id": number, "name": "spring", "shopId": "1", "madeOn": made_on}

    def dated(request: Request) -> Answer:
        answer = platform(request)
        return replace(answer, headers={**answer.headers, "date": format_datetime(there)})

    line = session(dated)
    line.shops.first()
    platform.then = [(False, broken())]
    one = item(line)
    one.save()
    assert (one.id, platform.writes) == ("6", 1)


def test_what_somebody_else_saved_is_not_overwritten_where_there_are_no_versions(
    platform: Platform, session: Any
) -> None:
    one = session(platform).get("items", "7")
    platform.rows["7"] = {**platform.rows["7"], "name": "theirs"}
    platform.then = [(False, broken())]
    one.name = "after"
    with pytest.raises(AmbiguousWrite, match="neither what it was nor what was sent"):
        one.save()
    assert (platform.writes, platform.rows["7"]["name"]) == (1, "theirs")


def test_another_field_that_somebody_else_saved_counts_too(platform: Platform, session: Any) -> None:
    one = session(platform).get("items", "7")
    platform.rows["7"] = {**platform.rows["7"], "shopId": "2"}
    platform.then = [(False, broken())]
    one.name = "after"
    with pytest.raises(AmbiguousWrite, match="neither what it was nor what was sent"):
        one.save()
    assert platform.writes == 1


def test_what_has_no_loaded_base_is_never_sent_again(session: Any) -> None:
    platform = Platform({"id": "7", "name": "a", "status": "OPEN"})
    (one,) = session(
        lambda request: (
            reply({"rows": [{"id": "7", "name": "a"}], "total": 1}) if request.path == "shops" else platform(request)
        )
    ).shops
    platform.then = [(False, broken())]
    one.status = "CLOSED"
    with pytest.raises(AmbiguousWrite, match="neither what it was nor what was sent"):
        one.save()
    assert platform.writes == 1


SPOILT = {
    "nothing": reply(None),
    "no id": reply({"name": "spring"}),
    "another name": reply({"id": "7", "name": "before", "shopId": "1"}),
    "another parent": reply({"id": "9", "name": "spring", "shopId": "2"}),
    "cut": reply('{"id": "9"', "application/json"),
    "a gateway's page": reply("<h1>Sign in</h1>", "text/html", 401),
    "a gateway's limit": reply("<h1>Slow down</h1>", "text/html", 429),
    "a gateway's refusal": reply("<h1>No</h1>", "text/html", 403),
    "a gateway's pause": reply("<h1>Back soon</h1>", "text/html", 503, retry_after="1"),
    "early hints": reply("", "text/html", 103),
}


@pytest.mark.parametrize("applied", [True, False])
@pytest.mark.parametrize("spoilt", SPOILT)
def test_an_answer_that_does_not_tell_is_looked_up(
    spoilt: str, applied: bool, platform: Platform, session: Any
) -> None:
    def answers(request: Request) -> Answer:
        if not request.writes or platform.writes:
            return platform(request)
        platform.then = [(applied, None)]
        platform(request)
        return SPOILT[spoilt]

    one = item(session(answers))
    if applied:
        one.save()
        assert (one.id, one.changes(), platform.writes) == ("new-1", {}, 1)
    else:
        with pytest.raises(AmbiguousWrite, match=r"may have been applied: look before you repeat it"):
            one.save()
        assert (set(one.changes()), platform.writes) == ({"name", "shop_id"}, 1)


BATCHES = {"max_batch": 3}


def batch(platform: Platform) -> Any:
    """The platform, with a call that saves several; `applied` tells which of them are, and the answer is lost."""

    def answers(request: Request) -> Answer:
        if request.path != "batch":
            found = dict(request.params).get("id")
            if request.path == "items" and found:
                rows = [row for key, row in platform.rows.items() if key in found.split(",")]
                return reply({"rows": rows, "total": len(rows)})
            return platform(request)
        platform.writes += 1
        for number, row in enumerate(request.json):
            if platform.writes > 1 or number in platform.applied:
                key = row["id"] or f"new-{number}"
                platform.rows[key] = {**platform.rows.get(key, {"madeOn": NOW}), **row, "id": key}
        if platform.writes == 1:
            raise broken(platform.failure)
        return reply([platform.rows[row["id"]] for row in request.json])

    return answers


@pytest.fixture
def many() -> Platform:
    platform: Any = Platform(*({"id": str(n), "name": f"old {n}", "shopId": "1", "madeOn": OLD} for n in range(3)))
    platform.applied, platform.failure = (), ConnectError
    return platform  # type: ignore[no-any-return]


def test_a_lost_batch_is_settled_by_one_read_of_its_ids(many: Any, session: Any) -> None:
    many.applied = (0, 1, 2)
    line = session(batch(many), capabilities=BATCHES)
    mine = list(line.items)
    for each in mine:
        each.name += "!"
    before = len(line.transport.calls)
    assert [result.error for result in line.save_all(mine)] == [None, None, None]
    assert [call.path for call in line.transport.calls[before:]] == ["batch", "items"]
    assert not any(each.changes() for each in mine)


def test_of_a_lost_batch_what_was_not_applied_is_sent_once_more(many: Any, session: Any) -> None:
    many.applied = (1,)
    line = session(batch(many), capabilities=BATCHES)
    mine = list(line.items)
    for each in mine:
        each.name += "!"
    assert [result.error for result in line.save_all(mine)] == [None, None, None]
    assert [row["id"] for row in line.transport.calls[-1].json] == ["0", "2"]
    assert [row["name"] for row in many.rows.values()] == ["old 0!", "old 1!", "old 2!"]


def test_of_a_lost_batch_what_somebody_else_saved_is_not_overwritten(many: Any, session: Any) -> None:
    many.applied = (0,)
    line = session(batch(many), capabilities=BATCHES)
    mine = list(line.items)
    for each in mine:
        each.name += "!"
    many.rows["2"]["name"] = "theirs"
    with pytest.raises(
        SaveAllError, match=r"1 of 3 saves failed: item 2 was not saved: .*neither what it was nor what was sent"
    ) as caught:
        line.save_all(mine)
    assert [type(result.error).__mro__[1] for result in caught.value.results if result.error] == [AmbiguousWrite]
    assert (many.rows["1"]["name"], many.rows["2"]["name"]) == ("old 1!", "theirs")


def test_a_lost_batch_that_timed_out_is_not_sent_again(many: Any, session: Any) -> None:
    many.applied, many.failure = (1,), RequestTimeout
    line = session(batch(many), capabilities=BATCHES)
    mine = list(line.items)
    for each in mine:
        each.name += "!"
    with pytest.raises(
        SaveAllError, match=r"2 of 3 saves failed: item 0 was not saved: .*may have been applied"
    ) as caught:
        line.save_all(mine)
    assert [isinstance(result.error, AmbiguousWrite) for result in caught.value.results] == [True, False, True]
    assert (many.writes, [bool(each.changes()) for each in mine]) == (1, [True, False, True])


def test_new_records_of_a_lost_batch_are_found_by_their_names(many: Any, session: Any) -> None:
    """Two of them are alike: whichever id they get, it is a record with their values."""
    many.applied = (0, 1)
    line = session(batch(many), capabilities=BATCHES)
    mine = [line.new("items", name=name, shop_id="1") for name in ("a", "a", "b")]
    with pytest.raises(
        SaveAllError, match=r"1 of 3 saves failed: new item was not saved: .*may have been applied"
    ) as caught:
        line.save_all(mine)
    assert [isinstance(result.error, AmbiguousWrite) for result in caught.value.results] == [False, False, True]
    assert {mine[0].id, mine[1].id} == {"new-0", "new-1"}
    assert many.writes == 1


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
    with pytest.raises(AmbiguousWrite, match=r"may have been applied: look before you repeat it"):
        getattr(one, verb)()
    assert (one.status, platform.writes) == ("OPEN", 1)


def test_what_is_never_shown_cannot_be_looked_up(platform: Platform, session: Any) -> None:
    platform.rows["7"].pop("shopId")
    one = session(platform).get("shops", "7")
    platform.then = [(False, broken())]
    one.status = "OPEN"
    with pytest.raises(AmbiguousWrite, match="the record does not show what was sent"):
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
    with pytest.raises(AmbiguousWrite, match="neither what it was nor what was sent"):
        one.save()
    assert (platform.writes, platform.rows["7"]["name"]) == (1, "theirs")


def test_a_delete_that_cannot_be_looked_up_stays_ambiguous(session: Any) -> None:
    platform = Platform({"id": "7", "name": "a"})
    one = session(lambda request: platform(request) if request.writes else reply({"code": 9}, status=403))
    platform.then = [(True, broken())]
    with pytest.raises(AmbiguousWrite, match=r"looking it up failed too: .*403"):
        one.reference("shops", "7").delete()
    assert platform.writes == 1
