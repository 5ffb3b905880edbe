"""Saving many records in one call, retiring and deleting them: each has its own outcome."""

from typing import Any

import pytest

from adplatforms.core.errors import (
    AmbiguousWrite,
    ClientError,
    ConnectError,
    InvalidValueError,
    ParserException,
    SaveAllError,
    UnavailableError,
    UnknownNameError,
    ValidationError,
)
from adplatforms.core.state import EntityState
from adplatforms.core.testing import reply

BATCHES = {"max_batch": 3}


def shops(one: Any, *names: str) -> list[Any]:
    return [one.new("shops", name=name) for name in names]


def created(request: Any) -> Any:
    """Every record of a batch is saved; its id is its name."""
    return reply([{**row, "id": row["id"] or f"id-{row['name']}"} for row in request.json])


def test_records_go_out_together_in_order(session: Any) -> None:
    one = session(created, capabilities=BATCHES)
    results = one.save_all(shops(one, *"abcdefg"))
    assert [[row["name"] for row in call.json] for call in one.transport.calls] == [list("abc"), list("def"), ["g"]]
    assert [result.entity.id for result in results] == [f"id-{name}" for name in "abcdefg"]
    assert all(result.error is None and set(result.changes) == {"name"} for result in results)


def test_without_batches_each_goes_out_alone(session: Any) -> None:
    one = session(lambda request: reply({"id": "1", **request.json}))
    one.save_all(shops(one, "a", "b"))
    assert [call.path for call in one.transport.calls] == ["shops", "shops"]


def test_some_fail(session: Any) -> None:
    def partly(request: Any) -> Any:
        return reply([{"error": "no b"} if row["name"] == "b" else {**row, "id": row["name"]} for row in request.json])

    one = session(partly, capabilities=BATCHES)
    mine = shops(one, *"abcd")
    with pytest.raises(SaveAllError, match=r"1 of 4 saves failed: .*new shop was not saved: no b") as caught:
        one.save_all(mine)
    assert [result.error is None for result in caught.value.results] == [True, False, True, True]
    failed = caught.value.results[1].error
    assert isinstance(failed, ValidationError)
    assert failed.code == "BAD"
    assert [EntityState(shop).id for shop in mine] == ["a", None, "c", "d"]
    assert mine[1].changes()["name"].new == "b"  # still pending
    assert mine[0].changes() == {}


def test_what_failed_can_be_saved_again(session: Any) -> None:
    one = session(reply([{"error": "busy"}, {"id": "2", "name": "b"}]), created, capabilities=BATCHES)
    mine = shops(one, "a", "b")
    with pytest.raises(SaveAllError, match=r"1 of 2 saves failed: .*busy") as caught:
        one.save_all(mine)
    again = one.save_all(result.entity for result in caught.value.results if result.error)
    assert [result.entity.id for result in again] == ["id-a"]
    assert [row["name"] for row in one.transport.calls[1].json] == ["a"]


def test_one_refused_value_does_not_take_the_others_along(session: Any) -> None:
    one = session(created, capabilities=BATCHES)
    mine = shops(one, "a", "b")
    mine[0].status = "OPEN"
    with pytest.raises(InvalidValueError, match="one of OPEN, CLOSED"):
        mine[0].status = "AJAR"
    one.save_all(mine)
    assert one.transport.calls[0].json[0] == {"id": None, "name": "a", "status": "OPEN"}


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (reply("<h1>Bad gateway</h1>", "text/html", 502), UnavailableError),
        (reply("[{", "application/json"), ParserException),
    ],
)
def test_a_lost_answer_is_ambiguous_for_each(failure: Any, kind: type, session: Any) -> None:
    one = session(failure, capabilities=BATCHES)
    mine = shops(one, "a", "b")
    with pytest.raises(
        SaveAllError, match="2 of 2 saves failed: new shop was not saved: the answer to POST batch was lost"
    ) as caught:
        one.save_all(mine)
    errors = [result.error for result in caught.value.results]
    assert all(isinstance(error, AmbiguousWrite) and isinstance(error, kind) for error in errors)
    assert errors[0] is not errors[1]
    assert "may have been applied" in str(errors[0])
    assert len(one.transport.calls) == 1
    assert [set(shop.changes()) for shop in mine] == [{"name"}, {"name"}]


def test_later_batches_go_on_after_a_lost_one(session: Any) -> None:
    broken = ConnectError("the connection broke", request="POST batch", unsure=True)
    one = session(broken, created, capabilities=BATCHES)
    with pytest.raises(SaveAllError, match=r"3 of 4 saves failed") as caught:
        one.save_all(shops(one, *"abcd"))
    assert [result.error is None for result in caught.value.results] == [False, False, False, True]
    assert len(one.transport.calls) == 2


def test_a_throttled_batch_is_sent_again(session: Any, watch: Any) -> None:
    one = session(reply({"code": 29}, status=429, retry_after="4"), created, capabilities=BATCHES)
    assert len(one.save_all(shops(one, "a", "b"))) == 2
    assert watch.waits == [4.0]


@pytest.mark.parametrize("rows", [[], [{"id": "1"}], [{"id": "1"}, {"id": "2"}, {"id": "3"}]])
def test_an_answer_about_other_records_is_an_error(rows: Any, session: Any) -> None:
    one = session(reply(rows), capabilities=BATCHES)
    with pytest.raises(SaveAllError, match=f"the answer is about {len(rows)} records, 2 were sent") as caught:
        one.save_all(shops(one, "a", "b"))
    assert "may have been applied" in str(caught.value.results[0].error)


def test_an_update_that_is_answered_by_another_record_is_an_error(session: Any) -> None:
    rows = [{"id": "1", "name": "a"}, {"id": "2", "name": "b"}]
    shifted = reply([{"id": "2"}, {"id": "1"}])
    one = session(reply({"rows": rows, "total": 2}), shifted, capabilities=BATCHES, retry=None)
    mine = list(one.shops)
    for shop in mine:
        shop.name += "!"
    with pytest.raises(SaveAllError, match=r"2 of 2.*about another record") as caught:
        one.save_all(mine)
    assert all(isinstance(result.error, AmbiguousWrite) for result in caught.value.results)


def test_a_create_whose_id_is_not_told_is_an_error(session: Any) -> None:
    one = session(reply([None]), capabilities=BATCHES)
    with pytest.raises(SaveAllError, match=r"lacks the id of what was created"):
        one.save_all(shops(one, "a"))


def test_what_has_not_changed_is_not_sent(session: Any) -> None:
    rows = [{"id": "1", "name": "a"}, {"id": "2", "name": "b"}]
    one = session(reply({"rows": rows, "total": 2}), created, capabilities=BATCHES)
    first, second = one.shops
    second.name = "c"
    results = one.save_all([first, second])
    assert [set(result.changes) for result in results] == [set(), {"name"}]
    assert [row["id"] for row in one.transport.calls[1].json] == ["2"]


def test_a_record_that_is_given_twice_is_saved_once(session: Any) -> None:
    one = session(created, capabilities=BATCHES)
    (shop,) = shops(one, "a")
    results = one.save_all([shop, shop])
    assert [set(result.changes) for result in results] == [{"name"}, set()]
    assert len(one.transport.calls) == 1


def test_nothing_to_save(session: Any) -> None:
    assert session(capabilities=BATCHES).save_all([]) == []


def test_options_go_out_one_by_one(session: Any) -> None:
    one = session(lambda request: reply({"id": "1", **request.json}), capabilities=BATCHES)
    one.save_all(shops(one, "a", "b"), validate_only=True)
    assert [(call.path, call.params) for call in one.transport.calls] == [("shops", (("validate_only", "True"),))] * 2


def test_validating_saves_nothing(session: Any) -> None:
    one = session(reply({}))
    (shop,) = shops(one, "a")
    assert set(shop.save(validate_only=True)) == {"name"}
    assert EntityState(shop).id is None
    assert set(shop.changes()) == {"name"}


def test_an_option_that_the_platform_does_not_have(session: Any) -> None:
    one = session(capabilities=BATCHES)
    with pytest.raises(UnknownNameError, match=r"Made Up's save takes no 'validate'.*'validate_only'"):
        one.new("shops", name="a").save(validate=True)
    with pytest.raises(UnknownNameError, match="save takes no 'validate'"):
        one.save_all(shops(one, "a"), validate=True)


def test_archiving(session: Any) -> None:
    one = session(reply({"rows": [{"id": "1", "name": "a", "status": "OPEN"}], "total": 1}), reply(None))
    (shop,) = one.shops
    shop.name = "b"
    shop.archive()
    assert str(one.transport.calls[1]) == "POST shops/1/close"
    assert shop.status == "CLOSED"
    assert list(shop.changes()) == ["name"]  # what was not saved still is to be


def test_an_archive_that_failed_leaves_the_record_as_it_was(session: Any) -> None:
    one = session(reply({"rows": [{"id": "1", "status": "OPEN"}], "total": 1}), reply({"code": 3}, status=400))
    (shop,) = one.shops
    with pytest.raises(ValidationError, match="HTTP 400"):
        shop.archive()
    assert shop.status == "OPEN"


@pytest.mark.parametrize("verb", ["archive", "delete"])
def test_what_was_never_saved_cannot_be_retired(verb: str, session: Any) -> None:
    with pytest.raises(ClientError, match=f"new shop has no id yet.*nothing to {verb}"):
        getattr(session().new("shops", name="a"), verb)()


@pytest.mark.parametrize("capabilities", [BATCHES, {}], ids=["batch", "single"])
def test_a_record_that_is_given_twice_is_not_repeated_after_a_lost_answer(capabilities: Any, session: Any) -> None:
    one = session(lambda request: reply("<h1>Bad gateway</h1>", "text/html", 502), capabilities=capabilities)
    (shop,) = shops(one, "a")
    with pytest.raises(SaveAllError, match=r"2 of 2 saves failed: .*was lost") as caught:
        one.save_all([shop, shop])
    assert [call.method for call in one.transport.calls] == ["POST"]
    assert [isinstance(result.error, AmbiguousWrite) for result in caught.value.results] == [True, True]
