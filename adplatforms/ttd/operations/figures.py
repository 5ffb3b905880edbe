"""Figures of what delivers: advertisers, campaigns, flights and ad groups."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal, cast, overload

from ..base import TTDEntity
from ..reports.figures import Figures, figures_of, lifetime_of, publishers_of
from ..reports.files import ReportFile
from ..reports.immediate import report_of

if TYPE_CHECKING:
    from ..session import TTD

__all__ = ["FiguresOperations", "LifetimeOperations", "ReportOperations"]


class FiguresOperations(TTDEntity):
    """A record that has figures."""

    @overload
    def figures(
        self, since: Any = None, until: Any = None, by: None = None, metrics: Iterable[str] | str | None = None
    ) -> Figures: ...
    @overload
    def figures(
        self, since: Any, until: Any = None, *, by: Literal["day", "hour"], metrics: Iterable[str] | str | None = None
    ) -> list[Figures]: ...
    def figures(
        self, since: Any = None, until: Any = None, by: str | None = None, metrics: Iterable[str] | str | None = None
    ) -> Any:
        """What it delivered and spent: the total as one row, or with `by` a row for each day or hour that has any.

        since, until: days in UTC, both included; without `until` up to now, without both since ever. by: "day" (a year
        back) or "hour" (30 days back). metrics: names of `METRICS`, all by default; fewer are cheaper. Amounts are
        Decimals in the advertiser's currency, which is the column `currency`; the zone is the column `time_zone`.
        Source: facts_2.md section 2 [D].
        """
        rows = figures_of(self._reporting_session(), self, since, until, by, metrics)
        return rows if by else rows[0]

    def publisher_figures(self, since: Any = None, until: Any = None, most: int = 100) -> list[Figures]:
        """What was spent with each publisher, and the cost per action there: the most first.

        since, until: as for `figures`. most: how many publishers, 1000 at most. Source: facts_2.md section 2 [D].
        """
        return publishers_of(self._reporting_session(), self, since, until, most)

    def _reporting_session(self) -> TTD:
        return cast("TTD", self._attached("ask for figures"))


class ReportOperations(FiguresOperations):
    """A record of which reports are made at once."""

    def report(self, report: str) -> ReportFile:
        """A report that the platform makes at once: ``campaign.report("GEO").rows()``.

        report: for campaigns and ad groups one of `REPORTS`, for advertisers AD_GROUP or AUDIENCE. The columns and the
        days of the file are in no fact. A warning tells where the platform says that its figures are a sample. Source:
        facts_2.md section 3 [O].
        """
        return report_of(self._reporting_session(), self, report)


class LifetimeOperations(FiguresOperations):
    """A record whose totals the platform keeps."""

    def lifetime_figures(self) -> Figures:
        """Impressions and spend since it began, as the platform keeps them. Source: facts_2.md section 2 [D] [3:1]."""
        return lifetime_of(self._reporting_session(), self)
