"""Copies of campaigns as jobs. Source: platform_rest_v3.md "Clone"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from adplatforms.core.messages import Answer, path_segment
from adplatforms.net.jobs import Job, JobState

from .. import shapes
from ..read import json_object

if TYPE_CHECKING:
    from ..session import TTD

__all__ = ["CloneJob"]

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
