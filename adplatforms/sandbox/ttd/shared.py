"""What the three surfaces share: the rows, the jobs, and who may ask how often."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from flask import request

from adplatforms.sandbox.files import Files
from adplatforms.sandbox.ttd import actions
from adplatforms.sandbox.ttd.access import Limits, Tokens
from adplatforms.sandbox.ttd.errors import Refusal
from adplatforms.sandbox.ttd.jobs import Job, Jobs, Outcome
from adplatforms.sandbox.ttd.records import Doc, Records
from adplatforms.sandbox.ttd.settings import Settings

__all__ = ["Shared"]


@dataclass(frozen=True)
class Shared:
    """One sandbox's Trade Desk account."""

    records: Records
    jobs: Jobs
    files: Files
    tokens: Tokens
    limits: Limits
    settings: Settings

    def reset(self) -> None:
        """Puts the seed and all defaults back."""
        with self.records.store.lock:
            self.records.store.reset()
            for one in (self.settings, self.tokens, self.limits, self.jobs):
                one.reset()

    def admit(self, needs_token: bool = True) -> None:
        """Lets the request of this moment in.

        Raises:
            Refusal: 429, too many calls; 401, its token is not good.
        """
        self.limits.check(request.path)
        if needs_token and not self.tokens.is_good(request.headers.get("TTD-Auth")):
            raise Refusal(401, "The token in TTD-Auth is missing, wrong or expired")

    def clone(
        self,
        campaign: str | None,
        *names: str | None,
        groups: list[str] | None = None,
        flights: list[Doc] | None = None,
    ) -> Job:
        """Queues copies of a campaign, one for each name.

        Args:
            campaign: its id.
            names: of the copies; None is made from the campaign's.
            groups: the ad groups that are copied too, None for all.
            flights: those of the copies, None or empty for the campaign's own.

        Raises:
            Refusal: 404, there is no such campaign.
        """
        source = actions.found(self.records, "Campaign", campaign)["id"]
        return self.jobs.submit("clone", partial(self._clone, source, names, groups, flights or []))

    def _clone(
        self, source: str, names: tuple[str | None, ...], groups: list[str] | None, flights: list[Doc]
    ) -> Outcome:
        made = []
        with self.records.store.transaction():
            for name in names:
                clone, ad_groups = actions.clone_campaign(self.records, source, name, groups, flights)
                made.append((clone["id"], ad_groups))
        first, ad_groups = made[0]
        return Outcome({"source": source, "campaign": first, "adGroups": ad_groups, "clones": made})
