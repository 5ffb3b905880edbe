"""Pinterest sessions without a network."""

from collections.abc import Callable
from typing import Any

import pytest

from adplatforms.core.messages import Answer
from adplatforms.core.testing import FakeTransport, reply
from adplatforms.pinterest import Pinterest

ACCOUNT = "549755885175"


@pytest.fixture
def page() -> Callable[..., Answer]:
    """Writes a page of the API: `page([row, row], bookmark="next")`."""
    return lambda rows, bookmark=None: reply({"items": list(rows), "bookmark": bookmark})


@pytest.fixture
def offline() -> Callable[..., Pinterest]:
    """Makes a session that gets the given replies in order; `transport.calls` has what it sent.

    A reply may be a function of the request: requests that are under way side by side come in any order.
    """

    def make(*script: Any, **options: Any) -> Pinterest:
        answers = [step if isinstance(step, (Answer, Exception)) or callable(step) else reply(step) for step in script]
        words = {"ad_account_id": ACCOUNT, "retry": None, "transport": FakeTransport(answers), **options}
        return Pinterest("a-token", **words)

    return make
