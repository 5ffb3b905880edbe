"""Answers that come twice on a kept connection are not taken for those to the next write."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from adplatforms.core.errors import AmbiguousWrite, NotFoundError
from adplatforms.net.retry import Retry
from adplatforms.sandbox import Sandbox

from .breakages import KINDS
from .proxy import Proxy

SHIFTED = "answers shifted by one"


@pytest.fixture
def proxy(fresh_sandbox: Sandbox) -> Iterator[Proxy]:
    """A proxy before a sandbox."""
    with Proxy(fresh_sandbox.url, fresh_sandbox.journal) as proxy:
        yield proxy


@pytest.fixture
def pinterest(fresh_sandbox: Sandbox, proxy: Proxy) -> Any:
    """A session that talks through it."""
    return fresh_sandbox.pinterest(api_base=f"{proxy.url}/pinterest/v5", retry=Retry(sleep=lambda seconds: None))


def shift_from_here(proxy: Proxy) -> None:
    """From the next request on, each gets the answer to the one before."""
    todo = [SHIFTED]
    proxy.choose = lambda message: (SHIFTED, KINDS[todo.pop()]) if todo else None


def test_creates_keep_their_own_ids(proxy: Proxy, pinterest: Any) -> None:
    made = [pinterest.new("board", name=f"Board {number}") for number in range(20)]
    made[0].save()
    shift_from_here(proxy)
    unsure = 0
    for board in made[1:]:
        try:
            board.save()
        except AmbiguousWrite:
            unsure += 1
    names = {row.id: row.name for row in pinterest.boards}
    saved = [board for board in made if board.to_dict().get("id") is not None]
    assert unsure <= 1
    assert all(names[board.id] == board.name for board in saved)


def test_a_refusal_that_comes_again_is_not_that_of_the_next_write(proxy: Proxy, pinterest: Any) -> None:
    board = pinterest.boards.first()
    with pytest.raises(NotFoundError, match="Board 1 not found"):
        pinterest.get("boards", "1")
    shift_from_here(proxy)
    board.name = "Renamed"
    board.save()
    assert board.name == "Renamed"


def test_the_answer_to_an_earlier_update_is_not_that_to_the_next(proxy: Proxy, pinterest: Any) -> None:
    board = pinterest.boards.first()
    board.name = "Once"
    board.save()
    shift_from_here(proxy)
    board.name = "Twice"
    board.save()
    assert board.name == "Twice"
