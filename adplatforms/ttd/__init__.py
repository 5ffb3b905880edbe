"""The Trade Desk: `TTD` is the session, `entities` has its records, `structs` their nested values."""

from . import entities, structs
from .session import TTD
from .workflows.operations import Callback

__all__ = ["TTD", "Callback", "entities", "structs"]
