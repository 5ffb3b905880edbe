"""An organization. Source: entities.json, Organization."""

from typing import TYPE_CHECKING

from ..fields import Bool01, Children, Choice, Int, ListedChoice, Ref, Str
from .base import T1Entity

if TYPE_CHECKING:
    from . import Agency, Contract, Seat


class Organization(T1Entity, collection="organizations"):
    """An organization: the customer of the platform; it owns agencies.

    Contracts, site lists and seats belong to one, too.
    """

    name = Str(required=True)
    status = Bool01()
    accountable_and_addressable = Bool01()
    address_1 = Str(required=True)
    address_2 = Str()
    adx_seat_account_id = Int()
    allow_byo_price = Bool01()
    allow_x_agency_pixels = Bool01()
    billing_country_code = Str()
    city = Str(required=True)
    contact_name = Str(required=True)
    country = Str()
    currency_code = Str()
    dmp_enabled = Choice("disabled enabled", default="disabled")
    mm_contact_name = Str(required=True)
    # JSON sends a list of one, XML the word (wire.md section 6); the classic SDK could not write it back (defect 39).
    org_type = ListedChoice("buyer partner", default="buyer")
    override_suspicious_traffic_filter = Bool01()
    phone = Str(required=True)
    state = Str(required=True)
    suspicious_traffic_filter_level = Int()
    tag_ruleset = Str()
    use_evidon_optout = Bool01()
    zip = Str(required=True)

    # No class is declared for currencies: they are generic entities.
    currency = Ref["T1Entity"](type="currency")
    agencies = Children["Agency"](by="organization_id")
    contracts = Children["Contract"](by="organization_id")
    seats = Children["Seat"](by="organization_id")
