"""What this package says about itself, under the names that the classic SDK had."""

from adplatforms._version import __version__ as __version__

__all__: list[str] = []

__author__ = __maintainer__ = "The adplatforms developers"
# There is no address to write to; classic scripts import the name.
__email__ = ""
__status__ = "Stable"
__license__ = "Apache License, Version 2.0"
__copyright__ = "Copyright 2026, the adplatforms developers"
__description__ = "A package for interacting with MediaMath's TerminalOne API."
