"""What this package says about itself, under the names that the classic SDK had."""

from importlib.metadata import PackageNotFoundError, version

__all__: list[str] = []

__author__ = __maintainer__ = "The adplatforms developers"
__license__ = "Apache License, Version 2.0"
__copyright__ = "Copyright 2026, the adplatforms developers"
__description__ = "A package for interacting with MediaMath's TerminalOne API."
try:
    __version__ = version("adplatforms")
except PackageNotFoundError:  # run from a checkout that is not installed
    __version__ = "0+unknown"
