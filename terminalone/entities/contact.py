"""A contact. Source: entities.json, Contact."""

from ..fields import Str
from .base import T1Entity


class Contact(T1Entity, collection="contacts"):
    """A contact: the person whom an agency or advertiser names for billing, sales or traffic."""

    address_1 = Str()
    address_2 = Str()
    city = Str()
    country = Str()
    email = Str()
    fax = Str()
    first_name = Str()
    last_name = Str()
    mobile = Str()
    phone = Str()
    state = Str()
    title = Str()
    zip = Str()
