"""Copies of campaigns as jobs: one by REST, several by GraphQL.

Source: platform_rest_v3.md "Clone", facts_2.md section 6 [D].
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self

from adplatforms.core.errors import AmbiguousWrite, NotFoundError, PartialResultWarning, warn
from adplatforms.core.messages import Answer, path_segment
from adplatforms.net.jobs import Job, JobState

from .. import shapes
from ..graphql.documents import Document, Node
from ..read import json_object

if TYPE_CHECKING:
    from ..session import TTD

__all__ = ["CloneJob", "ClonesJob"]

_RUNNING, _FAILED = "InProgress", "Failed"


class CloneJob(Job[Any]):
    """A copy of a campaign. The result is the new campaign; `ad_group_ids` says which ad group became which."""

    session: TTD

    @classmethod
    def submit(cls, session: TTD, campaign_id: str, name: str, version: str | None = None) -> Self:
        """Starts the job. version: of the copy, where it is to differ from the original's."""
        body = {"CampaignId": campaign_id, "CampaignName": name}
        if version:
            body["Version"] = version
        request = session.dialect.calls.rest("POST", "campaign/clone", body, writes=True)
        return cls(session, session.exchange(request, _reference))

    def _look(self) -> JobState:
        request = self.session.dialect.calls.rest("GET", f"campaign/clone/status/{path_segment(self.id)}")
        found = self.session.exchange(request, lambda answer: shapes.readable(answer, _progress))
        status = found["Status"]
        return JobState(status, done=status != _RUNNING, failed=status == _FAILED, progress=None, raw=found)

    @property
    def ad_group_ids(self) -> dict[str, str]:
        """The new ad group's id by the old one's. Waits for the job's end."""
        found: dict[str, str] = self.wait().raw.get("AdGroupIdMap") or {}
        return found

    def _result(self, state: JobState) -> Any:
        return self.session.get("campaigns", state.raw["CampaignId"])


def _reference(answer: Answer) -> str:
    """The reference of a copy that was started, which is the job's id."""
    found = json_object(answer).get("ReferenceId")
    if not shapes.is_id(found):
        raise shapes.unreadable(answer, "it does not tell the reference of the copy")
    return str(found)


def _progress(answer: Answer) -> dict[str, Any]:
    """How a copy goes; one that has ended well names the campaign."""
    found = json_object(answer)
    status = shapes.member(found, "Status")
    if not isinstance(status, str):
        raise ValueError("expected a Status")
    # The facts name "InProgress" alone: any other status is an end, and all but "Failed" [I] brought a campaign.
    if status not in (_RUNNING, _FAILED) and not shapes.is_id(found.get("CampaignId")):
        raise ValueError("expected a CampaignId")
    return found


_PROGRESS = (
    "query($id: ID!) { campaignCloneProgress(id: $id) { id status cloneCount jobs(first: 1000) { totalCount nodes {"
    " id status failureMessage cloneInfo { campaignClone { id }"
    " adGroupCloneMap { originalAdGroup { id } clonedAdGroup { id } } }"
    " failedAdGroups { adGroup { id } failureMessage } } } } }"
)
_ENDED = ("COMPLETED", "FAILED", "IGNORED")


class ClonesJob(Job[list[Any]]):
    """Several copies of a campaign. The result are the new campaigns, in the order of the platform's answer.

    `ad_group_ids` says which ad group became which, by the new campaign's id; `failures` what was not copied, and why.
    """

    session: TTD

    @classmethod
    def submit(
        cls,
        session: TTD,
        campaign_id: str,
        names: Sequence[str],
        flights: Sequence[Mapping[str, Any]] = (),
        ad_groups: Sequence[str] | None = None,
    ) -> Self:
        """Starts the job: one copy for each name."""
        data: dict[str, Any] = {"campaignId": campaign_id, "numberOfClones": len(names), "cloneNames": list(names)}
        if flights:
            data["campaignFlights"] = [dict(flight) for flight in flights]
        if ad_groups is not None:
            data["selectedAdGroups"] = [{"adGroupId": group} for group in ad_groups]
        node = Node(
            "campaignClonesCreate",
            (Node("data", (Node("id"),)), Node("userErrors", (Node("field"), Node("message")))),
            {"input": {"campaignCloneData": [data]}},
        )
        document = Document(node, operation="mutation")
        made = session.graphql(document.text)["campaignClonesCreate"]
        found = shapes.records(shapes.dict_or_empty(made).get("data") or [])
        if len(found) != 1 or not shapes.is_id(found[0].get("id")):
            # It may have started all the same: whoever starts it again would have the copies twice.
            raise AmbiguousWrite(
                "the answer to campaignClonesCreate does not tell the id of the job",
                hint="look for the copies by their names before you repeat it",
            )
        return cls(session, str(found[0]["id"]))

    def _look(self) -> JobState:
        found = self.session.graphql(_PROGRESS, {"id": self.id}).get("campaignCloneProgress")
        if found is None:
            raise NotFoundError(f"there is no job of copies {self.id}", hint="it does not exist, or is not yours")
        status = str(shapes.an_object(found, "the progress of copies").get("status"))
        done = status in _ENDED
        return JobState(status, done=done, failed=status == "FAILED", progress=None, raw=found)

    def _copies(self, state: JobState) -> list[dict[str, Any]]:
        """What became of each copy."""
        listed = shapes.dict_or_empty(state.raw.get("jobs"))
        found = shapes.records(listed.get("nodes") or [], nulls=True)
        total = listed.get("totalCount")
        if total is not None and total != len(found):
            warn(f"{self!r} shows {len(found)} copies of {total}", PartialResultWarning)
        return found

    @property
    def ad_group_ids(self) -> dict[str, dict[str, str]]:
        """By the id of each new campaign: the new ad group's id by the old one's. Waits for the job's end."""
        found = {}
        for copy in self._copies(self.wait()):
            info = shapes.dict_or_empty(copy.get("cloneInfo"))
            pairs = shapes.records(info.get("adGroupCloneMap") or [])
            found[_id_in(info, "campaignClone")] = {
                _id_in(pair, "originalAdGroup"): _id_in(pair, "clonedAdGroup") for pair in pairs
            }
        found.pop("", None)
        return found

    @property
    def failures(self) -> list[str]:
        """Why copies, or ad groups of them, were not made. Waits for the job's end."""
        found = []
        for copy in self._copies(self.wait()):
            if copy.get("failureMessage"):
                found.append(str(copy["failureMessage"]))
            groups = shapes.records(copy.get("failedAdGroups") or [])
            found += [f"ad group {_id_in(group, 'adGroup')}: {group.get('failureMessage')}" for group in groups]
        return found

    def _result(self, state: JobState) -> list[Any]:
        ids = [_id_in(shapes.dict_or_empty(copy.get("cloneInfo")), "campaignClone") for copy in self._copies(state)]
        if self.failures:
            warn(f"{self!r}: some of it failed, job.failures has the reasons", PartialResultWarning)
        return [self.session.get("campaigns", each) for each in ids if each]


def _id_in(found: Mapping[str, Any], name: str) -> str:
    """The id of a record inside another one; empty where there is none."""
    return str(shapes.dict_or_empty(found.get(name)).get("id") or "")
