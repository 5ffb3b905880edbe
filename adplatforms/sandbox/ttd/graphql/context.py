"""What a GraphQL document runs in: the rows, the jobs, and how this run differs from others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from adplatforms.sandbox.ttd.jobs import Jobs, Outcome
from adplatforms.sandbox.ttd.records import Records
from adplatforms.sandbox.ttd.settings import Settings

__all__ = ["Context"]


@dataclass(frozen=True)
class Context:
    """`info.context` of every resolver. In bulk, connections are read whole, whatever page was asked for.

    `bulk_faults(query)` says why a query cannot run in bulk, `bulk(query)` runs it, `run(text, variables)` any other.
    """

    records: Records
    jobs: Jobs
    settings: Settings
    is_bulk: bool
    bulk_faults: Callable[[str], list[str]]
    bulk: Callable[[str], Outcome]
    bulk_mutation: Callable[[str, list[str]], Outcome]
