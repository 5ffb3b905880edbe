"""Active-record entities for advertising platforms: one session a platform, one entity model for all of them.

`terminalone.T1` is the session on MediaMath TerminalOne, `Pinterest` on Pinterest, `TTD` on The Trade Desk;
`adplatforms.sandbox.Sandbox` is a local server to try them on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._version import __version__

if TYPE_CHECKING:
    from .pinterest import Pinterest
    from .ttd import TTD

__all__ = ["TTD", "Pinterest", "__version__"]


def __getattr__(name: str) -> Any:
    """The sessions, imported when they are asked for."""
    if name == "Pinterest":
        from .pinterest import Pinterest

        return Pinterest
    if name == "TTD":
        from .ttd import TTD

        return TTD
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
