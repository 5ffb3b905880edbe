"""Extra operations of a campaign: budget flights, copies, margins, brain selections.

Source: wire.md sections 4 and 11.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from adplatforms.core.entity import Entity
from adplatforms.core.errors import APIError, InvalidValueError, NotFoundError, did_you_mean
from adplatforms.core.hints import UNSURE
from adplatforms.core.messages import Request
from adplatforms.core.relations import Row

from ..fields import Ref
from ..forms import id_of, numbered, one_of, pairs, several, text
from ..read import LIST, ONE
from ..routes import service
from ..state import T1State
from ..write import check_outcome
from .base import accepts
from .flights import draft_of, known_values, matched
from .site_lists import SiteListOperations

if TYPE_CHECKING:
    from ..entities import BudgetFlight

__all__ = ["BULK_COPY_PARTS", "CampaignOperations"]

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
_COMPLETE = (("full", "*"),)


class CampaignOperations(SiteListOperations):
    """Extra operations of a campaign.

    Those that copy check T1's answer against what was asked for, as far as it shows it.
    """

    relevant_budget_flight = Ref["BudgetFlight"](doc="the flight that counts now")

    # budget flights

    def save_budget_flights(self, flights: Iterable[Any] | None = None) -> list[Any]:
        """Creates and updates budget flights in one call; they replace ``campaign.budget_flights``.

        flights: `BudgetFlight`s or dicts of their fields; one with an `id` is updated, else created. All that is known
        of each and can be written is sent, the version too. None: those of ``campaign.budget_flights``, with the
        changes made to them. Returns the flights as T1 has them now; entities given here take that over.
        """
        given = list(self.budget_flights) if flights is None else several(flights)
        drafts = [draft_of(each, self) for each in given]
        for draft in drafts:  # one that is known by its id only is read first: T1 wants the version of each
            T1State(draft).load_base()
        form = numbered("budget_flights", [known_values(draft) for draft in drafts])
        rows = self._call("POST", "budget_flights/bulk", form, params=_COMPLETE, reader=LIST).rows
        for flight, row in matched(given, rows):
            state = T1State(flight)
            asked = state.pending()
            state.settle(row, asked)
            check_outcome(flight, asked, "was saved")
        # What became of flights that were given as dicts shows in the relation only.
        self._replace("budget_flights", rows)
        return list(self.budget_flights)

    def get_budget_flight(self, flight_id: int) -> Any:
        """One of its budget flights."""
        number = id_of(flight_id, "budget_flight")
        return self._flight(f"budget_flights/{number}")

    def get_relevant_budget_flight(self) -> Any:
        """The budget flight that counts now, or None."""
        try:
            return self._flight("budget_flights/relevant")
        except NotFoundError:
            return None

    def _flight(self, tail: str) -> Any:
        """The budget flight at a path below the campaign. Raises `NotFoundError` where there is none."""
        page = self._call("GET", tail, params=_COMPLETE, reader=ONE)
        return self._single(self._as_children(page.rows), "flight")

    # copies

    def copy(self, name: str | None = None, start_date: Any = None, end_date: Any = None, **overrides: Any) -> Any:
        """A new campaign that T1 makes from this one as it is saved, strategies included where T1 copies them.

        name, start_date, end_date: its own; datetimes, or ISO 8601 text in UTC. overrides: further values by T1's
        names, sent as they are: the facts show the first three only, and T1 may leave out others. The copy's
        `source_campaign_id` is this campaign's id. Raises an `APIError` where the copy differs from what was asked: the
        message has its id, for it exists.
        """
        dates = {"start_date": self._as_date(start_date), "end_date": self._as_date(end_date)}
        asked = {"name": name, **dates, **overrides}
        page = self._call("POST", "copy", pairs(asked), reader=ONE)
        copy = self._single(self._as_entities(page.rows), "copy")
        check_outcome(copy, {**asked, "source_campaign_id": self.id})
        return copy

    def _as_date(self, value: Any) -> Any:
        """A date as the form has it."""
        if value is None:
            return None
        field = self.__model__.fields["start_date"]
        return field.dump(field.check(value, "the copy"))

    def bulk_copy_strategies(self, to_campaign: Any, strategies: Iterable[Any], **parts: bool) -> list[Any]:
        """Copies strategies of this campaign to another one (or to itself); the new strategies.

        strategies: ids, entities, or dicts such as ``{"id": 9, "name": "Copy", "site_lists": False}``. parts: what of
        all of them to take along, True or False, by the names of `BULK_COPY_PARTS`; T1's own choice where left out.
        """
        items = [_copied(each, parts) for each in several(strategies, required=True)]
        session = self._attached("copy strategies on")
        self._require_id()
        target_id = id_of(to_campaign, "campaign")
        campaigns = (("from_campaign_id", text(self)), ("to_campaign_id", str(target_id)))
        form = (*campaigns, *numbered("strategies", items))
        path = f"{service('strategies')}/bulk_copy"
        request = Request("POST", path, form=form, headers=accepts(session), writes=True, reader=LIST)
        rows = session.fetch_page(request).rows
        copies = self._as_entities(rows)
        if len(copies) != len(items):
            raise APIError(
                f"T1 answers with {len(copies)} copies, {len(items)} were asked for",
                body=rows,
                hint=f"{UNSURE}: list the strategies of campaign {target_id}",
            )
        for copy in copies:
            check_outcome(copy, {"campaign_id": target_id})
        _check_names(copies, items, rows)
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
        items = [dict(each) for each in selections]
        for item in items:
            if "selection_type" in item:
                one_of("selection_type", item["selection_type"], _SELECTION_TYPES)
        form = numbered("custom_brain_selections", items)
        page = self._call("POST", "custom_brain_selections/bulk", form)
        return self._as_children(page.rows)

    def remove_custom_brain_selection(self, selection: Any) -> None:
        """Deletes a custom brain selection, given as its entity or id. An entity sends its version along, which T1
        compares: a `ConflictError` says that it has changed."""
        number = id_of(selection, "")
        version = None
        if isinstance(selection, Entity):
            state = T1State(selection)
            if not state.model.generic:  # no class is declared for selections
                raise InvalidValueError(f"this call takes a custom brain selection or its id, not {selection!r}")
            version = state.values.get("version")
        self._call("POST", f"custom_brain_selections/{number}/delete", pairs({"version": version}))


def _copied(strategy: Any, parts: Mapping[str, bool]) -> Row:
    """What the form of a bulk copy has of one strategy: an id, an entity, or a dict with an id."""
    own = dict(strategy) if isinstance(strategy, Mapping) else {}
    item = {**parts, **own, "id": id_of(strategy, "strategy")}
    known = ("id", "name", *BULK_COPY_PARTS)
    for name in item.keys() - set(known):
        raise InvalidValueError(f"a bulk copy takes no {name!r}", hint=did_you_mean(name, BULK_COPY_PARTS))
    return {name: item[name] for name in known if name in item}


def _check_names(copies: Iterable[Any], items: Iterable[Row], rows: list[Row]) -> None:
    """Raises an `APIError` where no copy has a name that was asked for: T1 may ignore the key of the form."""
    wanted = {str(item["name"]) for item in items if "name" in item}
    missing = wanted - {str(copy.raw.get("name")) for copy in copies}
    if missing:
        raise APIError(
            f"strategies were copied, but none is named {min(missing)!r}",
            body=rows,
            hint=f"the copies have the ids {', '.join(str(copy.id) for copy in copies)}: rename them",
        )
