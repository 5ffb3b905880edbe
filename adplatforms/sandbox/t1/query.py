"""Which rows a GET of a collection asks for: paging, sort_by, q and limit/, turned into SQL conditions.

Column names come from the declared fields only, values are always bound.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from adplatforms.sandbox.t1 import values
from adplatforms.sandbox.t1.errors import invalid
from adplatforms.sandbox.t1.schema import Field, Relation, Resource, Value
from adplatforms.sandbox.t1.tables import REGISTRY

MOST_PER_PAGE = 100
LONGEST_CHAIN = 6
"""Relations in one chain of `limit/` or `with`; a longest chain is not recorded."""

_CONDITION = re.compile(r"(\w+)(==|!=|>=|<=|=:|>|<|:)(.*)", re.DOTALL)
_IDS = re.compile(r"\(\s*\d{1,18}(\s*,\s*\d{1,18})*\s*\)", re.ASCII)
_COMPARISONS = {"==": "=", "!=": "!=", ">": ">", ">=": ">=", "<": "<", "<=": "<="}


@dataclass(frozen=True)
class Condition:
    """A piece of SQL that is true for the wanted rows, with the values it binds."""

    sql: str = "1"
    values: tuple[Value, ...] = ()

    def __and__(self, other: Condition) -> Condition:
        return Condition(f"{self.sql} AND {other.sql}", self.values + other.values)


@dataclass(frozen=True)
class Page:
    """Rows `offset` to `offset + limit` of a collection."""

    limit: int = MOST_PER_PAGE
    offset: int = 0


def read_page(limit: str | None, offset: str | None) -> Page:
    """The asked page. Default and most are 100 rows.

    Raises:
        Refusal: invalid, on page_limit (over 100 is recorded; under 1 or no number is our reading) or
            page_offset.
    """
    page_limit = _whole_number("page_limit", limit, MOST_PER_PAGE)
    if not 1 <= page_limit <= MOST_PER_PAGE:
        raise invalid("page_limit", f"Must be between 1 and {MOST_PER_PAGE}")
    return Page(page_limit, _whole_number("page_offset", offset, 0))


def order(resource: Resource, sort_by: str | None, page: Page) -> str:
    """An ORDER BY list for sort_by: field names with commas between, `-` before a descending one.

    Nulls count as larger than everything, as in PostgreSQL. T1 promises no order among equal keys, so rows
    that tie come in an order that differs from page to page: a client that pages over a sort that is not
    unique loses rows here on every run, not just in production.

    Raises:
        Refusal: invalid, on sort_by, for a field the type does not have.
    """
    parts = []
    for key in (sort_by or "id").split(","):
        name, descending = key.strip().removeprefix("-"), key.strip().startswith("-")
        if name not in resource.fields or resource.fields[name].secret:
            raise invalid("sort_by", f"Unknown field: {name!r}")
        direction = "DESC" if descending else "ASC"
        if name != "id":
            parts.append(f"{name} IS NULL {direction}")
        parts.append(f"{name} {direction}")
        if name == "id":
            return ", ".join(parts)
    return ", ".join([*parts, f"(id * 7919 + {page.offset}) % 10007", "id"])


def read_q(resource: Resource, q: str | None) -> Condition:
    """The condition of `q`: one comparison, or a list of ids in parentheses.

    Text is compared exactly by `==` and the order operators; `=:` ignores case (of all letters, not just
    ASCII) and takes `*` for any run of characters. A null is neither equal nor unequal to a value nor
    before or after it, as in SQL; the facts do not say.

    Raises:
        Refusal: invalid, on q, for an unknown field or operator, or a value the field cannot hold.
    """
    if q is None:
        return Condition()
    if _IDS.fullmatch(q):
        ids = [int(id) for id in re.findall(r"\d+", q)]
        return Condition(f"id IN ({','.join(map(str, ids))})")
    match = _CONDITION.fullmatch(q)
    if match is None:
        raise invalid("q", f"Malformed query: {q!r}")
    name, operator, text = match.groups()
    field = resource.fields.get(name)
    if field is None or field.secret:
        raise invalid("q", f"Unknown field: {name!r}")
    if operator == ":":
        if text not in ("null", "!null"):
            raise invalid("q", f"After : comes null or !null: {q!r}")
        return Condition(f"{name} IS {'NULL' if text == 'null' else 'NOT NULL'}")
    if operator == "=:":
        if field.kind not in ("string", "enum"):
            raise invalid("q", f"=: compares text, {name} is {field.kind}")
        return Condition(f"t1_matches({name}, ?)", (text,))
    return Condition(f"{name} {_COMPARISONS[operator]} ?", (_value(field, text),))


def matches(value: str | None, pattern: str) -> int:
    """Whether text equals a pattern with `*` wildcards, case aside. SQL knows it as t1_matches."""
    return int(value is not None and _compiled(pattern)(value.casefold()) is not None)


def read_limit(resource: Resource, limit: str) -> Condition:
    """The condition of `limit/{chain}={id}`: rows whose chain of relations reaches that id.

    `agency.organization=100001` on advertisers. A chain may lead down too (`strategies.concepts=7`). An id
    that does not exist gives an empty collection; the facts do not say.

    Raises:
        Refusal: invalid, on limit, for an unknown relation, a chain of more than 6, or an id that is no number.
    """
    text_of_chain, equals, text = limit.partition("=")
    chain = text_of_chain.split(".")
    if not equals or not re.fullmatch(r"\d{1,18}", text, re.ASCII):
        raise invalid("limit", f"Must be a relation, = and an id: {limit!r}")
    if len(chain) > LONGEST_CHAIN:
        raise invalid("limit", f"A chain of more than {LONGEST_CHAIN} relations")
    return _reaches(resource, chain, int(text))


def under(relation: Relation, id: Value) -> Condition:
    """The rows of a relation's target that belong to the row with this id; the relation leads to many."""
    if relation.through:
        link = REGISTRY.by_type[relation.through].table
        return Condition(f"id IN (SELECT {relation.far_column} FROM {link} WHERE {relation.column} = ?)", (id,))
    return Condition(f"{relation.column} = ?", (id,))


def read_parent(resource: Resource, parent: str | None) -> Condition:
    """The rows right under one row of a tree, by `parent={id}`; an empty value gives the roots.

    Types that form no tree ignore it. How T1 names the roots is not recorded.

    Raises:
        Refusal: invalid, on parent, for something that is no id.
    """
    if parent is None or not resource.parent_column:
        return Condition()
    if not parent:
        return Condition(f"{resource.parent_column} IS NULL")
    if not re.fullmatch(r"\d{1,18}", parent, re.ASCII):
        raise invalid("parent", f"Must be an id: {parent!r}")
    return Condition(f"{resource.parent_column} = ?", (int(parent),))


def _reaches(resource: Resource, chain: Sequence[str], id: int) -> Condition:
    relation = resource.relations.get(chain[0])
    if relation is None:
        raise invalid("limit", f"{resource.type} has no relation {chain[0]!r}")
    target = REGISTRY.by_type[relation.target]
    goal = _reaches(target, chain[1:], id) if len(chain) > 1 else Condition("id = ?", (id,))
    return Condition(_through(relation, target, goal.sql), goal.values)


def _through(relation: Relation, target: Resource, goal: str) -> str:
    if relation.through:
        link = REGISTRY.by_type[relation.through].table
        ids = f"SELECT id FROM {target.table} WHERE {goal}"
        return f"id IN (SELECT {relation.column} FROM {link} WHERE {relation.far_column} IN ({ids}))"
    if relation.many:
        only = f" AND {relation.only}" if relation.only else ""
        return f"id IN (SELECT {relation.column} FROM {target.table} WHERE {goal}{only})"
    return f"{relation.column} IN (SELECT {relation.key} FROM {target.table} WHERE {goal})"


def _value(field: Field, text: str) -> Value:
    if field.kind == "enum":
        return text
    try:
        return values.read(field, text)
    except ValueError as error:
        raise invalid("q", f"{field.name}: {error}") from None


def _whole_number(name: str, text: str | None, default: int) -> int:
    if text is None:
        return default
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        raise invalid(name, f"Must be a whole number: {text!r}")
    return int(text)


@lru_cache(maxsize=100)
def _compiled(pattern: str) -> Callable[[str], re.Match[str] | None]:
    parts = [re.escape(part) for part in pattern.casefold().split("*")]
    return re.compile(".*".join(parts), re.DOTALL).fullmatch
