"""What a campaign can do apart from being saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

from adplatforms.core.errors import ClientError
from adplatforms.core.ids import ids_of
from adplatforms.core.state import EntityState

from .. import holds
from ..jobs.clones import ClonesJob
from ..rest.write import update
from ..structs import CampaignFlightBudget
from .archiving import ArchivedForGood
from .bid_lists import BidListOperations
from .figures import LifetimeOperations, ReportOperations

if TYPE_CHECKING:
    from ..jobs import CloneJob
    from ..session import TTD

__all__ = ["CampaignOperations"]


class CampaignOperations(ArchivedForGood, BidListOperations, LifetimeOperations, ReportOperations):
    """The versions, copies and figures of a campaign."""

    def remove_goal(self, goals: str | Iterable[str]) -> None:
        """Takes the secondary or the tertiary goal away: ``campaign.remove_goal("tertiary")``, or a list of both.

        The tertiary goes before the secondary, a call each. The primary goal can be changed and not removed. By REST,
        since Workflows cannot: facts_2.md section 1, 13 [D].
        """
        named = [goals] if isinstance(goals, str) else list(goals)
        unknown = [goal for goal in named if goal not in ("secondary", "tertiary")]
        if unknown or not named:
            wrong = unknown[0] if unknown else "goals"
            raise ClientError(f"a campaign cannot lose its {wrong!r}", hint='"secondary" or "tertiary"')
        for goal in sorted(set(named), reverse=True):
            self._put_by_rest({f"{goal.capitalize()}Goal": None}, {f"{goal}_goal": None})

    def set_labels(self, names: Iterable[str]) -> None:
        """Gives the campaign these labels, in place of those it has; none takes all away.

        By REST, since Workflows takes labels of new campaigns only. Source: platform_rest_v3.json `CustomLabels`; that
        a label goes by its name is [I].
        """
        if isinstance(names, str):
            raise ClientError("labels are a list of names", hint=f"[{names!r}]")
        self._put_by_rest({"CustomLabels": [{"CustomLabelName": str(name)} for name in names]}, {})

    def _put_by_rest(self, properties: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """Changes properties that only REST changes. after: what is true then, by Python name. Unsaved changes stay."""
        session = cast("TTD", self._attached("change it at"))
        state = EntityState(self)
        if state.is_new:
            raise ClientError(f"{state.label} has no id yet", hint="save() it first")
        holds.check([self])
        request = update(self, properties, session.dialect.calls)
        session.exchange(request, session.dialect.reader_of(request).saved)
        state.settle(None, after)

    def version_details(self) -> dict[str, Any]:
        """Its version and budgeting version, by Python name. Source: workflows.json `getCampaignVersion`."""
        session = cast("TTD", self._attached("ask"))
        return session.campaign_version(self)

    def clone(self, name: str, version: str | None = None) -> CloneJob:
        """Starts a copy with its ad groups, of at most 500; a job whose result is the new campaign.

        version: of the copy, where it is to differ (``"Kokai"``). Source: platform_rest_v3.md "Clone".
        """
        session = cast("TTD", self._attached("clone it at"))
        return session.clone(self, name, version)

    def clones(
        self,
        names: Iterable[str],
        *,
        new_flights: Iterable[Mapping[str, Any]] = (),
        ad_groups: Iterable[Any] | None = None,
    ) -> ClonesJob:
        """Starts several copies, one for each name; a job whose result are the new campaigns.

        new_flights: of the copies, in place of the campaign's own: dicts with `start_date_inclusive_utc` and
        `budget_in_advertiser_currency`, all that is known to be taken. ad_groups: those that go along, all by default.
        1000 copies a call, about 10 s each; advanced frequency settings are not copied. Source: facts_2.md section 6
        [D].
        """
        session = cast("TTD", self._attached("clone it at"))
        if EntityState(self).is_new:
            raise ClientError(f"{EntityState(self).label} has no id yet", hint="save() it first")
        named = [names] if isinstance(names, str) else [str(name) for name in names]
        if not named:
            raise ClientError("copies need names", hint='clones(["North", "South"])')
        groups = None
        if ad_groups is not None:
            model = session.registry.find("ad_groups")
            groups = [str(each) for each in ids_of(ad_groups, model, "clones(ad_groups=...)")]
        wires = [_flight_of(flight) for flight in new_flights]
        return ClonesJob.submit(session, str(EntityState(self).id), named, wires, groups)


def _flight_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """A flight of a copy as GraphQL takes it."""
    known = {"start_date_inclusive_utc", "budget_in_advertiser_currency"}
    if not isinstance(given, Mapping) or set(given) != known:
        raise ClientError("a flight of a copy has a start and a budget", hint=", ".join(sorted(known)))
    flight = CampaignFlightBudget(**given).wire
    return {
        "startDateInclusive": flight["startDateInclusiveUTC"],
        "budgetInAdvertiserCurrency": flight["budgetInAdvertiserCurrency"],
    }
