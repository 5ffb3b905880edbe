"""The classic path of `terminalone.entities.rmx_strategy`."""

from ..entities.rmx_strategy import RMXStrategy

__all__ = ["RMXStrategy"]
