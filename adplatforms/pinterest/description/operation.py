"""One operation of the API and its parameters; how a call of it becomes a request.

Source: the descriptions, 5.23.0 and 5.28.0.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from adplatforms.core.errors import ClientError, InvalidValueError, UnknownNameError, did_you_mean
from adplatforms.core.messages import Pairs, Request, path_segment
from adplatforms.core.reader import Reader

from .shapes import Shape, Shapes, plain

__all__ = ["Body", "Operation", "Param", "Success"]

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of an operation.

    `location`: "path" or "query". `shape`: what it takes. `item`: what each of a list must look like. `encode`: how a
    list or an object travels: "repeat" (``a=1&a=2``), "comma" (``a=1,2``) or "deep_object" (``a[b]=1``), empty for
    single values. Each name has one encoding everywhere. Source: wire.md, section 3.
    """

    name: str
    location: str
    shape: Shape
    required: bool
    encode: str
    item: Shape

    @property
    def many(self) -> bool:
        """Whether it takes a list."""
        return self.encode in ("repeat", "comma")

    @property
    def most(self) -> int | None:
        """How many values a list may have, or how large a number may be; None where the description says nothing."""
        most = self.shape.get("max_items" if self.many else "max")
        if most is None:
            return None
        return int(most)

    @property
    def default(self) -> Any:
        """What Pinterest takes where it is left out; None where the description does not say."""
        return self.shape.get("default")

    @property
    def values(self) -> tuple[Any, ...]:
        """What it may be, or each of its list; empty where the description names no values."""
        shape = self.item if self.many else self.shape
        return tuple(shape.get("enum", ()))


@dataclass(frozen=True, slots=True)
class Body:
    """What the body of an operation holds.

    `kind`: "object", "array", or "wrapped_array", a list in the member `wrapper` with the members `outside` around it.
    `members` may be in one item, `required` must. `most`: items at once, None where the description says nothing.
    """

    kind: str
    members: tuple[str, ...]
    required: tuple[str, ...]
    most: int | None = None
    wrapper: str = ""
    outside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Success:
    """What an answer that reports success must have, by the description of it.

    `needs`: the members that must be there: ``items`` of a listing, ``id`` of a single record, else the one member that
    there is. `some`: members of which one must be there at least, where there are several. `rows`: what the elements of
    a bare list are, "object" or "string". `outcome`: the members of which each element of a batch's answer has one.
    `identified`: each row of a listing has an ``id``. `nullable`: null stands for none.

    Members that are declared and not required are often absent in live answers (wire.md, section 10), so an identity is
    asked for, and little else.
    """

    needs: tuple[str, ...] = ()
    some: tuple[str, ...] = ()
    rows: str = "object"
    outcome: tuple[str, ...] = ()
    nullable: bool = False
    identified: bool = False


@dataclass(frozen=True, eq=False)
class Operation:
    """One operation of the API, as the official description has it.

    `params` by name, those of the path first. `body` is the shape of the body, None where there is none; `media` its
    media type. `answer`: "page" (items and bookmark), "items" (without), "array", "object", "text" or "empty";
    `success`: what it must have. `rate`: the category whose quota it uses. `sandbox`: whether Pinterest's sandbox
    serves it. `scopes`: what a token needs. `app_token`: whether a token of client credentials will do; `basic`: it is
    signed with the app's id and secret. `private`: it holds credentials or people, which neither logs nor errors show.
    `writes`: whether it changes anything at Pinterest; a report that is computed is no change. `since`: the version of
    the description that added it, empty for those of 5.23.0 and before.
    """

    id: str
    method: str
    path: str
    params: Mapping[str, Param]
    answer: str
    rate: str
    scopes: tuple[str, ...]
    writes: bool
    shapes: Shapes
    body: Shape | None = None
    media: str = ""
    sandbox: bool = True
    app_token: bool = False
    basic: bool = False
    private: bool = False
    success: Success = Success()
    since: str = ""

    @property
    def path_params(self) -> tuple[str, ...]:
        """The names of the parameters in its path, outermost first."""
        return tuple(name for name, param in self.params.items() if param.location == "path")

    @property
    def pages(self) -> bool:
        """Whether it answers page after page: its parameters know a bookmark."""
        return "bookmark" in self.params

    @cached_property
    def content(self) -> Body | None:
        """What its body holds, None where it takes none. Worked out once: each save and each listing asks for it."""
        if self.body is None:
            return None
        shapes = self.shapes
        outer = shapes.resolved(self.body)
        members = outer.get("members", {})
        if outer.get("type") == "array":
            return self._content_of(outer, kind="array")
        lists = [name for name in members if self._lists_objects(members[name])]
        # A list that is not required is one of an object's members, not what the operation saves.
        if len(lists) == 1 and lists[0] in outer.get("required", ()):
            wrapper = lists[0]
            outside = tuple(name for name in members if name != wrapper)
            return self._content_of(shapes.resolved(members[wrapper]), "wrapped_array", wrapper, outside)
        return Body("object", tuple(shapes.names(outer)), tuple(outer.get("required", ())))

    def _content_of(self, listed: Shape, kind: str, wrapper: str = "", outside: tuple[str, ...] = ()) -> Body:
        """A body that is a list, or has one in a member. listed: the shape of the list."""
        item = self.shapes.resolved(listed["items"])
        members, required = tuple(self.shapes.names(item)), tuple(item.get("required", ()))
        return Body(kind, members, required, listed.get("max_items"), wrapper, outside)

    def member_values(self, name: str) -> tuple[Any, ...]:
        """What a member of the body may be, or each of its list; empty where the description names no values."""
        resolved = self.shapes.resolved
        shape = resolved(resolved(self.body or {}).get("members", {}).get(name, {}))
        return tuple(resolved(shape.get("items", shape)).get("enum", ()))

    def _lists_objects(self, shape: Shape) -> bool:
        """Whether a member is a list of objects with members of their own."""
        shape = self.shapes.resolved(shape)
        return shape.get("type") == "array" and bool(self.shapes.names(shape.get("items", {})))

    def request(
        self,
        params: Mapping[str, Any] | None = None,
        body: Any = None,
        *,
        reader: Reader | None = None,
        check: bool = True,
        free: Collection[str] = (),
        came: Any = None,
    ) -> Request:
        """The call with these parameters and this body.

        Parameters that are None are left out, 0 and False are sent. Entities stand for their ids, dates for their ISO
        form. Names, types, enums and limits are checked: an `UnknownNameError` or `InvalidValueError` says what is
        wrong.

        reader: reads the answer, where that is not the caller. check: False takes names, values and members of the body
        as they are, for what Pinterest added since; unknown names go into the query. free: the parameters whose values
        are taken as they are. came: the records of the body as they came; what is unchanged in them is not checked.
        """
        given = {name: value for name, value in (params or {}).items() if value is not None}
        added = [name for name in given if name not in self.params]
        if added and check:
            raise UnknownNameError(f"{self.id} has no parameter {added[0]!r}", hint=did_you_mean(added[0], self.params))
        missing = [name for name, param in self.params.items() if param.required and name not in given]
        if missing:
            raise InvalidValueError(f"{self.id} needs {', '.join(missing)}", hint=_cure(missing))
        # Paths are relative to the base URL, which ends with the version.
        path, query = self.path[1:], []
        for name, param in self.params.items():
            if name not in given:
                continue
            value = self._value(param, given[name], check and name not in free)
            if param.location == "path":
                path = path.replace(f"{{{name}}}", path_segment(value))
            else:
                query += list(_encoded(param, value))
        for name in added:
            query += list(_encoded_as_it_is(name, given[name]))
        return Request(
            self.method,
            path,
            tuple(query),
            writes=self.writes,
            category=self.rate,
            reader=reader,
            private=self.private,
            **self._payload(body, check, came),
        )

    def _value(self, param: Param, value: Any, check: bool) -> Any:
        """The value of a parameter in wire form; one value stands for a list of it."""
        if param.many and (isinstance(value, str) or not isinstance(value, Iterable)):
            value = [value]
        return self._in_wire_form(value, param.shape, param.name, check)

    def _payload(self, body: Any, check: bool, came: Any) -> dict[str, Any]:
        """The body as arguments of a `Request`: ``json`` or ``form``."""
        if self.body is None:
            if body is not None:
                raise ClientError(f"{self.id} takes no body", hint="use its parameters")
            return {}
        if body is None:
            members = self.content.members if self.content else ()
            raise InvalidValueError(f"{self.id} needs a body", hint=f"of {', '.join(members)}")
        wire_body = self._in_wire_form(body, self.body, self.id, check, came)
        if self.media == FORM:
            return {"form": tuple((name, str(value)) for name, value in wire_body.items())}
        return {"json": wire_body}

    def _in_wire_form(self, value: Any, shape: Shape, where: str, check: bool, came: Any = None) -> Any:
        """A value as it is sent, checked against its shape or as it is. where: its path in messages."""
        if not check:
            return plain(value, None, where)
        return self.shapes.checked(value, shape, where, came)

    def __repr__(self) -> str:
        return f"<Operation {self.id}: {self.method} {self.path}>"


def _cure(missing: list[str]) -> str:
    """What to do about parameters that are missing; empty where there is nothing to add."""
    if "ad_account_id" in missing:
        return "name it, or open the session with Pinterest(ad_account_id=...)"
    return ""


def _encoded(param: Param, value: Any) -> Pairs:
    """A value as query parameters."""
    if param.encode == "comma":
        texts = [_text(each) for each in value]
        split = next((text for text in texts if "," in text), None)
        # Pinterest has no escape for it: such a keyword would be counted as two.
        if split is not None:
            raise InvalidValueError(f"{param.name} are joined by commas, so {split!r} cannot be one of them")
        return ((param.name, ",".join(texts)),)
    if param.encode == "repeat":
        return tuple((param.name, _text(each)) for each in value)
    if param.encode:
        return tuple(_deep(param.name, value))
    return ((param.name, _text(value)),)


def _encoded_as_it_is(name: str, value: Any) -> Pairs:
    """A parameter that the description does not know: lists are repeated, as most are."""
    encode = "repeat" if isinstance(value, (list, tuple)) else ""
    return _encoded(Param(name, "query", {}, False, encode, {}), plain(value, None, name))


def _deep(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """An object as one parameter per member: ``a[b][c]``."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _deep(f"{name}[{key}]", each)
    else:
        yield name, _text(value)


def _text(value: Any) -> str:
    """A value in a query. Pinterest's own clients send ``True``, which strict validators refuse (wire.md, 3)."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)
