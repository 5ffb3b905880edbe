"""Writing campaigns and ad groups through the Workflows API: which call, with which body. No I/O."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError
from adplatforms.core.messages import Request
from adplatforms.core.state import EntityState
from adplatforms.core.unsaved import check_has_id

from . import operations
from .body import create_body, update_body
from .read import ArchivingReader, SavingReader, ValidationReader

__all__ = ["ANSWER_KEYS", "TYPES", "archive", "archive_all", "job_inputs", "write"]

TYPES = ("campaign", "ad_group")
"""The types of records that the Workflows API writes."""
ANSWER_KEYS = {"campaign": "campaign", "ad_group": "adGroup"}
"""By type: where the answer to a save holds the record."""
_CALLS = {
    ("campaign", True): operations.create_campaign,
    ("campaign", False): operations.update_campaign,
    ("ad_group", True): operations.create_ad_group,
    ("ad_group", False): operations.update_ad_group,
}
"""By type, and whether the record is new."""
_ARCHIVE_CALLS = {"campaign": operations.archive_campaigns, "ad_group": operations.archive_ad_groups}


def write(
    entity: Entity, values: Mapping[str, Any], validate_only: bool = False, ad_groups: Iterable[Entity] = ()
) -> Request:
    """The request that creates or updates a campaign or an ad group.

    validate_only: the server checks the input and does nothing. ad_groups: new ad groups that are created with a new
    campaign.
    """
    groups = list(ad_groups)
    created = EntityState(entity).is_new
    if groups and not (created and entity.__model__.type == "campaign"):
        raise ClientError("ad groups go with a new campaign only", hint="save them on their own")
    body = create_body(entity, values, groups) if created else update_body(entity, values)
    call = _CALLS[entity.__model__.type, created]
    # It changes nothing, so that it may be repeated like a read.
    if validate_only:
        body["validateInputOnly"] = True
        return replace(call(body, ValidationReader(type(entity))), writes=False)
    return call(body, SavingReader(type(entity), ANSWER_KEYS[entity.__model__.type], ad_groups=bool(groups)))


def archive(entity: Entity, force: bool = False) -> tuple[Request, dict[str, Any]]:
    """The request that archives a campaign or an ad group, and what is true after it, by Python name.

    It cannot be undone. force: the operation's `forceArchive`; the facts do not say what it overrides. Raises a
    `ClientError` for a record that was not created yet.
    """
    return archive_all([entity], force)


def archive_all(entities: Sequence[Entity], force: bool = False) -> tuple[Request, dict[str, Any]]:
    """`archive` of several campaigns, or several ad groups, in one request."""
    _check_one_kind(entities)
    call = _ARCHIVE_CALLS[entities[0].__model__.type]
    for state in map(EntityState, entities):
        if state.is_new:
            raise ClientError(f"{state.label} has no id yet", hint="there is nothing to archive")
    ids = [EntityState(entity).id for entity in entities]
    return call(ids, force, ArchivingReader(type(entities[0]), ids)), {"is_archived": True}


def job_inputs(entities: Sequence[Entity]) -> tuple[str, bool, list[dict[str, Any]]]:
    """For a bulk job: the type of all of these ("campaign", "ad_group"), whether they are new, and their inputs.

    Raises `ClientError` when they are not all of one class, some new and some not, or when one has nothing to save.
    """
    created = _check_one_kind(entities)
    build = create_body if created else update_body
    inputs = []
    for entity in entities:
        state = EntityState(entity)
        values = state.pending()
        if not values:
            raise ClientError(f"{state.label} has nothing to save", hint="leave it out")
        inputs.append(build(entity, values))
    return entities[0].__model__.type, created, inputs


def _check_one_kind(entities: Sequence[Entity]) -> bool:
    """Whether these are new ones; a `ClientError` unless all are campaigns or all ad groups, all new or none."""
    wrong = [each for each in entities if not isinstance(each, Entity)]
    if wrong:
        raise ClientError(
            f"one call takes campaigns or ad groups, not {wrong[0]!r:.80}", hint="ttd.get(...) reads them"
        )
    if not entities:
        raise ClientError("one call takes campaigns or ad groups, and there are none", hint="give at least one")
    for entity in entities:
        check_has_id(EntityState(entity), "save")
    kinds = {(entity.__model__.type, EntityState(entity).is_new) for entity in entities}
    if len(kinds) != 1:
        raise ClientError(
            "one call takes campaigns or ad groups, and either new or existing ones", hint="one call for each kind"
        )
    ((kind, created),) = kinds
    if kind not in TYPES:
        raise ClientError(f"the Workflows API knows no {kind}", hint="save_all(...) saves them one by one")
    return created
