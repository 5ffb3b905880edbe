"""What a type checker makes of the names at the top of `adplatforms`. Read by mypy, never run."""

from typing import assert_type

import adplatforms
from adplatforms import TTD, Pinterest, Sandbox, errors, filters
from terminalone.models import Campaign


def names() -> None:
    t1 = adplatforms.T1("user", "password", "key")
    assert_type(t1.campaigns.first(), Campaign | None)
    assert_type(TTD(token="token"), TTD)
    assert_type(Pinterest("token"), Pinterest)
    assert_type(Sandbox().url, str)
    assert_type(filters.symbol(filters.EQUALS), str)
    assert_type(errors.APIError("no").retry_after, float | None)
    _ = adplatforms.T2  # type: ignore[attr-defined]
