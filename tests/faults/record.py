"""Writes `outcomes.json`, from which the documentation makes its table: `python tests/faults/record.py`."""

import json
from pathlib import Path
from typing import Any

from cases import OPERATIONS, PLATFORMS, TROUBLES, run

from adplatforms.sandbox import Sandbox

OUTCOMES = Path(__file__).with_name("outcomes.json")


def written(outcome: Any) -> dict[str, Any]:
    """The matrix as the documentation reads it, by the names of `cases`; `outcome(platform, trouble, operation)`."""
    return {
        name: {
            "title": platform.title,
            "operations": list(OPERATIONS.values()),
            "outcomes": {
                trouble.title: {operation: outcome(name, key, operation) for operation in OPERATIONS}
                for key, trouble in TROUBLES.items()
            },
        }
        for name, platform in PLATFORMS.items()
    }


if __name__ == "__main__":
    with Sandbox() as server:
        found = written(lambda name, trouble, operation: run(server, name, operation, TROUBLES[trouble]))
    OUTCOMES.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
