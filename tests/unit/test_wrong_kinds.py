"""Every public call that takes an id or an entity refuses what is neither, before it sends anything.

The calls are found by their signatures: a parameter takes an id (`IDS`), an entity (`ENTITIES`), or neither (`OTHERS`).
A new parameter whose name stands in none of them fails the first test, so that nobody forgets to say what it takes.
"""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest

from adplatforms import TTD, Pinterest
from adplatforms.core.entity import Entity
from adplatforms.core.errors import AdPlatformsError, ClientError
from adplatforms.core.query import Query
from adplatforms.core.testing import FakeTransport, reply
from adplatforms.pinterest.base import PinterestEntity
from adplatforms.ttd.base import TTDEntity
from terminalone import T1
from terminalone.entities.base import T1Entity

BASES: dict[str, type[Any]] = {"t1": T1Entity, "ttd": TTDEntity, "pinterest": PinterestEntity}
IDS = """
    act_as ad_account_id ad_accounts ad_groups ad_id add advertiser assign batch_id board business_id businesses
    campaign campaign_id campaign_ids campaigns catalog_id deals entity_id entity_ids exclude flight_id id ids include
    interest_id item job_id media_id of partner pin_ids pins products remove request_id section segments selection
    strategies supplies target targets to_campaign unassign
"""
"""Parameters that take ids, or entities for theirs."""
ENTITIES = "entities entity flights work"
"""Parameters that take entities."""
OTHERS = """
    access_token active answers asked audience_insight_type auth_method authorization_response_url auto_follow beta
    bid_floor_specs body by callback calls campaign_filter candidates catalog_type category changes check child
    client_id client_secret code collection columns conditions content continuous_refresh count country country_code
    create creatives credentials data day default domains enabled end end_date endpoint entity_class
    entity_types environment equal
    events exclude_op extra fetch fields file files filters fold force form full get_all goals granularity
    graphql_url group groups guard_formulas headers hour ignore_errors in_flight include_op includeunchanged
    interest invite_type invites is_https items json keys keywords kind language level limit lookback_period member
    message method metric_types metrics minute model moment month more most name name_filter names new_flights
    offer_code_hash operation operation_type operations operator options other_params output_format overrides page
    page_limit page_offset pairs parameters params parent parents parts password path plan planned poll
    product_categories progress properties query query_shape read realm records redirect_uri refresh region relation
    relations report report_name report_type request requests rest_url restriction route rows scope scopes second
    selections server server_url set_session since sort_by source spec start start_date state targeting
    targeting_spec targeting_type targeting_types term terms test text through timeout token token_type_hint
    trend_type types until update updated_since url username validate_only value values variable variables version
    waiting what windows without words year zone
"""
"""Parameters that take neither, or a mapping or words with ids in them: see `tests/unit/core/test_ids.py`."""
NOT_HERE = {("get", "include"), ("set_domains", "include"), ("set_domains", "exclude")}
"""Calls whose parameter of such a name takes neither: relations, domains."""
GIVEN: dict[str, Any] = {
    "bid_floor_specs": [{}], "file": b"x", "files": [b"x"], "properties": {}, "source": b"x",
    "collection": "campaigns", "columns": "SPEND_IN_DOLLAR", "country": "US", "data": {}, "end": "2026-11-02",
    "filters": {}, "group": "REGN", "invites": {}, "items": [{}], "kind": "clone", "language": "EN",
    "level": "campaigns", "metric_types": "IMPRESSION", "parts": [], "requests": {}, "selections": [],
    "start": "2026-11-01", "targeting_types": "AGE_BUCKET",
}  # fmt: skip
"""What the other parameters of a call are given, where 7 will not do."""


class Call(NamedTuple):
    """A public call of a session, a query or an entity, and one of its parameters."""

    platform: str
    owner: type[Any]
    name: str
    parameter: inspect.Parameter
    signature: inspect.Signature

    def __str__(self) -> str:
        return f"{self.platform}-{self.owner.__name__}.{self.name}({self.parameter.name})"


def session_of(platform: str) -> Any:
    """A session whose transport has `calls`, and answers nothing that could be read."""
    transport = FakeTransport(lambda request: reply({}))
    if platform == "t1":
        return T1("user", "secret-word", "secret-key", auth_method="delayed", transport=transport, retry=None)
    if platform == "ttd":
        return TTD(token="t", transport=transport, retry=None)
    return Pinterest("t", ad_account_id=5, transport=transport, retry=None)


def owners() -> Iterator[tuple[str, type[Any]]]:
    """The classes whose calls are public."""
    for platform, kind in (("t1", T1), ("ttd", TTD), ("pinterest", Pinterest)):
        yield platform, kind
        yield platform, Query
        for model in BASES[platform].__model__.registry.types.values():
            yield platform, model


def calls() -> list[Call]:
    """Every parameter of every public call, once for each platform."""
    found: dict[tuple[str, str, str], Call] = {}
    for platform, owner in owners():
        for name in dir(owner):
            function = inspect.getattr_static(owner, name)
            function = getattr(function, "__func__", function)
            if name.startswith("_") or not inspect.isfunction(function):
                continue
            signature = inspect.signature(function)
            for parameter in list(signature.parameters.values())[1:]:
                key = (platform, function.__qualname__, parameter.name)
                found.setdefault(key, Call(platform, owner, name, parameter, signature))
    return list(found.values())


CALLS = calls()


def test_of_each_parameter_it_is_known_what_it_takes() -> None:
    known = {*IDS.split(), *ENTITIES.split(), *OTHERS.split()}
    unknown = sorted({str(call) for call in CALLS if call.parameter.name not in known})
    assert unknown == [], "add the name to IDS, ENTITIES or OTHERS: it then is tried with wrong values, or is not"


OTHER_CLASS = {"t1": "organizations", "ttd": "creatives", "pinterest": "lead_forms"}
STRANGERS: dict[str, Callable[[str], Any]] = {
    "None": lambda platform: None,
    "empty": lambda platform: "",
    "blank": lambda platform: "  ",
    "True": lambda platform: True,
    "fraction": lambda platform: 7.5,
    "nan": lambda platform: float("nan"),
    "object": lambda platform: object(),
    "another platform": lambda platform: session_of("ttd" if platform == "t1" else "t1").reference("campaigns", 7),
    "another class": lambda platform: session_of(platform).reference(OTHER_CLASS[platform], 7),
    "unsaved": lambda platform: BASES[platform].__model__.registry.types["campaign"](None),
}
"""What is neither an id nor an entity that has one, or another one than is meant."""


def wrong() -> Iterator[Any]:
    """Each parameter that takes an id or an entity, with each value that it does not take."""
    ids, entities = IDS.split(), ENTITIES.split()
    for call in CALLS:
        name = call.parameter.name
        if name not in (*ids, *entities) or (call.name, name) in NOT_HERE:
            continue
        for what in STRANGERS:
            may_be_left_out = what == "None" and call.parameter.default is None
            is_an_entity = name in entities and what in ("another class", "unsaved")
            if not may_be_left_out and not is_an_entity:
                yield pytest.param(call, what, id=f"{call}-{what}")


def make(call: Call, session: Any, value: Any, owner: Any = None) -> None:
    """Makes the call with this value; the first of what it gives is asked for, so that nothing stays undone. owner: the
    record it is made on, else one that has an id."""
    given = {call.parameter.name: value}
    for name, parameter in call.signature.parameters.items():
        various = parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL)
        if name not in given and name != "self" and parameter.default is parameter.empty and not various:
            given[name] = session.campaigns if name == "query" else GIVEN.get(name, "7")
    if call.name in ("add", "remove") and call.owner.__name__ == "Permission" and call.parameter.name == "item":
        given["entity"] = "advertiser"
    if owner is None and isinstance(session, call.owner):
        owner = session
    if owner is None:
        owner = session.campaigns if call.owner is Query else session.reference(call.owner, 7)
    found = getattr(owner, call.name)(**given)
    if isinstance(found, Iterator):
        next(found, None)


@pytest.mark.parametrize(("call", "what"), list(wrong()))
def test_what_is_neither_an_id_nor_an_entity_is_refused(call: Call, what: str) -> None:
    session = session_of(call.platform)
    value = STRANGERS[what](call.platform)
    with pytest.raises(ClientError, match=" "):
        make(call, session, value)
    assert session.transport.calls == []


LISTED = ("another class", "unsaved", "blank", "object")
"""What a list may hold by mistake."""


@pytest.mark.parametrize(("call", "what"), [case for case in wrong() if case.values[1] in LISTED])
def test_so_it_is_in_a_list(call: Call, what: str) -> None:
    session = session_of(call.platform)
    with pytest.raises(ClientError, match=" "):
        make(call, session, [STRANGERS[what](call.platform)])
    assert session.transport.calls == []


def of_records() -> Iterator[Any]:
    """Each call of a record, but those that every record has."""
    seen = set()
    for call in CALLS:
        key = (call.platform, call.owner, call.name)
        if issubclass(call.owner, Entity) and key not in seen:
            seen.add(key)
            yield pytest.param(call, id=f"{call.platform}-{call.owner.__name__}.{call.name}")


SAVES = ("save", "update")
"""Calls that give a record its id."""


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("call", list(of_records()))
def test_a_record_without_an_id_asks_for_nothing(call: Call) -> None:
    """`new.clone()` and its like are refused in words; what needs no id works on what is there."""
    session = session_of(call.platform)
    new: Any = call.owner(session)
    with contextlib.suppress(AdPlatformsError):
        make(call, session, GIVEN.get(call.parameter.name, "7"), new)
    if call.name not in SAVES:
        assert session.transport.calls == []


CHILDREN = {"t1": "strategies", "ttd": "ad_groups", "pinterest": "ad_groups"}
BY_NAME: dict[str, Callable[[Any, str, Any], Any]] = {
    "limit": lambda session, children, value: session.query(children).within(campaign=value).plan(),
    "get limit": lambda session, children, value: session.get(children, limit={"campaign": value}),
    "where id": lambda session, children, value: session.query(children).where(campaign_id=value).plan(),
    "where ids": lambda session, children, value: session.query(children).where(campaign_id=[value]).plan(),
    "where relation": lambda session, children, value: session.query(children).where(campaign=value).plan(),
    "get": lambda session, children, value: session.get("campaigns", value),
    "new": lambda session, children, value: session.new(children, campaign_id=value),
    # A parent that is not saved yet may be saved by the same `save_all`: alone, the child is refused when it is saved.
    "new relation": lambda session, children, value: session.new(children, campaign=value).save(),
    "assignment": lambda session, children, value: setattr(session.reference(children, 7), "campaign", value),
    "reference": lambda session, children, value: session.reference(children, value),
    "reference parent": lambda session, children, value: session.reference(children, 7, campaign=value),
}
"""Places that take an id by its name, in a mapping or as a keyword."""
TAKE_NONE = {"where id", "where relation", "get", "reference parent", "limit", "get limit"}
"""Those where None means something: null, all records, or nothing said."""


@pytest.mark.parametrize("what", STRANGERS)
@pytest.mark.parametrize("place", BY_NAME)
@pytest.mark.parametrize("platform", CHILDREN)
def test_ids_by_name_are_refused_alike(platform: str, place: str, what: str) -> None:
    if what == "None" and place in TAKE_NONE:
        return
    session = session_of(platform)
    value = STRANGERS[what](platform)
    with pytest.raises(ClientError, match=" "):
        BY_NAME[place](session, CHILDREN[platform], value)
    assert session.transport.calls == []


OTHERS_BY_NAME: dict[str, tuple[str, Callable[[Any, Any], Any]]] = {
    "changes": ("ttd", lambda ttd, value: ttd.changes_since(None, "campaigns", advertiser=value)),
    "ad groups of a save": ("ttd", lambda ttd, value: ttd.new("campaigns").save(ad_groups=[value])),
    "T1 filter": ("t1", lambda t1, value: t1.new("report", "performance", filter={"campaign_id": value}).params()),
    "T1 child": ("t1", lambda t1, value: t1.get("campaigns", value, child="strategies")),
    "permission": ("t1", lambda t1, value: t1.new("permission", parent="users", parent_id=value)),
    "body": ("pinterest", lambda pin, value: pin.call("pins/save", {"board_id": value}, pin_id=7)),
    "path": ("pinterest", lambda pin, value: pin.call("campaigns/get", campaign_id=value)),
    "report": (
        "pinterest",
        lambda pin, value: pin.submit_report(
            "CAMPAIGN", "SPEND_IN_DOLLAR", "2026-11-01", "2026-11-02", campaign_ids=[value]
        ),
    ),
}


@pytest.mark.parametrize("what", STRANGERS)
@pytest.mark.parametrize("place", OTHERS_BY_NAME)
def test_so_are_those_that_one_platform_has(place: str, what: str) -> None:
    platform, call = OTHERS_BY_NAME[place]
    if what == "None" and place in ("changes", "body"):  # everything, null
        return
    session = session_of(platform)
    with pytest.raises(ClientError, match=" "):
        call(session, STRANGERS[what](platform))
    assert session.transport.calls == []
