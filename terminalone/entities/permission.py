"""What a user may see and edit. Source: entities.json, Permission."""

from ..fields import Str
from ..operations.permissions import Access, AccessIds, Flag, PermissionOperations


class Permission(PermissionOperations, collection="permissions"):
    """What a user may see and edit: access on three levels, by id, and flags.

    Read as a child: ``permission = t1.get("users", 10000, "permissions")``.
    """

    # Permissions have no version: a complete row has its levels, even where one is null.
    _complete_with = "advertiser"

    access_internal_fees = Flag()
    advertiser = Access(nullable=True)
    # T1 shows what may be accessed by level, and takes lists of ids (wire.md section 4): two fields for one thing.
    advertiser_id = AccessIds()
    agency = Access(nullable=True)
    agency_id = AccessIds()
    edit_campaigns = Flag()
    edit_data_definition = Flag()
    edit_margins_and_performance = Flag()
    edit_segments = Flag()
    organization = Access(nullable=True)
    organization_id = AccessIds()
    role = Str()
    scope = Str()
    type = Str()
    view_data_definition = Flag()
    view_dmp_reports = Flag()
    view_organizations = Flag()
    view_segments = Flag()
