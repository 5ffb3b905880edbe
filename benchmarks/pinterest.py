"""What an entity of Pinterest costs: a page of 250 campaigns against `json.loads` and against Pinterest's own SDK.

    python -m benchmarks.pinterest [--rounds N] [--sdk PYTHON]

PYTHON is one that has pinterest-api-sdk 0.2.7; the tests keep one below ``.cache/witness-pinterest``. Each round runs
every contestant once, in turn, so that a machine that slows down slows all of them. Printed are the median CPU time per
campaign and the ratio to the first of each group. The SDK lists with its own `Campaign.get_all`, its HTTP replaced.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from adplatforms.core.entity import Entity
from adplatforms.core.messages import Answer
from adplatforms.core.testing import FakeTransport, reply
from adplatforms.pinterest import Pinterest
from adplatforms.pinterest.entities import Campaign
from benchmarks.clock import Seconds, in_turn, official, ratio, timed

ROWS = 250
ROOT = Path(__file__).resolve().parents[1]
ACCOUNT = "549755885175"


def page() -> dict[str, Any]:
    """A page of campaigns as Pinterest sends them: every member of the description in each."""
    rng = random.Random(7)
    return {"items": [_campaign(number, rng) for number in range(ROWS)], "bookmark": None}


def _campaign(number: int, rng: random.Random) -> dict[str, Any]:
    begins = 1767225600 + rng.randrange(10_000_000)
    return {
        "id": str(320000000000 + number),
        "ad_account_id": ACCOUNT,
        "name": f"Spring Sale 2026 - Prospecting {number}",
        "status": rng.choice(["ACTIVE", "PAUSED"]),
        "lifetime_spend_cap": rng.randrange(10_000) * 1_000_000,
        "daily_spend_cap": rng.randrange(1_000) * 1_000_000,
        "order_line_id": None,
        "tracking_urls": {"impression": ["https://track.example.com/i"], "click": []},
        "start_time": begins,
        "end_time": begins + 86400 * 30,
        "summary_status": "RUNNING",
        "objective_type": "AWARENESS",
        "created_time": begins,
        "updated_time": begins,
        "type": "campaign",
        "is_flexible_daily_budgets": False,
        "is_campaign_budget_optimization": True,
    }


_read_all: Callable[[Any], Any] = eval(  # attribute access as a user writes it, not getattr with a loop around it
    "lambda e: ("
    + ", ".join(f"e.{name}" for name in Campaign.__model__.fields if name in _campaign(0, random.Random(0)))
    + ")"
)


def entities(pin: Pinterest, answer: Answer) -> list[Entity]:
    """Untouched entities of a page."""
    return pin.entities(pin.campaigns, pin.dialect.reader_of(answer.request).page(answer))


def read(found: list[Entity]) -> None:
    """Every field of every entity, read and typed."""
    for entity in found:
        _read_all(entity)


def contestants(sdk: str | None) -> list[tuple[str, Seconds, int]]:
    """The floor first, then ours, then theirs."""
    pin = Pinterest("a-token", ad_account_id=ACCOUNT, transport=FakeTransport())
    base = reply(page())
    listed = Answer(200, base.headers, base.content, pin.campaigns.plan().first)
    ours = [
        ("json.loads of a page", timed(lambda: json.loads(listed.content)), 5),
        ("page to entities", timed(lambda: entities(pin, listed)), 5),
        ("every field read", timed(lambda: read(entities(pin, listed))), 5),
    ]
    theirs = [("pinterest-api-sdk", official(sdk, "pinterest_sdk.py", json.dumps(page())), 1)] if sdk else []
    return [*ours, *theirs]


def run(rounds: int, sdk: str | None) -> dict[str, tuple[float, float, float]]:
    """Median microseconds of CPU per campaign, and its ratios to `json.loads` and to ours with every field read."""
    spent = in_turn(rounds, contestants(sdk), ROWS)
    floor, ours = spent["json.loads of a page"], spent["every field read"]
    return {name: (median(costs), ratio(costs, floor), ratio(costs, ours)) for name, costs in spent.items()}


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=40)
    known = sorted((ROOT / ".cache" / "witness-pinterest").glob("*/bin/python"))
    parser.add_argument("--sdk", default=str(known[-1]) if known else None)
    chosen = parser.parse_args()
    print(f"{ROWS} campaigns a page; CPU per campaign, to json.loads, to ours with every field read")
    for name, (cost, floor, ours) in run(chosen.rounds, chosen.sdk).items():
        print(f"{name:24} {cost:8.2f} us  {floor:7.2f}x  {ours:7.2f}x")


if __name__ == "__main__":
    main()
