"""Reports that the platform makes at once, of one entity. Source: facts_2.md section 3 [O] [3:1]."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adplatforms.core.entity import Entity
from adplatforms.core.errors import AdPlatformsWarning, ClientError, did_you_mean, warn
from adplatforms.core.messages import Answer
from adplatforms.core.state import EntityState

from .. import shapes
from ..graphql.documents import Document, Node, Word
from ..graphql.selection import Selection
from ..graphql.write import Mutation
from ..read import mutation_payload
from .files import ReportFile

if TYPE_CHECKING:
    from ..session import TTD

__all__ = ["REPORTS", "report_of"]

REPORTS = (
    "AD_FORMAT", "AD_GROUP", "AUDIENCE", "CONTEXTUAL", "CREATIVE", "DEVICE_DETAILS", "FREQUENCY_AND_DISTRIBUTION",
    "GEO", "INVENTORY_CONTROL_PUBLISHER", "INVENTORY_SELECTION_PUBLISHER_AND_PMP", "LANGUAGE", "REACH_AND_FREQUENCY",
    "RECENCY", "TIME_AND_DAY", "VIEWABILITY", "WEATHER",
)  # fmt: skip
"""The reports of campaigns and ad groups [3:1]."""
_REPORTS_OF = {"advertiser": ("AD_GROUP", "AUDIENCE"), "campaign": REPORTS, "ad_group": REPORTS}
_MUTATIONS = {
    "advertiser": "advertiserReportExecute",
    "campaign": "campaignReportExecute",
    "ad_group": "adGroupReportExecute",
}


def report_of(session: TTD, entity: Entity, report: str) -> ReportFile:
    """The file of a report; see `ReportOperations.report`."""
    kind = entity.__model__.type
    if report not in _REPORTS_OF[kind]:
        raise ClientError(f"there is no report {report!r} of {kind}s", hint=did_you_mean(report, _REPORTS_OF[kind]))
    name = _MUTATIONS[kind]
    refusals = Node("userErrors", (Node("field"), Node("message")))
    data = Node("data", (Node("id"), Node("url"), Node("hasSampleData")))
    asked = {"input": {"id": EntityState(entity).id, "report": Word(report)}}
    document = Document(Node(name, (data, refusals), asked), operation="mutation")
    # It makes a file and changes nothing, so that it may be repeated, and asked for by who only reads.
    request = session.dialect.calls.graphql(Mutation(document, Selection(type(entity)), name), writes=False)

    def read(answer: Answer) -> dict[str, Any]:
        found = shapes.an_object(mutation_payload(answer, name), "a report")
        url = shapes.member(found, "url")
        if not isinstance(url, str) or not url:
            raise ValueError("expected the link of a report")
        return found

    found = session.exchange(request, lambda answer: shapes.readable(answer, read))
    is_sample = found.get("hasSampleData")
    if is_sample is True:
        warn(f"the report {report} of {EntityState(entity).label} holds sample data", AdPlatformsWarning)
    return ReportFile(session, found["url"], is_sample)
