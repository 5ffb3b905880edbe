"""The part of `TTD` that reports: figures of many records at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from ..generic import GenericCalls
from .figures import Figures, figures_of
from .myreports import MyReports

if TYPE_CHECKING:
    from ..session import TTD

__all__ = ["Reporting"]


class Reporting(GenericCalls):
    """The part of a session that reports."""

    @property
    def reports(self) -> MyReports:
        """MyReports: templates, schedules, and the files that they leave."""
        return MyReports(cast("TTD", self))

    def figures(
        self,
        of: Any,
        since: Any = None,
        until: Any = None,
        by: str | None = None,
        metrics: Iterable[str] | str | None = None,
        *,
        kind: str = "",
    ) -> list[Figures]:
        """The figures of many records of one kind, 20 in a call: ``ttd.figures(ttd.campaigns.where(...), ...)``.

        of: advertisers, campaigns, flights or ad groups, a query of them, or (with kind="campaigns") their ids.
        since, until, by, metrics: as for `Campaign.figures`. A row names its record, ``row.campaign_id``; the rows of
        one stand together, in the order that the records were given in. Raises a `NotFoundError` that names records
        which are not there.

        >>> campaigns = ttd.campaigns.where(advertiser_id="adv0001").take(2)
        >>> rows = ttd.figures(campaigns, "2026-02-01", "2026-02-02", metrics="impressions spend")
        >>> [(row.campaign_id, row.currency) for row in rows]
        [('cmp0001', 'USD'), ('cmp0012', 'USD')]
        """
        return figures_of(cast("TTD", self), of, since, until, by, metrics, kind)
