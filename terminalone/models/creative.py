"""The classic path of `terminalone.entities.creative`."""

from ..entities.creative import Creative

__all__ = ["Creative"]
