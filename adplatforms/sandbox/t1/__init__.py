"""The T1 part of the sandbox: what it keeps, and the Flask blueprint that answers for it."""

from __future__ import annotations

from adplatforms.sandbox.store import Table
from adplatforms.sandbox.t1.schema import COLUMN_TYPES
from adplatforms.sandbox.t1.seed import fill
from adplatforms.sandbox.t1.tables import REGISTRY

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

__all__ = ["TABLES", "fill"]
