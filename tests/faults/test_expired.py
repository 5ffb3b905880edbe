"""A sign-in that ends in the middle of a listing and cannot be renewed: the rows before it, then a clear error."""

from collections.abc import Iterator

import pytest
from cases import PLATFORMS

from adplatforms.core.entity import Entity
from adplatforms.core.errors import AuthRequiredError
from adplatforms.sandbox import Fault, Sandbox


def collect(rows: Iterator[Entity], seen: list[str]) -> None:
    """The ids of the rows, as they come."""
    for row in rows:
        seen.append(str(row.id))  # noqa: PERF401, those before an error are kept


@pytest.mark.parametrize(("name", "told"), [("ttd", "get a new token"), ("pinterest", "take another one")])
def test_a_bare_token_that_expires_is_a_clear_error(fresh_sandbox: Sandbox, name: str, told: str) -> None:
    platform = PLATFORMS[name]
    session = {"ttd": fresh_sandbox.ttd, "pinterest": fresh_sandbox.pinterest}[name]()  # a token and nothing else
    expected = [row.id for row in session.get(platform.collection, **platform.words, page_limit=10)]
    fresh_sandbox.faults.add(Fault("expired", after=1, times=1))
    seen: list[str] = []
    rows = session.get(platform.collection, **platform.words, page_limit=10, get_all=True)
    with pytest.raises(AuthRequiredError, match=told) as caught:
        collect(rows, seen)
    assert seen == expected
    assert isinstance(caught.value, PermissionError)
    assert fresh_sandbox.access_token not in str(caught.value)
