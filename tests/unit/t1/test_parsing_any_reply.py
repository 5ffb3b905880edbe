"""Whatever arrives, what comes out is rows or one of the framework's own errors."""

import copy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from adplatforms.core.errors import AdPlatformsError
from adplatforms.core.testing import FakeTransport, reply
from terminalone import T1

SCALARS = st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats() | st.text(max_size=5)
WORDS = ["data", "meta", "errors", "status", "entity_type", "id", "permissions", "flags", "entities", "access"]
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=4),
    max_leaves=12,
)
SAMPLE: dict[str, Any] = {
    "data": [{"entity_type": "campaign", "id": 1, "name": "n", "advertiser": {"entity_type": "advertiser"}}],
    "errors": [{"field": "f", "message": "m"}],
    "meta": {"status": "ok", "total_count": 1},
}


def read_all(body: Any) -> None:
    """What a script does with a reply; only the framework's own errors may come out."""
    t1 = T1("u", auth_method="delayed", transport=FakeTransport(lambda _: reply(body)))
    t1.lazy = "raise"
    try:
        for campaign in t1.get("campaigns", page_limit=100):
            repr(campaign)
            campaign.to_dict()
    except AdPlatformsError as error:
        str(error)


@settings(max_examples=150, deadline=None, database=None)
@given(data=JSON, meta=st.just({"status": "ok"}) | JSON, errors=JSON)
def test_any_json_gives_rows_or_our_own_error(data: Any, meta: Any, errors: Any) -> None:
    read_all({"data": data, "meta": meta, "errors": errors})


@settings(max_examples=150, deadline=None, database=None)
@given(path=st.sampled_from(["data", "data.0", "data.0.id", "data.0.entity_type", "meta.status"]), value=JSON)
def test_one_wrong_value_in_a_reply(path: str, value: Any) -> None:
    body = copy.deepcopy(SAMPLE)
    *parents, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    place: Any = body
    for part in parents:
        place = place[part]
    place[last] = value
    read_all(body)
