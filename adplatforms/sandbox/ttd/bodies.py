"""JSON that comes in: read strictly, so that what cannot be kept is refused at the door."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from adplatforms.sandbox.ttd.errors import Refusal

__all__ = ["MOST_LONG", "read"]

MOST_LONG = 2**63 - 1
"""The largest whole number of 64 bits."""


def read(data: bytes | str, name: str = "The body") -> Any:
    """The value of a JSON text; `name` is what the text is called in the refusal.

    Raises:
        Refusal: 400, it is not JSON, nested too deeply, or holds what is no Unicode text.
    """
    try:
        value = json.loads(data, parse_constant=_not_json)
        json.dumps(value, ensure_ascii=False).encode()
    except RecursionError:
        raise Refusal(400, f"{name} is nested too deeply") from None
    except ValueError:
        raise Refusal(400, f"{name} is not JSON") from None
    return value


def _not_json(word: str) -> NoReturn:
    raise ValueError(f"{word} is not JSON")
