"""The reporting services, `/reporting/v1/std` and `/reporting-beta/v1/std`: which path answers what.

Reports are CSV whatever Accept says, metadata JSON, errors XML with a `reason`. The beta serves the same
reports and says `Version: beta`; what sets it apart is not recorded.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.sax.saxutils import escape

import orjson
from flask import Blueprint, Response, request

from adplatforms.sandbox.t1.as_json import PLAIN_TYPE
from adplatforms.sandbox.t1.as_xml import XmlRenderer
from adplatforms.sandbox.t1.errors import not_found
from adplatforms.sandbox.t1.reports import metadata, parameters, run
from adplatforms.sandbox.t1.reports.figures import lines
from adplatforms.sandbox.t1.reports.parameters import ReportRefusal
from adplatforms.sandbox.t1.service import Route, Service


class ReportsApi(Service):
    """The views of the service."""

    prefix = "/reporting/v1/std"
    version: str | None = None

    def routes(self) -> list[Route]:
        """Paths and methods."""
        return [
            ("/meta", "GET", self.list_reports),
            ("/<report>/meta", "GET", self.describe),
            ("/<report>/validate", "GET", self.validate),
            ("/<report>", "GET", self.run),
        ]

    @property
    def format(self) -> XmlRenderer:
        """Always XML."""
        return self.xml

    def blueprint(self) -> Blueprint:
        """Makes the views answer."""
        paths = super().blueprint()
        paths.register_error_handler(ReportRefusal, self.refuse_report)
        return paths

    def alone(self, view: Callable[..., Response]) -> Callable[..., Response]:
        """As it is: a report reads the store once, and may take seconds after that."""
        return view

    def list_reports(self) -> Response:
        """All reports."""
        return _json(metadata.listing(self._base, self.version))

    def describe(self, report: str) -> Response:
        """What one report can be asked for."""
        return _json(metadata.describe(_known(report), self._base, self.version))

    def validate(self, report: str) -> Response:
        """Checks the parameters without running the report."""
        parameters.read(_known(report), request.args)
        return self.done()

    def run(self, report: str) -> Response:
        """The CSV, streamed."""
        asked = parameters.read(_known(report), request.args)
        found = run.rows(asked, lines(self.store, asked.first, asked.last))
        return Response(run.csv(asked, found), content_type="text/csv; charset=UTF-8")

    def refuse_report(self, refusal: ReportRefusal) -> Response:
        """The reply to parameters that do not fit."""
        message = escape(refusal.message)
        body = f'<result><status code="bad_request" reason="{refusal.reason}">{message}</status></result>'
        return self.reply(body.encode(), 400)

    @property
    def _base(self) -> str:
        return request.host_url.rstrip("/") + self.prefix


class BetaReportsApi(ReportsApi):
    """The beta of the service."""

    prefix = "/reporting-beta/v1/std"
    version = "beta"


def _known(report: str) -> str:
    if report not in metadata.NAMES:
        raise not_found(f"No report is called {report!r}")
    return report


def _json(reply: dict[str, object]) -> Response:
    return Response(orjson.dumps(reply), content_type=PLAIN_TYPE)
