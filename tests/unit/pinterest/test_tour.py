"""Every request that the session can send fits the official description, judged by a validator that is not ours."""

import importlib.util
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

import pytest

from adplatforms.core.errors import AdPlatformsError
from adplatforms.core.fields import Micros
from adplatforms.core.messages import Answer, Request
from adplatforms.core.relations import Peers
from adplatforms.core.secrets import Secret
from adplatforms.core.testing import FakeTransport, assert_calls, reply
from adplatforms.net.retry import Retry
from adplatforms.pinterest import Pinterest, arguments
from adplatforms.pinterest.description import OPERATIONS, Operation
from adplatforms.pinterest.entities import PinterestEntity
from adplatforms.sandbox import Sandbox

Judge = Callable[[Request], list[str]]

ID = "549755885175"
QUICK = Retry(sleep=lambda seconds: None)
TEXTS = {
    r"^\d+$": ID,
    r"\d+": ID,
    r"^[C]?\d+$": ID,
    r"^[AG]?\d+$": ID,
    r"^(AG)?\d+$": ID,
    r"^(\d{4})-(\d{2})-(\d{2})$": "2026-10-01",
    r"^\d{4}-\d{2}-\d{2}$": "2026-10-01",
}
FORMATS = {"date": "2026-10-01", "date-time": "2026-10-01T08:30:00Z"}
ANSWERS = {
    "page": {"items": [], "bookmark": None},
    "items": {"items": []},
    "array": [],
    "object": {},
    "text": "",
    "empty": None,
}
LISTED = ("items", "promotions", "data", "trends", "keywords", "labels", "events")
"""The members of answers that are lists."""
NESTED_IN = ("asset_group", "customer_list_upload")
"""The members of answers that hold the record itself."""
OVERLAPPING = ("pins/analytics", "multi_pins/analytics")
"""`metric_types` is one of two overlapping lists: strict validators refuse what stands in both (see the facts)."""


NESTED = "reports/stats"
"""Its parameter is an object within an object in the query, which the validator cannot read: see `test_operations`."""


def sample(shape: Mapping[str, Any], operation: Operation, whole: bool, depth: int = 0) -> Any:
    """A value that fits a shape: with all members that may be sent, or with those that must."""
    shapes = operation.shapes
    shape = shapes.resolved(shape)
    if "any" in shape and "members" not in shape:
        return sample(shape["any"][0], operation, whole, depth)
    if "enum" in shape:
        return next(value for value in shape["enum"] if value is not None)
    kind = shape.get("type")
    if kind == "array":
        return [sample(shape.get("items", {}), operation, whole, depth + 1)] * max(1, shape.get("min_items", 1))
    if kind == "object":
        return composed(shape, operation, whole, depth)
    if kind in ("integer", "number"):
        return max(shape.get("min", 1), 1) if "max" not in shape else min(shape["max"], max(shape.get("min", 1), 1))
    if kind == "boolean":
        return False
    if "pattern" in shape:
        return TEXTS.get(shape["pattern"]) or fitting(shape["pattern"])
    return FORMATS.get(shape.get("format", ""), "text")[: shape.get("max_length", 100)]


def fitting(pattern: str) -> str:
    """A text that fits a pattern that is no id."""
    for candidate in ("text", "en", "US", "2026-10-01", "a@example.org", "https://example.org/a", "0", "18", "12:30"):
        if re.search(pattern, candidate):
            return candidate
    raise AssertionError(f"no sample fits {pattern}")


def composed(shape: Mapping[str, Any], operation: Operation, whole: bool, depth: int) -> dict[str, Any]:
    """An object: the first of its variants where it has some."""
    shapes, found = operation.shapes, {}
    if shape.get("cases"):
        name = shape["by"]
        case, variant = next(iter(shape["cases"].items()))
        return {**composed(shapes.resolved({"ref": variant}), operation, whole, depth), name: case}
    # By 5.23.0, of which there is a description to judge by.
    members = {name: each for name, each in shape.get("members", {}).items() if "since" not in each}
    required = (*shape.get("required", ()), *shape.get("formerly_required", ()))
    for name, member in members.items():
        wanted = name in required or (whole and depth < 4)
        if wanted and not shapes.resolved(member).get("read_only"):
            found[name] = sample(member, operation, whole, depth + 1)
    for name in shapes.resolved((shape.get("any") or [{}])[0]).get("required", ()):
        found.setdefault(name, sample(members.get(name, {}), operation, whole, depth + 1))
    if not found and shape.get("min_members") and members:
        name = next(iter(members))
        found[name] = sample(members[name], operation, whole, depth + 1)
    if shape.get("others") and not members:
        found["key"] = sample(shape["others"], operation, whole, depth + 1)
    return found


def plain(value: str | Secret) -> str:
    """A value as it travels."""
    return value.reveal() if isinstance(value, Secret) else value


def answered(request: Request) -> Answer:
    """The emptiest answer that the operation of a request can give."""
    operation = OPERATIONS.of(request)
    assert operation is not None, request
    body = ANSWERS[operation.answer]
    if isinstance(body, dict):
        names = (*operation.success.needs, *operation.success.some)
        needed: dict[str, Any] = {
            name: [] if name in LISTED else {"id": ID} if name in NESTED_IN else ID for name in names
        }
        if operation.path.endswith("}"):  # a record is what the path names
            own = unquote(request.path.rpartition("/")[2])
            needed |= {name: own for name in ("id", operation.path_params[-1]) if name in needed}
        body = {**needed, **body}
    return reply(b"", "application/json", 204) if body is None else reply(json.dumps(body).encode(), "application/json")


@pytest.fixture(scope="module")
def judge(spec: Path) -> Judge:
    """Tells in what a request departs from the description."""
    core = pytest.importorskip("openapi_core")
    path = spec.parent / "tools" / "check_requests_pinterest.py"
    if not path.is_file():
        pytest.skip("the checker (../shared/tools) is not on this machine")
    found = importlib.util.spec_from_file_location("check_requests_pinterest", path)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    # The description itself is not judged: that would take three seconds.
    unjudged = core.Config(spec_validator_cls=None)
    module.OpenAPI = SimpleNamespace(from_dict=partial(core.OpenAPI.from_dict, config=unjudged))
    checker = module.Checker(json.loads((spec / "pinterest" / "openapi.json").read_bytes()))

    def errors(request: Request) -> list[str]:
        form = None if request.form is None else [(name, plain(value)) for name, value in request.form]
        told: list[str] = checker.errors(
            {
                "method": request.method,
                "path": f"/v5/{request.path}",
                "query": request.params,
                "headers": {name: plain(value) for name, value in request.headers.items()},
                "body": request.json if form is None else form,
                "content_type": "application/json" if form is None else "application/x-www-form-urlencoded",
            }
        )
        return told

    return errors


@pytest.fixture
def recorded() -> Iterator[tuple[Pinterest, list[Request]]]:
    """A session that records its requests instead of sending them."""
    transport = FakeTransport(answered)
    session = Pinterest(
        "a-token", client_id="7", client_secret="b-secret", ad_account_id=ID, transport=transport, retry=QUICK
    )
    yield session, transport.calls
    session.close()


@pytest.mark.filterwarnings("ignore:Unsupported scheme type")
@pytest.mark.parametrize("whole", [False, True], ids=["required", "all"])
@pytest.mark.parametrize("name", list(OPERATIONS))
def test_any_operation_can_be_called(
    name: str, whole: bool, judge: Judge, recorded: tuple[Pinterest, list[Request]]
) -> None:
    session, calls = recorded
    operation = OPERATIONS[name]
    params = {
        name: sample(param.shape, operation, whole)
        for name, param in operation.params.items()
        if (param.required or whole) and "since" not in param.shape
    }
    if name in OVERLAPPING:
        params["metric_types"] = ["USER_FOLLOW"]
    body = None if operation.body is None else sample(operation.body, operation, whole)
    if name == "events/create":  # people come as hashes, see `hashing`
        for event in body["data"]:
            event["user_data"] = {
                member: ["a" * 64] if isinstance(value, list) else value for member, value in event["user_data"].items()
            }
    session.call(name, body, **params)
    if name != NESTED and not operation.since:
        assert judge(calls[0]) == []
    assert OPERATIONS.of(calls[0]) is operation
    assert calls[0].category == operation.rate


EVENT = {
    "event_name": "checkout",
    "action_source": "web",
    "event_time": 1767225600,
    "event_id": "e",
    "user_data": {"em": ["5d41402abc4b2a76b9719d911017c592" * 2]},
}
COLUMNS = "SPEND_IN_MICRO_DOLLAR IMPRESSION_1"
RANGE = (arguments.today() - timedelta(days=6), arguments.today())
FEED_REPORT = {"report_type": "FEED_INGESTION_ISSUES", "feed_id": "1"}
BRAND_REPORT = {"granularity": "TOTAL", "level": "CAMPAIGN"}
MIX_REPORT = {"granularity": "DAY", "level": "CAMPAIGN_TARGETING", "targeting_types": ["GENDER"]}
DELETION = {"operation": "DELETE", "item_id": "a"}
GROUP = {"name": "all", "filters": {"any_of": [{"BRAND": {"values": ["a"]}}]}}
ITEMS = {"country": "US", "language": "en-US", "filters": {"catalog_type": "RETAIL", "item_ids": ["a"]}}

TYPED: dict[str, Callable[[Pinterest, dict[str, str]], Any]] = {
    "campaigns": lambda pin, ids: pin.analytics("campaigns", [ids["campaign"]], COLUMNS, *RANGE, click_window_days=0),
    "ad groups": lambda pin, ids: pin.analytics("ad_groups", [ids["ad_group"]], COLUMNS, *RANGE, "WEEK"),
    "ads": lambda pin, ids: pin.analytics("ads", [ids["ad"]], COLUMNS, *RANGE, "HOUR", view_window_days=1),
    "ads by pin": lambda pin, ids: pin.analytics(
        "ads", None, COLUMNS, *RANGE, campaign_ids=[ids["campaign"]], pin_ids=[ids["pin"]]
    ),
    "accounts": lambda pin, ids: pin.analytics("ad_accounts", None, COLUMNS, *RANGE, "MONTH"),
    "ad pins": lambda pin, ids: pin.analytics("ad_pins", [ids["pin"]], COLUMNS, *RANGE, campaign_id=ids["campaign"]),
    "targeting": lambda pin, ids: pin.targeting_analytics(
        "campaigns", [ids["campaign"]], "GENDER AGE_BUCKET", COLUMNS, *RANGE, "TOTAL"
    ),
    "pins": lambda pin, ids: pin.pin_analytics([ids["pin"]], "USER_FOLLOW", *RANGE),
    "user": lambda pin, ids: pin.user_analytics(*RANGE, "IMPRESSION SAVE"),
    "top pins": lambda pin, ids: pin.top_pins(*RANGE, "IMPRESSION"),
    "top videos": lambda pin, ids: pin.top_video_pins(*RANGE, "VIDEO_START"),
    "ready": lambda pin, ids: pin.metrics_ready(RANGE[0]),
    "report": lambda pin, ids: pin.report("CAMPAIGN", COLUMNS, *RANGE, campaign_ids=[ids["campaign"]]),
    "report as CSV": lambda pin, ids: pin.report("CAMPAIGN", COLUMNS, *RANGE, report_format="CSV"),
    "mix": lambda pin, ids: pin.submit_mmm_report("m", "SPEND_IN_DOLLAR", *RANGE, **MIX_REPORT).result(),
    "brands": lambda pin, ids: pin.submit_conversion_product_report(
        "m", "TOTAL_CONVERSION_PRODUCT_VALUE", *RANGE, **BRAND_REPORT
    ).result(),
    "catalog": lambda pin, ids: pin.submit_catalog_report(catalog_type="RETAIL", report=FEED_REPORT).result(),
    "leads": lambda pin, ids: pin.export_leads(ids["ad"], *RANGE).result(),
    "bulk": lambda pin, ids: pin.bulk_download("CAMPAIGN", entity_ids=[ids["campaign"]]).result(),
    "bulk as CSV": lambda pin, ids: pin.bulk_download("CAMPAIGN", output_format="CSV").result(),
    "events": lambda pin, ids: pin.send_events([EVENT], test=True),
    "items": lambda pin, ids: pin.submit_items([DELETION], "US", "en-US")[0].result(),
    "catalog items": lambda pin, ids: list(pin.catalog_items.within(ITEMS)),
    "keywords": lambda pin, ids: pin.keyword_metrics(["shoes", "red shoes"], "US"),
    "related": lambda pin, ids: pin.related_terms("red shoes"),
    "suggested": lambda pin, ids: pin.suggested_terms("sh", 3),
    "trends": lambda pin, ids: pin.trending_keywords("US", limit=2),
    "topics": lambda pin, ids: pin.featured_topics("US"),
    "categories": lambda pin, ids: pin.trending_categories("US"),
    "category": lambda pin, ids: pin.category_trends("HOME_ACCESSORIES", "US"),
    "options": lambda pin, ids: pin.targeting_options("GENDER"),
    "interest": lambda pin, ids: pin.interest("1"),
    "countries": lambda pin, ids: pin.ad_countries(),
    "columns": lambda pin, ids: pin.delivery_metrics("SYNC"),
    "search pins": lambda pin, ids: list(pin.search_pins("a")),
    "search boards": lambda pin, ids: list(pin.search_boards("a")),
    "search partner pins": lambda pin, ids: list(pin.search_partner_pins("a", "US", limit=50)),
    "verification": lambda pin, ids: pin.website_verification(),
    "product groups": lambda pin, ids: pin.create_product_groups([{**GROUP, "feed_id": ids["feed"]}]),
    "answers": lambda pin, ids: pin.respond_to_invites({"19": {"7389": ["ANALYST"]}, "20": False}),
    "assets": lambda pin, ids: pin.invite_to_assets(ids["business"], {"19": {"7389": "ANALYST"}}),
    "requests": lambda pin, ids: pin.request_assets(ids["business"], {"7": {"7389": "ANALYST"}}),
    "conversion token": lambda pin, ids: pin.conversion_token(),
}
"""The calls that have a method of their own, by what they are about."""


IGNORED: list[Answer] = []
"""What the server answered; its header `x-sandbox-ignored` would name what it took no notice of."""


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[Pinterest, dict[str, str]]]:
    """A session on a server of these tests, and ids of records that are there."""
    with Sandbox() as sandbox:
        yield from opened(sandbox)


def opened(sandbox: Sandbox) -> Iterator[tuple[Pinterest, dict[str, str]]]:
    """The session closes once the tests are through."""
    session = Pinterest(
        "demo-token", api_base=f"{sandbox.url}/pinterest", ad_account_id=ID, retry=Retry(sleep=lambda seconds: None)
    )
    ad = session.call("ads/list", page_size=1)["items"][0]
    ids = {"ad": ad["id"], "ad_group": ad["ad_group_id"], "campaign": ad["campaign_id"], "pin": ad["pin_id"]}
    ids["feed"] = session.call("feeds/list", page_size=1)["items"][0]["id"]
    ids["business"] = session.call("user_account/get")["id"]
    yield session, ids
    session.close()


@pytest.mark.filterwarnings("ignore:Unsupported scheme type")
@pytest.mark.parametrize("name", list(TYPED))
def test_calls_with_a_method_of_their_own(name: str, judge: Judge, served: tuple[Pinterest, dict[str, str]]) -> None:
    session, ids = served
    IGNORED.clear()
    with assert_calls(session) as calls:
        assert TYPED[name](session, ids)
    asked = [call for call in calls if "://" not in call.path]
    assert asked
    assert [fault for call in asked for fault in judge(call)] == []
    assert [answer.headers["x-sandbox-ignored"] for answer in IGNORED if "x-sandbox-ignored" in answer.headers] == []


COLLECTIONS = PinterestEntity.__model__.registry.collections
NEWER = ("conversion_deletion_requests", "customer_segments", "local_stores", "schedules")
"""Of these there is no description to judge by: see `test_newer`."""
MODELS = {
    name: model for name, model in COLLECTIONS.items() if issubclass(model, PinterestEntity) and name not in NEWER
}
SCOPES: dict[str, dict[str, Any]] = {
    "audience_shared_accounts": {"audience": ID, "account_type": "AD_ACCOUNT"},
    "followed_interests": {"username": "someone"},
    "product_group_promotions": {"ad_group": ID},
    "catalog_items": {"country": "US", "language": "EN", "filters": {"catalog_type": "RETAIL", "item_ids": ["a"]}},
}
"""What listings need beside the parents in their path."""
KNOWN = {"website": "https://example.org", "business_role": "BIZ_ADMIN"}
"""What a record knows of itself that writing it needs."""
CHANGES = {"asset_groups": {"asset_group_name": "Spring"}}
"""What is changed where updates name their members otherwise than creates do."""
Recorded = tuple[Pinterest, list[Request]]


def existing(model: type[PinterestEntity], session: Pinterest) -> PinterestEntity:
    """A record that knows its parents."""
    ids = {field.wire: ID for name, field in model.__model__.fields.items() if name == "id" or name.endswith("_id")}
    known = {field.wire: KNOWN[name] for name, field in model.__model__.fields.items() if name in KNOWN}
    row = {**ids, **known, "id": ID}
    return model.__model__.wrap(row, Peers(session, [row]))


def values(model: type[PinterestEntity], operation: Operation, whole: bool) -> dict[str, Any]:
    """Values for the fields of a record, by Python name, that an operation takes."""
    body, content = sample(operation.body or {}, operation, whole), operation.content
    outer = body if isinstance(body, dict) else {}
    wrapper = content.wrapper if content else ""
    item = outer[wrapper][0] if wrapper else body[0] if isinstance(body, list) else body
    sent = {**{name: value for name, value in outer.items() if name != wrapper}, **item}
    fields = {field.wire: field for field in model.__model__.fields.values() if not field.readonly}
    budgets = [wire for wire, field in fields.items() if getattr(field, "budget", False) and isinstance(field, Micros)]
    sent |= {wire: 5_000_000 for wire in budgets if wire in sent}  # a budget of one micro would be rounded to nothing
    return {field.name: field.load(sent[wire]) for wire, field in fields.items() if wire in sent}


def judged(judge: Judge, calls: list[Request], operation: str) -> None:
    """The first call is of this operation; it and those after it (looking up what became of a write whose answer was
    empty) fit the description."""
    found = OPERATIONS.of(calls[0])
    assert found is not None
    assert found.id == operation
    assert [fault for call in calls for fault in judge(call)] == []


@pytest.mark.filterwarnings("ignore:Unsupported scheme type")
@pytest.mark.parametrize("name", [name for name, model in MODELS.items() if model.__model__.routes.list])
def test_every_kind_of_record_is_listed(name: str, judge: Judge, recorded: Recorded) -> None:
    session, calls = recorded
    operation = OPERATIONS[MODELS[name].__model__.routes.list[0]]
    parents = {param.removesuffix("_id"): ID for param in operation.path_params}
    assert list(session.query(name).within({**parents, **SCOPES.get(name, {})}).take(1)) == []
    judged(judge, calls[:1], operation.id)


@pytest.mark.filterwarnings("ignore:Unsupported scheme type")
@pytest.mark.parametrize("name", [name for name, model in MODELS.items() if model.__model__.routes.get])
def test_every_kind_of_record_is_read_by_its_id(name: str, judge: Judge, recorded: Recorded) -> None:
    session, calls = recorded
    with suppress(AdPlatformsError):  # the answer is empty
        existing(MODELS[name], session).refresh()
    judged(judge, calls, MODELS[name].__model__.routes.get)


@pytest.mark.filterwarnings("ignore:Unsupported scheme type")
@pytest.mark.parametrize("whole", [False, True], ids=["required", "all"])
@pytest.mark.parametrize("name", [name for name, model in MODELS.items() if model.__model__.routes.create])
def test_every_kind_of_record_is_created(name: str, whole: bool, judge: Judge, recorded: Recorded) -> None:
    session, calls = recorded
    model = MODELS[name]
    operation = OPERATIONS[model.__model__.routes.create]
    parents = {param: ID for param in operation.path_params if param in model.__model__.fields}
    given = {n: v for n, v in values(model, operation, whole).items() if not model.__model__.fields[n].update_only}
    with suppress(AdPlatformsError):
        session.new(name, {**parents, **given}).save()
    judged(judge, calls, operation.id)


@pytest.mark.filterwarnings("ignore:Unsupported scheme type")
@pytest.mark.parametrize("name", [name for name, model in MODELS.items() if model.__model__.routes.update])
def test_every_kind_of_record_is_changed(name: str, judge: Judge, recorded: Recorded) -> None:
    session, calls = recorded
    model = MODELS[name]
    operation = OPERATIONS[model.__model__.routes.update]
    record = existing(model, session)
    given = {n: v for n, v in values(model, operation, True).items() if not model.__model__.fields[n].create_only}
    record.set(CHANGES.get(name, given))
    with suppress(AdPlatformsError):
        record.save()
    judged(judge, calls, operation.id)


@pytest.mark.filterwarnings("ignore:Unsupported scheme type")
@pytest.mark.parametrize("name", [name for name, model in MODELS.items() if model.__model__.routes.delete])
def test_every_kind_of_record_is_deleted(name: str, judge: Judge, recorded: Recorded) -> None:
    session, calls = recorded
    with suppress(AdPlatformsError):
        existing(MODELS[name], session).delete()
    judged(judge, calls, MODELS[name].__model__.routes.delete)
