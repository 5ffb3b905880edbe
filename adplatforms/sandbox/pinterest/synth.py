"""Values made up from a shape, the same on every run: rows of the seed, and answers that nothing stored decides.

Names decide what is made up: `..._id` gives digits, `..._url` an address, `created_time` a time in the form
of its type.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from adplatforms.sandbox.pinterest.table import Api, Shape
from adplatforms.sandbox.seed import BRANDS, CONCEPTS, PEOPLE, SEASONS

EPOCH = 1_767_225_600
"""2026-01-01T00:00:00Z; seeded times lie around it."""

MOST_DEPTH = 7
_SPECIAL = re.compile(r"[\\^$*+?()\[\]{}|]")


class Maker:
    """Makes values. The same seed makes the same value.

    Args:
        api: where the types are looked up.
        seed: what tells one row from the next.
    """

    def __init__(self, api: Api, seed: int) -> None:
        self.api = api
        self.seed = seed

    def make(self, shape: Shape, name: str = "", depth: int = 0) -> Any:
        """A value that fits a shape. `name` is the member it is for."""
        plain = self.api.resolved(shape)
        if "variants" in plain and ("one" in plain or "any" in plain):
            names = list(plain["variants"])
            chosen = names[self.seed % len(names)]
            return {**self.make(plain["variants"][chosen], name, depth), plain["by"]: chosen}
        choices = plain.get("one") or plain.get("any")
        if choices:
            return self.make(choices[self.seed % len(choices)], name, depth)
        if plain.get("enum"):
            # Words that 5.28.0 added are taken, and not made up: older clients are to find what they know.
            newer = plain.get("newer", ())
            words = [word for word in plain["enum"] if word is not None and word not in newer]
            return words[self.seed % len(words)]
        kind = plain.get("is", "object")
        if kind == "object":
            return self._object(plain, depth)
        if kind == "array":
            return self._array(plain, name, depth)
        if plain.get("null") and self.seed % 7 == 3 and "id" not in name:
            return None
        if kind == "boolean":
            return self.seed % 2 == 0
        if kind == "string":
            return self._string(plain, name)
        return self._number(plain, name, kind)

    def _object(self, plain: Mapping[str, Any], depth: int) -> dict[str, Any]:
        needed = plain.get("need", ())
        made = {
            name: self.make(one, name, depth + 1)
            for name, one in plain.get("fields", {}).items()
            if depth < MOST_DEPTH or name in needed
        }
        if "rest" in plain and not made and plain["rest"]:
            made["all"] = self.make(plain["rest"], "all", depth + 1)
        return made

    def _array(self, plain: Mapping[str, Any], name: str, depth: int) -> list[Any]:
        if depth >= MOST_DEPTH and not plain.get("min"):
            return []
        count = max(1, plain.get("min", 1))
        of = plain.get("of", {})
        return [Maker(self.api, self.seed + step).make(of, name.removesuffix("s"), depth + 1) for step in range(count)]

    def _string(self, plain: Mapping[str, Any], name: str) -> str:
        text = self._text(plain, name)
        return text[: plain["max"]] if "max" in plain else text

    def _text(self, plain: Mapping[str, Any], name: str) -> str:
        seed, day = self.seed, f"2026-{self.seed % 12 + 1:02}-{self.seed % 28 + 1:02}"
        pattern, form = plain.get("pattern", ""), plain.get("format", "")
        if r"\d{3})Z" in pattern:
            return f"{day}T{seed % 24:02}:{seed % 60:02}:00.000Z"
        if form == "date" or r"\d{4}" in pattern or name == "date" or name.endswith("_date"):
            return day
        if form == "date-time" or name in ("created_at", "updated_at"):
            return f"{day}T{seed % 24:02}:{seed % 60:02}:00Z"
        if pattern.startswith("^(0[0-9]"):
            return f"{seed % 24:02}:30"
        if "http" in pattern or any(word in name for word in ("url", "link", "location", "website")):
            return f"https://www.example.com/{name or 'page'}/{seed}"
        if re.search(r"\\d|\[0-9\]", pattern) or name == "id" or name.endswith(("_id", "_ids")):
            return str(880_000_000_000 + seed)
        if pattern and not _SPECIAL.search(pattern.strip("^$")):
            return str(pattern).strip("^$")
        first, last = PEOPLE[seed % len(PEOPLE)]
        if "email" in name:
            return f"{first}.{last}@example.com".lower().replace("'", "")
        if name == "username":
            return f"user{seed}"
        if "country" in name:
            return ("US", "DE", "FR", "GB")[seed % 4]
        if "currency" in name:
            return "USD"
        if name.endswith("name") or name in ("title", "value"):
            return f"{BRANDS[seed % len(BRANDS)]} {SEASONS[seed % len(SEASONS)]} {seed}"
        return f"{CONCEPTS[seed % len(CONCEPTS)]} {seed}"

    def _number(self, plain: Mapping[str, Any], name: str, kind: str) -> int | float:
        if name.endswith("_ms") or (plain.get("format") == "int64" and "time" in name):
            return (EPOCH + self.seed * 3600) * 1000
        if "time" in name or name in ("created_at", "updated_at"):
            value: float = EPOCH + self.seed * 3600
        elif "micro" in name or "amount" in name or "budget" in name:
            value = (self.seed % 50 + 1) * 1_000_000
        else:
            value = self.seed * 37 % 1000 + 1
        low, high = plain.get("min", value), plain.get("max", value)
        value = min(max(value, low), high)
        return value if kind == "integer" else float(value)
