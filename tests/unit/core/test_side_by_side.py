"""`save_all` has several calls under way at once: in order, parents first, no record twice, whole when interrupted."""

import itertools
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from adplatforms.core import concurrent
from adplatforms.core.errors import AmbiguousWrite, ClientError, ConnectError, DetachedError, SaveAllError
from adplatforms.core.messages import Answer, Request
from adplatforms.core.state import EntityState
from adplatforms.core.testing import FakeRuntime, reply

FOUR = {"prefetch": 4}
LONG = 30
"""Seconds after which a test that hangs fails."""


class Server:
    """Keeps records, answers any number of threads, and notes how many calls were under way at once.

    together: so many writes are answered together, once all of them have come. refuse: names that are refused. lose:
    names of records whose answer is lost, once each, after they were saved.
    """

    def __init__(self, together: int = 1, refuse: tuple[str, ...] = (), lose: tuple[str, ...] = ()) -> None:
        self.rows: dict[str, dict[str, Any]] = {}
        self.sent: list[tuple[str, str, Any]] = []
        self.most = 0
        self.before: Callable[[Request], object] = lambda request: None
        self._refuse, self._lose = refuse, list(lose)
        self._gate = threading.Barrier(together)
        self._lock = threading.Lock()
        self._now = 0

    def __call__(self, request: Request) -> Answer:
        if not request.writes:
            return self._read(request)
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        try:
            self._gate.wait(LONG)
            self.before(request)
            return self._write(request)
        finally:
            with self._lock:
                self._now -= 1

    def _read(self, request: Request) -> Answer:
        collection, _, entity_id = request.path.partition("/")
        with self._lock:
            rows = [row for row in self.rows.values() if row["in"] == collection]
        if entity_id:
            return reply(self.rows[entity_id])
        for name, value in request.params:
            if name in ("name", "shopId"):
                rows = [row for row in rows if row[name] in value.split(",")]
        start = int(dict(request.params).get("from", 0))
        return reply({"rows": rows[start : start + 1], "total": len(rows)})

    def _write(self, request: Request) -> Answer:
        values: dict[str, Any] = request.json  # type: ignore[assignment]
        collection, _, entity_id = request.path.partition("/")
        with self._lock:
            self.sent.append((request.method, request.path, values))
            if values.get("name") in self._refuse:
                return reply({"code": "BAD"}, status=400)
            entity_id = entity_id or str(len(self.rows) + 1)
            made = {"id": entity_id, "in": collection, "madeOn": "2999-01-01T00:00:00+00:00"}
            row = self.rows[entity_id] = {**self.rows.get(entity_id, made), **values}
            if values.get("name") in self._lose:
                self._lose.remove(values["name"])
                raise ConnectError("the connection broke", request=request.label, unsure=True)
        return reply(row)

    def names(self) -> list[str]:
        return sorted(row["name"] for row in self.rows.values())


def shops(one: Any, count: int) -> list[Any]:
    return [one.new("shops", name=f"shop {number}") for number in range(count)]


def ended(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.join(LONG)
        assert not thread.is_alive(), "it hangs"


def test_as_many_as_the_platform_takes_are_under_way_at_once(session: Any) -> None:
    server = Server(together=4)
    one = session(server, capabilities=FOUR)
    mine = shops(one, 12)
    results = one.save_all(mine)
    assert server.most == 4
    assert [result.entity for result in results] == mine
    assert all(server.rows[shop.id]["name"] == shop.name for shop in mine)
    assert len(server.rows) == 12


@pytest.mark.parametrize(("in_flight", "most"), [(2, 2), (99, 4), (None, 4)])
def test_an_option_bounds_it(in_flight: int | None, most: int, session: Any) -> None:
    server = Server(together=most)
    one = session(server, capabilities=FOUR)
    one.save_all(shops(one, 4 * most), in_flight=in_flight)
    assert server.most == most


def test_one_in_flight_goes_out_in_order_in_this_thread(session: Any) -> None:
    server, threads = Server(), set()
    server.before = lambda request: threads.add(threading.current_thread())
    one = session(server, capabilities=FOUR)
    one.save_all(shops(one, 9), in_flight=1)
    assert [values["name"] for *_, values in server.sent] == [f"shop {number}" for number in range(9)]
    assert threads == {threading.current_thread()}


@pytest.mark.parametrize("wrong", [0, -1, True, 2.0, "4"])
def test_what_is_no_number_of_calls_is_refused(wrong: Any, session: Any) -> None:
    one = session(Server())
    with pytest.raises(ClientError, match="in_flight takes a number of calls, 1 or more"):
        one.save_all(shops(one, 2), in_flight=wrong)


def test_fewer_are_begun_while_the_platform_is_in_trouble(session: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server(together=2)
    one = session(server, capabilities=FOUR)
    monkeypatch.setattr(type(one.connection), "concurrency", property(lambda _: 2))
    one.save_all(shops(one, 8))
    assert server.most == 2


def test_a_runtime_without_threads_saves_one_after_the_other(session: Any) -> None:
    server = Server()
    before = threading.active_count()
    one = session(server, capabilities=FOUR, runtime=FakeRuntime())
    one.save_all(shops(one, 9))
    assert (server.most, threading.active_count()) == (1, before)
    assert [values["name"] for *_, values in server.sent] == [f"shop {number}" for number in range(9)]


# what waits for what


@pytest.mark.parametrize("children_first", [True, False])
def test_new_children_wait_for_their_new_parents(children_first: bool, session: Any) -> None:
    server = Server()
    one = session(server, capabilities=FOUR)
    parents = shops(one, 3)
    children = [one.new("items", name=f"item {number}", shop=parents[number % 3]) for number in range(9)]
    mine = [*children, *parents] if children_first else [*parents, *children]
    results = one.save_all(mine)
    assert [result.entity for result in results] == mine
    assert all(server.rows[child.id]["shopId"] == parents[number % 3].id for number, child in enumerate(children))
    assert {path for _, path, _ in server.sent[:3]} == {"shops"}


def test_batches_wait_for_their_parents_too(session: Any) -> None:
    sent: list[list[Any]] = []

    def answer(request: Request) -> Answer:
        sent.append(request.json)  # type: ignore[arg-type]
        return reply([{**row, "id": row["id"] or f"id of {row['name']}"} for row in request.json])  # type: ignore[union-attr]

    one = session(answer, capabilities={**FOUR, "max_batch": 30})
    parent, other = shops(one, 2)
    one.save_all([one.new("items", name="item", shop=parent), parent, other])
    assert [[row["name"] for row in rows] for rows in sent] == [["shop 0", "shop 1"], ["item"]]
    assert sent[1][0]["shopId"] == "id of shop 0"


@pytest.mark.parametrize("batch", [1, 30])
def test_what_belongs_to_a_parent_that_failed_is_not_sent(batch: int, session: Any) -> None:
    def answer(request: Request) -> Answer:
        names.update(row["name"] for row in (request.json if batch > 1 else [request.json]))  # type: ignore[union-attr, index, misc]
        if batch == 1:
            bad = request.json["name"] == "shop 0"  # type: ignore[index, call-overload]
            return reply(
                {"code": "BAD"} if bad else {**request.json, "id": request.json["name"]}, status=400 if bad else 200
            )  # type: ignore[index, call-overload, dict-item]
        return reply(
            [{"error": "no"} if row["name"] == "shop 0" else {**row, "id": row["name"]} for row in request.json]
        )  # type: ignore[union-attr]

    names: set[str] = set()
    one = session(answer, capabilities={**FOUR, "max_batch": batch})
    bad, good = shops(one, 2)
    mine = [bad, one.new("items", name="lost", shop=bad), good, one.new("items", name="kept", shop=good)]
    with pytest.raises(SaveAllError, match="2 of 4 saves failed") as caught:
        one.save_all(mine)
    errors = [result.error for result in caught.value.results]
    assert [error is None for error in errors] == [False, False, True, True]
    assert "new item 'lost' was not sent: its shop, new shop 'shop 0', was not saved" in str(errors[1])
    assert names == {"shop 0", "shop 1", "kept"}
    assert mine[1].shop is bad, "saved again with its parent, it is sent"


def test_what_belongs_to_a_parent_of_which_nobody_knows_is_not_sent(session: Any) -> None:
    server = Server(lose=("shop 0",))
    one = session(server, capabilities=FOUR, retry=None)
    (shop,) = shops(one, 1)
    child = one.new("items", name="item", shop=shop)
    with pytest.raises(SaveAllError, match="2 of 2 saves failed") as caught:
        one.save_all([shop, child])
    assert [type(result.error) for result in caught.value.results][1] is ClientError
    assert server.names() == ["shop 0"]


def test_a_parent_that_is_not_saved_is_named(session: Any) -> None:
    one = session(Server())
    (shop,) = shops(one, 1)
    item = one.new("items", name="item", shop=shop)
    with pytest.raises(ClientError, match=r"new item 'item' .* its shop, new shop 'shop 0', is not saved .*save_all"):
        item.save()
    shop.save()
    item.save()
    assert item.shop_id == shop.id


def test_an_id_that_was_set_before_is_that_of_another_parent(session: Any) -> None:
    one = session(Server())
    (shop,) = shops(one, 1)
    item = one.new("items", name="item", shop_id="77")
    item.shop = shop
    assert "shop_id" not in item.changes()
    item.shop_id = "78"
    assert item.changes()["shop_id"].new == "78", "the last word counts"


@pytest.mark.parametrize("same_object", [True, False])
def test_one_record_is_never_under_way_twice(same_object: bool, session: Any) -> None:
    server = Server()
    one = session(server, capabilities=FOUR)
    (shop,) = shops(one, 1)
    shop.save()
    under_way: Counter[str] = Counter()
    at_most = 0

    def note(request: Request) -> None:
        nonlocal at_most
        under_way[request.path] += 1
        at_most = max(at_most, under_way[request.path])
        under_way[request.path] -= 1

    server.before = note
    server.sent.clear()
    mine = [shop] * 5 if same_object else [one.reference("shops", shop.id) for _ in range(5)]
    for number, each in enumerate(mine):
        each.name = f"name {number}"
    results = one.save_all(mine)
    names = [values["name"] for *_, values in server.sent]
    assert names == (["name 4"] if same_object else [f"name {number}" for number in range(5)])
    assert [bool(result.changes) for result in results] == ([True] + [False] * 4 if same_object else [True] * 5)
    assert at_most == 1


def test_what_failed_is_not_sent_again_where_it_is_given_twice(session: Any) -> None:
    server = Server(refuse=("shop 0",))
    one = session(server, capabilities=FOUR)
    (shop,) = shops(one, 1)
    with pytest.raises(SaveAllError, match="3 of 3 saves failed") as caught:
        one.save_all([shop] * 3)
    assert len(server.sent) == 1
    assert len({result.error for result in caught.value.results}) == 1


# what must hold as if they went one after the other


def test_one_that_fails_does_not_stop_the_others(session: Any) -> None:
    server = Server(refuse=("shop 3", "shop 7"))
    one = session(server, capabilities=FOUR)
    mine = shops(one, 10)
    with pytest.raises(SaveAllError, match="2 of 10 saves failed") as caught:
        one.save_all(mine)
    assert [number for number, result in enumerate(caught.value.results) if result.error] == [3, 7]
    assert len(server.rows) == 8


def test_lost_creates_are_looked_for_side_by_side(session: Any) -> None:
    """Each look is a listing that would read ahead: it must not wait for the threads that wait for it."""
    server = Server(together=4, lose=tuple(f"shop {number}" for number in range(4)))
    one = session(server, capabilities=FOUR)
    mine = [one.new("items", name=f"shop {number}", shop_id="1") for number in range(4)]
    done = threading.Thread(target=one.save_all, args=(mine,), daemon=True)
    done.start()
    ended([done])
    assert server.names() == [f"shop {number}" for number in range(4)]
    assert all(server.rows[item.id]["name"] == item.name for item in mine)


def test_look_alikes_side_by_side_keep_their_own_ids(session: Any) -> None:
    server = Server(together=4, lose=("twin", "twin"))
    one = session(server, capabilities=FOUR)
    mine = [one.new("items", name="twin", shop_id="1") for _ in range(4)]
    try:
        results = one.save_all(mine)
    except SaveAllError as error:
        results = list(error.results)
    assert len(server.rows) == 4, "none was created twice"
    saved = [result.entity.id for result in results if result.error is None]
    assert len(saved) == len(set(saved)), "no id went to two"
    assert all(isinstance(result.error, AmbiguousWrite) for result in results if result.error)


def test_closing_in_the_middle_tells_what_became_of_each(session: Any) -> None:
    server = Server()
    one = session(server, capabilities=FOUR)

    def close(request: Request) -> None:
        number = int(request.json["name"].removeprefix("shop "))  # type: ignore[index, call-overload, union-attr]
        if number == 5:
            one.close()
        while number > 5 and not closed():
            pass

    def closed() -> bool:
        try:
            one.runtime.check_open()
        except DetachedError:
            return True
        return False

    server.before = close
    mine = shops(one, 40)
    with pytest.raises(SaveAllError, match="the session is closed") as caught:
        one.save_all(mine)
    told = {result.entity.name: result.error for result in caught.value.results}
    assert {name for name, error in told.items() if error is None} <= set(server.names())
    assert all(isinstance(told[name], (type(None), AmbiguousWrite)) for name in server.names())
    assert isinstance(told["shop 39"], DetachedError)


# interrupts


@pytest.fixture
def interrupt() -> Iterator[Callable[[], None]]:
    """Sends Ctrl-C to the main thread, which waits in `save_all`."""
    if not hasattr(signal, "pthread_kill"):
        pytest.skip("signals go to the process as a whole here")
    main = threading.main_thread().ident
    assert main is not None
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield lambda: signal.pthread_kill(main, signal.SIGINT)  # type: ignore[arg-type]
    signal.signal(signal.SIGINT, before)


def test_what_is_under_way_at_ctrl_c_ends_and_is_told(
    session: Any, interrupt: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    server, all_there = Server(), threading.Barrier(4)
    one = session(server, capabilities=FOUR)

    turn, stopped = itertools.count(), threading.Event()

    def before(request: Request) -> None:
        if next(turn) < 4 and all_there.wait(LONG) == 0:
            interrupt()
        assert stopped.wait(LONG)

    stop = concurrent.SideBySide.stop

    def noted(calls: Any) -> None:
        calls._stopped = True
        stopped.set()
        stop(calls)

    server.before = before
    mine = shops(one, 20)
    monkeypatch.setattr(concurrent.SideBySide, "stop", noted)
    monkeypatch.setattr(concurrent, "SECONDS_TO_END", LONG)
    with pytest.raises(KeyboardInterrupt) as caught:
        one.save_all(mine)
    results = caught.value.results  # type: ignore[attr-defined]
    assert [result.entity for result in results] == mine
    saved = {result.entity.name for result in results if result.error is None}
    assert saved == set(server.names())
    assert "not sent" in caught.value.__notes__[0]
    server.before = lambda request: None
    one.save_all(mine)
    assert server.names() == sorted(shop.name for shop in mine)


@pytest.mark.parametrize("applied", [True, False])
def test_what_does_not_end_is_unknown_and_not_made_twice(
    applied: bool, session: Any, interrupt: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The calls end after `save_all` has, and change nothing of the entities then."""
    monkeypatch.setattr(concurrent, "SECONDS_TO_END", 0)
    server, all_there, go_on = Server(), threading.Barrier(4), threading.Event()
    one = session(server, capabilities=FOUR)
    workers: set[threading.Thread] = set()

    def before(request: Request) -> None:
        workers.add(threading.current_thread())
        if all_there.wait(LONG) == 0:
            interrupt()
        assert go_on.wait(LONG)
        if not applied:
            raise ConnectError("the connection broke", request=request.label)

    server.before = before
    mine = [one.new("items", name=f"item {number}", shop_id="1") for number in range(9)]
    with pytest.raises(KeyboardInterrupt) as caught:
        one.save_all(mine)
    results = caught.value.results  # type: ignore[attr-defined]
    unknown = [result.entity for result in results if isinstance(result.error, AmbiguousWrite)]
    assert (len(unknown), len(server.rows)) == (4, 0)
    with pytest.raises(ClientError, match="is being saved by another thread"):
        unknown[0].save()
    go_on.set()
    ended(list(workers))
    assert [EntityState(item).is_new for item in unknown] == [True] * 4, "nothing is changed behind the caller's back"
    server.before = lambda request: None
    one.save_all(mine)
    assert server.names() == sorted(item.name for item in mine)
    assert all(server.rows[item.id]["name"] == item.name for item in mine)


def test_threads_that_are_given_up_are_replaced(
    session: Any, interrupt: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that never answers must not keep the session's other calls waiting."""
    monkeypatch.setattr(concurrent, "SECONDS_TO_END", 0)
    server, all_there, go_on = Server(), threading.Barrier(4), threading.Event()
    one = session(server, capabilities=FOUR)

    def before(request: Request) -> None:
        if all_there.wait(LONG) == 0:
            interrupt()
        assert go_on.wait(LONG)

    server.before = before
    with pytest.raises(KeyboardInterrupt):
        one.save_all(shops(one, 4))
    server.before = lambda request: None
    server._gate = threading.Barrier(4)
    others = [one.new("shops", name=f"other {number}") for number in range(8)]
    done = threading.Thread(target=one.save_all, args=(others,), daemon=True)
    done.start()
    ended([done])
    go_on.set()
    assert {f"other {number}" for number in range(8)} <= set(server.names())


def test_an_interrupt_after_the_answer_finds_the_record_by_its_id(
    session: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = session(Server())
    (shop,) = shops(one, 1)

    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("adplatforms.core.saving.while_wanted", interrupted)
    with pytest.raises(KeyboardInterrupt):
        shop.save()
    monkeypatch.undo()
    assert EntityState(shop).is_new
    shop.save()
    assert (shop.id, len(one.transport.calls)) == ("1", 2), "one create, and one read of it"
    assert one.transport.calls[1].path == "shops/1"


def test_what_a_thread_raises_ends_it_like_ctrl_c(session: Any) -> None:
    server = Server(together=1)
    one = session(server, capabilities=FOUR)

    def before(request: Request) -> None:
        if request.json["name"] == "shop 5":  # type: ignore[index, call-overload]
            raise SystemExit("stop here")

    server.before = before
    mine = shops(one, 20)
    with pytest.raises(SystemExit, match="stop here") as caught:
        one.save_all(mine)
    results = caught.value.results  # type: ignore[attr-defined]
    assert isinstance(results[5].error, AmbiguousWrite)
    assert {result.entity.name for result in results if result.error is None} == set(server.names())
