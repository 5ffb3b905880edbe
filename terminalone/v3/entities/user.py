"""Users of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from ..base import V3Entity
from ..fields import Bool, DateTime, Int, ListOf, Nested, Str, Struct, Version

__all__ = [
    "User",
    "UserPermissions",
    "UserPermissionsAdvertiser",
    "UserPermissionsAgency",
    "UserPermissionsOrganization",
]


class UserPermissionsOrganization(Struct):
    """A nested value of users."""

    id = Int(readonly=True)
    create = Bool(readonly=True)
    read = Bool(readonly=True)
    update = Bool(readonly=True)
    delete = Bool(readonly=True)


class UserPermissionsAgency(Struct):
    """A nested value of users."""

    id = Int(readonly=True)
    create = Bool(readonly=True)
    read = Bool(readonly=True)
    update = Bool(readonly=True)
    delete = Bool(readonly=True)


class UserPermissionsAdvertiser(Struct):
    """A nested value of users."""

    id = Int(readonly=True)
    create = Bool(readonly=True)
    read = Bool(readonly=True)
    update = Bool(readonly=True)
    delete = Bool(readonly=True)


class UserPermissions(Struct):
    """A nested value of users."""

    organizations = ListOf(Nested(UserPermissionsOrganization), readonly=True)
    agencies = ListOf(Nested(UserPermissionsAgency), readonly=True)
    advertisers = ListOf(Nested(UserPermissionsAdvertiser), readonly=True)


class User(
    V3Entity,
    collection="users",
    type="user",
    list="list-users",
    get="get-user",
    create="create-user",
    update="update-user",
):
    """An user. Fields without a doc are not described by the vendor."""

    name = Str(readonly=True)
    title = Str(longest=64)
    active = Bool()
    language = Str()
    zone_name = Str()
    username = Str(shortest=1, longest=255, create_only=True, required=True)
    version = Version(readonly=True)
    first_name = Str(shortest=1, longest=32, required=True)
    last_name = Str(shortest=1, longest=32, required=True)
    link_ldap = Bool(readonly=True)
    link_saml = Bool(readonly=True)
    phone = Str(longest=24)
    mobile = Str(readonly=True)
    fax = Str(readonly=True)
    type = Str(readonly=True)
    role = Str(readonly=True)
    scope = Str(readonly=True)
    view_organizations = Bool(readonly=True)
    edit_campaigns = Bool(readonly=True)
    edit_margins_and_performance = Bool(readonly=True)
    creator_id = Int(readonly=True)
    created_on = DateTime(readonly=True)
    updated_on = DateTime(readonly=True)
    last_login_on = Str(readonly=True)
    access_internal_fees = Bool(readonly=True)
    view_segments = Bool(readonly=True)
    edit_segments = Bool(readonly=True)
    view_data_definition = Bool(readonly=True)
    edit_data_definition = Bool(readonly=True)
    view_dmp_reports = Bool(readonly=True)
    email = Str(readonly=True)
    roles = ListOf(Int(least=1, most=32767), required=True)
    permissions = Nested(UserPermissions, readonly=True)
    password = Str(shortest=8, longest=30, update_only=True, write_only=True, secret=True)
