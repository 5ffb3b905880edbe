"""What a call costs beside the wire: CPU of this process alone, in ratios to the same calls made by hand, in one run.

    python -m benchmarks.calls [--rounds 15] [--rows 100000]

Saving a T1 campaign's name, and reading a page of 100, each by us, by bare `requests`, by a hand-made
`PreparedRequest` through its adapter and by urllib3; then a long listing without latency, by us with eight calls in
flight and by eight threads of `http.client`. A server of canned answers runs in a process of its own. Each round runs
every contestant in turn. Printed are the median CPU milliseconds and the ratios to the first of the group.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from statistics import median
from threading import local
from time import perf_counter, process_time
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict

from benchmarks.clock import Seconds, in_turn, ratio, timed
from benchmarks.hydrate import campaigns
from benchmarks.replay import replayed
from terminalone import T1
from terminalone.dialect import JSON

PATH = "/api/v2.0/campaigns"
KEY = {"api_key": "key"}
HEADERS = {"Accept": JSON, "Cookie": "adama_session=1234", "User-Agent": "benchmark"}
FORM = {"name": "Spring", "version": "7"}
PAGE = {**KEY, "page_limit": "100", "page_offset": "0", "sort_by": "id", "full": "*"}


def session_at(url: str) -> T1:
    """A session of ours that has signed in."""
    return T1("user", "password", "key", session_id="1234", auth_method="delayed", api_base=url, json=True)


def by_requests(url: str) -> tuple[Callable[[], Any], Callable[[], Any]]:
    """A save and a page by bare requests."""
    session = requests.Session()

    def save() -> Any:
        reply = session.post(f"{url}{PATH}/7", params=KEY, data=FORM, headers=HEADERS)
        return json.loads(reply.content)

    def page() -> Any:
        return json.loads(session.get(f"{url}{PATH}", params=PAGE, headers=HEADERS).content)

    return save, page


def by_adapter(url: str) -> tuple[Callable[[], Any], Callable[[], Any]]:
    """A save and a page by requests made by hand and sent through the adapter of requests."""
    adapter = HTTPAdapter()

    def send(method: str, address: str, body: str | None) -> Any:
        prepared = requests.PreparedRequest()
        prepared.method, prepared.url, prepared.body = method, address, body
        prepared.headers = CaseInsensitiveDict(HEADERS)
        if body is not None:
            prepared.headers["Content-Type"] = "application/x-www-form-urlencoded"
            prepared.headers["Content-Length"] = str(len(body))
        return json.loads(adapter.send(prepared, timeout=(10, 300)).content)

    def save() -> Any:
        return send("POST", f"{url}{PATH}/7?{urlencode(KEY)}", urlencode(FORM))

    return save, lambda: send("GET", f"{url}{PATH}?{urlencode(PAGE)}", None)


def by_urllib3(url: str) -> tuple[Callable[[], Any], Callable[[], Any]]:
    """A save and a page by urllib3."""
    pool = urllib3.connection_from_url(url)
    form = {**HEADERS, "Content-Type": "application/x-www-form-urlencoded"}

    def save() -> Any:
        return json.loads(pool.urlopen("POST", f"{PATH}/7?{urlencode(KEY)}", body=urlencode(FORM), headers=form).data)

    return save, lambda: json.loads(pool.urlopen("GET", f"{PATH}?{urlencode(PAGE)}", headers=HEADERS).data)


def by_us(url: str) -> tuple[Callable[[], Any], Callable[[], Any]]:
    """A save of an entity, and a page of 100 entities."""
    t1 = session_at(url)
    campaign = t1.get("campaigns", limit={"advertiser": 7}, full=True, page_limit=1)
    campaign = next(iter(campaign))
    names = iter(range(10**9))

    def save() -> Any:
        campaign.name = f"Spring {next(names)}"
        return campaign.save()

    return save, lambda: list(t1.campaigns.full().page_size(100).prefetch(1).take(100))


def listing_by_us(url: str, rows: int) -> list[int]:
    """All ids, with eight calls in flight."""
    with session_at(url) as t1:
        return [campaign.id for campaign in t1.campaigns.full().page_size(100).take(rows)]


def listing_by_threads(url: str, rows: int) -> list[int]:
    """All ids, by eight threads with a connection each."""
    parts, mine = urlsplit(url), local()

    def page(start: int) -> list[int]:
        connection = getattr(mine, "connection", None)
        if connection is None:
            connection = mine.connection = HTTPConnection(parts.hostname or "", parts.port)
        asked = urlencode({**PAGE, "page_offset": start})
        connection.request("GET", f"{PATH}?{asked}", headers=HEADERS)
        return [row["id"] for row in json.loads(connection.getresponse().read())["data"]]

    with ThreadPoolExecutor(8) as pool:
        return [id for ids in pool.map(page, range(0, rows, 100)) for id in ids]


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--times", type=int, default=40, help="calls of each contestant in a round")
    parser.add_argument("--rows", type=int, default=100_000, help="of the long listing; 0 leaves it out")
    words = parser.parse_args()
    with replayed(campaigns(1)[0], max(words.rows, 2_000)) as url:
        makers = {"requests": by_requests, "PreparedRequest": by_adapter, "urllib3": by_urllib3, "adplatforms": by_us}
        pairs = {name: make(url) for name, make in makers.items()}
        for number, what in enumerate(("a save", "a page of 100")):
            group: list[tuple[str, Seconds, int]] = [(n, timed(pair[number]), words.times) for n, pair in pairs.items()]
            for _, seconds, _ in group:
                seconds(5)
            show(what, in_turn(words.rounds, group, 1))
        if words.rows:
            listings(url, words.rows, max(3, words.rounds // 5))


def listings(url: str, rows: int, rounds: int) -> None:
    """Prints CPU and seconds of the long listing."""
    both = {"8 threads, http.client": listing_by_threads, "adplatforms": listing_by_us}
    cpu: dict[str, list[float]] = {name: [] for name in both}
    wall: dict[str, list[float]] = {name: [] for name in both}
    for _ in range(rounds):
        for name, listing in both.items():
            began, clock = perf_counter(), process_time()
            ids = listing(url, rows)
            wall[name].append((perf_counter() - began) * 1e6)
            cpu[name].append((process_time() - clock) * 1e6)
            assert ids == list(range(1, rows + 1)), f"{name} lost rows"
    show(f"{rows:,} rows, CPU", cpu)
    show(f"{rows:,} rows, seconds on the clock", wall)


def show(what: str, spent: dict[str, list[float]]) -> None:
    """Prints a group: milliseconds, and the ratio to its first."""
    print(what)
    floor = next(iter(spent.values()))
    for name, each in spent.items():
        print(f"  {name:24} {median(each) / 1000:10.3f} ms {ratio(each, floor):6.2f}x")


if __name__ == "__main__":
    main()
