"""What an answer must have: each check alone, with what it lets through and what it says of all else."""

from collections.abc import Callable
from typing import Any

import pytest

from adplatforms.core.errors import NotFoundError, ParserException
from adplatforms.core.testing import reply
from adplatforms.ttd import shapes

ROW = {"id": "c1"}


@pytest.mark.parametrize(
    ("check", "found"),
    [
        (lambda: shapes.records([ROW, {}]), [ROW, {}]),
        (lambda: shapes.records([]), []),
        (lambda: shapes.records([None, ROW], nulls=True), [ROW]),
        (lambda: shapes.an_object({}, "x"), {}),
        (lambda: shapes.member({"a": None}, "a"), None),
        (lambda: shapes.identified({"id": 7}), None),
        (lambda: shapes.identified({"id": "0"}), None),
        (lambda: shapes.flag({"more": False}, "more"), False),
        (lambda: shapes.same(7, "7", "job"), None),
        (lambda: shapes.belonging([{"a": 1}, {"a": None}, {}, {"a": "2"}], {"a": ("1", 2)}), None),
        (lambda: shapes.belonging([{"b": 1}], {}), None),
        (lambda: shapes.cursor({"hasNextPage": False, "endCursor": "x"}), None),
        (lambda: shapes.cursor({"hasNextPage": True, "endCursor": "x"}), "x"),
        (lambda: shapes.total(None), None),
        (lambda: shapes.total("12"), 12),
        (lambda: shapes.total(0), 0),
        (lambda: shapes.total(2**63 - 1), 2**63 - 1),
    ],
)
def test_what_is_as_it_must_be(check: Callable[[], Any], found: Any) -> None:
    assert check() == found


@pytest.mark.parametrize(
    ("check", "words"),
    [
        (lambda: shapes.records(None), "a list of records"),
        (lambda: shapes.records({"nodes": []}, nulls=True), "a list of records"),
        (lambda: shapes.records([None]), "a list of records"),
        (lambda: shapes.records([ROW, 7], nulls=True), "a list of records"),
        (lambda: shapes.an_object([], "a job"), "expected a job"),
        (lambda: shapes.member({}, "a"), "expected a"),
        (lambda: shapes.member({}, "a", "the rows"), "expected the rows"),
        (lambda: shapes.member([], "a"), "expected an object with a"),
        (lambda: shapes.member([], "a", "the rows"), "expected the rows"),
        (lambda: shapes.identified({}), "a record with its id"),
        (lambda: shapes.identified({"id": ""}), "a record with its id"),
        (lambda: shapes.identified({"id": True}), "a record with its id"),
        (lambda: shapes.identified({"id": ["c1"]}), "a record with its id"),
        (lambda: shapes.flag({"more": 1}, "more"), "expected more to be true or false"),
        (lambda: shapes.flag({"more": None}, "more"), "expected more to be true or false"),
        (lambda: shapes.flag({}, "more"), "expected more"),
        (lambda: shapes.same(7, 8, "job"), "about another record: job 7 instead of 8"),
        (lambda: shapes.belonging([{"a": "3"}], {"a": ("1", "2")}), "about another record: a 3 instead of 1 or 2"),
        (lambda: shapes.belonging([{"a": "1"}, {"a": "3"}], {"a": ("1",)}), "about another record: a 3 instead of 1"),
        (lambda: shapes.cursor({"hasNextPage": True}), "expected a cursor"),
        (lambda: shapes.cursor({"hasNextPage": True, "endCursor": ""}), "expected a cursor"),
        (lambda: shapes.cursor({"hasNextPage": True, "endCursor": 7}), "expected a cursor"),
        (lambda: shapes.cursor({"endCursor": "x"}), "expected hasNextPage"),
        (lambda: shapes.total(-1), "a number of rows"),
        (lambda: shapes.total(2**63), "a number of rows"),
    ],
)
def test_what_is_not_says_what_was_expected(check: Callable[[], Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        check()


@pytest.mark.parametrize(
    "problem", [TypeError, AttributeError, ValueError, KeyError, ZeroDivisionError, RecursionError]
)
def test_an_answer_of_another_shape_is_one_that_cannot_be_read(problem: type[Exception]) -> None:
    def read(answer: Any) -> None:
        raise problem("odd")

    with pytest.raises(ParserException, match=r"the answer cannot be read: it is of another shape: .*odd"):
        shapes.readable(reply({}), read)


def test_an_error_of_the_platform_stays_what_it_is() -> None:
    def read(answer: Any) -> None:
        raise NotFoundError("gone")

    with pytest.raises(NotFoundError, match=r"^gone$"):
        shapes.readable(reply({}), read)
    assert shapes.readable(reply({"a": 1}), lambda answer: answer.status) == 200
