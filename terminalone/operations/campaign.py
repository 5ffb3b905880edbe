"""What a campaign does beside its fields: budget flights, copies, margins, brain selections.

Source: wire.md sections 4 and 11.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from adplatforms.core.entity import Entity
from adplatforms.core.errors import UNSURE, APIError, InvalidValueError, NotFoundError, did_you_mean
from adplatforms.core.ids import check_class
from adplatforms.core.messages import Request

from ..asked import check_made
from ..entities.base import T1Entity
from ..expected import LIST, ONE
from ..fields import Ref
from ..forms import id_of, numbered, one_of, pairs, several, text
from ..routes import service
from .site_lists import SiteListCalls

if TYPE_CHECKING:
    from ..entities import BudgetFlight

__all__ = ["BULK_COPY_PARTS", "CampaignCalls"]

BULK_COPY_PARTS = (
    "supply_management",
    "contextual_targeting",
    "creative_assignment",
    "pixel_targeting",
    "audience_targeting",
    "strategy_targeting",
    "site_lists",
    "video_targeting",
)
"""What of a strategy a bulk copy takes along or leaves out."""
_SELECTION_TYPES = ("Event Pixel", "Dynamic", "Audience Target", "Data Pixel")


class CampaignCalls(SiteListCalls):
    """What a campaign does beside its fields."""

    relevant_budget_flight = Ref["BudgetFlight"](doc="the flight that counts now")

    # budget flights

    def save_budget_flights(self, flights: Iterable[Any] | None = None) -> list[Any]:
        """Creates and updates budget flights in one call; they replace ``campaign.budget_flights``.

        flights: `BudgetFlight`s or dicts of their fields; one with an `id` is updated, else created. All that is known
        of each and can be written is sent, the version too. None: those of ``campaign.budget_flights``, with the
        changes made to them. Returns the flights as T1 has them now; entities given here take that over.
        """
        given = list(self.budget_flights) if flights is None else several(flights)
        drafts = [self._flight(each) for each in given]
        for draft in drafts:
            draft._load_base()
        form = numbered("budget_flights", [_known(draft) for draft in drafts])
        rows = self._call("POST", "budget_flights/bulk", form, params=(("full", "*"),), subject=LIST).rows
        matched = _matched(given, rows)
        for each, row in matched:
            asked = each._pending()
            each._settle(row, asked)
            check_made(each, asked, "was saved")
        self._replace("budget_flights", rows)
        return list(self.budget_flights)

    def get_budget_flight(self, flight_id: int) -> Any:
        """One of its budget flights."""
        number = id_of(flight_id, "budget_flight")
        return self._one(f"budget_flights/{number}")

    def get_relevant_budget_flight(self) -> Any:
        """The budget flight that counts now, or None."""
        try:
            return self._one("budget_flights/relevant")
        except NotFoundError:
            return None

    def _flight(self, given: Any) -> Any:
        new = self._registry.by_type("budget_flight")
        if isinstance(given, Entity):
            check_class(given, new, "save_budget_flights")
            return given
        if not isinstance(given, Mapping):
            raise InvalidValueError(f"save_budget_flights takes flights and dicts of their fields, not {given!r}")
        row = {name: given[name] for name in ("id", "version") if given.get(name) is not None}
        unknown = set(given) - set(new._fields)
        if unknown:
            name = min(unknown)
            raise InvalidValueError(f"a budget flight has no {name!r}", hint=did_you_mean(name, new._fields))
        draft: Any = new._make({**row, "entity_type": "budget_flight"}, self._peers)
        draft.set({name: value for name, value in given.items() if name not in ("id", "version")})
        return draft

    def _one(self, tail: str) -> Any:
        page = self._call("GET", tail, params=(("full", "*"),), subject=ONE)
        return self._single(self._made(page), "flight")

    # copies

    def copy(self, name: str | None = None, start_date: Any = None, end_date: Any = None, **overrides: Any) -> Any:
        """A new campaign that T1 makes from this one as it is saved, strategies included where T1 copies them.

        name, start_date, end_date: its own; datetimes, or ISO 8601 text in UTC. overrides: further values by T1's
        names, sent as they are: the facts show the first three only, and T1 may leave out others. The copy's
        `source_campaign_id` is this campaign's id. Raises an `APIError` where the copy differs from what was asked: the
        message has its id, for it exists.
        """
        dates = {"start_date": self._date(start_date), "end_date": self._date(end_date)}
        asked = {"name": name, **dates, **overrides}
        page = self._call("POST", "copy", pairs(asked), subject=ONE)
        copy = self._single(self._wrapped(page.rows), "copy")
        check_made(copy, {**asked, "source_campaign_id": self.id})
        return copy

    def _date(self, value: Any) -> Any:
        field = self._fields["start_date"]
        return None if value is None else field.dump(field.check(value, "the copy"))

    def bulk_copy_strategies(self, to_campaign: Any, strategies: Iterable[Any], **parts: bool) -> list[Any]:
        """Copies strategies of this campaign to another one (or to itself); the new strategies.

        strategies: ids, entities, or dicts such as ``{"id": 9, "name": "Copy", "site_lists": False}``. parts: what of
        all of them to take along, True or False, by the names of `BULK_COPY_PARTS`; T1's own choice where left out.
        """
        listed = []
        for each in several(strategies, required=True):
            told = dict(each) if isinstance(each, Mapping) else {}
            item = {**parts, **told, "id": id_of(each, "strategy")}
            for name in set(item) - {"id", "name", *BULK_COPY_PARTS}:
                raise InvalidValueError(f"a bulk copy knows no {name!r}", hint=did_you_mean(name, BULK_COPY_PARTS))
            listed.append({name: item[name] for name in ("id", "name", *BULK_COPY_PARTS) if name in item})
        session = self._attached("copy strategies on")
        to = (("from_campaign_id", text(self)), ("to_campaign_id", str(id_of(to_campaign, "campaign"))))
        headers = self._request(session, "POST", "copy").headers
        path = f"{service('strategies')}/bulk_copy"
        form = (*to, *numbered("strategies", listed))
        page = session.fetch_page(Request("POST", path, form=form, headers=headers, writes=True, subject=LIST))
        copies = self._wrapped(page.rows)
        if len(copies) != len(listed):
            raise APIError(
                f"T1 answers with {len(copies)} copies, {len(listed)} were asked for",
                body=page.rows,
                hint=f"{UNSURE}: list the strategies of campaign {id_of(to_campaign, 'campaign')}",
            )
        for copy in copies:
            check_made(copy, {"campaign_id": id_of(to_campaign, "campaign")})
        lacking = {str(each["name"]) for each in listed if "name" in each} - {
            str(each.raw.get("name")) for each in copies
        }
        if lacking:
            raise APIError(
                f"strategies were copied, but none is named {min(lacking)!r}",
                body=page.rows,
                hint=f"the copies have the ids {', '.join(str(each.id) for each in copies)}: rename them",
            )
        return copies

    # margins and brain selections

    def get_margins(self) -> list[Any]:
        """Its margins: generic entities of type campaign_margins_calc, with `margin_date` and `margin_pct`."""
        return self._children("margins")

    def save_margins(self, data: Mapping[str, Any]) -> None:
        """Sends a form as it is: the facts do not show its keys."""
        self._call("POST", "margins", pairs(data))

    def get_custom_brain_selections(self) -> list[Any]:
        """Its custom brain selections: generic entities with `selection_type`, `selection_id` and `active`."""
        return self._children("custom_brain_selections")

    def save_custom_brain_selections(self, selections: Iterable[Mapping[str, Any]]) -> list[Any]:
        """Creates and updates custom brain selections in one call; as T1 has them afterwards.

        selections: dicts of `selection_type` (Event Pixel, Dynamic, Audience Target, Data Pixel), `selection_id` and
        `active`; with an `id`, one that exists.
        """
        listed = [dict(each) for each in selections]
        for each in listed:
            if "selection_type" in each:
                one_of("selection_type", each["selection_type"], _SELECTION_TYPES)
        form = numbered("custom_brain_selections", listed)
        return self._made(self._call("POST", "custom_brain_selections/bulk", form))

    def remove_custom_brain_selection(self, selection: Any) -> None:
        """Deletes a custom brain selection, given as its entity or id. An entity sends its version along, which T1
        compares: a `ConflictError` says that it has changed."""
        number = id_of(selection, "")
        if isinstance(selection, Entity) and not selection._generic:  # no class is declared for selections
            raise InvalidValueError(f"this call takes a custom brain selection or its id, not {selection!r}")
        version = selection._values.get("version") if isinstance(selection, Entity) else None
        form = pairs({"version": version})
        self._call("POST", f"custom_brain_selections/{number}/delete", form)


def _known(flight: T1Entity) -> dict[str, Any]:
    """All known values of a flight that can be written, as the form has them, and the id of one that exists."""
    known = {name: field for name, field in flight._fields.items() if not field.readonly and name in flight._values}
    values: dict[str, Any] = {"id": flight._raw.get("id")}
    for name, field in known.items():
        value = getattr(flight, name)
        values[name] = ("" if flight._edited(name) else None) if value is None else field.dump(value)
    return values


def _matched(given: list[Any], rows: list[dict[str, Any]]) -> list[tuple[Any, dict[str, Any]]]:
    """Each entity with its row of the answer: by id, or a new one by its start, which no two flights share."""
    if len(given) > len(rows):
        raise APIError("T1 answered fewer budget flights than were sent", hint=f"{UNSURE}: refresh() the campaign")
    found = []
    left = {str(row.get("id")): row for row in rows}
    new = []
    for each in given:
        own = left.pop(str(each._raw["id"]), None) if isinstance(each, Entity) and each._raw.get("id") else None
        if own is not None:
            found.append((each, own))
        elif isinstance(each, Entity):
            new.append(each)
    for each in new:
        model = type(each)
        at = [row for row in left.values() if model._make(row, each._peers).start_date == each.start_date]
        if len(at) == 1:
            found.append((each, left.pop(str(at[0]["id"]))))
    return found
