"""Texts with wildcards in conditions: what was probably meant is said, what was written is sent."""

from typing import Any

import pytest

from adplatforms import filters
from adplatforms.core.errors import PatternWarning
from adplatforms.sandbox import Sandbox


@pytest.fixture(params=["t1", "ttd", "pinterest"])
def session(request: pytest.FixtureRequest, sandbox: Sandbox) -> Any:
    with getattr(sandbox, request.param)() as session:
        yield session


def test_wildcards_in_an_equality(session: Any) -> None:
    name = session.campaigns.field("name")
    for ask in (
        lambda: session.campaigns.where(name="*spring*"),
        lambda: session.campaigns.where(name == "*spring*"),
        lambda: session.campaigns.where(name != "*spring*"),
        lambda: session.campaigns.where(name=["a", "*spring*"]),
    ):
        with pytest.warns(
            PatternWarning, match=r"text as it is, \* included; for a pattern: .*like\('\*spring\*'\)"
        ) as told:
            query = ask()
        assert told[0].filename == __file__
        assert "*spring*" in query.conditions[0].value
        assert query.conditions[0].op in ("==", "!=", "in")


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("%x%", r"no wildcard: \* is the wildcard here, not %: like\('\*x\*'\)"),
        ("spring", r"no wildcard: it matches this text alone; like\('\*spring\*'\)"),
    ],
)
def test_a_pattern_without_a_wildcard(session: Any, pattern: str, words: str) -> None:
    with pytest.warns(PatternWarning, match=words) as told:
        condition = session.campaigns.field("name").like(pattern)
    assert (told[0].filename, condition.op, condition.value) == (__file__, "~", pattern)


def test_find_is_told_too(session: Any) -> None:
    with pytest.warns(PatternWarning, match="for a pattern"):
        session.find("campaigns", "name", filters.EQUALS, "*spring*", get_all=True)
    with pytest.warns(PatternWarning, match="no wildcard"):
        session.find("campaigns", "name", filters.CASE_INS_STRING, "%spring%", get_all=True)


def test_what_is_meant_as_it_is_written(session: Any) -> None:
    name = session.campaigns.field("name")
    session.campaigns.where(name.like("*50%*"), name="20% off").where(name=["x"])
