"""How the platforms' parts are mounted: built when asked for, each with its own database, clock and journal."""

import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from types import ModuleType

import pytest
import requests
from flask import Blueprint

from adplatforms.sandbox import Entry, Sandbox
from adplatforms.sandbox.part import Part, Services
from adplatforms.sandbox.store import Store, Table

TABLE = Table("demo_row", {"name": "TEXT"})


def fill(store: Store) -> None:
    store.insert("demo_row", {"name": "seeded"})


class Built:
    """A platform with one table and a few paths, and what was asked of it."""

    def __init__(self) -> None:
        self.services: list[Services] = []
        self.events: list[str] = []

    def build(self, services: Services) -> Part:
        self.services.append(services)
        store = services.store([TABLE], fill)
        paths = Blueprint("demo", __name__, url_prefix="/pinterest/v5")

        @paths.get("/rows")
        def rows() -> list[str]:
            return [str(row["name"]) for row in store.query("SELECT name FROM demo_row ORDER BY id")]

        @paths.post("/rows/<name>")
        def add(name: str) -> list[str]:
            with store.transaction():
                services.note("pinterest", "create", "row", store.insert("demo_row", {"name": name}))
                if name == "broken":
                    raise KeyError(name)
            return rows()

        def reset() -> None:
            self.events.append("reset")
            store.reset()

        def close() -> None:
            self.events.append("close")
            store.close()

        paths.register_error_handler(KeyError, lambda error: ("broken", 400))

        def move(path: str, rows: int) -> None:
            self.events.append(f"move {path} {rows}")

        return Part([paths], reset, lambda: self.events.append("expire"), close, move)


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> Built:
    """Stands in for Pinterest."""
    platform, module = Built(), ModuleType("adplatforms.sandbox.pinterest")
    module.build = platform.build  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "adplatforms.sandbox.pinterest", module)
    return platform


@pytest.fixture
def fresh_sandbox() -> Iterator[Sandbox]:
    """A server of the test's own in fact: what stands in for Pinterest would stay on the one that others get."""
    with Sandbox() as sandbox:
        yield sandbox


def rows(sandbox: Sandbox) -> list[str]:
    reply = requests.get(f"{sandbox.url}/pinterest/v5/rows", timeout=30)
    names: list[str] = reply.json()
    return names


def test_a_part_is_built_at_its_first_request_and_once(built: Built, fresh_sandbox: Sandbox) -> None:
    assert built.services == []
    assert rows(fresh_sandbox) == rows(fresh_sandbox) == ["seeded"]
    assert len(built.services) == 1
    assert [call.path for call in fresh_sandbox.calls] == ["/pinterest/v5/rows"] * 2


def test_reset_expire_and_stop_reach_the_parts_that_were_built(built: Built) -> None:
    with Sandbox() as sandbox:
        sandbox.reset()
        assert built.events == []
        requests.post(f"{sandbox.url}/pinterest/v5/rows/more", timeout=30)
        assert rows(sandbox) == ["seeded", "more"]
        sandbox.reset()
        assert rows(sandbox) == ["seeded"]
        sandbox.expire_sessions()
        assert built.events == ["reset", "expire"]
    assert built.events[-1] == "close"


def test_each_part_keeps_a_file_beside_the_one_named(built: Built, tmp_path: Path) -> None:
    for expected in (["seeded", "more"], ["seeded", "more", "more"]):
        with Sandbox(db=tmp_path / "demo.db") as sandbox:
            reply = requests.post(f"{sandbox.url}/pinterest/v5/rows/more", timeout=30)
            assert reply.json() == expected
    assert sorted(path.name for path in tmp_path.iterdir()) == ["demo.db", "demo.pinterest.db"]


def test_the_clock_can_be_ahead(built: Built, fresh_sandbox: Sandbox) -> None:
    before = rows_at(fresh_sandbox)
    fresh_sandbox.skew = 86400 * 365
    assert rows_at(fresh_sandbox) - before >= timedelta(days=365)
    assert built.services[0].now() - before >= timedelta(days=365)


def rows_at(sandbox: Sandbox) -> datetime:
    """The time on a reply."""
    return parsedate_to_datetime(requests.head(f"{sandbox.url}/pinterest/v5/rows", timeout=30).headers["Date"])


def test_the_journal_holds_what_was_committed_and_nothing_else(built: Built, fresh_sandbox: Sandbox) -> None:
    for name, status in (("one", 200), ("broken", 400), ("two", 200)):
        reply = requests.post(f"{fresh_sandbox.url}/pinterest/v5/rows/{name}", timeout=30)
        assert reply.status_code == status
    assert rows(fresh_sandbox) == ["seeded", "one", "two"]
    assert list(fresh_sandbox.journal) == [
        Entry("pinterest", "create", "row", "2"),
        Entry("pinterest", "create", "row", "3"),
    ]
    fresh_sandbox.journal.clear()
    assert len(fresh_sandbox.journal) == 0


def test_a_part_publishes_files_on_another_port(built: Built, fresh_sandbox: Sandbox) -> None:
    rows(fresh_sandbox)
    url = built.services[0].files.publish(b"rows", "text/csv")
    assert not url.startswith(fresh_sandbox.url)
    assert requests.get(url, timeout=30).content == b"rows"
