"""What the core's objects offer from packages above it: the only code of the core that reaches up.

A query has `to_csv`, for that is where a user looks for it; the code stands in `adplatforms.data`, which builds on the
core. The method asks for it here by name, and it is imported then: a program that writes no file does not pay for it.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__all__ = ["HOOKS", "hook", "register"]

HOOKS = {"write_csv": "adplatforms.data.export"}
"""The module that has each function, by the name of the function."""

_registered: dict[str, Any] = {}


def hook(name: str) -> Any:
    """The function of that name: what was registered, else that of the module in `HOOKS`."""
    if name not in _registered:
        _registered[name] = getattr(import_module(HOOKS[name]), name)
    return _registered[name]


def register(name: str, function: Any) -> None:
    """Uses another function instead, for the process. Raises `KeyError` where the core asks for no such name."""
    if name not in HOOKS:
        raise KeyError(f"the core has no hook {name!r}: it has {', '.join(HOOKS)}")
    _registered[name] = function
