"""Entity groups of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from ..base import V3Entity
from ..fields import DateTime, Int, ListOf, Nested, Str, Struct, Version

__all__ = [
    "EntityGroup",
    "EntityGroupAdvertiser",
    "EntityGroupAdvertiserAgency",
    "EntityGroupAdvertiserOrganization",
    "EntityGroupAgency",
    "EntityGroupAgencyOrganization",
    "EntityGroupOrganization",
]


class EntityGroupOrganization(Struct):
    """A nested value of entity groups."""

    id = Int(readonly=True)
    name = Str(readonly=True)


class EntityGroupAgencyOrganization(Struct):
    """A nested value of entity groups."""

    id = Int(readonly=True)
    name = Str(readonly=True)


class EntityGroupAgency(Struct):
    """A nested value of entity groups."""

    id = Int(readonly=True)
    name = Str(readonly=True)
    organization = Nested(EntityGroupAgencyOrganization, readonly=True)


class EntityGroupAdvertiserAgency(Struct):
    """A nested value of entity groups."""

    id = Int(readonly=True)
    name = Str(readonly=True)


class EntityGroupAdvertiserOrganization(Struct):
    """A nested value of entity groups."""

    id = Int(readonly=True)
    name = Str(readonly=True)


class EntityGroupAdvertiser(Struct):
    """A nested value of entity groups."""

    id = Int(readonly=True)
    name = Str(readonly=True)
    agency = Nested(EntityGroupAdvertiserAgency, readonly=True)
    organization = Nested(EntityGroupAdvertiserOrganization, readonly=True)


class EntityGroup(
    V3Entity, collection="entity_groups", type="entity_group", list="list-entity-groups", get="get-entity-group"
):
    """An entity group. Fields without a doc are not described by the vendor."""

    name = Str(readonly=True)
    organization_count = Int(readonly=True)
    agency_count = Int(readonly=True)
    advertiser_count = Int(readonly=True)
    ec_count = Int(readonly=True)
    preview = Str(readonly=True)
    version = Version(readonly=True)
    created_on = DateTime(readonly=True)
    updated_on = DateTime(readonly=True)
    organizations = ListOf(Nested(EntityGroupOrganization), readonly=True)
    agencies = ListOf(Nested(EntityGroupAgency), readonly=True)
    advertisers = ListOf(Nested(EntityGroupAdvertiser), readonly=True)
