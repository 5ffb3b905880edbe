"""The classic SDK's small helpers, under their classic names."""

from .. import filters
from .compose import compose
from .credentials import credentials
from .fixedoffset import FixedOffset
from .pmpd import generate_pmpd_tag
from .suppressed import suppress

__all__ = ["FixedOffset", "compose", "credentials", "filters", "generate_pmpd_tag", "suppress"]
