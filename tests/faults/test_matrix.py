"""Every fault, in every operation, on every platform: rows complete, once and in order, or a clear error; no write lost
silently, none applied twice. The outcomes are those that the documentation tells."""

import json
from collections.abc import Iterator

import pytest
from cases import OPERATIONS, PLATFORMS, TROUBLES, run
from record import OUTCOMES, written

from adplatforms.sandbox import Sandbox

TOLD = json.loads(OUTCOMES.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def server() -> Iterator[Sandbox]:
    """One server for all cells; each puts the seed back."""
    with Sandbox() as sandbox:
        yield sandbox


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("platform", PLATFORMS)
def test_cell(server: Sandbox, platform: str, trouble: str, operation: str) -> None:
    outcome = run(server, platform, operation, TROUBLES[trouble])
    assert outcome == TOLD[platform]["outcomes"][TROUBLES[trouble].title][operation]


def test_the_documentation_tells_every_cell_and_no_other() -> None:
    def told(platform: str, trouble: str, operation: str) -> str:
        outcome: str = TOLD[platform]["outcomes"][TROUBLES[trouble].title][operation]
        return outcome

    assert written(told) == TOLD
