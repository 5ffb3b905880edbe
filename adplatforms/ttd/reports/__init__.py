"""Figures and reports: what was delivered and spent, from GraphQL's `reporting`, and the files of MyReports."""

from .figures import METRICS, Figures

__all__ = ["METRICS", "Figures"]
