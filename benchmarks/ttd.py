"""What an entity of The Trade Desk costs: the answer to a save against the official SDK's models, and a GraphQL page of
100 campaigns against `json.loads`.

    python -m benchmarks.ttd [--rounds N] [--sdk PYTHON]

PYTHON is one that has ttd-workflows 0.13.2; the tests keep one below ``.cache/witness-ttd``. Each round runs every
contestant once, in turn, so that a machine that slows down slows all of them. Printed are the median CPU time and the
ratio to the first of each group. The SDK's time is that of its own reading function, which every call of it runs.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from statistics import median
from typing import Any

from adplatforms.core.entity import Entity
from adplatforms.core.messages import Answer
from adplatforms.core.relations import Peers
from adplatforms.core.testing import FakeTransport, reply
from adplatforms.ttd import TTD
from adplatforms.ttd.entities import Campaign
from adplatforms.ttd.mapped import Mapped
from adplatforms.ttd.workflows.operations import update_campaign
from adplatforms.ttd.workflows.read import SavingReader
from benchmarks.clock import Seconds, in_turn, official, ratio, timed

ROWS = 100
ROOT = Path(__file__).resolve().parents[1]
MOMENTS = ("2026-06-01T00:00:00Z", "2026-07-01T00:00:00Z")


def payload() -> dict[str, Any]:
    """The answer to a save: a campaign with three flights, every property of the schema in it."""
    flights = [
        {
            "id": f"90000{number}",
            "startDateInclusiveUTC": MOMENTS[0],
            "endDateExclusiveUTC": MOMENTS[1],
            "budgetInAdvertiserCurrency": 1200.5,
            "budgetInImpressions": None,
            "dailyTargetInAdvertiserCurrency": 40.25,
            "dailyTargetInImpressions": None,
        }
        for number in range(3)
    ]
    campaign = {
        "id": "cmp0001",
        "name": "Spring launch",
        "campaignGroupId": 7,
        "description": "Prospecting and retargeting",
        "startDate": MOMENTS[0],
        "endDate": MOMENTS[1],
        "timeZone": "UTC",
        "customCPAClickWeight": 1.5,
        "customCPAViewthroughWeight": 0.5,
        "customCPAType": "ClickViewthroughWeighting",
        "impressionsOnlyBudgetingCpm": None,
        "primaryChannel": "Display",
        "primaryGoal": "MaximizeReach",
        "seedId": "seed001",
        "conversionReportingColumnsCount": 2,
        "flights": flights,
        "secondaryGoal": None,
        "tertiaryGoal": None,
    }
    return {"campaign": campaign, "adGroups": None}


def page(ttd: TTD) -> Answer:
    """A GraphQL answer with 100 campaigns, as the session asks for them."""
    rng = random.Random(7)
    request = ttd.campaigns.plan().first
    nodes = [
        {
            "id": f"cmp{number:04}",
            "name": f"Spring Sale 2026 - Prospecting {number}",
            "advertiser": {"id": f"adv{number % 12:04}"},
            "partner": {"id": "par0001"},
            "seed": {"id": f"seed{number:03}"},
            "audience": None,
            **{field.wire: _value(field, rng) for field in _plain_fields()},
        }
        for number in range(ROWS)
    ]
    info = {"hasNextPage": False, "endCursor": "c100"}
    body = {"data": {"campaigns": {"nodes": nodes, "pageInfo": info}}}
    answer = reply(body)
    return Answer(answer.status, answer.headers, answer.content, request)


def _plain_fields() -> list[Any]:
    fields = [field for field in Campaign.__model__.fields.values() if isinstance(field, Mapped) and field.graphql]
    return [each for each in fields if each.graphql == each.wire not in ("id", "name") and not each.node.children]


def _value(field: Any, rng: random.Random) -> Any:
    kinds = {"Moment": MOMENTS[0], "Bool": True, "Archived": False, "Int": 5000, "Float": 1.5, "Amount": 1200.5}
    words = getattr(field, "values", None)
    return rng.choice(words).upper() if words else kinds.get(type(field).__name__, f"value of {field.name}")


def entities(ttd: TTD, answer: Answer) -> list[Entity]:
    """Untouched entities of a page."""
    return ttd.entities(ttd.campaigns, ttd.dialect.reader_of(answer.request).page(answer))


def wrap(row: dict[str, Any]) -> Entity:
    """An untouched entity around a row."""
    wrapped: Entity = Campaign.__model__.wrap(row, Peers(None, [row]))
    return wrapped


def contestants(sdk: str | None) -> list[tuple[int, list[tuple[str, Seconds, int]]]]:
    """Groups: items a run, and the contestants, the one to compare with first."""
    ttd = TTD(token="demo-token", transport=FakeTransport())
    thin = json.dumps(payload())
    base = reply(payload())
    reader = SavingReader(Campaign, "campaign")
    answer = Answer(200, base.headers, base.content, update_campaign({}, reader))
    saves = [("TTD answer to an entity", timed(lambda: wrap(reader.saved(answer))), 50)]
    listed = page(ttd)
    pages = [
        ("json.loads of a page", timed(lambda: json.loads(listed.content)), 5),
        ("TTD page to entities", timed(lambda: entities(ttd, listed)), 5),
    ]
    theirs = [("ttd-workflows models", official(sdk, "ttd_sdk.py", thin), 50)] if sdk else []
    return [(1, [*theirs, *saves]), (ROWS, pages)]


def run(rounds: int, sdk: str | None) -> dict[str, tuple[float, float]]:
    """Median microseconds of CPU per entity and ratio to the first of its group, by contestant."""
    found: dict[str, tuple[float, float]] = {}
    for items, group in contestants(sdk):
        spent = in_turn(rounds, group, items)
        floor = next(iter(spent.values()))
        found |= {name: (median(costs), ratio(costs, floor)) for name, costs in spent.items()}
    return found


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=40)
    known = sorted((ROOT / ".cache" / "witness-ttd").glob("*/bin/python"))
    parser.add_argument("--sdk", default=str(known[-1]) if known else None)
    chosen = parser.parse_args()
    print(f"{len(Campaign.__model__.fields)} fields a campaign, {ROWS} campaigns a page")
    for name, (cost, times) in run(chosen.rounds, chosen.sdk).items():
        print(f"{name:28} {cost:8.2f} us   {times:6.3f}x")


if __name__ == "__main__":
    main()
