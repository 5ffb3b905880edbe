"""Whatever is given to an operation, the check of it ends in a request or in an error of ours."""

from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from adplatforms.core.errors import ClientError
from adplatforms.core.messages import Request
from adplatforms.pinterest.description import OPERATIONS

SINGLE = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.binary(max_size=4)
    | st.just(date(2026, 1, 1))
    | st.just(datetime(2026, 1, 1))
    | st.just(Decimal("1.5"))
    | st.just(Decimal("NaN"))
    | st.sampled_from(["RETAIL", "CREATE", "7", "2026-01-01", "AWARENESS"])
)
WORDS = st.sampled_from(["name", "id", "catalog_type", "operation", "items", "filters", "data", "creatives", "report"])
VALUE = st.recursive(
    SINGLE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS | st.text(max_size=3), inner, max_size=4),
    max_leaves=12,
)
NAMES = st.sampled_from(list(OPERATIONS))


@settings(deadline=None)
@given(NAMES, st.data())
def test_any_parameter_is_taken_or_refused(name: str, data: st.DataObject) -> None:
    operation = OPERATIONS[name]
    params = {param: data.draw(VALUE, param) for param in operation.params}
    with suppress(ClientError):
        assert isinstance(operation.request(params, data.draw(VALUE, "body")), Request)


@settings(deadline=None)
@given(st.sampled_from([name for name in OPERATIONS if OPERATIONS[name].body is not None]), st.data())
def test_any_body_is_taken_or_refused(name: str, data: st.DataObject) -> None:
    operation = OPERATIONS[name]
    content = operation.content
    assert content is not None
    members = st.fixed_dictionaries({}, optional=dict.fromkeys((*content.members, *content.outside), VALUE))
    params = {param: "7" for param in operation.params if operation.params[param].required}
    body = data.draw(st.lists(members, max_size=2) if content.kind == "array" else members)
    with suppress(ClientError):
        assert operation.request(params, body).method == operation.method
    with suppress(ClientError):
        operation.request(params, body, check=False)
