"""What a copy of a record takes along: from the surface that was read, and from the other one what that one lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from adplatforms.core.copying import copyable_values
from adplatforms.core.errors import ClientError, NotFoundError
from adplatforms.core.nested import Struct
from adplatforms.core.state import EntityState

from .structs import AdGroupBudget, AdGroupFlightBudget, CampaignBudget, CampaignFlightBudget

if TYPE_CHECKING:
    from .base import TTDEntity
    from .session import TTD

__all__ = ["copied", "read_by", "shows"]

_PURPOSE = "read the rest of it from, for a copy"
_EITHER = {"budget", "initial_flights"}
"""Fields of which a new campaign takes one or the other."""


def copied(entity: TTDEntity, lacking: list[str], left_out: set[str]) -> dict[str, Any]:
    """The values that a copy of an existing record takes over, by Python name.

    lacking: the fields that it should have and that the record came without. left_out: those that it is made without.

    Raises a `ClientError` that names the fields that a copy should have and no surface shows.
    """
    values = {**_budgets_of(entity, lacking, left_out), **copyable_values(entity, left_out)}
    lacking = [name for name in lacking if name not in values]
    seen: list[TTDEntity] = [entity]
    # REST first: it shows more of what a create takes.
    for surface in ("rest", "graphql"):
        if any(shows(entity, name, surface) for name in lacking):
            other = read_by(entity, surface)
            seen.append(other)
            # What is unsaved here wins over what is read: it is in `values` already.
            values = {**copyable_values(other, left_out), **_budgets_of(other, lacking, left_out), **values}
            lacking = [name for name in lacking if name not in values]
    unread = [name for name in lacking if not any(_is_shown_empty(name, other) for other in seen)]
    # Only a budget has a place for the pacing of a new campaign, and several flights are not one budget.
    if "initial_flights" in values and "pacing_mode" in values and "budget" not in values:
        del values["pacing_mode"]
        unread.append("pacing_mode")
    if _EITHER & (left_out | values.keys()):
        unread = [name for name in unread if name not in _EITHER]
    if unread:
        raise ClientError(
            f"{EntityState(entity).label} cannot be copied completely: nothing shows its {', '.join(unread)}",
            hint=f"give them values, as_new({unread[0]}=...), or leave them out: as_new(without={unread!r})",
        )
    return values


def _budgets_of(entity: TTDEntity, lacking: list[str], left_out: set[str]) -> dict[str, Any]:
    """What REST shows of budgets, in the form that a create takes it: a campaign's flights, an ad group's amounts."""
    row = EntityState(entity).row
    if entity.__model__.type == "campaign":
        flights = row.get("flights")
        # A new campaign takes a budget or flights: whoever gives it one of them wants no other.
        if _EITHER & left_out or not flights:
            return {}
        if len(flights) == 1:
            return {"budget": _wired(CampaignBudget, {**flights[0], "pacingMode": row.get("pacingMode")})}
        return {"initial_flights": [_wired(CampaignFlightBudget, flight) for flight in flights]}
    found: dict[str, Any] = {}
    settings = (row.get("rtbAttributes") or {}).get("BudgetSettings") if entity.__model__.type == "ad_group" else None
    if settings is None:
        return found
    if "budget" in lacking:
        amounts = {ours: _amount(settings.get(theirs)) for theirs, ours in _BUDGETS.items()}
        found["budget"] = _wired(AdGroupBudget, amounts)
    # The flights are those of the campaign: in another one they do not exist.
    if "flight_budgets" in lacking and "campaign_id" not in left_out:
        shares = row.get("adGroupFlights") or []
        found["flight_budgets"] = [_wired(AdGroupFlightBudget, share) for share in shares]
    return found


_BUDGETS = {
    "Budget": "budgetInAdvertiserCurrency",
    "BudgetInImpressions": "budgetInImpressions",
    "DailyBudget": "dailyTargetInAdvertiserCurrency",
    "DailyBudgetInImpressions": "dailyTargetInImpressions",
    "AllocationType": "allocationType",
}
"""REST's names of what an ad group may spend, and those of Workflows. Source: names and meaning [I]."""


def _amount(value: Any) -> Any:
    """REST's money as a number."""
    return value.get("Amount") if isinstance(value, dict) else value


def _wired(struct: type[Struct], row: dict[str, Any]) -> Any:
    """A nested value of what a row has of its members, without those that only answers have."""
    fields = struct.__model__.fields.values()
    known = {each.wire: row[each.wire] for each in fields if not each.readonly and row.get(each.wire) is not None}
    return struct.from_wire(known)


def shows(entity: TTDEntity, name: str, surface: str) -> bool:
    """Whether a surface shows a field of a record that is read by its id."""
    field = entity.__model__.mapped(name)
    dialect = _session(entity).dialect
    if surface == "rest":
        return bool(field.rest) and dialect.reads_one_by_rest(type(entity))
    # A field that the server refused would be missing in what is read, too.
    refused = (type(entity).__name__, name) in dialect.dropped
    return bool(field.graphql) and not refused and not dialect.reads_rest_only(type(entity))


def read_by(entity: TTDEntity, surface: str) -> TTDEntity:
    """The record as a surface shows it."""
    session = _session(entity)
    direct = "-direct" if session.route.endswith("-direct") else ""
    other = session.using(route=surface + direct)
    try:
        return other.one(other.query(type(entity)), EntityState(entity).id)
    except NotFoundError as error:
        error.hint = "nothing can be copied of what is not there"
        raise


def _session(entity: TTDEntity) -> TTD:
    return cast("TTD", EntityState(entity).require_session(_PURPOSE))


def _is_shown_empty(name: str, entity: TTDEntity) -> bool:
    """Whether a record of REST shows, in a form of its own, that there is nothing in a field."""
    path = entity.__model__.shown_by_rest.get(name)
    if path is None:
        return False
    value: Any = EntityState(entity).row
    for step in path.split("."):
        if value is None:
            return True
        if not isinstance(value, dict) or step not in value:
            return False
        value = value[step]
    return value is None or value == []
