"""The fault matrix: what goes wrong, what is being done meanwhile, and what must hold whatever the outcome.

Each cell runs one operation of one platform's client against the sandbox while one fault is on. No wait costs time: the
clock of the retries is moved by its own waits.
"""

import threading
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple

from adplatforms.core.entity import Entity
from adplatforms.core.errors import AdPlatformsError, AmbiguousWrite, SaveAllError
from adplatforms.core.messages import Answer, Request
from adplatforms.core.session import Session
from adplatforms.core.state import EntityState
from adplatforms.net.retry import Retry
from adplatforms.sandbox import Fault, Sandbox

Row = tuple[Any, ...]
Rows = list[Row]
Reading = Callable[[], Iterator[Row]]
"""A reading that can be repeated: its rows, as they come."""


class Trouble(NamedTuple):
    """A line of the matrix.

    `heals`: the fault goes away while the client waits. `moves`: rows come or go, so that only the others have to be
    there. `skew`: seconds that the platform's clock is ahead besides. `interrupts`: there is no fault, but Ctrl-C is
    pressed when the platform has answered and nobody has seen the answer yet. `unnoticed`: operations whose answers do
    not say whose they are, so that no client can notice; they are not tried. `varies`: the two outcomes of an operation
    that depend on how much of the reply comes in time.
    """

    title: str
    fault: Fault
    heals: bool = False
    moves: bool = False
    skew: float = 0.0
    interrupts: bool = False
    unnoticed: tuple[str, ...] = ()
    varies: Mapping[str, str] = MappingProxyType({})

    def outcome(self, operation: str, found: str) -> str:
        """What came of an operation, as the documentation tells it."""
        told = self.varies.get(operation, found)
        assert found in told.split(" or ")
        return told


TROUBLES = {
    "latency": Trouble("every reply is late", Fault("latency", seconds=0.005)),
    "jitter": Trouble("every reply is late by a random time", Fault("jitter", seconds=0.01)),
    "slow": Trouble("the body drips", Fault("slow", seconds=0.02)),
    "408": Trouble("408 once", Fault("408", times=1)),
    "429": Trouble("429 once, no Retry-After", Fault("429", times=1)),
    "429 told": Trouble("429 twice, Retry-After in seconds", Fault("429", times=2, retry_after=2)),
    "429 date": Trouble("429 once, Retry-After as a date", Fault("429", times=1, retry_after=5, http_date=True)),
    "429 long": Trouble("429, Retry-After an hour", Fault("429", retry_after=3600)),
    "429 always": Trouble("429 without end", Fault("429")),
    "429 gateway": Trouble("a gateway's page, 429, once", Fault("html", status=429, times=1)),
    "401 gateway": Trouble("a gateway's page, 401, once", Fault("html", status=401, times=1)),
    "500": Trouble("500 once", Fault("500", times=1)),
    "502": Trouble("502 once", Fault("502", times=1)),
    "503": Trouble("503 once, no Retry-After", Fault("503", times=1)),
    "503 told": Trouble("503 once, with Retry-After", Fault("503", times=1, retry_after=1)),
    "504": Trouble("504 once", Fault("504", times=1)),
    "500 always": Trouble("500 without end", Fault("500")),
    "html": Trouble("a gateway's page, 502, once", Fault("html", times=1)),
    "html 200": Trouble("a gateway's page, 200, once", Fault("html", status=200, times=1)),
    "refused": Trouble("connections refused for a moment", Fault("refused"), heals=True),
    "refused always": Trouble("connections refused without end", Fault("refused")),
    "dropped": Trouble("hung up before the request was looked at, once", Fault("dropped", times=1)),
    "dropped always": Trouble("hung up without end", Fault("dropped")),
    "reset before": Trouble("reset, nothing applied, once", Fault("reset_before", times=1)),
    "reset after": Trouble("reset after it was applied, once", Fault("reset_after", times=1)),
    "reset ahead": Trouble(
        "reset after it was applied, once, and the platform's clock an hour ahead",
        Fault("reset_after", times=1),
        skew=3600,
    ),
    "reset behind": Trouble(
        "reset after it was applied, once, and the platform's clock an hour behind",
        Fault("reset_after", times=1),
        skew=-3600,
    ),
    "silent before": Trouble("no reply, nothing applied, once", Fault("silent_before", times=1)),
    "silent after": Trouble("no reply after it was applied, once", Fault("silent_after", times=1)),
    "drips": Trouble(
        "the body drips past `total_timeout`, once",
        Fault("slow", seconds=5, times=1),
        varies={"report": "complete or RequestTimeout"},
    ),
    "truncated": Trouble("half of the reply, once", Fault("truncated", times=1)),
    "garbled": Trouble("a reply that cannot be unpacked, once", Fault("garbled", times=1)),
    "empty": Trouble("a reply without a body, once", Fault("empty", times=1)),
    "stale": Trouble(
        "the reply to the request before, once", Fault("stale", times=1), unnoticed=("get_all", "find", "report")
    ),
    "interrupted": Trouble("Ctrl-C before the reply is read", Fault("latency", seconds=0.0), interrupts=True),
    "content type": Trouble("a wrong content type", Fault("content_type", content_type="image/png")),
    "duplicate page": Trouble("the page before comes again, once", Fault("duplicate_page", after=1, times=1)),
    "rows come": Trouble("a row comes between two pages", Fault("moving_pages", after=1, times=1), moves=True),
    "rows go": Trouble("a row goes between two pages", Fault("moving_pages", rows=-1, after=1, times=1), moves=True),
    "expired": Trouble("the sign-in expires", Fault("expired", times=1)),
    "expired between": Trouble("the sign-in expires between two pages", Fault("expired", after=1, times=1)),
    "skew": Trouble("the platform's clock is an hour ahead", Fault("skew", seconds=3600)),
    "skew back": Trouble("the platform's clock is an hour behind", Fault("skew", seconds=-3600)),
}


@dataclass(frozen=True)
class Platform:
    """A platform's words; `PLATFORMS` has them by its name in the journal, and what follows a dash.

    `collection`: with a `name` to change, of the type campaign; `words` limit it. `page`: rows asked for at once; few
    pages where they are read ahead, so that the second request is the second page. `find`: variable, operator and value
    of a condition that leaves some. `include`: a relation to one. In the journal, `made` is the type of what `new`
    creates, `removed` the action and the type of what `remove` does to a `removable`.
    """

    title: str
    connect: Callable[..., Session]
    collection: str
    words: Mapping[str, Any]
    page: int
    find: tuple[Any, ...]
    include: str
    new: Callable[[Session], Entity]
    removable: Callable[[Session, "Platform"], Entity]
    remove: Callable[[Entity], object]
    report: Callable[[Session], Rows]
    made: str
    removed: tuple[str, str]


def _t1_report(session: Any) -> Rows:
    report = session.new("report", "performance", dimensions=["campaign_id"], metrics=["impressions", "clicks"])
    report.filter = {"advertiser_id": 7}
    report.start_date, report.end_date = "2026-01-01", "2026-01-03"
    headers, rows = report.get()
    return [tuple(headers), *map(tuple, rows)]


def _pinterest(sandbox: Sandbox, **options: Any) -> Session:
    client = {"client_id": sandbox.client_id, "client_secret": sandbox.client_secret}
    renewal = {"refresh_token": sandbox.refresh_token, "token_updater": lambda token: None}
    account = {"ad_account_id": "549755885176"}  # it has 11 campaigns: what is listed most is cheap
    session: Session = sandbox.pinterest(**{**client, **renewal, **account, **options})
    return session


def _pinterest_report(session: Any) -> Rows:
    end = datetime.now(UTC).date() - timedelta(days=7)
    rows = session.report("CAMPAIGN", ["IMPRESSION_1", "SPEND_IN_DOLLAR"], end - timedelta(days=1), end)
    return [tuple(row.values()) for row in rows]


def _ttd(sandbox: Sandbox, **options: Any) -> Session:
    signing = {"token": None, "login": sandbox.username, "password": sandbox.password}
    session: Session = sandbox.ttd(**signing, **options)
    return session


def _ttd_new(session: Session) -> Entity:
    goal = {"cpc_in_advertiser_currency": "1.5"}
    words = {"advertiser_id": "adv0009", "primary_channel": "Display", "primary_goal": goal}
    return session.new("campaign", name="A new campaign", seed_id="seed017", start_date="2027-01-01", **words)


def _ttd_report(session: Any) -> Rows:
    reading = session.using(route="graphql")  # bulk jobs read by GraphQL alone
    job = reading.bulk(reading.query("campaigns").within(advertiser="adv0009"))
    return [shown(campaign) for campaign in job.result()]


def _first(session: Session, platform: Platform) -> Entity:
    entity: Entity = next(iter(session.get(platform.collection, **platform.words, page_limit=1)))
    return entity


PLATFORMS = {
    "t1": Platform(
        "TerminalOne",
        lambda sandbox, **options: sandbox.t1(**options),
        collection="campaigns",
        words={"limit": {"advertiser": 7}},
        page=30,
        find=("total_budget", ">", 1_000),
        include="advertiser",
        new=lambda session: session.new("concept", name="A new concept", advertiser_id=7),
        removable=lambda session, platform: session.query("strategy_day_parts").full().first(),
        remove=lambda entity: entity.delete(),
        report=_t1_report,
        made="concept",
        removed=("delete", "strategy_day_part"),
    ),
    "ttd": Platform(
        "The Trade Desk",
        _ttd,
        collection="campaigns",
        words={"limit": {"advertiser": "adv0009"}},
        page=5,
        find=("name", "~", "*2026*"),
        include="advertiser",
        new=_ttd_new,
        removable=_first,
        remove=lambda entity: entity.archive(),
        report=_ttd_report,
        made="campaign",
        removed=("update", "campaign"),
    ),
    "pinterest": Platform(
        "Pinterest",
        _pinterest,
        collection="campaigns",
        words={},
        page=2,
        find=("status", "==", "PAUSED"),
        include="ad_account",
        new=lambda session: session.new("campaign", name="A new campaign", objective_type="AWARENESS"),
        removable=_first,
        remove=lambda entity: entity.archive(),
        report=_pinterest_report,
        made="campaign",
        removed=("update", "campaign"),
    ),
}
PLATFORMS["ttd-rest"] = replace(
    PLATFORMS["ttd"],
    title="The Trade Desk, read by REST",
    page=12,
    connect=lambda sandbox, **options: _ttd(sandbox, route="rest-direct", **options),
)
"""What stands for a report at The Trade Desk is a bulk query, which is a job too."""


def shown(entity: Entity) -> Row:
    """What is compared of a row."""
    return entity.id, entity.name


def _get(session: Session, platform: Platform) -> Reading:
    first = next(iter(session.get(platform.collection, **platform.words, page_limit=1)))
    return lambda: iter([shown(session.get(platform.collection, first.id))])


def _get_all(session: Session, platform: Platform) -> Reading:
    words = {**platform.words, "page_limit": platform.page, "get_all": True}
    return lambda: map(shown, session.get(platform.collection, **words))


def _find(session: Session, platform: Platform) -> Reading:
    words = {**platform.words, "page_limit": platform.page, "include": platform.include, "get_all": True}

    def rows() -> Iterator[Row]:
        for entity in session.find(platform.collection, *platform.find, **words):
            yield *shown(entity), getattr(entity, platform.include).name

    return rows


def _report(session: Session, platform: Platform) -> Reading:
    return lambda: iter(platform.report(session))


READS = {"get": _get, "get_all": _get_all, "find": _find, "report": _report}


@dataclass
class Write:
    """A write that is about to be made: the entities, the call, and each one's entry in the journal."""

    entities: list[Entity]
    call: Callable[[], object]
    action: str
    kind: str
    changes: bool = False
    """Whether the entities keep their pending changes when it fails."""


def _create(session: Session, platform: Platform) -> Write:
    session.get(platform.collection, **platform.words, page_limit=1)  # signed in
    entity = platform.new(session)
    return Write([entity], entity.save, "create", platform.made)


def _changed(session: Session, platform: Platform, many: int) -> list[Entity]:
    entities = [
        session.get(platform.collection, short.id)
        for short in session.get(platform.collection, **platform.words, page_limit=many)
    ]
    for number, entity in enumerate(entities):
        entity.name = f"Renamed {number}"
    return entities


def _update(session: Session, platform: Platform) -> Write:
    entities = _changed(session, platform, 1)
    return Write(entities, entities[0].save, "update", "campaign", changes=True)


def _save_all(session: Session, platform: Platform) -> Write:
    entities = _changed(session, platform, 3)
    return Write(entities, lambda: session.save_all(entities), "update", "campaign", changes=True)


def _remove(session: Session, platform: Platform) -> Write:
    entity = platform.removable(session, platform)
    return Write([entity], lambda: platform.remove(entity), *platform.removed)


WRITES = {"create": _create, "update": _update, "save_all": _save_all, "remove": _remove}
UNNOTICED = "*cannot be noticed*"
"""The outcome where an answer does not say whose it is."""
OPERATIONS = {
    "get": "get",
    "get_all": "get_all",
    "find": "find with include",
    "report": "report download",
    "create": "create",
    "update": "update",
    "save_all": "save_all of 3",
    "remove": "delete or archive",
}


def run(sandbox: Sandbox, name: str, operation: str, trouble: Trouble) -> str:
    """Runs one cell; what came of it in a few words. Raises `AssertionError` where something was lost or doubled."""
    if operation in trouble.unnoticed:
        return UNNOTICED
    sandbox.faults.clear()
    part = sandbox._parts.get(name.partition("-")[0])
    if part is not None:  # the others are as they were: no cell writes to another platform than its own
        part.reset()
    sandbox.skew = trouble.skew
    platform, now, hurry, press = PLATFORMS[name], [0.0], list[bool](), threading.Event()
    drips = trouble.fault.kind == "slow" and trouble.fault.times == 1
    is_silent = drips or trouble.fault.kind.startswith("silent")
    one_at_a_time = threading.Lock()

    def sleep(seconds: float) -> None:
        now[0] += seconds
        if trouble.heals:
            sandbox.faults.clear()

    def hurried(request: Request) -> Request | None:
        """The call that never gets a complete reply is not waited for; all others are, however slow the machine. Those
        that are made beside it go out once it has been hit, so that it is the one."""
        with one_at_a_time:
            is_first = bool(hurry)
            hurry.clear()
        if is_first and drips:
            return replace(request, total=0.1)
        if is_first:
            return replace(request, timeout=(30.0, 0.1))
        while is_silent and trouble.fault in sandbox.faults and not sandbox.faults.hits(trouble.fault):
            pass
        return None

    def answered(answer: Answer) -> None:
        if press.is_set():
            press.clear()
            raise KeyboardInterrupt

    def strike() -> None:
        sandbox.faults.add(trouble.fault)
        if trouble.interrupts:
            press.set()
        if is_silent:
            hurry.append(True)

    retry = Retry(sleep=sleep, clock=lambda: now[0])
    with platform.connect(sandbox, retry=retry, before=hurried, after=answered) as session:
        if operation in READS:
            found = _run_read(sandbox, READS[operation](session, platform), trouble, strike)
            return trouble.outcome(operation, found)
        return _run_write(sandbox, WRITES[operation](session, platform), name, strike)


def _run_read(sandbox: Sandbox, call: Reading, trouble: Trouble, strike: Callable[[], None]) -> str:
    before, got = list(call()), list[Row]()
    assert before
    strike()
    error, told = _attempt(lambda: got.extend(_each(call, got)))
    sandbox.faults.clear()
    assert len(set(got)) == len(got), "a row came twice"
    if error is not None:
        assert got == before[: len(got)], "rows are missing before the error"
        return type(error).__name__
    after = before if not trouble.moves else list(call())
    stayed = [row for row in before if row in after]
    assert [row for row in got if row in stayed] == stayed, "rows are missing or out of order"
    assert trouble.moves or got == before
    return ", ".join(["complete", *told])


def _each(call: Reading, got: Rows) -> Iterator[Row]:
    """Puts each row where it belongs as it comes, so that an error leaves those before it."""
    for row in call():
        got.append(row)
    return iter(())


def _run_write(sandbox: Sandbox, write: Write, name: str, strike: Callable[[], None]) -> str:
    known = {id(entity): EntityState(entity).id for entity in write.entities}
    sandbox.journal.clear()
    strike()
    error, told = _attempt(write.call)
    sandbox.faults.clear()
    if interrupted := isinstance(error, KeyboardInterrupt):
        # What is unknown is looked up before it is sent again, so that it can simply be saved once more.
        error, told = _attempt(write.call)
    applied = [
        entry.id
        for entry in sandbox.journal
        if (entry.platform, entry.action, entry.kind) == (name.partition("-")[0], write.action, write.kind)
    ]
    assert len(applied) == len(set(applied)) <= len(write.entities), f"applied twice: {applied}"
    if error is None:
        wanted = [str(known[id(entity)] or entity.id) for entity in write.entities]
        assert sorted(applied) == sorted(wanted), "a write was lost"
        outcome = ", ".join(["once", *told])
        return f"KeyboardInterrupt; saved again: {outcome}" if interrupted else outcome
    results = (
        [(result.entity, result.error) for result in error.results]
        if isinstance(error, SaveAllError)
        else [(entity, error) for entity in write.entities]
    )
    # In order of their words: any of those that were saved side by side may be the one that is hit.
    outcomes = sorted({_outcome(entity, one, applied, write) for entity, one in results})
    return "; ".join(outcomes)


def _outcome(entity: Entity, error: BaseException | None, applied: list[str], write: Write) -> str:
    """What became of one entity, once it is clear that it is told truly."""
    was_applied = bool(applied) if write.action == "create" else str(entity.id) in applied
    if error is None:
        assert was_applied, "a write was lost"
        return "once"
    if not isinstance(error, AmbiguousWrite):
        assert not was_applied, f"applied, although it was told to have failed: {error!r}"
    if write.changes:
        assert entity.changes(), "the changes were lost"
    name = AmbiguousWrite.__name__ if isinstance(error, AmbiguousWrite) else type(error).__name__
    return name + (" (applied)" if was_applied else "")


def _attempt(call: Callable[[], object]) -> tuple[AdPlatformsError | KeyboardInterrupt | None, list[str]]:
    """The error that a call ends in, and the warnings it gives. Users can expect no other exception than ours, and that
    of Ctrl-C."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            call()
        except (AdPlatformsError, KeyboardInterrupt) as problem:
            return problem, []
    return None, sorted({warning.category.__name__ for warning in told})
