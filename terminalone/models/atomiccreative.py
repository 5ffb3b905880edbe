"""The classic path of `terminalone.entities.atomic_creative`."""

from ..entities.atomic_creative import AtomicCreative

__all__ = ["AtomicCreative"]
