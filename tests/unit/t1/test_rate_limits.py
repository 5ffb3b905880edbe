"""Rate limits, as the gateway and T1 itself tell them. Source: wire.md section 11; v3/README.md, Limits."""

from typing import Any

import pytest

from adplatforms.core.errors import RateLimitError
from adplatforms.core.testing import FakeTransport, reply
from terminalone import T1

DATE = "Tue, 01 Dec 2026 01:00:00 GMT"
UNIX = 1_796_086_800
TOO_MANY = {"errors": [{"code": "rate-limit-exceeded", "message": "slow down"}], "meta": {"status": "error"}}
CAMPAIGN = {"data": {"entity_type": "campaign", "id": 7, "version": 1}, "meta": {"status": "ok"}}


def session(*script: Any, **options: Any) -> T1:
    return T1("a", "b", auth_method="delayed", transport=FakeTransport(list(script)), **options)


@pytest.mark.parametrize("status", [429, 200])
def test_too_many_calls_in_t1s_envelope(status: int) -> None:
    t1 = session(reply(TOO_MANY, status=status, retry_after="7"), retry=None)
    with pytest.raises(RateLimitError, match="slow down") as caught:
        t1.get("campaigns", 7)
    assert caught.value.retry_after == 7


def test_429_counts_whatever_the_envelope_says() -> None:
    t1 = session(reply({"errors": [{"message": "no"}], "meta": {"status": "invalid"}}, status=429), retry=None)
    with pytest.raises(RateLimitError, match="no"):
        t1.get("campaigns", 7)


@pytest.mark.parametrize(
    ("headers", "quota"),
    [
        ({"X_RateLimit_Remaining": "39", "X_RateLimit_Reset": str(UNIX + 2), "Date": DATE}, (39, 2.0)),
        ({"X_RateLimit_Remaining": "0", "X_RateLimit_Reset": str(UNIX - 9), "Date": DATE}, (0, 0.0)),
        ({"X_RateLimit_Remaining": "39", "X_RateLimit_Reset": "soon", "Date": DATE}, (39, None)),
        ({"X_RateLimit_Remaining": "39", "X_RateLimit_Reset": str(UNIX), "Date": "today"}, (39, None)),
        ({"X_RateLimit_Remaining": "39", "X_RateLimit_Reset": str(UNIX)}, (39, None)),
        ({"X_RateLimit_Remaining": "many"}, None),
        ({}, None),
    ],
)
def test_the_calls_that_are_left_are_read_by_the_servers_clock(headers: dict[str, str], quota: Any) -> None:
    t1 = session(reply(CAMPAIGN, **headers))
    t1.get("campaigns", 7)
    found = t1.stats.quotas.get("")
    assert (found and (found.remaining, found.reset)) == quota
