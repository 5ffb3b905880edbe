"""Every fault, in every operation, on every platform: rows complete, once and in order, or a clear error; no write lost
silently, none applied twice. The outcomes are those that the documentation tells."""

import json
from collections.abc import Iterator

import pytest
from cases import OPERATIONS, PLATFORMS, TROUBLES, run
from record import OUTCOMES, written

from adplatforms.sandbox import Sandbox

TOLD = json.loads(OUTCOMES.read_text(encoding="utf-8"))

REPEATED = ("jitter", "408", "429", "429 date", "502", "503", "504", "500 always", "dropped always", "refused always",
            "skew back")  # fmt: skip
"""Troubles that differ from another by a number or by how often they come. They are tried in the long tier."""


@pytest.fixture(scope="module")
def server() -> Iterator[Sandbox]:
    """One server for all cells; each puts the seed back."""
    with Sandbox() as sandbox:
        yield sandbox


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize(
    "trouble", [pytest.param(name, marks=pytest.mark.long if name in REPEATED else ()) for name in TROUBLES]
)
@pytest.mark.parametrize("platform", PLATFORMS)
def test_cell(server: Sandbox, platform: str, trouble: str, operation: str) -> None:
    outcome = run(server, platform, operation, TROUBLES[trouble])
    assert outcome == TOLD[platform]["outcomes"][TROUBLES[trouble].title][operation]


def test_the_documentation_tells_every_cell_and_no_other() -> None:
    def told(platform: str, trouble: str, operation: str) -> str:
        outcome: str = TOLD[platform]["outcomes"][TROUBLES[trouble].title][operation]
        return outcome

    assert written(told) == TOLD
