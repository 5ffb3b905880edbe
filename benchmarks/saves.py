"""Saving 1,000 records over a slow line: `save_all` against a thread pool of the same width over bare `requests`.

    python -m benchmarks.saves [--latency 0.02] [--rounds 3] [--records 1000] [--only t1]

The sandbox runs in a process of its own and adds the latency to every reply. The floor is what a script would do: a
`ThreadPoolExecutor` as wide as what the platform takes, one `requests.Session` a thread, bodies that are ready made,
`json.loads`. Serial is `save_all(in_flight=1)`, of a tenth of the records, its time multiplied. Each round runs every
contestant once, in turn; printed are the median seconds, and the ratio to the floor of the same round. All create
records, in the same calls: Pinterest's are arrays of 30.
"""

from __future__ import annotations

import argparse
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from time import perf_counter
from typing import Any

import requests

from adplatforms import TTD, Pinterest
from adplatforms.core.entity import Entity
from adplatforms.core.messages import Request
from adplatforms.core.state import EntityState
from adplatforms.net.session import HttpSession
from adplatforms.sandbox import Sandbox
from benchmarks.paging import sandbox
from terminalone import T1

Made = Callable[[HttpSession, str], Entity]
TENTH = 10
SERVERS = {"server_url": "workflows", "graphql_url": "graphql", "rest_url": "v3"}


def t1(url: str) -> HttpSession:
    """A session of T1."""
    return T1(Sandbox.username, Sandbox.password, Sandbox.api_key, api_base=url)


def ttd(url: str, route: str) -> HttpSession:
    """A session of The Trade Desk."""
    places: dict[str, Any] = {name: f"{url}/ttd/{path}" for name, path in SERVERS.items()}
    return TTD(login=Sandbox.username, password=Sandbox.password, route=route, **places)


def pinterest(url: str) -> HttpSession:
    """A session of Pinterest."""
    client = {"client_id": Sandbox.client_id, "client_secret": Sandbox.client_secret}
    return Pinterest(
        **client,
        refresh_token=Sandbox.refresh_token,
        token_updater=lambda token: None,
        api_base=f"{url}/pinterest/v5",
        ad_account_id="549755885175",
    )


def concept(session: HttpSession, name: str) -> Entity:
    """A new concept of T1."""
    made: Entity = session.new("concept", name=name, advertiser_id=7)
    return made


def campaign(session: HttpSession, name: str) -> Entity:
    """A new campaign of The Trade Desk, written by Workflows and read by GraphQL."""
    goal = {"cpc_in_advertiser_currency": "1.5"}
    words = {"name": name, "advertiser_id": "adv0001", "primary_channel": "Display", "primary_goal": goal}
    made: Entity = session.new("campaign", {**words, "seed_id": "seed002", "start_date": "2027-01-01"})
    return made


def site_list(session: HttpSession, name: str) -> Entity:
    """A new site list of The Trade Desk, written by REST."""
    made: Entity = session.new("site_list", name=name, advertiser_id="adv0003")
    return made


def pin_campaign(session: HttpSession, name: str) -> Entity:
    """A new campaign of Pinterest."""
    made: Entity = session.new("campaign", name=name, objective_type="AWARENESS")
    return made


SURFACES: dict[str, tuple[Callable[[str], HttpSession], Made]] = {
    "t1": (t1, concept),
    "ttd graphql": (lambda url: ttd(url, "graphql"), campaign),
    "ttd rest": (lambda url: ttd(url, "rest-direct"), site_list),
    "pinterest": (pinterest, pin_campaign),
}


def written(session: HttpSession, entities: Sequence[Entity]) -> Iterator[Request]:
    """The requests that create records."""
    writes = [(entity, EntityState(entity).pending()) for entity in entities]
    batches = list(session.dialect.batches(writes))
    if batches:
        yield from (batch.request for batch in batches)
        return
    for entity, values in writes:
        yield session.dialect.write(entity, values)


def floor(session: HttpSession, url: str, entities: Sequence[Entity], width: int) -> float:
    """The seconds that a thread pool takes which sends ready-made bodies."""
    base = session.transport.base_url  # type: ignore[attr-defined]
    headers = {name: getattr(value, "reveal", lambda v=value: v)() for name, value in session.auth.headers().items()}
    params = [(name, str(value)) for name, value in session.auth.params()]
    local = threading.local()

    def send(request: Request) -> None:
        bare: requests.Session = getattr(local, "session", None) or requests.Session()
        local.session = bare
        reply = bare.request(
            request.method,
            f"{request.server or base}/{request.path}",
            params=[*request.params, *params],
            data=request.form,
            json=request.json,
            headers={**headers, **{name: str(value) for name, value in request.headers.items()}},
        )
        reply.raise_for_status()
        json.loads(reply.content)

    ready = list(written(session, entities))
    began = perf_counter()
    with ThreadPoolExecutor(width) as pool:
        list(pool.map(send, ready))
    return perf_counter() - began


def ours(session: HttpSession, entities: Sequence[Entity], in_flight: int | None = None) -> float:
    """The seconds that `save_all` takes."""
    began = perf_counter()
    results = session.save_all(entities, in_flight=in_flight)
    taken = perf_counter() - began
    assert len({EntityState(result.entity).id for result in results}) == len(entities), "records were lost or doubled"
    return taken


def run(name: str, url: str, rounds: int, records: int) -> dict[str, list[float]]:
    """The seconds of each contestant in each round."""
    connect, new = SURFACES[name]
    with connect(url) as session:
        width = session.dialect.capabilities.prefetch

        def made(count: int, what: str) -> list[Entity]:
            return [new(session, f"{what} {number}") for number in range(count)]

        ours(session, made(width, f"{name}, signed in"))
        floor_name = f"thread pool of {width}, bare requests"
        times: dict[str, list[float]] = {floor_name: [], "save_all": [], "save_all, one at a time": []}
        for turn in range(rounds):
            times[floor_name].append(floor(session, url, made(records, f"{name}, floor {turn}"), width))
            times["save_all"].append(ours(session, made(records, f"{name}, ours {turn}")))
            few = made(max(1, records // TENTH), f"{name}, serial {turn}")
            times["save_all, one at a time"].append(ours(session, few, 1) * records / len(few))
    return times


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--latency", type=float, default=0.02, help="seconds added to every reply")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--only", choices=SURFACES)
    chosen = parser.parse_args()
    with sandbox(chosen.latency) as url:
        for name in [chosen.only] if chosen.only else SURFACES:
            times = run(name, url, chosen.rounds, chosen.records)
            fastest = next(iter(times.values()))
            print(f"{name}: {chosen.records:,} records, {chosen.latency * 1000:.0f} ms a call")
            for contestant, taken in times.items():
                ratio = median(mine / theirs for mine, theirs in zip(taken, fastest, strict=True))
                print(f"  {contestant:40} {median(taken):6.2f} s   {ratio:5.2f}x")


if __name__ == "__main__":
    main()
