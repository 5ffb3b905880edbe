"""What campaigns and ad groups can do beside being saved: base classes of the entities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .jobs import CloneJob

__all__ = ["AdGroupCalls", "CampaignCalls"]


class AdGroupCalls:
    """The calls of an ad group."""

    __slots__ = ()

    def archive(self, *, force: bool = False, **options: Any) -> None:
        """Archives it for ever: THIS CANNOT BE UNDONE. It does not run any more and stays readable.

        force: `forceArchive` of the operation; the facts do not say what it overrides. Unsaved changes stay. To pause
        an ad group instead: ``is_enabled = False``. Source: workflows.json `archiveAdGroups`, `archiveCampaigns`.
        """
        self._attached("archive it at").archive(self, force=force, **options)  # type: ignore[attr-defined]


class CampaignCalls(AdGroupCalls):
    """The calls of a campaign."""

    __slots__ = ()

    def version_details(self) -> dict[str, Any]:
        """Its version and budgeting version, by Python name. Source: workflows.json `getCampaignVersion`."""
        return self._attached("ask").campaign_version(self)  # type: ignore[attr-defined,no-any-return]

    def clone(self, name: str, version: str | None = None) -> CloneJob:
        """Starts a copy with its ad groups, of at most 500; a job whose result is the new campaign.

        version: of the copy, where it is to differ (``"Kokai"``). Source: platform_rest_v3.md "Clone".
        """
        return self._attached("clone it at").clone(self, name, version)  # type: ignore[attr-defined,no-any-return]
