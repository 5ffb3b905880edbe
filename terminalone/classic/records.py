"""What entities of the classic SDK had beside their public methods. Source: the classic SDK 1.9.20."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ..routes import api_root

if TYPE_CHECKING:
    from adplatforms.core.entity import Entity

    _Base = Entity
else:
    _Base = object

__all__ = ["ClassicRecord", "without_marks"]

_MARKS = frozenset({"_type", "entity_type", "rel"})
"""What says of a row which type it is of and how it is related: not values of the record."""


def without_marks(properties: Any) -> Any:
    """The values of `get_properties` that a record can be given: without its type, related records and nulls."""
    if not isinstance(properties, Mapping) or not properties.keys() & _MARKS:
        return properties
    given = {name: value for name, value in properties.items() if name not in _MARKS and not _is_related(value)}
    # What is null in one record is left out of another one.
    return {name: value for name, value in given.items() if value is not None}


def _is_related(value: Any) -> bool:
    """Whether a value is related records, which are not sent with a record."""
    first = value[0] if isinstance(value, list) and value else value
    return hasattr(type(first), "__model__") and type(first).__model__.is_entity


class ClassicRecord(_Base):
    """The part of a T1 entity that answers as the classic SDK's did, where a script can see it."""

    __slots__ = ()

    @property
    def session(self) -> Any:
        """``t1.session``, the `requests.Session` of this thread; None when it was unpickled. `owner` is the `T1`."""
        return getattr(self._peers.session, "session", None)

    @property
    def is_update(self) -> bool:
        """Whether it has an id, so that a save changes it and does not create it."""
        return self._raw.get("id") is not None

    def get_properties(self) -> dict[str, Any]:
        """Loaded values overlaid with changed ones, as a dict; also `_type`, the related records that came along, and
        where a child belongs (`parent`, `parent_id`). Credentials in it are masked."""
        related = {name: self._related_as_it_came(name) for name in self._related_names()}
        noted: dict[str, Any] = self.__dict__
        belongs: dict[str, Any] = {name: noted[name] for name in ("parent", "parent_id") if name in noted}
        values = {name: value for name, value in self.to_dict().items() if name not in related}
        return {**values, "_type": self._type, **related, **belongs}

    def _related_names(self) -> list[str]:
        """The names under which related records came along."""
        by_key = {relation.key: name for name, relation in self.__model__.relations.items()}
        declared = self.__model__.wire_names
        return [by_key.get(key, key) for key, value in self._raw.items() if key not in declared and _is_row(value)]

    def _related_as_it_came(self, name: str) -> Any:
        """The related records of a name; nothing is sent, because they came with the record."""
        return getattr(self, name)

    @property
    def _init_properties(self) -> dict[str, Any]:
        """The values as they were loaded."""
        fields = self.__model__.fields
        return {name: self._loaded(name) for name, field in fields.items() if field.wire in self._raw}

    @property
    def _properties(self) -> dict[str, Any]:
        """The values that were set since."""
        return self._pending()

    def _validate_form_post(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The form of these values: what T1 sets itself and what is no field is left out, the version is added."""
        version = self._raw.get("version") if self.is_update else None
        return dict(self._body(self._sendable(data), version))

    def _validate_json_post(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """As `_validate_form_post`, for the records that go as JSON."""
        return self._validate_form_post(data)

    def _sendable(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The values of a dict that a save could send, checked."""
        fields, sendable = self.__model__.fields, {}
        for name, value in data.items():
            field = fields.get(name)
            if field is not None and not self._fixed(field) and name != "version":
                sendable[name] = None if value is None else field.check_change(value, self)
        return sendable

    def _get_service_path(self, entity_name: str | None = None) -> str:
        """The path of the service that the record is in: ``api/v2.0``."""
        return api_root(entity_name or self.collection)

    def _construct_url(self, addl: Iterable[str] | None = None) -> str:
        """Where it is saved, below the service: ``campaigns/7``. addl: what comes after it, such as "history"."""
        path: str = self._path()
        return "/".join([path.removeprefix(f"{self._get_service_path()}/"), *(addl or ())])


def _is_row(value: Any) -> bool:
    """Whether a value is the row of a related record, or a list of such rows."""
    first = value[0] if isinstance(value, list) and value else value
    return isinstance(first, dict) and "entity_type" in first
