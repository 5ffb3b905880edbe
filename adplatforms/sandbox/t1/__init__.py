"""The T1 part of the sandbox: what it keeps, and the Flask blueprints that answer for it."""

from __future__ import annotations

from functools import partial

from adplatforms.sandbox.part import Part, Services
from adplatforms.sandbox.store import Table
from adplatforms.sandbox.t1.deals import DealsApi
from adplatforms.sandbox.t1.moves import move
from adplatforms.sandbox.t1.reports import BetaReportsApi, ReportsApi
from adplatforms.sandbox.t1.schema import COLUMN_TYPES
from adplatforms.sandbox.t1.seed import fill
from adplatforms.sandbox.t1.sessions import Sessions
from adplatforms.sandbox.t1.sign_in import SignIn
from adplatforms.sandbox.t1.tables import REGISTRY
from adplatforms.sandbox.t1.views import T1Api

API_KEY = "demo-key"
CLIENT = ("demo-client", "demo-secret")
USERNAME = "demo"

TABLES = (
    *(
        Table(
            resource.table,
            {name: COLUMN_TYPES[field.kind] for name, field in resource.fields.items()},
            tuple(name for name in resource.fields if name.endswith("_id")),
        )
        for resource in REGISTRY
    ),
    Table(
        "t1_log",
        {"type": "TEXT", "entity_id": "INTEGER", "at": "TEXT", "user_id": "INTEGER", "changes": "TEXT"},
        ("entity_id",),
    ),
    Table("t1_site_list_domain", {"site_list_id": "INTEGER", "domain": "TEXT"}, ("site_list_id",)),
    Table("t1_upload", {"rows": "TEXT"}),
    Table("t1_permission", {"user_id": "INTEGER", "level": "TEXT", "entity_id": "INTEGER"}, ("user_id",)),
)
"""One table a type, the log of changes, the domains of site lists, uploaded tags, and who may touch what."""

__all__ = ["TABLES", "build", "fill"]


def build(services: Services) -> Part:
    """T1's part of a sandbox."""
    store, sessions = services.store(TABLES, fill), Sessions()
    t1 = T1Api(store, sessions, API_KEY)
    apis = (
        t1,
        DealsApi(store, sessions, API_KEY),
        ReportsApi(store, sessions, API_KEY),
        BetaReportsApi(store, sessions, API_KEY),
        SignIn(store, sessions, API_KEY, CLIENT, USERNAME),
    )

    def reset() -> None:
        with store.lock:
            store.reset()
            t1.forget()

    return Part([api.blueprint() for api in apis], reset, sessions.expire, store.close, partial(move, store))
