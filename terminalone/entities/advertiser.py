"""An advertiser. Source: entities.json, Advertiser."""

from typing import TYPE_CHECKING

from ..fields import Bool01, Children, Choice, Float, Int, Ref, Str
from ..operations.uploads import UploadOperations

if TYPE_CHECKING:
    from . import AdServer, Agency, Campaign, Concept, Contact, Vertical


class Advertiser(UploadOperations, collection="advertisers"):
    """An advertiser: the brand whose campaigns, concepts and pixels these are.

    It belongs to an `Agency`. Files of third-party tags and of assets are uploaded to one: `upload_tags`,
    `upload_assets`.
    """

    # required: the schemas of go-t1 and t1-node (wire.md section 11); T1's own messages confirm domain,
    # name and vertical_id.
    name = Str(required=True)
    status = Bool01()
    accountable_and_addressable = Bool01()
    ad_server_fee = Float()
    ad_server_id = Int(required=True)
    ad_server_password = Str(secret=True)
    ad_server_username = Str()
    agency_id = Int(required=True)
    allow_x_strat_optimization = Bool01()
    billing_contact_id = Int()
    connected_id_type = Choice("DETERMINISTIC_FIRST DETERMINISTIC_ONLY", default="DETERMINISTIC_ONLY")
    dmp_enabled = Choice("disabled inherits", default="inherits")
    domain = Str(required=True)
    frequency_amount = Int()
    frequency_interval = Choice("campaign day hour month not-applicable week", default="not-applicable")
    # The classic SDK could never set it: its converter stood in a tuple (wire.md section 10, defect 36).
    frequency_type = Choice("asap even no-limit", default="no-limit")
    minimize_multi_ads = Bool01()
    political = Bool01()
    sales_contact_id = Int()
    vertical_id = Int(required=True)

    agency = Ref["Agency"](by="agency_id")
    ad_server = Ref["AdServer"](by="ad_server_id")
    vertical = Ref["Vertical"](by="vertical_id")
    # Parents named by their role arrive as lists of one (wire.md section 5); `Ref` reads the one.
    billing_contact = Ref["Contact"](by="billing_contact_id")
    sales_contact = Ref["Contact"](by="sales_contact_id")
    campaigns = Children["Campaign"](by="advertiser_id")
    concepts = Children["Concept"](by="advertiser_id")
