"""Archiving by the Workflows API, which cannot be undone."""

from __future__ import annotations

from typing import Any

from ..base import TTDEntity

__all__ = ["ArchivedForGood"]


class ArchivedForGood(TTDEntity):
    """A record that the Workflows API archives."""

    def archive(self, *, force: bool = False, **options: Any) -> None:
        """Archives it for ever: THIS CANNOT BE UNDONE. It does not run any more and stays readable.

        force: `forceArchive` of the operation; the facts do not say what it overrides. Unsaved changes stay. To pause
        an ad group instead: ``is_enabled = False``. Source: workflows.json `archiveAdGroups`, `archiveCampaigns`.
        """
        self._attached("archive it at").archive(self, force=force, **options)
