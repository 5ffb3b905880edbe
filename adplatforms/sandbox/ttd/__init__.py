"""The Trade Desk part of the sandbox: Workflows, GraphQL and REST v3 over one set of rows.

Written from the facts alone: the models of the official Workflows SDK, a third party's introspection of the GraphQL
schema, the vendor's sample scripts, and copies of its pages. Where they are silent, the docstring of the module that
had to choose says what it chose.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from adplatforms.sandbox.part import Part, Services
from adplatforms.sandbox.ttd.access import Limits, Tokens
from adplatforms.sandbox.ttd.errors import Refusal
from adplatforms.sandbox.ttd.graphql.service import GraphQL, refused
from adplatforms.sandbox.ttd.jobs import Jobs
from adplatforms.sandbox.ttd.moves import move
from adplatforms.sandbox.ttd.records import TABLES, Records
from adplatforms.sandbox.ttd.rest.service import Rest
from adplatforms.sandbox.ttd.seed import fill
from adplatforms.sandbox.ttd.settings import Settings
from adplatforms.sandbox.ttd.shared import Shared
from adplatforms.sandbox.ttd.workflows.service import Workflows

__all__ = ["build"]


def build(services: Services) -> Part:
    """The three surfaces, and `/ttd/_settings` (see `settings`)."""
    store = services.store(TABLES, fill)
    settings = Settings()
    shared = Shared(
        Records(store, services.now, services.note),
        Jobs(settings, services.files, services.now),
        services.files,
        Tokens(services.now),
        Limits(settings, services.now),
        settings,
    )
    graphql, rest = GraphQL(shared), Rest(shared)

    def close() -> None:
        shared.jobs.close()
        store.close()

    workflows = Workflows(shared, graphql, rest)
    blueprints = [workflows.blueprint(), graphql.blueprint(), rest.blueprint(), _settings(settings)]

    def moved(path: str, rows: int) -> None:
        with store.lock:
            move(shared.records, path, rows)

    surfaces = {"ttd_workflows": workflows.refuse, "ttd_graphql": refused, "ttd_rest": rest.refuse}

    def own_refusal(status: int) -> Response | None:
        if status not in (429, 503) or request.blueprint not in surfaces:
            return None
        return surfaces[request.blueprint](Refusal(status, "Too many calls" if status == 429 else "Try again later"))

    return Part(blueprints, shared.reset, shared.tokens.end_all, close, moved, own_refusal)


def _settings(settings: Settings) -> Blueprint:
    paths = Blueprint("ttd_settings", __name__)

    @paths.get("/ttd/_settings")
    def show() -> dict[str, Any]:
        return settings.shown()

    @paths.patch("/ttd/_settings")
    def change() -> dict[str, Any] | Response:
        try:
            settings.change(request.get_json())
        except ValueError as error:
            return Response(f"{error}\n", 400, content_type="text/plain")
        return settings.shown()

    return paths
