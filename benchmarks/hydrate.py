"""How much an entity costs on top of parsing: JSON and XML bytes of 100 full campaigns, in ratios to floors.

    python -m benchmarks.hydrate [--rounds N]

Each round runs every contestant once, in turn, so that a machine that slows down slows all of them. Printed are the
median CPU time per campaign and its ratio to the floor of the same bytes: `json.loads`, or a plain loop that puts
expat's elements into dicts.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

import orjson

from adplatforms.core.entity import Entity
from adplatforms.core.relations import Peers
from benchmarks.clock import in_turn, ratio, timed
from terminalone import t1types
from terminalone.entities import Campaign
from terminalone.parsing import parse_json, parse_xml

ROWS = 100


def campaigns(rows: int = ROWS) -> list[dict[str, Any]]:
    """Full campaigns: every declared field, with values of the length and form that T1 sends."""
    rng = random.Random(7)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    made = []
    for number in range(1, rows + 1):
        row: dict[str, Any] = {"entity_type": "campaign"}
        for name, field in Campaign.__model__.fields.items():
            row[name] = _value(field, rng, start)
        row.update(id=number, version=rng.randrange(30), name=f"Spring Sale 2026 - Prospecting {number}")
        made.append(row)
    return made


def _value(field: Any, rng: random.Random, start: datetime) -> Any:
    if isinstance(field, t1types.Choice):
        return rng.choice(field.values)
    if isinstance(field, t1types.Bool01):
        return rng.random() < 0.5
    if isinstance(field, t1types.DateTime):
        return (start + timedelta(minutes=rng.randrange(500_000))).strftime("%Y-%m-%dT%H:%M:%S+0000")
    if field.name in ("total_budget", "goal_value", "spend_cap_amount", "ad_server_fee"):
        return [{"currency_code": "USD", "value": rng.randrange(10_000)}]
    if isinstance(field, t1types.Float):
        return rng.randrange(10_000) / 100
    if isinstance(field, t1types.Int):
        return rng.randrange(100_000)
    return f"value of {field.name}"


def as_xml(rows: list[dict[str, Any]]) -> bytes:
    """The same campaigns as T1's XML."""
    parts = [f'<result><entities count="{len(rows)}" start="0">']
    for row in rows:
        parts.append(
            f'<entity id="{row["id"]}" name={quoteattr(row["name"])} type="campaign" version="{row["version"]}">'
        )
        for name, value in row.items():
            if name in ("id", "version", "entity_type"):
                continue
            if isinstance(value, list):
                amount = f'currency_code="USD" value="{value[0]["value"]}"'
                parts.append(f'<prop name="{name}" {amount}><amount {amount}/></prop>')
                continue
            text = str(int(value)) if isinstance(value, bool) else str(value).removesuffix("+0000")
            parts.append(f'<prop name="{name}" value={quoteattr(text)}/>')
        parts.append("</entity>")
    parts.append('</entities><status code="ok"/></result>')
    return "".join(parts).encode()


def expat_to_dicts(content: bytes) -> list[dict[str, Any]]:
    """The floor of XML: each element a dict of its attributes and children, nothing interpreted."""
    root: dict[str, Any] = {"children": []}
    stack = [root]

    def start(tag: str, attrs: dict[str, str]) -> None:
        node = {"tag": tag, "attrs": attrs, "children": []}
        stack[-1]["children"].append(node)
        stack.append(node)

    def end(tag: str) -> None:
        stack.pop()

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(content, True)
    return root["children"]  # type: ignore[no-any-return]


def wrap(rows: list[dict[str, Any]]) -> list[Entity]:
    """Untouched entities around rows."""
    peers = Peers(None, rows)
    return [Campaign._wrap(row, peers) for row in rows]


def read(entities: list[Entity]) -> None:
    """Every field of every entity, read and typed."""
    for entity in entities:
        _read_all(entity)


_read_all: Callable[[Any], Any] = eval(  # attribute access as a user writes it, not getattr with a loop around it
    "lambda e: (" + ", ".join(f"e.{name}" for name in Campaign.__model__.fields) + ")"
)


def contestants() -> dict[str, list[tuple[str, Callable[[], Any]]]]:
    """Floor first, then ours, per format."""
    rows = campaigns()
    as_json = json.dumps({"data": rows, "meta": {"status": "ok", "count": ROWS, "total_count": ROWS}}).encode()
    xml = as_xml(rows)
    return {
        "json": [
            ("json.loads", lambda: json.loads(as_json)),
            ("orjson.loads", lambda: orjson.loads(as_json)),
            ("T1 JSON to entities", lambda: wrap(parse_json(as_json).rows)),
            ("T1 JSON, every field read", lambda: read(wrap(parse_json(as_json).rows))),
        ],
        "xml": [
            ("expat to dicts", lambda: expat_to_dicts(xml)),
            ("T1 XML to entities", lambda: wrap(parse_xml(xml).rows)),
            ("T1 XML, every field read", lambda: read(wrap(parse_xml(xml).rows))),
        ],
    }


def run(rounds: int) -> dict[str, tuple[float, float]]:
    """Median microseconds of CPU per campaign and ratio to the floor, by contestant."""
    found: dict[str, tuple[float, float]] = {}
    for group in contestants().values():
        spent = in_turn(rounds, [(name, timed(task), 5) for name, task in group], ROWS)
        floor = next(iter(spent.values()))
        found |= {name: (median(costs), ratio(costs, floor)) for name, costs in spent.items()}
    return found


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=60)
    print(f"{len(Campaign.__model__.fields)} fields a campaign, {ROWS} campaigns a page")
    for name, (cost, times) in run(parser.parse_args().rounds).items():
        print(f"{name:28} {cost:7.2f} us   {times:5.2f}x")


if __name__ == "__main__":
    main()
