"""The classic path of `terminalone.classic.mappings`."""

from .classic.mappings import CHILD_PATHS, CLASSES, MODEL_PATHS, SINGULAR

__all__ = ["CHILD_PATHS", "CLASSES", "MODEL_PATHS", "SINGULAR"]
