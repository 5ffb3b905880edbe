"""The classic path of the base classes of entities."""

from .entities.base import SubEntity
from .entities.base import T1Entity as Entity

__all__ = ["Entity", "SubEntity"]
