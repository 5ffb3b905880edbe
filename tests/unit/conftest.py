"""T1 sessions without a network, for tests of what goes over the wire."""

from collections.abc import Callable
from typing import Any

import pytest

from adplatforms.core.testing import FakeTransport, reply
from adplatforms.core.values import Answer
from terminalone import T1


def answer(step: Any) -> Any:
    """A reply as the API writes it: for a dict one entity, for a list a page, for a list and a number a page of a
    longer listing; anything else as it is."""
    rows, total = step if isinstance(step, tuple) else (step, len(step) if isinstance(step, list) else 0)
    if isinstance(rows, list):
        return reply({"data": rows, "meta": {"status": "ok", "total_count": total, "count": len(rows)}})
    if isinstance(rows, dict):
        return reply({"data": rows, "meta": {"status": "ok"}})
    return step


@pytest.fixture(name="answer")
def answer_of() -> Callable[[Any], Answer]:
    """Writes replies of the API: `answer([row, row])`, `answer(([row], 2500))`, `answer(row)`."""
    return answer


@pytest.fixture
def offline() -> Callable[..., T1]:
    """Makes a T1 session that gets the given replies in order; `t1.transport.calls` has what it sent."""

    def make(*script: Any, **options: Any) -> T1:
        transport = FakeTransport([answer(step) for step in script])
        return T1("user", "secret-word", "secret-key", auth_method="delayed", transport=transport, **options)

    return make


@pytest.fixture
def campaign_row() -> dict[str, Any]:
    """A whole campaign as JSON has it."""
    return {
        "entity_type": "campaign",
        "id": 7,
        "version": 3,
        "name": "Spring",
        "status": True,
        "advertiser_id": 12,
        "goal_type": "cpa",
        "goal_value": [{"currency_code": "USD", "value": "1.2500"}],
        "total_budget": [{"currency_code": "USD", "value": 20}, {"currency_code": "EUR", "value": "18.5"}],
        "start_date": "2026-03-01T00:00:00+0000",
        "end_date": "2026-05-31T23:59:59+0000",
        "merit_pixel_id": None,
        "pc_window_minutes": 60,
        "io_name": "",
        "from_the_future": {"a": [1]},
    }
