"""An agency of an organization. Source: entities.json, Agency."""

from typing import TYPE_CHECKING

from ..fields import Bool01, Children, Choice, Int, Ref, Str
from .base import T1Entity

if TYPE_CHECKING:
    from . import Advertiser, Contact, Organization


class Agency(T1Entity, collection="agencies"):
    """An agency of an organization; it owns advertisers.

    As most records of T1 it cannot be deleted, only made inactive: ``agency.status = False``.
    """

    name = Str(required=True)
    status = Bool01()
    allow_x_adv_optimization = Bool01()
    allow_x_adv_pixels = Bool01()
    billing_contact_id = Int()
    dmp_enabled = Choice("disabled inherits", default="inherits")
    logo = Str()
    # required: what the schemas of go-t1 and t1-node want with a create (wire.md section 11).
    organization_id = Int(required=True)
    sales_contact_id = Int()
    traffic_contact_id = Int()

    organization = Ref["Organization"](by="organization_id")
    # Parents named by their role arrive as lists of one (wire.md section 5); `Ref` reads the one.
    billing_contact = Ref["Contact"](by="billing_contact_id")
    sales_contact = Ref["Contact"](by="sales_contact_id")
    traffic_contact = Ref["Contact"](by="traffic_contact_id")
    advertisers = Children["Advertiser"](by="agency_id")
