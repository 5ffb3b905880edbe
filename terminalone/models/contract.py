"""The classic path of `terminalone.entities.contract`."""

from ..entities.contract import Contract

__all__ = ["Contract"]
