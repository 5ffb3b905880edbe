"""A list of sites. Source: entities.json, SiteList."""

from typing import TYPE_CHECKING

from ..fields import Bool01, Children, Choice, Int, Ref, Str
from ..operations.site_lists import SiteListDomains

if TYPE_CHECKING:
    from . import Organization, T1Entity


class SiteList(SiteListDomains, collection="site_lists"):
    """A list of sites that strategies and campaigns buy or avoid.

    `upload_domains` fills it, `Campaign.set_site_lists` and `Strategy.set_site_lists` say who uses it.
    """

    name = Str(required=True)
    status = Bool01()
    filename = Str()
    organization_id = Int(required=True)
    restriction = Choice("EXCLUDE INCLUDE", default="EXCLUDE")

    organization = Ref["Organization"](by="organization_id")
    # No class is declared for assignments: no source lists their fields (wire.md section 11).
    site_list_assignments = Children["T1Entity"](by="site_list_id", type="site_list_assignment")
