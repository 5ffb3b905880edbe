"""Budget flights as their one call takes them: drafts, the form's values, and which row of the answer is whose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from adplatforms.core.entity import Entity
from adplatforms.core.errors import APIError, InvalidValueError, did_you_mean
from adplatforms.core.hints import UNSURE
from adplatforms.core.ids import check_class
from adplatforms.core.relations import Row

from ..state import T1State

if TYPE_CHECKING:
    from ..entities.base import T1Entity

__all__ = ["draft_of", "known_values", "matched"]

_IDENTITY = ("id", "version")


def draft_of(given: Any, campaign: T1Entity) -> Any:
    """A flight that was given to a campaign, as an entity. given: a `BudgetFlight`, or a dict of its fields; with an
    `id`, and a `version` where it is known, one that exists."""
    flight_class = campaign.__model__.registry.by_type("budget_flight")
    if isinstance(given, Entity):
        check_class(given, flight_class, "save_budget_flights")
        return given
    if not isinstance(given, Mapping):
        raise InvalidValueError(f"save_budget_flights takes flights and dicts of their fields, not {given!r}")
    fields = flight_class.__model__.fields
    unknown = set(given) - set(fields)
    if unknown:
        name = min(unknown)
        raise InvalidValueError(f"a budget flight has no {name!r}", hint=did_you_mean(name, fields))
    row: Row = {name: given[name] for name in _IDENTITY if given.get(name) is not None}
    row["entity_type"] = "budget_flight"
    draft = flight_class.__model__.make(row, T1State(campaign).peers)
    draft.set({name: value for name, value in given.items() if name not in _IDENTITY})
    return draft


def known_values(flight: T1Entity) -> Row:
    """All known values of a flight that can be written, as the form has them, and the id of one that exists."""
    state = T1State(flight)
    values: Row = {"id": state.row.get("id")}
    for name, field in state.model.fields.items():
        if field.readonly or name not in state.values:
            continue
        value = getattr(flight, name)
        if value is not None:
            values[name] = field.dump(value)
        elif state.is_edited(name):
            values[name] = ""  # it was emptied; a null that came so is left out
    return values


def matched(given: list[Any], rows: list[Row]) -> list[tuple[Any, Row]]:
    """Each entity with its row of the answer: by id, or a new one by its start, which no two flights share.

    Dicts that were given are not in it. Raises an `APIError` where T1 answered fewer flights than were sent.
    """
    if len(given) > len(rows):
        raise APIError("T1 answered fewer budget flights than were sent", hint=f"{UNSURE}: refresh() the campaign")
    left = {str(row.get("id")): row for row in rows}
    found, unmatched = [], []
    for flight in given:
        if not isinstance(flight, Entity):
            continue
        row = left.pop(str(flight.raw.get("id")), None)
        if row is None:
            unmatched.append(flight)
        else:
            found.append((flight, row))
    for flight in unmatched:
        state = T1State(flight)
        starts = {row_id: state.model.make(row, state.peers).start_date for row_id, row in left.items()}
        same = [row_id for row_id, start in starts.items() if start == flight.start_date]
        if len(same) == 1:  # else it is not known which one it is: the flight stays as it was
            found.append((flight, left.pop(same[0])))
    return found
