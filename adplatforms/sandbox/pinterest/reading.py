"""Requests, read strictly: what the description does not allow is refused, so that a client's mistakes surface."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from flask import Request

from adplatforms.sandbox.pinterest.errors import invalid
from adplatforms.sandbox.pinterest.shapes import Extra, problems
from adplatforms.sandbox.pinterest.table import Api, Operation, Param, Shape, path_values

BOOLEANS = {"true": True, "false": False, "True": True, "False": False}
"""Official Python clients write True and False, and the server takes it."""

_DEEP = re.compile(r"^(\w+)((?:\[\w+\])+)$")
_ENVELOPE = ("one", "any")


@dataclass
class Call:
    """One request: path and query by name, converted to what their parameters declare, and the decoded body.

    Parameters that were not given hold their declared default, or are absent. `given` names those that were. `ignored`
    are the members of the body that the description does not name: Pinterest's own clients send some, so they are not
    refused where it does not forbid them, but taken out of the body and told in the answer's headers.
    """

    operation: Operation
    path: dict[str, str]
    query: dict[str, Any]
    body: Any = None
    given: frozenset[str] = field(default_factory=frozenset)
    token: str = ""
    ignored: list[str] = field(default_factory=list)

    @property
    def account(self) -> str:
        """The ad account in the path."""
        return self.path["ad_account_id"]


def read(api: Api, operation: Operation, request: Request, path: str) -> Call:
    """A request as its operation declares it.

    Raises:
        Refusal: 400 code 1, for whatever the description does not allow.
    """
    values = path_values(operation, path)
    known = {one.name: one for one in operation.params}
    for name, text in values.items():
        _refuse(problems(api, text, known[name].shape, name))
    query = _query(api, operation, request)
    call = Call(operation, values, query, given=frozenset(request.args))
    call.body = _body(api, operation, request, call.ignored)
    return call


def _query(api: Api, operation: Operation, request: Request) -> dict[str, Any]:
    declared = {one.name: one for one in operation.params if one.place == "query"}
    given: dict[str, list[str]] = {}
    deep: dict[str, dict[str, Any]] = {}
    for key, text in request.args.items(multi=True):
        match = _DEEP.match(key)
        if match and declared.get(match[1], _NONE).encode == "deep":
            _put(deep.setdefault(match[1], {}), re.findall(r"\w+", match[2]), text)
        elif key in declared and declared[key].encode != "deep":
            given.setdefault(key, []).append(text)
        else:
            raise invalid(f"Unknown query parameter {key!r}")
    found: dict[str, Any] = {}
    for name, one in declared.items():
        if name in given:
            found[name] = _converted(api, one, given[name])
        elif name in deep:
            found[name] = deep[name]
        elif one.required:
            raise invalid(f"Query parameter {name!r} is required")
        else:
            plain = api.resolved(one.shape)
            if "default" in plain:
                found[name] = plain["default"]
            continue
        # `metric_types` is declared as one of two lists that overlap: whatever fits either of them passes.
        _refuse(problems(api, found[name], one.shape, name))
    return found


_NONE = Param("", "query", {}, False, "")


def _put(into: dict[str, Any], keys: list[str], text: str) -> None:
    for key in keys[:-1]:
        into = into.setdefault(key, {})
    into[keys[-1]] = text


def _converted(api: Api, param: Param, texts: list[str]) -> Any:
    shapes = list(_alternatives(api, param.shape))
    if param.encode or any(one.get("is") == "array" for one in shapes):
        if param.encode == "repeat":
            words = texts
        else:
            _once(param, texts)
            words = texts[0].split(",")
        of = next(one.get("of", {}) for one in shapes if one.get("is") == "array")
        return [_scalar(api, of, word, param.name) for word in words]
    _once(param, texts)
    return _scalar(api, param.shape, texts[0], param.name)


def _once(param: Param, texts: list[str]) -> None:
    if len(texts) > 1:
        how = "separated by commas" if param.encode == "comma" else "once"
        raise invalid(f"Query parameter {param.name!r} was given {len(texts)} times: give it {how}")


def _alternatives(api: Api, shape: Shape) -> Iterator[Mapping[str, Any]]:
    plain = api.resolved(shape)
    yield plain
    for word in _ENVELOPE:
        for one in plain.get(word, ()):
            yield from _alternatives(api, one)


def _scalar(api: Api, shape: Shape, text: str, name: str) -> Any:
    kinds = {one.get("is") for one in _alternatives(api, shape)} - {None}
    if "boolean" in kinds:
        if text not in BOOLEANS:
            raise invalid(f"{name}: {text!r} is not a boolean")
        return BOOLEANS[text]
    for kind, make in (("integer", int), ("number", float)):
        if kind in kinds and "string" not in kinds:
            try:
                return make(text)
            except ValueError:
                raise invalid(f"{name}: {text!r} is not of type {kind}") from None
    return text


def _body(api: Api, operation: Operation, request: Request, ignored: list[str]) -> Any:
    if operation.body is None:
        if request.form or request.get_data():
            raise invalid("This operation takes no body")
        return None
    if not request.form and not request.get_data():
        if operation.body_required:
            raise invalid("A body is required")
        return None
    if request.mimetype != operation.media_type:
        raise invalid(f"The body must be {operation.media_type}, not {request.mimetype or 'without a type'}")
    if operation.media_type == "application/x-www-form-urlencoded":
        body: Any = {}
        for key, text in request.form.items(multi=True):
            if key in body:
                raise invalid(f"{key!r} was given twice")
            body[key] = BOOLEANS.get(text, text)
    else:
        try:
            body = orjson.loads(request.get_data())
        except ValueError:
            raise invalid("The body is not JSON") from None
    extras: list[Extra] = []
    _refuse(problems(api, body, operation.body, "body", extras))
    for where, holder, name in extras:
        holder.pop(name, None)
        ignored.append(where)
    return body


def _refuse(found: list[str]) -> None:
    if found:
        raise invalid("Invalid request: " + "; ".join(found))
