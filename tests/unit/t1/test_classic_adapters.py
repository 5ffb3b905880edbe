"""What scripts written for the classic SDK see beyond its public API: `terminalone.classic`."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from adplatforms.core.errors import (
    AuthRequiredError,
    ClientError,
    LazyLoadError,
    ParserException,
    UnknownNameError,
    ValidationError,
)
from adplatforms.core.testing import FakeTransport, reply
from adplatforms.sandbox import Sandbox
from terminalone import T1
from terminalone.classic.values import (
    Deleted,
    default_empty,
    enum,
    float_or_none,
    int_or_none,
    int_to_bool,
    none_to_empty,
    strft,
    strpt,
)
from terminalone.entities import Campaign, ChildPixel, Permission, PixelBundle
from terminalone.entity import Entity
from terminalone.errors import STATUS_CODES, T1Error
from terminalone.jsonparser import JSONParser
from terminalone.t1mappings import CHILD_PATHS, CLASSES, MODEL_PATHS, SINGULAR
from terminalone.t1mappings_noclassdef import SINGULAR as COLLECTIONS
from terminalone.xmlparser import XMLParser


@pytest.fixture(scope="module")
def sb() -> Any:
    with Sandbox() as sandbox:
        yield sandbox


# the service


def test_the_attributes_that_packages_read(sb: Any) -> None:
    t1 = sb.t1()
    assert (t1.api_key, t1.realm, t1.scope) == (sb.api_key, None, None)
    assert t1.user_agent.startswith("adplatforms/")
    assert T1("a", "b", realm="r", scope="s", auth_method="delayed", transport=FakeTransport()).realm == "r"


def test_urls_of_the_service() -> None:
    t1 = T1("a", "b", auth_method="delayed", transport=FakeTransport())
    assert t1._get_service_path("campaigns") == t1._get_service_path() == "api/v2.0"
    assert (t1._get_service_path("deals"), t1._get_service_path("reports")) == ("deals/v1.0", "reporting/v1/std")
    assert t1._construct_url("campaigns", 7) == ("campaigns/7", None)
    assert t1._construct_url("strategies", 7, "Region") == ("strategies/7/target_dimensions/7", 7)
    assert t1._construct_url("campaigns", limit={"advertiser": 7}) == ("campaigns/limit/advertiser=7", None)
    with pytest.raises(UnknownNameError, match="no child collection 'reigon'"):
        t1._construct_url("strategies", 7, "reigon")
    with pytest.raises(ClientError, match="exactly one entry"):
        t1._construct_url("campaigns", limit={"advertiser": 7, "agency": 8})


def test_calls_by_hand_in_the_classic_shape(sb: Any) -> None:
    t1 = sb.t1()
    rows, total = t1._get("api/v2.0", "campaigns", {"page_limit": 2, "q": None, "with": ["advertiser"]})
    first = next(rows)
    assert (first["_type"], first["relations"]["advertiser"]["_type"], total > 2) == ("campaign", "advertiser", True)
    one, count = t1._get("api/v2.0", "campaigns/7", None)
    assert (one["id"], count) == (7, 1)
    saved, _ = t1._post("api/v2.0", "campaigns/7", data={"name": "By hand", "version": one["version"]})
    assert saved["name"] == "By hand"
    assert sb.calls[-1].form == [("name", "By hand"), ("version", str(one["version"]))]
    with pytest.raises(ClientError, match="no data to post"):
        t1._post("api/v2.0", "campaigns/7")


def test_the_session_shows_the_cookie_and_asks_for_what_t1_does(sb: Any) -> None:
    as_json, as_xml, as_classic = sb.t1(json=True), sb.t1(json=False), sb.t1()
    assert as_json.session.cookies["adama_session"] == as_json.session_id
    for t1, kind in ((as_json, "application/vnd.mediamath.v1+json"), (as_xml, "text/xml"), (as_classic, "text/xml")):
        answer = t1.session.get(f"{sb.url}/api/v2.0/campaigns/7")
        assert answer.headers["Content-Type"].startswith(kind)
    as_json.session.headers["Accept"] = "text/plain"
    assert as_json.session.headers["Accept"] == "text/plain"


def test_signing_in_by_the_resource_owners_flow(sb: Any) -> None:
    t1 = T1("x", "y", auth_method="delayed", api_base=sb.url, auth_base=sb.url)
    token, user = t1.fetch_resource_owner_password_token("demo", "demo", sb.client_id, sb.client_secret)
    assert (token, user) == (t1.access_token, {"user_id": 1, "nickname": "demo"})


# entities


def test_the_session_of_an_entity_is_that_of_requests(sb: Any) -> None:
    t1 = sb.t1()
    campaign = t1.get("campaigns", 7)
    assert campaign.session is t1.session
    assert isinstance(campaign.session, requests.Session)
    assert campaign.owner is t1
    assert (campaign.is_update, t1.new("campaign").is_update) == (True, False)
    assert Campaign().session is Campaign().owner is None


def test_properties_hold_the_type_what_came_along_and_the_parent(sb: Any) -> None:
    t1 = sb.t1()
    calls = len(sb.calls)
    found = t1.get("campaigns", 7, include=["advertiser", "strategies"]).get_properties()
    assert (found["_type"], found["advertiser"].id > 0) == ("campaign", True)
    assert {strategy.campaign_id for strategy in found["strategies"]} == {7}
    flight = next(t1.get("campaigns", 7, "budget_flights")).get_properties()
    assert (flight["parent"], flight["parent_id"], flight["_type"]) == ("campaigns", 7, "budget_flight")
    assert "parent" not in found
    assert len(sb.calls) == calls + 2


def test_properties_are_taken_by_a_new_record(sb: Any) -> None:
    t1 = sb.t1()
    found = t1.get("campaigns", 7, include=["advertiser", "strategies"]).get_properties()
    same = t1.new("campaign", properties=found)
    assert (same.id, same.name, same.changes()) == (7, found["name"], {})
    del found["id"]
    copy = t1.new("campaign", properties={**found, "name": "copy"})
    assert (copy.is_update, copy.name, copy.advertiser_id) == (False, "copy", found["advertiser_id"])


def test_the_private_methods_of_entities(sb: Any) -> None:
    campaign = sb.t1().get("campaigns", 7)
    assert campaign._get_service_path() == "api/v2.0"
    assert (campaign._construct_url(), campaign._construct_url(["history"])) == ("campaigns/7", "campaigns/7/history")
    assert campaign._init_properties["name"] == campaign.name
    campaign.name = "other"
    assert campaign._properties == {"name": "other"}
    form = campaign._validate_form_post({"name": "x", "created_on": campaign.created_on, "nonsense": 1})
    assert form == {"name": "x", "version": str(campaign.version)}
    with pytest.raises(ClientError, match=r"total_budget .* cannot be 'much'"):
        campaign._validate_form_post({"total_budget": "much"})


def test_a_relation_that_may_not_be_loaded_is_absent_to_hasattr(sb: Any) -> None:
    t1 = sb.t1()
    t1.lazy = "raise"
    campaign = t1.get("campaigns", 7)
    calls = len(sb.calls)
    assert not hasattr(campaign, "strategies")
    assert not hasattr(campaign, "advertiser")
    for error in (LazyLoadError, AttributeError, RuntimeError):
        with pytest.raises(error, match=r"campaign 7\.strategies is not loaded"):
            _ = campaign.strategies
    assert len(sb.calls) == calls


def test_an_entity_is_taken_where_an_id_is_wanted(sb: Any) -> None:
    t1 = sb.t1()
    campaign = t1.get("campaigns", 7)
    by_entity = [strategy.id for strategy in t1.find("strategies", "campaign_id", "==", campaign, get_all=True)]
    assert by_entity == [strategy.id for strategy in t1.find("strategies", "campaign_id", "==", 7, get_all=True)]
    assert [found.id for found in t1.find("campaigns", "id", "()", [campaign])] == [7]


def test_pixel_targets_of_a_new_strategy_are_edited_in_place() -> None:
    rows = [{"entity_type": "strategy", "id": number} for number in (9, 10)]
    transport = FakeTransport([reply({"data": row, "meta": {"status": "ok"}}) for row in rows])
    t1 = T1("a", "b", auth_method="delayed", transport=transport)
    strategy = t1.new("strategy", name="new")
    assert strategy.pixel_target_expr["exclude"] == {"pixels": [], "operator": None}
    assert list(strategy.changes()) == ["name"]
    strategy.pixel_target_expr["include"]["pixels"] = [8001]
    strategy.save()
    t1.new("strategy", name="plain").save()
    forms = [dict(call.form or ()) for call in transport.calls]
    assert forms == [{"name": "new", "pixel_target_expr": "( [8001] )"}, {"name": "plain"}]


# words that the declarations lack


@pytest.mark.parametrize(
    ("include", "sent"),
    [
        ("advertiser,agency", ["advertiser,agency"]),
        (["advertiser,agency", "strategies"], ["advertiser,agency", "strategies"]),
        (["site_lists", ["advertiser", "agency"]], ["site_lists", "advertiser,agency"]),
        ([["advertiser", "news"]], ["advertiser,news"]),
    ],
)
def test_relations_are_passed_on(offline: Any, include: Any, sent: list[str]) -> None:
    t1 = offline([])
    assert list(t1.get("campaigns", include=include)) == []
    assert [value for name, value in t1.transport.calls[0].params if name == "with"] == sent


def test_what_comes_back_is_readable(offline: Any) -> None:
    related = {"entity_type": "news_item", "id": 3, "headline": "x", "rate": [{"currency_code": "USD", "value": "2.5"}]}
    t1 = offline({"entity_type": "campaign", "id": 7, "version": 1, "news": [related]})
    (item,) = t1.get("campaigns", 7, include="news").news
    assert (item.id, item.headline, item.rate) == (3, "x", 2.5)


def test_limits_and_types_are_passed_on(offline: Any) -> None:
    t1 = offline([], [])
    list(t1.get("campaigns", limit={"vendor_contracts.vendr": 7}, full="campaign,news_item"))
    list(t1.find("campaigns", "name", "==", "x", full=["news_item"], limit={"news": "a/b"}))
    first, second = t1.transport.calls
    assert first.path == "api/v2.0/campaigns/limit/vendor_contracts.vendr=7"
    assert dict(first.params)["full"] == "campaign,news_item"
    assert second.path == "api/v2.0/campaigns/limit/news=a%2Fb"


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ({"include": "advertisr"}, "did you mean 'advertiser'"),
        ({"limit": {"advertisr": 7}}, "did you mean 'advertiser'"),
        ({"full": "campain"}, "did you mean 'campaign'"),
    ],
)
@pytest.mark.parametrize("get_all", [True, False])
def test_the_close_match_is_named_when_t1_refuses(words: Any, hint: str, get_all: bool) -> None:
    refusal = {"errors": [{"field": "with", "message": "no such"}], "meta": {"status": "invalid"}}
    t1 = T1("a", "b", auth_method="delayed", transport=FakeTransport([reply(refusal)]), retry=None)
    with pytest.raises(ValidationError, match=hint):
        list(t1.get("campaigns", get_all=get_all, **words))


@pytest.mark.parametrize("include", [7, [7], [["advertiser", 7]]])
def test_what_is_no_name_is_refused(offline: Any, include: Any) -> None:
    with pytest.raises(ClientError, match="include takes names of relations"):
        offline().get("campaigns", include=include)


# modules


def test_the_tables_of_classes() -> None:
    assert (CLASSES["campaigns"], SINGULAR["campaign"], MODEL_PATHS[Campaign]) == (Campaign, Campaign, "campaigns")
    assert (SINGULAR["pixel"], SINGULAR["pixel_bundle"]) == (ChildPixel, PixelBundle)
    assert (COLLECTIONS["agency"], CHILD_PATHS["dma"], CHILD_PATHS["concepts"]) == (
        "agencies",
        ("target_dimensions", 1),
        ("concepts", 0),
    )
    assert issubclass(Campaign, Entity)
    assert (STATUS_CODES["ok"], STATUS_CODES["auth_error"]) == (None, AuthRequiredError)


def test_parsers_of_json() -> None:
    row = {"entity_type": "campaign", "id": 7, "budget": [{"currency_code": "USD", "value": 20}]}
    related = {"entity_type": "advertiser", "id": 3, "rel": "advertiser"}
    body = reply({"data": [{**row, "advertiser": related}], "meta": {"status": "ok", "total_count": 9}}).content
    parser = JSONParser(body.decode())
    (found,) = parser.entities
    assert (parser.status_code, parser.entity_count) == (True, 9)
    assert (found["_type"], found["budget"], found["relations"]["advertiser"]["id"]) == ("campaign", 20, 3)
    with pytest.raises(ParserException, match="JSON that cannot be read"):
        JSONParser("{")
    with pytest.raises(T1Error, match='"a": 1') as caught:
        JSONParser('{"a": 1}')
    assert caught.value.message == '{"a": 1}'


def test_parsers_of_xml() -> None:
    page = '<result><status code="ok"/><entities count="2"><entity id="1" type="campaign"/></entities></result>'
    assert ([row["id"] for row in XMLParser(page).entities], XMLParser(page).entity_count) == (["1"], 2)
    one = XMLParser(b'<result><status code="ok"/><entity id="1" type="campaign"/></result>')
    assert (one.entities["_type"], one.entity_count) == ("campaign", 1)
    refused = '<result><status code="auth_error">Authentication error</status></result>'
    with pytest.raises(AuthRequiredError, match="Authentication error") as caught:
        XMLParser(refused)
    assert caught.value.message == "Authentication error"


def test_conversions_of_values() -> None:
    assert [strpt(f"2016-11-07T09:07:57{zone}").utcoffset().seconds for zone in ("", "+1000", "+01:00")] == [
        0,
        36000,
        3600,
    ]
    assert strpt("2016-11-07T09:07:57-01:30").isoformat() == "2016-11-07T09:07:57-01:30"
    moment = strpt("2016-11-07T09:07:57+01:00")
    assert strpt(moment) is moment
    assert moment.tzinfo.utcoffset().seconds == 3600  # without a moment, as scripts call it
    assert strpt("now").tzinfo is None
    assert (strft(moment), strft(moment, offset=True)) == ("2016-11-07T09:07:57", "2016-11-07T09:07:57+0100")
    assert strft(None, null_on_none=True) == ""
    with pytest.raises(AttributeError, match="strftime"):
        strft(None)
    assert (int_to_bool("1"), none_to_empty(None), none_to_empty(0)) == (True, "", 0)
    assert (enum({"a"}, "b")("c"), default_empty("b")("")) == ("b", "b")
    assert (float_or_none(1), int_or_none(None, null_on_none=True)) == (1.0, "")
    assert (Deleted(7).get_value(), Deleted(7).get_original_value()) == ("", 7)
    for call in (lambda: int_to_bool("x"), lambda: float_or_none("x"), lambda: int_or_none(None)):
        with pytest.raises(TypeError, match="must supply"):
            call()


def test_what_a_save_of_permissions_sends(sb: Any) -> None:
    permission: Permission = sb.t1().get("users", 2, "permissions")
    before = set(permission._generate_save_data().get("organization_id", ()))
    permission.add("organization", 100_003)
    assert set(permission._generate_save_data()["organization_id"]) == before | {100_003}
    assert permission._generate_save_data({"a": 1}) == {"a": 1}
