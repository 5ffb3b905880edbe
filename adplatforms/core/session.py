"""The session: owns connection and dialect, answers queries, saves entities. There is no global state."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .batches import BatchSaving
from .classic import ClassicReading
from .connection import Connection
from .creating import Creates
from .dialect import Dialect
from .errors import ClientError, UnknownFieldError, did_you_mean, warn
from .making import Making
from .query import Query
from .registry import Registry
from .saving import SaveResult

__all__ = ["SaveResult", "Session"]


class Session(Making, ClassicReading, BatchSaving):
    """One account on one platform. ``session.campaigns`` is the query of all campaigns; so for every collection.

    Use it as a context manager or `close()` it to free its connections and threads.
    """

    def __init__(self, registry: Registry, dialect: Dialect, connection: Connection) -> None:
        self.registry, self.dialect = registry, dialect
        self.connection, self.auth = connection, connection.auth
        self.creates = Creates(connection.runtime.lock())
        self._lazy = "load"
        self._warned: set[type[Warning]] = set()

    @property
    def lazy(self) -> str:
        """What touching a relation that was not included does: "load" fetches it for all entities of the page at once,
        "raise" is an error."""
        return self._lazy

    @lazy.setter
    def lazy(self, behavior: str) -> None:
        if behavior not in ("load", "raise"):
            raise ClientError(f"lazy cannot be {behavior!r}", hint='"load" or "raise"')
        self._lazy = behavior

    def warn_once(self, message: str, category: type[Warning]) -> None:
        """Warns at the user's line, unless this session, or one that `using` made of it, has given such a warning."""
        if category not in self._warned:
            self._warned.add(category)
            warn(message, category)

    # the object protocol

    def __getattr__(self, name: str) -> Query[Any]:
        # `copy` and `pickle` ask an object that is still empty, and `self.registry` would lead here again.
        if name.startswith("_") or "registry" not in self.__dict__:
            raise AttributeError(name)
        if name in self.registry.collections:
            return self.query(name)
        public = (attribute for attribute in object.__dir__(self) if not attribute.startswith("_"))
        known = [*self.registry.collections, *public]
        raise UnknownFieldError(f"{type(self).__name__} has no {name!r}", hint=did_you_mean(name, known))

    def __dir__(self) -> Iterable[str]:
        return sorted({*object.__dir__(self), *self.registry.collections})

    def __reduce__(self) -> Any:
        raise TypeError("a session is not pickled, it holds credentials; open a new one where the data is loaded")
