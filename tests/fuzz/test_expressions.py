"""Conditions, fuzzed: the rows that a platform's server filters are those that the same conditions leave here."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from adplatforms.core.expr import Condition
from adplatforms.core.field import Field
from adplatforms.core.query import Query
from adplatforms.pinterest.entities import Campaign as PinterestCampaign
from adplatforms.sandbox import Sandbox
from adplatforms.ttd.entities import Campaign as TTDCampaign
from terminalone.entities import Campaign as T1Campaign

Conditions = st.SearchStrategy[Condition]

PATTERNS = st.lists(st.sampled_from(["*", "s", "S", "ale", " ", "&", '"', "é", "%", "_", "(", "Spring"]), max_size=4)
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))
MOMENTS |= MOMENTS.map(lambda moment: moment.replace(microsecond=0))
NUMBERS = st.integers(0, 100_000) | st.decimals(0, 100_000, places=2)
ORDERED = ["<", "<=", ">", ">="]


def like(field: Field[Any]) -> Conditions:
    """A name with wildcards in it."""
    # By `condition`, which does not warn of patterns without a wildcard.
    return PATTERNS.map(lambda parts: field.condition("~", "".join(parts) or "*"))


def compared(field: Field[Any], operators: list[str], values: st.SearchStrategy[Any]) -> Conditions:
    """A comparison with one of several operators."""
    return st.builds(field.condition, st.sampled_from(operators), values)


def one_of(field: Field[Any], values: st.SearchStrategy[Any], most: int = 30) -> Conditions:
    """A list of values."""
    return st.lists(values, max_size=most).map(field.in_)


class Platform(NamedTuple):
    """`listing`: the query that conditions are added to. `conditions`: what is asked; `always`: one that comes along,
    where rows would be hidden without it."""

    connect: Callable[[Sandbox], Any]
    listing: Callable[[Any], Query[Any]]
    conditions: Conditions
    always: Conditions | None = None


STATUSES = st.sampled_from(["ACTIVE", "PAUSED", "ARCHIVED", "DRAFT"])
PLATFORMS = {
    "t1": Platform(
        lambda sandbox: sandbox.t1(),
        lambda session: session.campaigns.within({"advertiser": 1}),
        st.one_of(
            like(T1Campaign.name),
            compared(T1Campaign.status, ["==", "!="], st.booleans()),
            compared(T1Campaign.total_budget, ["==", "!=", *ORDERED], NUMBERS.map(float)),
            compared(T1Campaign.start_date, ["==", "!=", *ORDERED], MOMENTS),
            compared(T1Campaign.goal_type, ["==", "!="], st.sampled_from(["spend", "reach", "cpa"])),
            one_of(T1Campaign.id, st.integers(1, 2600)),
            st.sampled_from([T1Campaign.merit_pixel_id.is_null(), T1Campaign.merit_pixel_id.not_null()]),
        ),
    ),
    "ttd": Platform(
        lambda sandbox: sandbox.ttd(),
        lambda session: session.campaigns.within(advertiser="adv0001"),
        st.one_of(
            like(TTDCampaign.name),
            compared(TTDCampaign.name, ["==", "!="], st.sampled_from(["Always On 2027 - Contextual", "x"])),
            compared(TTDCampaign.start_date, ["==", "!=", *ORDERED], MOMENTS),
            compared(TTDCampaign.pacing_mode, ["==", "!="], st.sampled_from(["PaceAhead", "PaceEvenly"])),
            compared(TTDCampaign.time_zone, ["==", "!="], st.sampled_from(["America/Chicago", "UTC"])),
            one_of(TTDCampaign.id, st.integers(1, 400).map("cmp{:04}".format)),
            st.sampled_from([TTDCampaign.end_date.is_null(), TTDCampaign.end_date.not_null()]),
        ),
    ),
    "pinterest": Platform(
        lambda sandbox: sandbox.pinterest(),
        lambda session: session.campaigns,
        st.one_of(
            like(PinterestCampaign.name),
            compared(PinterestCampaign.daily_spend_cap, ["==", "!=", *ORDERED], NUMBERS.map(Decimal)),
            compared(PinterestCampaign.start_time, ORDERED, MOMENTS),
            compared(PinterestCampaign.objective_type, ["==", "!="], st.sampled_from(["AWARENESS", "CONSIDERATION"])),
            one_of(PinterestCampaign.id, st.integers(320_000_000_000, 320_000_000_620).map(str)),
            st.sampled_from([PinterestCampaign.end_time.is_null(), PinterestCampaign.end_time.not_null()]),
        ),
        always=one_of(PinterestCampaign.status, STATUSES, most=3)
        | compared(PinterestCampaign.status, ["=="], STATUSES),
    ),
}


@pytest.fixture(scope="module", params=PLATFORMS)
def platform(request: pytest.FixtureRequest) -> Platform:
    """Each platform in turn."""
    return PLATFORMS[request.param]


@pytest.fixture(scope="module")
def session(platform: Platform, sandbox: Sandbox) -> Iterator[Any]:
    """One session for all examples."""
    with platform.connect(sandbox) as session:
        yield session


@pytest.fixture(scope="module")
def everything(platform: Platform, session: Any) -> list[Any]:
    """All rows of the listing, whole."""
    listing = platform.listing(session).full()
    if platform.always is not None:
        listing = listing.where(PinterestCampaign.status.in_(["ACTIVE", "PAUSED", "ARCHIVED", "DRAFT"]))
    return list(listing)


def test_the_server_and_the_client_agree(platform: Platform, session: Any, everything: list[Any]) -> None:
    some = st.lists(platform.conditions, min_size=1, max_size=3)
    asked = some if platform.always is None else st.tuples(platform.always, some).map(lambda two: [two[0], *two[1]])

    @settings(max_examples=examples(60), deadline=None, database=None)
    @given(asked)
    def check(conditions: list[Condition]) -> None:
        wanted = sorted(row.id for row in everything if all(condition.matches(row) for condition in conditions))
        found = platform.listing(session).where(*conditions)
        assert sorted(row.id for row in found) == wanted
        assert found.count() == len(wanted)

    check()


@settings(max_examples=examples(200), deadline=None, database=None)
@given(PLATFORMS["t1"].conditions)
def test_a_condition_tells_itself_and_is_no_truth_value(condition: Condition) -> None:
    assert str(condition).startswith(condition.field.name)
    with pytest.raises(TypeError, match="not a truth value"):
        bool(condition)
