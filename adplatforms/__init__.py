"""Active-record entities for advertising platforms: one session a platform, one entity model for all of them.

`T1` is a session on MediaMath TerminalOne, `TTD` one on The Trade Desk, `Pinterest` one on Pinterest. `filters` has the
operators of `find`, `errors` every error and warning. `Sandbox` is a local server that speaks all three platforms'
wire formats, to try them on without an account; it needs the extra ``adplatforms[sandbox]``.

>>> from adplatforms import TTD, filters
>>> ttd = TTD(token="...")                                                      # doctest: +SKIP
>>> ttd.find("campaigns", "name", filters.CASE_INS_STRING, "*spring*")          # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._version import __version__

if TYPE_CHECKING:
    from terminalone import T1

    from .core import errors, filters
    from .pinterest import Pinterest
    from .sandbox import Sandbox as Sandbox
    from .ttd import TTD

# Without the sandbox: its extra may not be installed, and ``from adplatforms import *`` must not fail for it.
__all__ = ["T1", "TTD", "Pinterest", "__version__", "errors", "filters"]

_CLASSES = {
    "T1": "terminalone",
    "TTD": "adplatforms.ttd",
    "Pinterest": "adplatforms.pinterest",
    "Sandbox": "adplatforms.sandbox",
}
_MODULES = {"errors": "adplatforms.core.errors", "filters": "adplatforms.core.filters"}


if not TYPE_CHECKING:  # a type checker would take any misspelt name for one that __getattr__ knows

    def __getattr__(name: str) -> Any:
        """Imports a session class, a module or the sandbox when it is first asked for.

        A program that works on one platform does not pay for importing the declarations of the others.
        """
        from importlib import import_module

        if name in _MODULES:
            return import_module(_MODULES[name])
        if name in _CLASSES:
            return getattr(import_module(_CLASSES[name]), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, "Sandbox"})
