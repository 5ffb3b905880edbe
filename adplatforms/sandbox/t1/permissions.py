"""User permissions: flags of the user, and the accounts of three levels that the user may touch.

The sandbox stores and shows them. The one thing it enforces is `edit_campaigns`: a user without it is
answered `denied` when posting. Which rows a user sees does not depend on them.
"""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

from adplatforms.sandbox.store import Row, Store
from adplatforms.sandbox.t1.errors import FieldError, Refusal
from adplatforms.sandbox.t1.schema import Value

LEVELS = ("advertiser", "agency", "organization")
FLAGS = (
    "edit_data_definition", "view_data_definition", "edit_segments", "edit_campaigns",
    "access_internal_fees", "edit_margins_and_performance", "view_organizations", "view_segments",
    "view_dmp_reports", "type", "role", "scope",
)  # fmt: skip

_SHOWN = {
    "advertiser": "t1_advertiser.agency_id, NULL AS organization_id, NULL AS child_count",
    "agency": (
        "NULL AS agency_id, t1_agency.organization_id, "
        "(SELECT COUNT(*) FROM t1_advertiser WHERE agency_id = t1_agency.id) AS child_count"
    ),
    "organization": (
        "NULL AS agency_id, NULL AS organization_id, "
        "(SELECT COUNT(*) FROM t1_agency WHERE organization_id = t1_organization.id) AS child_count"
    ),
}


def read_permissions(store: Store, user: Row) -> tuple[dict[str, Value], dict[str, list[Row]]]:
    """The flags of a user, and by level the accounts, each with write access."""
    levels: dict[str, list[Row]] = {}
    for level in LEVELS:
        rows = store.query(
            f"SELECT t1_{level}.id, t1_{level}.name, {_SHOWN[level]} FROM t1_{level}"
            f" JOIN t1_permission ON entity_id = t1_{level}.id AND level = ? WHERE user_id = ?"
            f" ORDER BY t1_{level}.id",
            (level, user["id"]),
        )
        for row in rows:
            shown: Row = {key: value for key, value in row.items() if value is not None}
            levels.setdefault(level, []).append(shown | {"value": "w", "dmp_enabled": "enabled"})
    return {name: user[name] for name in FLAGS}, levels


def save_permissions(store: Store, user: Row, form: MultiDict[str, str]) -> None:
    """Replaces the accounts of every level the form names by the ids it gives (`agency_id=3&agency_id=4`).

    Raises:
        Refusal: invalid, with the levels that hold an id of no account.
    """
    errors = []
    for level in LEVELS:
        name = f"{level}_id"
        if name not in form:
            continue
        ids = [id for id in form.getlist(name) if id]
        known = {str(row["id"]) for row in store.rows_where_in(f"t1_{level}", "id", ids)}
        if set(ids) - known:
            errors.append(FieldError(name, f"Invalid {name}: {', '.join(map(repr, sorted(set(ids) - known)))}"))
            continue
        for row in store.query("SELECT id FROM t1_permission WHERE user_id = ? AND level = ?", (user["id"], level)):
            assert isinstance(row["id"], int)
            store.delete("t1_permission", row["id"])
        store.insert_many(
            "t1_permission", [{"user_id": user["id"], "level": level, "entity_id": int(id)} for id in ids]
        )
    if errors:
        raise Refusal("invalid", "Validation errors", errors)
