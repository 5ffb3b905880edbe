"""What a look for a lost write may conclude, condition by condition: each of these was once left out on purpose."""

from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adplatforms.core.errors import AmbiguousWrite, ConnectError, RequestTimeout, SaveAllError, UnavailableError
from adplatforms.core.messages import Answer, Request
from adplatforms.core.state import EntityState
from adplatforms.core.testing import reply

NOW = (datetime.now(UTC) + timedelta(days=1)).isoformat()  # new, however long ago the tests were collected
LOCKED = {"version_lock": True}
BATCHES = {"max_batch": 3}


def broken(kind: Any = ConnectError) -> Exception:
    return kind("the connection broke", request=None, unsure=True)  # type: ignore[no-any-return]


class Platform:
    """Rows by id. The first write is lost, applied or not; `changes` has what happens before the look of a number, from
    0: a function of the rows, which may give an answer in place of the usual one."""

    def __init__(self, *rows: dict[str, Any], applied: bool = False, failure: Any = ConnectError) -> None:
        self.rows = {row["id"]: dict(row) for row in rows}
        self.applied, self.failure = applied, failure
        self.writes: list[Request] = []
        self.looks: list[Request] = []
        self.changes: dict[int, Any] = {}
        self.hidden: tuple[str, ...] = ()

    def __call__(self, request: Request) -> Answer:
        if request.writes:
            return self._write(request)
        if self.writes:
            self.looks.append(request)
            change = self.changes.get(len(self.looks) - 1)
            answer = change(self.rows) if change else None
            if answer is not None:
                return answer  # type: ignore[no-any-return]
        _, _, found = request.path.partition("/")
        if found:
            return reply(self._shown(self.rows[found])) if found in self.rows else reply({"code": 4}, status=404)
        wanted = {name: value.split(",") for name, value in request.params if name in ("id", "name", "shopId")}
        rows = [row for row in self.rows.values() if all(row.get(name) in values for name, values in wanted.items())]
        return reply({"rows": list(map(self._shown, rows)), "total": len(rows)})

    def _shown(self, row: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in row.items() if name not in self.hidden}

    def _write(self, request: Request) -> Answer:
        self.writes.append(request)
        first = len(self.writes) == 1
        sent = request.json if request.path == "batch" else [request.json]
        saved = []
        for place, values in enumerate(sent):
            key = values.get("id") or request.path.partition("/")[2] or f"new-{len(self.writes)}-{place}"
            row = {**self.rows.get(key, {"madeOn": NOW}), **values, "id": key}
            if "version" in row:
                row["version"] += 1
            saved.append(row)
            if self.applied or not first:
                self.rows[key] = row
        if first:
            raise broken(self.failure)
        return reply(saved if request.path == "batch" else saved[0])


def item(session: Any, name: str = "spring", shop: str = "1") -> Any:
    return session.new("items", name=name, shop_id=shop)


SHOP = {"id": "7", "name": "a", "version": 3, "status": "OPEN"}


def lost_update(session: Any, platform: Platform, **capabilities: Any) -> Any:
    """A shop whose new name is saved; the answer is lost."""
    one = session(platform, capabilities=capabilities).get("shops", "7")
    one.name = "b"
    return one


# updates


def test_what_is_found_again_is_the_record_as_it_is_now(session: Any) -> None:
    """Its version too: the next save would be refused with the old one."""
    platform = Platform(SHOP, applied=True)
    one = lost_update(session, platform, **LOCKED)
    platform.changes[0] = lambda rows: rows["7"].update(status="CLOSED")
    one.save()
    assert (one.version, one.status, one.name, one.changes()) == (4, "CLOSED", "b", {})
    assert len(platform.writes) == 1


def test_the_looks_end_when_it_is_found(session: Any, watch: Any) -> None:
    platform = Platform(SHOP, applied=True)
    lost_update(session, platform).save()
    assert (len(platform.looks), watch.waits) == (1, [])


def test_another_version_is_another_record_whatever_its_values_are(session: Any) -> None:
    """Somebody else saved another field meanwhile: the update would be refused, or overwrite that."""
    platform = Platform(SHOP)
    one = lost_update(session, platform, **LOCKED)
    platform.changes[0] = lambda rows: rows["7"].update(version=4)
    with pytest.raises(AmbiguousWrite, match="neither what it was nor what was sent"):
        one.save()
    assert len(platform.writes) == 1


def test_under_the_same_version_what_the_platform_counts_may_have_changed(session: Any) -> None:
    platform = Platform(SHOP)
    one = lost_update(session, platform, **LOCKED)
    platform.changes[0] = lambda rows: rows["7"].update(status="CLOSED")
    one.save()
    assert len(platform.writes) == 2


def refused(rows: Any) -> Answer:
    return reply({"code": 9}, status=403)


def removed(rows: Any) -> None:
    del rows["7"]


@pytest.mark.parametrize(
    ("change", "why"), [(refused, "looking it up failed too: .*403"), (removed, "looking it up failed too: .*404")]
)
def test_only_the_last_look_tells_that_nothing_was_applied(change: Any, why: str, session: Any) -> None:
    """It was unchanged at the first look. By the second nobody knows: it may have been applied in between."""
    platform = Platform(SHOP)
    one = lost_update(session, platform)
    platform.changes[1] = change
    with pytest.raises(AmbiguousWrite, match=why):
        one.save()
    assert (len(platform.writes), len(platform.looks)) == (1, 2)


def test_a_record_of_a_batch_that_a_later_look_lacks_is_not_sent_again(session: Any) -> None:
    platform = Platform(SHOP, {**SHOP, "id": "8"})
    mine = list(session(platform, capabilities=BATCHES).shops)
    for each in mine:
        each.name = "b"
    platform.changes[1] = removed
    with pytest.raises(SaveAllError, match=r"1 of 2 saves failed: shop 7 was not saved: .*the record was not found"):
        mine[0].session.save_all(mine)
    assert [[row["id"] for row in request.json] for request in platform.writes] == [["7", "8"], ["8"]]


def test_what_was_sent_beside_the_declared_values_is_never_sent_again(session: Any) -> None:
    """A look shows the declared ones only."""
    platform = Platform(SHOP)
    one = lost_update(session, platform)
    one.session.dialect.adding = lambda request, extra: replace(request, json={**request.json, **extra})
    with pytest.raises(AmbiguousWrite, match="may have been applied"):
        one.save(extra={"color": "red"})
    assert [request.json for request in platform.writes] == [{"name": "b", "color": "red"}]


def test_what_the_platform_does_not_show_is_no_difference(session: Any) -> None:
    platform = Platform(SHOP, applied=True)
    one = lost_update(session, platform)
    one.status = "CLOSED"
    platform.hidden = ("status",)
    one.save()
    assert len(platform.writes) == 1


def test_what_was_set_without_being_known_and_is_not_shown_is_never_sent_again(session: Any) -> None:
    """The name is what it was; of the status nobody knows."""
    platform = Platform(SHOP)
    platform.hidden = ("status",)
    one = lost_update(session, platform)
    one.status = "CLOSED"
    with pytest.raises(AmbiguousWrite, match="neither what it was nor what was sent"):
        one.save()
    assert len(platform.writes) == 1


# creates


def test_a_create_is_looked_for_under_its_parent(session: Any) -> None:
    platform = Platform(applied=True)
    item(session(platform)).save()
    (look,) = platform.looks
    assert dict(look.params)["shopId"] == "1"
    assert dict(look.params)["name"] == "spring"


def test_without_its_parent_nobody_can_tell(session: Any) -> None:
    platform = Platform(applied=True)
    one = session(platform).new("items", name="spring")
    with pytest.raises(AmbiguousWrite, match="nothing to be found again by"):
        one.save()
    assert (len(platform.writes), platform.looks) == (1, [])


def test_a_record_that_the_platforms_filter_takes_for_alike_is_not_the_one(session: Any) -> None:
    """A filter without regard to case, say."""
    platform = Platform()
    other = {"id": "6", "name": "SPRING", "shopId": "1", "madeOn": NOW}
    platform.changes = dict.fromkeys(range(5), lambda rows: reply({"rows": [other], "total": 1}))
    one = item(session(platform))
    with pytest.raises(AmbiguousWrite, match="may have been applied") as caught:
        one.save()
    assert (EntityState(one).id, caught.value.candidates) == (None, ())


def test_of_a_lost_batch_each_is_looked_for_under_its_own_parent(session: Any, watch: Any) -> None:
    platform = Platform(applied=True)
    one = session(platform, capabilities=BATCHES)
    mine = [item(one, shop="1"), item(one, shop="2")]
    one.save_all(mine)
    assert [each.id for each in mine] == ["new-1-0", "new-1-1"]
    assert [dict(look.params)["shopId"] for look in platform.looks] == ["1", "2"]
    assert watch.waits == []  # all in the first turn


def test_a_look_alike_outside_of_a_lost_batch_is_reckoned_with(session: Any) -> None:
    platform = Platform(applied=True)
    one = session(platform, capabilities=BATCHES)
    mine, outside = [item(one, "a"), item(one, "b")], item(one, "a")
    look_alike = pytest.raises(SaveAllError, match=r"1 of 2 saves failed: .*another one of the same name")
    with one.creates.under_way([(outside, EntityState(outside).pending())]), look_alike as caught:
        one.save_all(mine)
    assert [result.error is None for result in caught.value.results] == [False, True]


@pytest.mark.parametrize("other", [{"name": "autumn"}, {"shop": "2"}])
def test_a_create_of_another_name_or_parent_that_is_under_way_is_no_look_alike(other: Any, session: Any) -> None:
    platform = Platform(applied=True)
    one = session(platform)
    mine, outside = item(one), item(one, **other)
    with one.creates.under_way([(outside, EntityState(outside).pending())]):
        mine.save()
    assert mine.id == "new-1-0"


def test_a_look_alike_that_was_saved_before_is_no_longer_under_way(session: Any) -> None:
    platform = Platform(applied=True)
    one = session(platform)
    first, second = item(one), item(one)
    first.save()
    assert first.id == "new-1-0"
    platform.writes.clear()  # the next write is the first again: applied, and its answer is lost
    platform.rows["new-1-0"]["madeOn"] = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    platform.rows["6"] = {"id": "6", "name": "spring", "shopId": "1", "madeOn": NOW}
    platform.applied = False
    second.save()
    assert second.id == "6"


@pytest.mark.parametrize(("before", "found"), [(1, True), (3, False)])
def test_the_platform_tells_when_in_whole_seconds(before: int, found: bool, session: Any, monkeypatch: Any) -> None:
    """Two seconds may be lost by rounding, one in its clock and one in the field. More are another record."""
    began = datetime(2026, 11, 22, 12, tzinfo=UTC)
    made_on = (began - timedelta(seconds=before)).isoformat()
    platform = Platform({"id": "6", "name": "spring", "shopId": "1", "madeOn": made_on})
    one = item(session(platform))
    monkeypatch.setattr(one.session.connection, "platform_time", lambda moment: began)
    with ExitStack() as stack:
        if not found:
            stack.enter_context(pytest.raises(AmbiguousWrite, match="an older record"))
        one.save()
    assert EntityState(one).id == ("6" if found else None)


@pytest.mark.parametrize(("minutes", "found"), [(9, True), (11, False)])
def test_without_the_platforms_clock_ten_minutes_are_allowed_for(minutes: int, found: bool, session: Any) -> None:
    made_on = (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat()
    platform = Platform({"id": "6", "name": "spring", "shopId": "1", "madeOn": made_on})
    one = item(session(platform))
    with ExitStack() as stack:
        if not found:
            stack.enter_context(pytest.raises(AmbiguousWrite, match="an older record"))
        one.save()
    assert EntityState(one).id == ("6" if found else None)


# what the creates of a session know of each other


def test_an_id_that_came_without_a_name_belongs_to_the_first_that_got_it(session: Any) -> None:
    one = session(reply({"id": "9"}), reply({"id": "9"}), retry=None)
    item(one, "a").save()
    with pytest.raises(AmbiguousWrite, match="about another record, 9, which was created before"):
        item(one, "b").save()


def test_an_answer_that_names_what_was_sent_is_its_own_whatever_was_created_before(session: Any) -> None:
    """The record of that id may have been deleted since."""
    one = session(reply({"id": "9", "name": "a"}), reply({"id": "9", "name": "b"}), retry=None)
    first, second = item(one, "a"), item(one, "b")
    first.save()
    second.save()
    assert second.id == "9"


def test_a_look_alike_that_gets_the_same_answer_is_refused(session: Any) -> None:
    one = session(*[reply({"id": "9", "name": "a"})] * 2, retry=None)
    item(one, "a").save()
    with pytest.raises(AmbiguousWrite, match="about another record, 9, which was created before"):
        item(one, "a").save()


def test_a_record_that_exists_may_be_saved_by_two_threads(session: Any) -> None:
    one = session(Platform(SHOP))
    shop = one.get("shops", "7")
    with one.creates.under_way([(shop, {})]), one.creates.under_way([(shop, {})]):
        assert one.creates.alike(shop, {}) == 0


def test_a_forked_child_has_none_of_its_parents_saves_under_way(session: Any, monkeypatch: Any) -> None:
    one = session()
    new = item(one)
    with one.creates.under_way([(new, EntityState(new).pending())]):
        lock = one.creates._lock()
        monkeypatch.setattr("os.getpid", lambda: -1)
        assert one.creates._lock() is not lock
        assert one.creates.alike(new, EntityState(new).pending()) == 0
        with one.creates.under_way([(new, EntityState(new).pending())]):
            assert one.creates.alike(new, EntityState(new).pending()) == 1
        monkeypatch.undo()


def test_what_was_not_known_is_forgotten_once_it_is(session: Any) -> None:
    platform = Platform()
    one = item(session(platform))
    with pytest.raises(AmbiguousWrite, match="may have been applied"):
        one.save()
    one.save()
    looks = len(platform.looks)
    one.name = "summer"
    one.save()
    assert (len(platform.looks), len(platform.writes)) == (looks, 3)


def test_an_update_that_timed_out_under_no_version_may_still_arrive(session: Any) -> None:
    platform = Platform(SHOP, failure=RequestTimeout)
    one = lost_update(session, platform)
    with pytest.raises(AmbiguousWrite, match="may have been applied"):
        one.save()
    assert len(platform.writes) == 1


# what a save makes of it


def test_what_was_applied_late_is_not_sent_again(session: Any) -> None:
    """Unchanged at the first look, and saved by the second."""
    platform = Platform(SHOP)
    one = lost_update(session, platform)
    platform.changes[1] = lambda rows: rows["7"].update(name="b")
    one.save()
    assert (len(platform.writes), one.changes()) == (1, {})


def test_creates_of_a_lost_batch_are_looked_for_before_they_are_saved_again(session: Any) -> None:
    platform = Platform()
    one = session(platform, capabilities=BATCHES)
    mine = [item(one, "a"), item(one, "b")]
    with pytest.raises(SaveAllError, match="2 of 2 saves failed"):
        one.save_all(mine)
    platform.rows["late"] = {"id": "late", "name": "a", "shopId": "1", "madeOn": NOW}
    one.save_all(mine)
    assert [each.id for each in mine] == ["late", "new-2-0"]
    assert [request.path for request in platform.writes] == ["batch", "items"]


@pytest.fixture
def changed(session: Any) -> Any:
    """Makes two shops whose new names are saved together over a platform."""

    def make(platform: Any) -> list[Any]:
        mine = list(session(platform, capabilities=BATCHES).shops)
        for each in mine:
            each.name = "b"
        return mine

    return make


def test_whatever_ends_a_batch_that_is_sent_again_the_first_may_have_been_applied(changed: Any) -> None:
    platform = Platform(SHOP, {**SHOP, "id": "8"})

    def refusing(request: Request) -> Answer:
        answer = platform(request)
        return reply([{"error": "no"}, {"error": "no"}]) if request.writes else answer

    mine = changed(refusing)
    with pytest.raises(SaveAllError, match=r"2 of 2 saves failed: BAD: shop 7 was not saved: .*was lost: no") as caught:
        mine[0].session.save_all(mine)
    assert [isinstance(result.error, AmbiguousWrite) for result in caught.value.results] == [True, True]
    assert len(platform.writes) == 2


def test_a_batch_is_sent_again_once(changed: Any) -> None:
    platform = Platform(SHOP, {**SHOP, "id": "8"})

    def losing(request: Request) -> Answer:
        if request.writes and platform.writes:
            platform.writes.append(request)
            raise broken()
        return platform(request)

    mine = changed(losing)
    with pytest.raises(SaveAllError, match=r"2 of 2 saves failed: .*may have been applied"):
        mine[0].session.save_all(mine)
    assert len(platform.writes) == 2


def test_one_of_a_batch_of_which_nobody_knows_is_looked_for(changed: Any, monkeypatch: Any) -> None:
    platform = Platform(SHOP, {**SHOP, "id": "8"}, applied=True)
    platform.writes.append(Request("GET", "nothing"))  # the next write is answered
    first, second = mine = changed(platform)
    told = [{"id": "7", "name": "b"}, UnavailableError("gateway", status=502)]
    monkeypatch.setattr(first.session.dialect, "outcomes", lambda answer: told)
    first.session.save_all(mine)
    assert (second.name, second.changes()) == ("b", {})
    assert [look.path for look in platform.looks][-1] == "shops/8"


def test_an_error_of_a_batch_shows_no_credential(session: Any) -> None:
    one = session(reply([{"error": "no, s3cret-token"}]), capabilities=BATCHES)
    with pytest.raises(SaveAllError, match=r"no, \*\*\*") as caught:
        one.save_all([item(one)])
    assert "s3cret" not in str(caught.value.results[0].error)


def test_a_record_that_is_given_twice_is_not_sent_again_once_it_was_refused(session: Any) -> None:
    one = session(reply({"rows": [SHOP], "total": 1}), *[reply({"code": 1}, status=400)] * 2)
    (shop,) = one.shops
    shop.name = "b"
    with pytest.raises(SaveAllError, match="2 of 2 saves failed"):
        one.save_all([shop, shop])
    assert [call.method for call in one.transport.calls] == ["GET", "PUT"]


def test_an_update_that_is_answered_by_the_record_as_it_was_is_ambiguous(session: Any) -> None:
    one = session(reply({"rows": [SHOP], "total": 1}), reply(SHOP), retry=None)
    (shop,) = one.shops
    shop.name = "b"
    with pytest.raises(AmbiguousWrite, match="an earlier one about 7: it does not show what was sent"):
        shop.save()
    assert list(shop.changes()) == ["name"]


def test_an_answer_that_shows_the_parent_alone_does_not_tell_whose_it_is(session: Any) -> None:
    one = session(*[reply({"id": "9", "shopId": "1"})] * 2, retry=None)
    item(one, "a").save()
    with pytest.raises(AmbiguousWrite, match="about another record, 9, which was created before"):
        item(one, "b").save()


def test_a_new_record_is_sent_even_without_values(session: Any) -> None:
    """The platform says what it needs."""
    one = session(reply({"id": "9"}))
    shop = one.new("shops")
    assert shop.save() == {}
    assert (shop.id, len(one.transport.calls)) == ("9", 1)


def test_values_beside_the_declared_ones_are_sent_although_nothing_was_set(session: Any) -> None:
    one = session(reply({"rows": [SHOP], "total": 1}), reply(SHOP))
    (shop,) = one.shops
    one.dialect.adding = lambda request, extra: replace(request, json={**request.json, **extra})
    shop.save(extra={"color": "red"})
    assert one.transport.calls[1].json == {"color": "red"}


def test_a_record_is_read_again_after_a_save_where_that_is_asked_for(session: Any) -> None:
    one = session(reply({"rows": [SHOP], "total": 1}), reply(None), reply({**SHOP, "name": "b", "version": 4}))
    (shop,) = one.shops
    shop.name = "b"
    assert set(shop.save(refresh=True)) == {"name"}
    assert (shop.version, [call.method for call in one.transport.calls]) == (4, ["GET", "PUT", "GET"])
