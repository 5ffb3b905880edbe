"""What a campaign can do apart from being saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

from adplatforms.core.errors import ClientError
from adplatforms.core.state import EntityState

from .. import holds
from ..rest.write import update
from .archiving import ArchivedForGood
from .figures import LifetimeOperations, ReportOperations

if TYPE_CHECKING:
    from ..jobs import CloneJob
    from ..session import TTD

__all__ = ["CampaignOperations"]


class CampaignOperations(ArchivedForGood, LifetimeOperations, ReportOperations):
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
