"""Fields that the GraphQL server refuses: which of a document's fields the errors of an answer mean. Pure, no I/O.

The facts show the wording of Apollo (``Cannot query field "x" on type "Y".``) and two codes,
``GRAPHQL_VALIDATION_FAILED`` and ``UNAUTHORIZED_FIELD_OR_TYPE``, and no rule. So an error is read for what it holds:
names in its extensions, names in its message, and the position in the document that it points at. What is refused of an
argument, a filter, an enum value or an input is not a refused field, and never left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from threading import Lock
from typing import Any, NamedTuple

from adplatforms.core.forking import PerProcess

from ..shapes import dict_or_empty, json_in_text
from .documents import Document

__all__ = ["Asked", "Dropped", "Names", "code_of", "refused", "says_refused", "unexecuted"]

Names = frozenset[tuple[str, str]]
"""Fields by the name of their class and their Python name."""
Error = Mapping[str, Any]


class Asked(NamedTuple):
    """A name that a document selects.

    type: GraphQL's type that has it, empty where no fact names it. name: GraphQL's name. path: the names from the row
    down to it. owner: the class and the Python name of the field or relation for which it is asked.
    """

    type: str
    name: str
    path: tuple[str, ...]
    owner: tuple[str, str]


class Dropped:
    """The fields that a session leaves out because the server refused them, with the error message for each.

    Shared by the sessions that `TTD.using` makes for the same servers, and by threads.
    """

    def __init__(self) -> None:
        self._lock = PerProcess(Lock)
        self.names: Names = frozenset()
        self.messages: dict[tuple[str, str], str] = {}

    def add(self, names: Iterable[tuple[str, str]], message: str) -> Names:
        """Leaves these out from now on; those of them that were not left out before."""
        # Threads that were refused the same field at once warn about it once.
        with self._lock():
            new = frozenset(names) - self.names
            self.messages.update(dict.fromkeys(new, message))
            self.names |= new
        return new


_OTHER_CODES = {
    "AUTHENTICATION_FAILURE",
    "INTERNAL_SERVER_ERROR",
    "NOT_FOUND",
    "RESOURCE_LIMIT_EXCEEDED",
    "SERVICE_UNAVAILABLE",
}
"""Codes of errors that are about anything but a field."""
_CODES = {"GRAPHQL_VALIDATION_FAILED", "UNAUTHORIZED_FIELD_OR_TYPE"}
"""Codes of errors that may be about a field. Source: graphql.md "Errors"."""
_QUOTES = "\"'`\u2018\u2019\u201c\u201d\u00ab\u00bb"
_QUOTED = re.compile(rf"[{_QUOTES}]([^{_QUOTES}\s]+)[{_QUOTES}]")
_COORDINATE = re.compile(r"\b([A-Z]\w*)\.(\w+)\b")
_AFTER_FIELD = re.compile(r"\bfields?:?\s+(\w+)", re.IGNORECASE)
_SUGGESTION = re.compile(r"\b(did you mean|maybe you meant|perhaps you meant|similar fields)\b.*", re.I | re.S)
_NOT_A_FIELD = re.compile(
    r"\b(argument|input|enum|variable|directive|fragment|filter|sort|order|syntax error|unknown type"
    r"|(invalid|expected) (value|type)|value type|does not match|defined by type)\b",
    re.IGNORECASE,
)
"""What a message says, outside quotes, of anything but a selected field."""
_A_FIELD = re.compile(
    r"cannot query|has no field|not a field|removed|retired|no longer|(unknown|undefined|no such) field"
    r"|fieldundefined|subfields"
    r"|\bfields?\b.*(not|n't|un)[ ]?(exist|found|defined|known|available|allowed|authori[sz]ed|permitted|accessible)",
    re.IGNORECASE | re.DOTALL,
)
"""What servers say of a field that they do not know, or do not show to this user."""
_TYPE_KEYS = ("type", "typeName", "declaringType", "parentType")
_FIELD_KEYS = ("field", "fieldName", "responseName", "coordinate")
_ARGUMENT_KEYS = ("argument", "argumentName", "inputField", "enumValue", "variable")


def refused(errors: Iterable[Error], asked: Iterable[Asked], document: Document) -> Names | None:
    """The fields that all of these errors refuse.

    None where one of them is about anything else, or names nothing that was asked for: going on would hide it.

    errors: those of an answer without data. asked: what its document selects.
    """
    known = list(asked)
    found: set[tuple[str, str]] = set()
    for error in errors:
        # One error about anything else, and leaving fields out would not help.
        owners = {one.owner for one in _meant(error, known, document)}
        if not owners:
            return None
        found |= owners
    return frozenset(found) or None


def says_refused(error: Error) -> bool:
    """Whether an error says by its code or in its message that a field is refused, whatever field it is."""
    if code_of(error) == "UNAUTHORIZED_FIELD_OR_TYPE":
        return True
    text = _text_of(error)
    return _A_FIELD.search(text) is not None and not _about_other(text)


def unexecuted(error: Error) -> bool:
    """Whether an error tells that the document was refused before anything in it was executed: a mutation, too."""
    code = code_of(error)
    if code == "GRAPHQL_VALIDATION_FAILED":
        return True
    # An error with a path, or of a missing permission, may come from the execution.
    if code in _CODES or error.get("path"):
        return False
    return _A_FIELD.search(_text_of(error)) is not None


def _meant(error: Error, known: list[Asked], document: Document) -> list[Asked]:
    """What an error means of the names that were asked for; nothing where it is not about a selected field."""
    code, extensions, text = code_of(error), _extensions(error), _text_of(error)
    if code in _OTHER_CODES or _about_other(text) or any(extensions.get(key) for key in _ARGUMENT_KEYS):
        return []
    # An error of the execution has a path and may be about anything: it has to say that it is about a field.
    is_about_a_field = says_refused(error) or code in _CODES or _fields_in(extensions)
    if error.get("path") and not is_about_a_field:
        return []
    here = _here(error, known, document)
    named, types = _named(text, extensions, known)
    if not named:
        return here
    # A name may stand in several types of a document: the type that is named decides, then the place.
    typed = [one for one in named if one.type in types]
    placed = [one for one in named if one in here]
    return typed or placed or named


def _about_other(text: str) -> bool:
    """Whether a message is about an argument, an input, an enum value...: names in quotes do not count."""
    # Types of inputs are named so by convention: an error about one is not about a selected field.
    inputs = any(name.endswith("Input") for name in _QUOTED.findall(text))
    return inputs or bool(_NOT_A_FIELD.search(_QUOTED.sub(" ", text)))


def _named(text: str, extensions: Mapping[str, Any], known: list[Asked]) -> tuple[list[Asked], set[str]]:
    """What the extensions or the message name of what was asked for, and the types that they name."""
    # Extensions name types and fields as such, a message only as words in quotes.
    types, names = set(_texts(extensions, _TYPE_KEYS)), set(_fields_in(extensions))
    quoted = set(_QUOTED.findall(text)) | {name for pair in _COORDINATE.findall(text) for name in pair}
    for name in list(names | quoted):
        if "." in name:  # a coordinate, Type.field
            quoted |= set(name.split("."))
    names |= quoted
    # Only where nothing else names a field: in other messages the word after "field" may be any word.
    if not any(one.name in names for one in known):
        names |= set(_AFTER_FIELD.findall(text))
    types |= {name for name in quoted if any(one.type == name for one in known)}
    return [one for one in known if one.name in names], types


def _here(error: Error, known: list[Asked], document: Document) -> list[Asked]:
    """What stands at the positions of the document that an error points at, by its locations or its path."""
    paths = [document.path_at(place.get("line"), place.get("column")) for place in _locations(error)]
    paths += [_steps(holder.get("path")) for holder in (error, _extensions(error))]
    found = [one for path in paths for one in known if path and path[-len(one.path) :] == one.path]
    # Of a field and the fields inside it, the innermost is the one that is pointed at.
    return sorted(found, key=lambda one: -len(one.path))[:1]


def _locations(error: Error) -> Iterator[Mapping[str, Any]]:
    """Lines and columns; some servers put them into the extensions."""
    for holder in (error, _extensions(error)):
        places = holder.get("locations")
        if isinstance(places, list):
            yield from (place for place in places if isinstance(place, dict))


def _steps(path: Any) -> tuple[str, ...]:
    """A path without its indexes: a list, or text with dots or slashes."""
    if isinstance(path, str):
        return tuple(re.split(r"[./]", path))
    if isinstance(path, list):
        return tuple(step for step in path if isinstance(step, str))
    return ()


def _text_of(error: Error) -> str:
    """All that an error says, in one text."""
    return " ".join(_messages(error))


def _messages(error: Error) -> Iterator[str]:
    """The message of an error, and the texts next to it that a bulk job has; without what they suggest instead."""
    for text in [error.get("message"), *_inner(error.get("queryErrors")), *_inner(error.get("additionalData"))]:
        if isinstance(text, str):
            # A suggestion names another field, which is not the refused one.
            yield _SUGGESTION.sub("", text)


def _inner(found: Any) -> Iterator[str]:
    """All texts in a value: of JSON in text those inside it."""
    if isinstance(found, dict):
        found = list(found.values())
    if isinstance(found, list):
        for item in found:
            yield from _inner(item)
    elif isinstance(found, str):
        inner = json_in_text(found)
        if inner is None:
            yield found
        else:
            yield from _inner(inner)


def _extensions(error: Error) -> Mapping[str, Any]:
    return dict_or_empty(error.get("extensions"))


def code_of(error: Error) -> str | None:
    """The code of an error, in its extensions; None where it has none."""
    code = _extensions(error).get("code")
    return None if code is None else str(code)


def _fields_in(extensions: Mapping[str, Any]) -> list[str]:
    return _texts(extensions, _FIELD_KEYS)


def _texts(extensions: Mapping[str, Any], keys: Iterable[str]) -> list[str]:
    """The values of these keys that are text."""
    values = (extensions.get(key) for key in keys)
    return [value for value in values if isinstance(value, str)]
