"""Figures and reports: what was delivered and spent, from GraphQL's `reporting`, and the files of MyReports."""

from .executions import ReportExecution, ReportSchedule
from .figures import METRICS, Figures
from .files import ReportFile
from .jobs import ReportJob
from .myreports import MyReports, ReportTemplate

__all__ = [
    "METRICS",
    "Figures",
    "MyReports",
    "ReportExecution",
    "ReportFile",
    "ReportJob",
    "ReportSchedule",
    "ReportTemplate",
]
