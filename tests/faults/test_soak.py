"""Many faults at once, by dice: whole listings and dozens of writes over a line where every third call goes wrong."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from cases import PLATFORMS, Platform

from adplatforms.core.errors import AmbiguousWrite
from adplatforms.core.session import Session
from adplatforms.net.retry import Retry
from adplatforms.sandbox import Fault, Sandbox

pytestmark = pytest.mark.long

TTD_WORDS = {"limit": {"advertiser": "adv0003"}}
SOAKED = PLATFORMS | {name: replace(PLATFORMS[name], words=TTD_WORDS) for name in ("ttd", "ttd-rest")}
"""The platforms of the matrix, where 20 campaigns can be changed."""

KINDS = ["429", "503", "500", "html", "dropped", "reset_before", "reset_after", "truncated"]
SEEDS = [1, 2, 3]
PATHS = {"t1": "/api/*", "ttd": "/ttd/*", "ttd-rest": "/ttd/*", "pinterest": "/pinterest/v5/ad_accounts*"}
"""Pinterest's sign-in is left out: a new refresh token that is lost on its way is lost for good, for anybody."""


@pytest.fixture(scope="module")
def server() -> Iterator[Sandbox]:
    """One server; each test puts the seed back."""
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture(params=SOAKED)
def name(request: pytest.FixtureRequest) -> str:
    """Each platform in turn."""
    return str(request.param)


@pytest.fixture(params=SEEDS)
def session(request: pytest.FixtureRequest, server: Sandbox, name: str) -> Iterator[Session]:
    """A session whose line begins to fail once it is signed in."""
    server.faults.clear()
    server.reset()
    server.faults.seed = request.param
    account = {"ad_account_id": "549755885175"} if name == "pinterest" else {}
    retry = Retry(attempts=12, sleep=lambda seconds: None)
    with SOAKED[name].connect(server, retry=retry, **account) as session:
        yield session
        server.faults.clear()


def fail(server: Sandbox, name: str) -> None:
    """From now on."""
    server.journal.clear()
    for kind in KINDS:
        server.faults.add(Fault(kind, path=PATHS[name], probability=0.045))
    server.faults.add(Fault("expired", path=PATHS[name], probability=0.2, times=1))


def applied(server: Sandbox, name: str, action: str) -> Counter[str]:
    """How often each record was changed so."""
    found = [entry for entry in server.journal if (entry.platform, entry.action) == (name.partition("-")[0], action)]
    return Counter(entry.id for entry in found if entry.kind in (SOAKED[name].made, "campaign"))


def test_a_listing_is_whole(server: Sandbox, name: str, session: Session) -> None:
    platform: Platform = SOAKED[name]
    words = {**platform.words, "page_limit": 5, "get_all": True, "include": platform.include}
    expected = [row.id for row in session.get(platform.collection, **words)]
    fail(server, name)
    for _ in range(4):
        rows = list(session.get(platform.collection, **words))
        assert [row.id for row in rows] == expected
        assert all(getattr(row, platform.include).name for row in rows)
    assert len(server.journal) == 0
    assert sum(map(server.faults.hits, server.faults)) > 0


def test_updates_arrive_once(server: Sandbox, name: str, session: Session) -> None:
    platform = SOAKED[name]
    campaigns = list(session.get(platform.collection, **platform.words, page_limit=20, full=True))
    assert len(campaigns) == 20
    fail(server, name)
    unsure = set()
    for number, campaign in enumerate(campaigns):
        campaign.name = f"Renamed {number}"
        try:
            campaign.save()
        except AmbiguousWrite:
            unsure.add(str(campaign.id))
    counts = applied(server, name, "update")
    assert set(counts.values()) <= {1}
    assert counts.keys() | unsure == {str(campaign.id) for campaign in campaigns}


def test_creates_arrive_once(server: Sandbox, name: str, session: Session) -> None:
    platform = SOAKED[name]
    session.get(platform.collection, **platform.words, page_limit=1)
    fail(server, name)
    made, unsure = [], 0
    for number in range(20):
        entity = platform.new(session)
        entity.name = f"Made {number}"
        try:
            entity.save()
            made.append(str(entity.id))
        except AmbiguousWrite:
            unsure += 1
    counts = applied(server, name, "create")
    assert set(counts.values()) <= {1}
    assert set(made) <= counts.keys()
    assert len(made) == len(set(made))
    assert len(counts) - len(made) <= unsure, "a record was created that nobody was told of"
