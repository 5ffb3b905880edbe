"""Exports of first- and third-party data as jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from adplatforms.core.entity import Entity
from adplatforms.core.errors import ParserException
from adplatforms.core.messages import Request
from adplatforms.net.jobs import JobState

from .base import StandardJob
from .results import listed

if TYPE_CHECKING:
    from ..session import TTD

__all__ = ["DataJob"]

Row = dict[str, Any]


class DataJob(StandardJob[list[Any]]):
    """An export of first- or third-party data.

    The result are its entities, with the fields that the query shape asked for.
    """

    model: type[Entity]
    known: Row = {}
    """What is true for all records and not in the result, by wire name."""

    @classmethod
    def submit(cls, session: TTD, request: Request, collection: str, **known: str) -> Self:
        """Starts the job. known: what is true for all records and not in the result, by Python name."""
        job = cls(session, cls._started(session, request))
        job.model = session.registry.find(collection)
        fields = job.model.__model__.fields
        job.known = {fields[name].wire: value for name, value in known.items()}
        return job

    def _result_of(self, state: JobState) -> list[Any]:
        document = self._document(state)
        records = listed(document)
        if records is None:
            raise ParserException(f"job {self.id}: its result holds no list of records: {document!r:.100}")
        return self._wrapped(self.model, [{**self.known, **row} for row in records])
