"""What a campaign can do apart from being saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from .archiving import ArchivedForGood
from .figures import LifetimeOperations, ReportOperations

if TYPE_CHECKING:
    from ..jobs import CloneJob
    from ..session import TTD

__all__ = ["CampaignOperations"]


class CampaignOperations(ArchivedForGood, LifetimeOperations, ReportOperations):
    """The versions, copies and figures of a campaign."""

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
