"""Archiving several campaigns or ad groups in one call, and what is known of each of them afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from adplatforms.core.entity import Entity
from adplatforms.core.errors import AdPlatformsError, AmbiguousWrite, ClientError
from adplatforms.core.ids import entities_of
from adplatforms.core.state import EntityState

from .workflows import write as workflows

if TYPE_CHECKING:
    from .session import TTD

__all__ = ["archive_all"]


def archive_all(session: TTD, ids: Iterable[Any], kind: str, force: bool) -> None:
    """Archives records of one kind; see `TTD.archive_all`.

    Those that the answer confirms are archived whatever becomes of the others. The others are looked up; an
    `AmbiguousWrite` names those of which that does not tell either.
    """
    members = _members(session, ids, kind)
    request, after = workflows.archive_all(members, force)
    lost: AmbiguousWrite | None = None
    confirmed: set[str] = set()
    try:
        row = session.exchange(request, session.dialect.reader_of(request).saved) or {}
        confirmed = set(row["archived"])
    except AmbiguousWrite as error:
        lost = error
    missing = [entity for entity in members if str(EntityState(entity).id) not in confirmed]
    for entity in members:
        if entity not in missing:
            EntityState(entity).settle(None, after)
    if not missing:
        return
    for entity in _archived_by_now(session, missing):
        EntityState(entity).settle(None, after)
        missing.remove(entity)
    if missing:
        named = ", ".join(EntityState(entity).label for entity in missing[:5])
        told = f"the answer to {request.label} does not tell that {named} was archived"
        raise lost or AmbiguousWrite(told, hint="it may have been: look before you repeat it", request=request.label)


def _members(session: TTD, ids: Iterable[Any], kind: str) -> list[Entity]:
    """The records, those that were named by their ids alone as references."""
    many = isinstance(ids, Iterable) and not isinstance(ids, (str, bytes, Entity))
    given = list(ids) if many else [ids]
    if all(isinstance(each, str) for each in given) and given:
        collection = session.registry.find(kind).collection
        if collection not in ("campaigns", "ad_groups"):
            raise ClientError(f"the Workflows API archives no {collection}", hint="kind='campaigns' or 'ad_groups'")
        return [session.reference(collection, each) for each in dict.fromkeys(given)]
    return list(entities_of(given, session.dialect.platform, "archive_all"))


def _archived_by_now(session: TTD, members: Sequence[Entity]) -> list[Entity]:
    """Those that the platform shows as archived; none where it cannot be asked, or is not to be asked again."""
    if not session.connection.retries_enabled:
        return []
    by_id = {str(EntityState(entity).id): entity for entity in members}
    query = session.query(type(members[0])).where(id=list(by_id))
    try:
        return [by_id[str(found.id)] for found in query if found.is_archived]
    except AdPlatformsError:
        return []
