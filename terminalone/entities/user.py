"""A user of the platform, with role, scope and rights. Source: entities.json, User."""

from ..fields import Bool01, Choice, DateTime, Int, Ref, Str
from ..operations.users import UserOperations


class User(UserOperations, collection="users"):
    """A user of the platform, with role, scope and rights."""

    # Rights are 1 and 0 here; permissions show them too, but T1 takes them with the user only (wire.md section 11).
    access_internal_fees = Bool01()
    active = Bool01()
    creator_id = Int()
    edit_campaigns = Bool01()
    edit_data_definition = Bool01()
    edit_margins_and_performance = Bool01()
    edit_segments = Bool01()
    fax = Str()
    first_name = Str(required=True)
    labs_enable_rmx = Bool01()
    last_login_on = DateTime(readonly=True)
    last_name = Str(required=True)
    link_ldap = Bool01()
    mobile = Str()
    password = Str(secret=True)
    password_reset_sent = DateTime(readonly=True)
    password_reset_token = Str(readonly=True, secret=True)
    phone = Str()
    role = Choice("ADMIN MANAGER REPORTER", default="REPORTER", required=True)
    scope = Choice("GLOBAL SELECT", default="SELECT", required=True)
    sso_auth_sent = DateTime(readonly=True)
    sso_auth_token = Str(readonly=True, secret=True)
    title = Str(required=True)
    type = Choice("ADVERTISER AGENCY INTERNAL VPAN", default="ADVERTISER", required=True)
    username = Str(required=True)
    view_data_definition = Bool01()
    view_dmp_reports = Bool01()
    view_organizations = Bool01()
    view_segments = Bool01()

    creator = Ref["User"](by="creator_id")
