"""The entities of TerminalOne, one module each."""

from .advertiser import Advertiser
from .agency import Agency
from .atomiccreative import AtomicCreative
from .base import T1Entity
from .budgetflight import BudgetFlight
from .campaign import Campaign
from .concept import Concept
from .organization import Organization
from .pixel import Pixel, PixelBundle
from .strategy import Strategy
from .user import User

__all__ = [
    "Advertiser",
    "Agency",
    "AtomicCreative",
    "BudgetFlight",
    "Campaign",
    "Concept",
    "Organization",
    "Pixel",
    "PixelBundle",
    "Strategy",
    "T1Entity",
    "User",
]
