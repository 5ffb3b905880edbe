"""The ways to write, as the runs through the proxy use them: a session, a collection, what can be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from adplatforms.core.entity import Entity
from adplatforms.core.query import Query
from adplatforms.core.session import Session
from adplatforms.net.session import HttpSession
from adplatforms.sandbox import Sandbox

__all__ = ["SURFACES", "Surface"]


@dataclass(frozen=True)
class Surface:
    """One way to write to one platform.

    `connect`: a session, given the URL that it talks to. `platform`, `kind`: as the sandbox's journal calls them.
    `new`: a record with a name. `listing`: where all records are found again. `retire`: the verb that ends a record,
    and its action in the journal; empty where there is none. `removable`: other records that `retire` is tried on, and
    their kind; where None, it is tried on those that were made.
    """

    connect: Callable[[str, Sandbox, dict[str, Any]], HttpSession]
    platform: str
    kind: str
    new: Callable[[Session, str], Entity]
    listing: Callable[[Session], Query[Any]]
    retire: tuple[str, str] = ("", "")
    removable: Callable[[Session], Query[Any]] | None = None
    removable_kind: str = ""


def _t1(json: bool) -> Surface:
    def connect(url: str, sandbox: Sandbox, options: dict[str, Any]) -> HttpSession:
        session: HttpSession = sandbox.t1(api_base=url, auth_base=url, json=json, **options)
        return session

    return Surface(
        connect,
        platform="t1",
        kind="concept",
        new=lambda session, name: session.new("concept", name=name, advertiser_id=7),
        listing=lambda session: session.query("concepts").full(),
        retire=("delete", "delete"),
        removable=lambda session: session.query("strategy_day_parts").full(),
        removable_kind="strategy_day_part",
    )


def _ttd(route: str) -> Callable[[str, Sandbox, dict[str, Any]], HttpSession]:
    def connect(url: str, sandbox: Sandbox, options: dict[str, Any]) -> HttpSession:
        signing = {"token": None, "login": sandbox.username, "password": sandbox.password}
        base = f"{url}/ttd"
        places = {"server_url": f"{base}/workflows", "graphql_url": f"{base}/graphql", "rest_url": f"{base}/v3"}
        session: HttpSession = sandbox.ttd(route=route, **signing, **places, **options)
        return session

    return connect


def _ttd_campaign(session: Session, name: str) -> Entity:
    goal = {"cpc_in_advertiser_currency": "1.5"}
    words = {"name": name, "advertiser_id": "adv0001", "primary_channel": "Display", "primary_goal": goal}
    made: Entity = session.new("campaign", {**words, "seed_id": "seed002", "start_date": "2027-01-01"})
    return made


def _pinterest(url: str, sandbox: Sandbox, options: dict[str, Any]) -> HttpSession:
    client = {"client_id": sandbox.client_id, "client_secret": sandbox.client_secret}
    renewal = {"refresh_token": sandbox.refresh_token, "token_updater": lambda token: None}
    session: HttpSession = sandbox.pinterest(api_base=f"{url}/pinterest/v5", **client, **renewal, **options)
    return session


SURFACES = {
    "t1 json": _t1(json=True),
    "t1 xml": _t1(json=False),
    "ttd": Surface(
        _ttd("graphql"),
        platform="ttd",
        kind="campaign",
        new=_ttd_campaign,
        listing=lambda session: session.query("campaigns").within(advertiser="adv0001"),
        retire=("archive", "update"),
    ),
    "ttd rest": Surface(
        _ttd("rest-direct"),
        platform="ttd",
        kind="site_list",
        new=lambda session, name: session.new("site_list", name=name, advertiser_id="adv0003"),
        listing=lambda session: session.query("site_lists").within(advertiser="adv0003"),
    ),
    "pinterest": Surface(
        _pinterest,
        platform="pinterest",
        kind="board",
        new=lambda session, name: session.new("board", name=name),
        listing=lambda session: session.query("boards"),
        retire=("delete", "delete"),
    ),
    "pinterest batches": Surface(
        _pinterest,
        platform="pinterest",
        kind="campaign",
        new=lambda session, name: session.new("campaign", name=name, objective_type="AWARENESS"),
        listing=lambda session: session.query("campaigns").where(status=["ACTIVE", "PAUSED", "ARCHIVED", "DRAFT"]),
        retire=("archive", "update"),
    ),
}
"""By name. Campaigns of The Trade Desk are read by GraphQL and written by Workflows; site lists go by REST alone."""
