"""TerminalOne for Python: the classic SDK's names on the `adplatforms` entity framework.

>>> from terminalone import T1, filters
>>> t1 = T1("user", "password", "api_key")                                     # doctest: +SKIP
>>> t1.find("campaigns", "name", filters.CASE_INS_STRING, "*spring*")          # doctest: +SKIP
"""

from importlib import import_module
from pathlib import Path
from typing import Any

from . import errors, filters, models
from ._classic import warn_of_the_classic_sdk
from .session import T1, T1Service

__all__ = ["T1", "T1Service", "errors", "filters", "models"]

# Not with the package: few scripts ask for them, and `vendor` brings six along.
_LATER = (
    "classic",
    "config",
    "connection",
    "entity",
    "jsonparser",
    "metadata",
    "service",
    "t1mappings",
    "t1mappings_noclassdef",
    "t1types",
    "utils",
    "vendor",
    "xmlparser",
)
_ABOUT = ("__author__", "__license__", "__version__")

warn_of_the_classic_sdk(Path(__file__).resolve().parent.parent)


def __getattr__(name: str) -> Any:
    """The modules that are imported when they are asked for, and what metadata says of the package."""
    if name in _LATER:
        return import_module(f"{__name__}.{name}")
    if name in _ABOUT:
        return getattr(import_module(f"{__name__}.metadata"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_LATER, *_ABOUT})
