"""Ids as users give them: an id, or an entity that stands for its own. One check for whatever takes ids.

Without it the id of an ad group that is given as that of a campaign reads, or changes, some other record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from .errors import InvalidValueError
from .scalars import is_inexact, to_plain, to_plain_list
from .state import EntityState

__all__ = [
    "Models",
    "check_class",
    "check_entity",
    "class_named",
    "entities_of",
    "id_of",
    "ids_of",
    "is_entity",
    "wire_id",
    "with_ids",
]

Models = type[Any] | tuple[type[Any], ...] | None
"""The entity classes that an argument takes; None where any will do, an empty tuple where only ids will."""


def is_entity(value: Any) -> bool:
    """Whether a value is an entity."""
    # Without naming the class: entities are built on fields, which are built on this module.
    model = getattr(type(value), "__model__", None)
    return model is not None and model.is_entity


def id_of(value: Any, models: Models = None, what: str = "this call") -> Any:
    """The id that a value stands for: of a saved entity its own, else the id as it is, in plain Python.

    models: the class of the entities that are meant, or several; None where any will do. what: the argument, for
    messages. Raises `InvalidValueError` for an entity of another class, one that was not saved yet, None, a bool, empty
    text, NaN, a fraction, and whatever else is not an id.
    """
    if is_entity(value):
        check_class(value, models, what)
        found = EntityState(value).id
        if found is None:
            raise InvalidValueError(f"{what} takes an id, and {value!r} has none yet", hint="save() it first")
        return found
    found = _exact(value, what)
    is_blank = isinstance(found, str) and not found.strip()
    # True is an int, and would be record 1.
    if is_blank or isinstance(found, bool) or not isinstance(found, (str, int)):
        cure = ""
        if models:
            cure = f"give {_expected(models)}"
        raise InvalidValueError(f"{what} takes an id, not {value!r}", hint=cure)
    return found


def wire_id(value: Any, entity_class: type[Any], what: str) -> Any:
    """As `id_of`, the id in the form that the platform has for this class. Raises `InvalidValueError` also for what
    cannot be an id of it, such as text where ids are numbers."""
    found = id_of(value, entity_class, what)
    field = entity_class.__model__.fields.get("id")
    # Some platforms declare no id, and what an entity has came from there.
    if field is None or is_entity(value):
        return found
    try:
        return field.dump(field.accept(found))
    except (ValueError, TypeError, ArithmeticError):
        raise InvalidValueError(f"{what} takes an id, not {value!r}", hint=f"give {_expected(entity_class)}") from None


def ids_of(values: Any, models: Models = None, what: str = "this call", *, required: bool = False) -> list[Any]:
    """The ids of one or many, in their order; see `id_of`. None is an empty list, and refused where ids are required;
    an empty list is taken as it is."""
    if values is None and not required:
        return []
    values = to_plain_list(values)
    # Text, dicts and entities can be iterated too, and are one each: of a dict the keys would be taken for ids.
    many = isinstance(values, Iterable) and not isinstance(values, (str, bytes, Mapping)) and not is_entity(values)
    if not many:
        values = [values]
    return [id_of(value, models, what) for value in values]


def check_entity(value: Any, platform: str, what: str) -> None:
    """Raises `InvalidValueError` for what is not an entity of this platform, such as an id."""
    if is_entity(value) and value.__model__.registry.platform == platform:
        return
    if is_entity(value):
        raise InvalidValueError(
            f"{what} takes records of {platform}, not of {value.__model__.registry.platform} ({value!r})"
        )
    raise InvalidValueError(
        f"{what} takes a record of {platform}, not {value!r}",
        hint='session.get("campaigns", id) reads one, session.reference("campaigns", id) makes one without a request',
    )


def entities_of(values: Any, platform: str, what: str) -> list[Any]:
    """The entities of a list; an `InvalidValueError` for what is not a list of entities of this platform."""
    if is_entity(values) or isinstance(values, (str, bytes, Mapping)) or not isinstance(values, Iterable):
        raise InvalidValueError(f"{what} takes a list of entities, not {values!r}", hint=f"{what}([one, another])")
    listed = list(values)
    for each in listed:
        check_entity(each, platform, what)
    return listed


def check_class(entity: Any, models: Models, what: str) -> None:
    """Raises `InvalidValueError` for an entity of another class than is meant."""
    if models is None or isinstance(entity, models):
        return
    if models == ():
        raise InvalidValueError(f"{what} takes an id, not a record ({entity!r})")
    wanted = " or ".join(map(_plural, _listed(models)))
    raise InvalidValueError(
        f"{what} takes {_expected(models)}: these are {_plural(type(entity))}, not {wanted} ({entity!r})",
        hint=f"give {wanted}, or their ids",
    )


def class_named(entity: Any, name: str) -> Models:
    """The class of the entity's platform that a parameter or field means: ``campaign_ids`` means campaigns. None where
    its name is not that of a class, such as ``parent_id``."""
    registry = type(entity).__model__.registry
    stem = name.removesuffix("s").removesuffix("_id")
    found: Models = None
    if stem != name:
        found = registry.types.get(stem)
    return found or registry.collections.get(name)


def with_ids(value: Any, models: Models, what: str, name: str = "") -> Any:
    """The value with the ids of entities in their place, also in a list; anything else as it is.

    name: the name that says which class is meant, where `models` does not; see `class_named`.
    """
    if is_entity(value):
        return id_of(value, models or class_named(value, name), what)
    # Lists without entities go on as they are: what else may be wrong with them is judged by who takes them.
    if isinstance(value, (list, tuple, set, frozenset)) and any(map(is_entity, value)):
        return [with_ids(item, models, what, name) for item in value]
    return value


def _exact(value: Any, what: str) -> Any:
    """A scalar in plain Python; a float without a fraction, which data frames make of ids, as a whole number."""
    try:
        found = to_plain(value)
    except InvalidValueError as missing:
        raise InvalidValueError(f"{what} takes an id, not {value!r}: {missing.message}", hint=missing.hint) from None
    if not isinstance(found, (float, Decimal)) or found % 1:
        return found
    # A column of ids with a gap in it is read as floats by pandas. The digit that is lost would name another record.
    if is_inexact(value):
        raise InvalidValueError(
            f"{what} takes an id, and {value!r} is a float that has lost its last digits", hint="read ids as text"
        )
    return int(found)


def _listed(models: Models) -> tuple[type[Any], ...]:
    """The classes as a tuple; empty where any class will do."""
    if models is None:
        return ()
    if isinstance(models, tuple):
        return models
    return (models,)


def _plural(entity_class: type[Any]) -> str:
    """What several records of a class are called: "ad groups"."""
    return str(entity_class.collection or f"{entity_class.__name__} records").replace("_", " ")


def _expected(models: Models) -> str:
    """What an argument takes, for messages: "a Campaign or its id"."""
    names = " or ".join(entity_class.__name__ for entity_class in _listed(models))
    article = "a"
    if names[0] in "AEIO":
        article = "an"
    return f"{article} {names} or its id"
