"""CRM segments of the Platform API v3: made, listed page by page, filled by an upload, deleted.

Source: facts_2.md section 10 [D] [3:2]. How many segments a page has is in no fact: here 2, and the token is the number
of those that were shown. The end of a listing is a page without segments.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adplatforms.sandbox.ttd import actions
from adplatforms.sandbox.ttd.errors import Fault, Refusal
from adplatforms.sandbox.ttd.records import Doc
from adplatforms.sandbox.ttd.shared import Shared

__all__ = ["CrmSegments"]

PAGE = 2
REGIONS = ("US", "EU", "APAC")


class CrmSegments:
    """The segments of one account."""

    def __init__(self, shared: Shared) -> None:
        self.shared = shared
        self.records = shared.records

    def routes(self) -> list[tuple[str, str, Any]]:
        """Method, path and view of each call."""
        path = "crmdata/segment"
        return [
            ("POST", path, self._create),
            ("GET", f"{path}/<advertiser>", self.listed),
            ("POST", f"{path}/<advertiser>/<id>", self._fill),
            ("GET", f"{path}/<advertiser>/<id>/<reference>", self._state),
            ("DELETE", f"{path}/<advertiser>/<id>", self._delete),
        ]

    def _create(self, asked: Any) -> Doc:
        words = asked.words
        advertiser = actions.found(self.records, "Advertiser", words.get("advertiserid"))
        faults = [Fault("SegmentName", "is required")] if not words.get("segmentname") else []
        if words.get("region") not in REGIONS:
            faults.append(Fault("Region", f"is not one of {', '.join(REGIONS)}"))
        if faults:
            raise Refusal(400, "The request is not valid.", tuple(faults))
        owner = {"advertiserId": advertiser["id"], "partnerId": advertiser["partnerId"]}
        with self.records.store.transaction():
            made = self.records.add("CrmSegment", {**owner, "name": words["segmentname"], "region": words["region"]})
        return {"CrmDataId": made["id"]}

    def listed(self, query: Mapping[str, str], advertiser: str) -> Doc:
        """One page of the segments of an advertiser."""
        actions.found(self.records, "Advertiser", advertiser)
        token = query.get("pagingToken", "0")
        if not token.isdecimal():
            raise Refusal(400, f"{token!r} is no paging token")
        start = int(token)
        some = self.records.find("CrmSegment", ("advertiserId", "eq", advertiser))[start : start + PAGE]
        segments = [{"SegmentName": one["name"], "CrmDataId": one["id"]} for one in some]
        return {"Segments": segments, "PagingToken": str(start + len(some))}

    def _fill(self, asked: Any, advertiser: str, id: str) -> Doc:
        self._segment(advertiser, id)
        if asked.words.get("mergemode") != "Replace":
            raise Refusal(400, "The request is not valid.", (Fault("MergeMode", "must be Replace"),))
        url, key = self.shared.files.accept()
        return {"ReferenceId": key, "Url": url}

    def _state(self, advertiser: str, id: str, reference: str) -> Doc:
        """How an upload goes. The words for it are in no fact."""
        self._segment(advertiser, id)
        is_there = self.shared.files.received(reference) is not None
        return {"ReferenceId": reference, "State": "Complete" if is_there else "Pending"}

    def _delete(self, advertiser: str, id: str) -> None:
        with self.records.store.transaction():
            self.records.remove("CrmSegment", self._segment(advertiser, id)["id"])

    def _segment(self, advertiser: str, id: str) -> Doc:
        found = actions.found(self.records, "CrmSegment", id)
        if found["advertiserId"] != advertiser:
            raise Refusal(404, f"There is no CrmSegment {id!r}")
        return found
