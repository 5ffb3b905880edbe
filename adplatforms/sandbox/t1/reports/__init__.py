"""The reporting services: metadata, and CSV of figures that agree with the campaigns of the store."""

from __future__ import annotations

from adplatforms.sandbox.t1.reports.views import BetaReportsApi, ReportsApi

__all__ = ["BetaReportsApi", "ReportsApi"]
