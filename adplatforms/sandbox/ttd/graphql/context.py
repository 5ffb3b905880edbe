"""What a GraphQL document runs in: the account, and how this run differs from others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from adplatforms.sandbox.ttd.jobs import Jobs, Outcome
from adplatforms.sandbox.ttd.records import Records
from adplatforms.sandbox.ttd.settings import Settings
from adplatforms.sandbox.ttd.shared import Shared

__all__ = ["Context"]


@dataclass(frozen=True)
class Context:
    """`info.context` of every resolver. In bulk, connections are read whole, whatever page was asked for.

    `bulk_faults(query)` says why a query cannot run in bulk, `bulk` and `bulk_mutation` run one.
    """

    shared: Shared
    is_bulk: bool
    bulk_faults: Callable[[str], list[str]]
    bulk: Callable[[str], Outcome]
    bulk_mutation: Callable[[str, list[str]], Outcome]

    @property
    def records(self) -> Records:
        """The rows."""
        return self.shared.records

    def now(self) -> datetime:
        """The sandbox's time."""
        return datetime.fromisoformat(f"{self.records.now()}+00:00")

    @property
    def jobs(self) -> Jobs:
        """The jobs."""
        return self.shared.jobs

    @property
    def settings(self) -> Settings:
        """What a test can set."""
        return self.shared.settings
