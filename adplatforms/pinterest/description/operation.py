"""One operation of the API and its parameters; how a call of it becomes a request. Source: the description, 5.23.0."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from adplatforms.core.errors import ClientError, InvalidValueError, UnknownNameError, did_you_mean
from adplatforms.core.messages import Pairs, Request, path_segment
from adplatforms.core.reader import Reader

from .shapes import Shape, Shapes, plain

__all__ = ["Body", "Operation", "Param", "Success"]

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter. `place`: "path" or "query"; `shape`: what it takes; `item`: what each of a list must look like.
    `encode`: how a list or an object travels: "repeat" (``a=1&a=2``), "comma" (``a=1,2``) or "deep_object"
    (``a[b]=1``), empty for single values."""

    name: str
    place: str
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
        found = self.shape.get("max_items" if self.many else "max")
        return None if found is None else int(found)

    @property
    def default(self) -> Any:
        """What Pinterest takes where it is left out; None where the description does not say."""
        return self.shape.get("default")

    @property
    def values(self) -> tuple[Any, ...]:
        """What it may be, or each of its list; empty where the description names no values."""
        return tuple((self.item if self.many else self.shape).get("enum", ()))


@dataclass(frozen=True, slots=True)
class Body:
    """What a body holds: `kind` "object", "array" or "wrapped_array" (a list in the member `wrapper`, the members
    `beside` it). `members` may be in one item, `required` must; `most` items at once, None where nothing is said."""

    kind: str
    members: tuple[str, ...]
    required: tuple[str, ...]
    most: int | None = None
    wrapper: str = ""
    beside: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True, eq=False)
class Operation:
    """One operation.

    `params` by name, those of the path first. `body` is the shape of the body, None where there is none; `media` its
    media type. `answer`: "page" (items and bookmark), "items" (without), "array", "object", "text" or "empty";
    `success`: what it must have. `rate`: the category whose quota it uses. `sandbox`: whether Pinterest's sandbox
    serves it. `scopes`: what a token needs. `app_token`: whether a token of client credentials will do; `basic`: it is
    signed with the app's id and secret. `private`: it holds credentials or people, which neither logs nor errors show.
    `writes`: whether it changes anything at Pinterest; a report that is computed is no change.
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

    @property
    def path_params(self) -> tuple[str, ...]:
        """The names of the parameters in its path, outermost first."""
        return tuple(name for name, param in self.params.items() if param.place == "path")

    @property
    def pages(self) -> bool:
        """Whether it answers page after page: its parameters know a bookmark."""
        return "bookmark" in self.params

    @property
    def content(self) -> Body | None:
        """What its body holds, None where it takes none."""
        if self.body is None:
            return None
        outer, known = self.shapes.resolved(self.body), self.shapes
        members = outer.get("members", {})
        lists = [name for name in members if self._lists_objects(members[name])]
        if outer.get("type") == "array":
            kind, wrapper, listed = "array", "", outer
        elif len(lists) == 1 and lists[0] in outer.get("required", ()):
            kind, wrapper, listed = "wrapped_array", lists[0], known.resolved(members[lists[0]])
        else:
            return Body("object", tuple(known.names(outer)), tuple(outer.get("required", ())))
        item = known.resolved(listed["items"])
        beside = tuple(name for name in members if name != wrapper)
        required = tuple(item.get("required", ()))
        return Body(kind, tuple(known.names(item)), required, listed.get("max_items"), wrapper, beside)

    def member_values(self, name: str) -> tuple[Any, ...]:
        """What a member of the body may be, or each of its list; empty where the description names no values."""
        shape = self.shapes.resolved(self.shapes.resolved(self.body or {}).get("members", {}).get(name, {}))
        return tuple(self.shapes.resolved(shape.get("items", shape)).get("enum", ()))

    def _lists_objects(self, shape: Shape) -> bool:
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
        form. Names, types, enums and limits are checked: an `UnknownNameError` or `InvalidValueError` tells what is
        wrong. ``check=False`` takes names, values and members of the body as they are, for what Pinterest added since:
        unknown names go into the query. `free` takes the values of these parameters as they are. came: the
        records of the body as they came: what is unchanged in them is not checked.
        """
        given = {name: value for name, value in (params or {}).items() if value is not None}
        added = [name for name in given if name not in self.params]
        if added and check:
            raise UnknownNameError(f"{self.id} has no parameter {added[0]!r}", hint=did_you_mean(added[0], self.params))
        missing = [name for name, param in self.params.items() if param.required and name not in given]
        if missing:
            raise InvalidValueError(f"{self.id} needs {', '.join(missing)}", hint=_cure(missing))
        path, query = self.path[1:], []
        for name, param in self.params.items():
            if name not in given:
                continue
            value = self._value(param, given[name], check and name not in free)
            if param.place == "path":
                path = path.replace(f"{{{name}}}", path_segment(value))
            else:
                query += list(_encoded(param, value))
        for name in added:
            many = isinstance(given[name], (list, tuple))
            query += list(
                _encoded(Param(name, "query", {}, False, "repeat" if many else "", {}), plain(given[name], None, name))
            )
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
        if param.many and (isinstance(value, str) or not isinstance(value, Iterable)):
            value = [value]
        return self.shapes.checked(value, param.shape, param.name) if check else plain(value, None, param.name)

    def _payload(self, body: Any, check: bool, came: Any) -> dict[str, Any]:
        if self.body is None:
            if body is not None:
                raise ClientError(f"{self.id} takes no body", hint="use its parameters")
            return {}
        if body is None:
            members = self.content.members if self.content else ()
            raise InvalidValueError(f"{self.id} needs a body", hint=f"of {', '.join(members)}")
        body = self.shapes.checked(body, self.body, self.id, came) if check else plain(body, None, self.id)
        if self.media == FORM:
            return {"form": tuple((name, str(value)) for name, value in body.items())}
        return {"json": body}

    def __repr__(self) -> str:
        return f"<Operation {self.id}: {self.method} {self.path}>"


def _cure(missing: list[str]) -> str:
    return "name it, or open the session with Pinterest(ad_account_id=...)" if "ad_account_id" in missing else ""


def _encoded(param: Param, value: Any) -> Pairs:
    """A value as query parameters."""
    if param.encode == "comma":
        words = [_word(each) for each in value]
        split = next((word for word in words if "," in word), None)
        if split is not None:
            raise InvalidValueError(f"{param.name} are joined by commas, so {split!r} cannot be one of them")
        return ((param.name, ",".join(words)),)
    if param.encode == "repeat":
        return tuple((param.name, _word(each)) for each in value)
    return tuple(_deep(param.name, value)) if param.encode else ((param.name, _word(value)),)


def _deep(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _deep(f"{name}[{key}]", each)
    else:
        yield name, _word(value)


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
