"""The query: an immutable value that says what to list. Nothing is sent before it is iterated or counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from .entity import Entity
from .errors import ClientError, NaiveTimeWarning, NotFoundError, UnknownNameError, did_you_mean, warn
from .expr import Condition, Expression, Order
from .field import Field
from .hooks import hook
from .ids import with_ids
from .messages import Pairs
from .parsing import parse_int
from .relations import Relation, target_of
from .scalars import to_plain_list, to_plain_tree
from .wirenames import ByWireName, field_of_wire_name

if TYPE_CHECKING:
    from .dialect import Plan
    from .session import Session

__all__ = ["Explanation", "Query", "parent_id", "walk"]

E = TypeVar("E", bound=Entity)
Chain = tuple[str, ...]


class Explanation(str):
    """Text that a REPL shows as it reads."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


@dataclass(frozen=True, eq=False)
class Query(Generic[E]):
    """A listing of one collection: conditions, related entities, order and paging; each method returns a new query.

    >>> from adplatforms.sandbox import Sandbox
    >>> with Sandbox() as sb:                                  # doctest: +SKIP
    ...     t1 = sb.t1()
    ...     for c in t1.campaigns.where(status=True).include("advertiser").full():
    ...         print(c.name, c.advertiser.name)
    """

    session: Session
    model: type[E]
    conditions: tuple[Condition, ...] = ()
    scope: tuple[tuple[str, Any], ...] = ()
    includes: tuple[Chain, ...] = ()
    full_types: tuple[str, ...] = ()
    order: tuple[Order, ...] = ()
    size: int | None = None
    start: int = 0
    ahead: int | None = None
    most: int | None = None
    token: str | None = None
    extra: Pairs = ()

    # building

    def where(self, *conditions: Iterable[Condition], **equal: Any) -> Query[E]:
        """Only entities that fulfil all of these.

        Conditions are made from the class (``Campaign.name.like("*spring*")``) and joined with ``&`` or commas;
        keywords mean equality, a list one of it, None null: ``where(status=True, goal_type=["cpa", "cpc"])``.
        Each is pushed to the server where it filters exactly so, else applied here; `explain()` shows which.
        """
        added = [condition for group in conditions for condition in self._conditions(group)]
        for name, value in equal.items():
            term = self.term(name)
            value, target = to_plain_list(value), target_of(self.model, name)
            if target is not None:
                value = with_ids(value, target, name)
            if isinstance(value, (list, tuple, set, frozenset)):
                added.append(term.in_(value))
            else:
                added.append(term == value)
        for condition in added:
            # By identity: another class may have a field of the same name, and comparing fields makes conditions.
            if self.model.__model__.fields.get(condition.field.name) is not condition.field:
                raise UnknownNameError(
                    f"{condition} is not a condition on {self.model.__name__}: {condition.field!r} is not its field"
                )
            if condition.as_utc:
                self.session.warn_once(
                    f"{condition}: a moment without an offset is taken as UTC (told once a session); "
                    "record.local(2026, 12, 1) is a day in the time zone of a record",
                    NaiveTimeWarning,
                )
        return replace(self, conditions=self.conditions + tuple(added))

    def include(self, *relations: str | Relation[Any] | Iterable[str]) -> Query[E]:
        """Loads related entities along: ``include("advertiser")``; a chain is ``"advertiser.agency"`` or a list."""
        chains = [self._chain(relation) for relation in relations]
        return replace(self, includes=self.includes + tuple(chain for chain in chains if chain))

    def full(self, *types: str) -> Query[E]:
        """Complete records, where the platform lists only some of their fields; with names, only for these types."""
        return replace(self, full_types=types or ("*",))

    def order_by(self, *keys: str | Order | Field[Any]) -> Query[E]:
        """Sorted by these fields; ``"-updated_on"`` or ``Campaign.updated_on.desc()`` is largest first."""
        return replace(self, order=tuple(self._order(key) for key in keys))

    def within(self, parents: Mapping[str, Any] | None = None, **more: Any) -> Query[E]:
        """Only what belongs to these parents, ids or entities: ``within(advertiser=7)``,
        ``within({"agency.organization": 100001})``."""
        if parents is not None and not isinstance(parents, Mapping):
            raise ClientError(f"within takes parents, not {parents!r}", hint="within(advertiser=7); rows: take(7)")
        return replace(self, scope=self.scope + tuple({**(parents or {}), **more}.items()))

    def limit(self, scope: Mapping[str, Any] | None = None, **more: Any) -> Query[E]:
        """The former name of `within`; it warns. The number of rows is limited by `take`."""
        if scope is not None and not isinstance(scope, Mapping):
            raise ClientError(
                f"limit takes parents, not {scope!r}", hint=f"rows: take({scope!r}); parents: within(advertiser=7)"
            )
        warn("query.limit(...) is called query.within(...) now", DeprecationWarning)
        return self.within(scope, **more)

    def take(self, most: int) -> Query[E]:
        """At most so many entities."""
        return replace(self, most=_row_count("take", most, 0))

    def skip(self, rows: int) -> Query[E]:
        """Starts after so many rows, where the platform lists by offset."""
        return replace(self, start=_row_count("skip", rows, 0))

    def resume(self, token: str) -> Query[E]:
        """Goes on where a listing ended before: `token` is that of the last page read, ``page.token``."""
        if not isinstance(token, str) or not token:
            raise ClientError(f"{token!r} is not a token to resume from", hint="page.token, of query.pages()")
        return replace(self, token=token)

    def page_size(self, rows: int) -> Query[E]:
        """Rows per call; at most what the platform allows."""
        largest = self.session.dialect.capabilities.max_page
        return replace(self, size=_row_count("a page", rows, 1, largest))

    def prefetch(self, calls: int) -> Query[E]:
        """How many calls may be under way at once (1: one after the other), where the platform allows it."""
        return replace(self, ahead=_row_count("prefetch", calls, 1))

    def adding(self, *params: tuple[str, str]) -> Query[E]:
        """More query parameters, sent as they are, for what the framework does not know about."""
        return replace(self, extra=self.extra + params)

    # running

    def __iter__(self) -> Iterator[E]:
        return self.session.iterate(self)

    def pages(self) -> Iterator[list[E]]:
        """The entities page by page, as the server cut them; the `token` of each resumes the listing after it."""
        return self.session.pages(self)

    def count(self) -> int:
        """How many there are; one call where the server filters everything, else a walk over all."""
        return self.session.count(self)

    def first(self) -> E | None:
        """The first entity, or None."""
        return next(iter(self.take(1)), None)

    def one(self) -> E:
        """The only entity; a `NotFoundError` when there is none, a `ClientError` when there are more."""
        # Two are enough to see that there is more than one.
        found = list(self.take(2))
        if not found:
            raise NotFoundError(f"no {self.model.__name__} fulfils the conditions", hint=str(self))
        if len(found) > 1:
            raise ClientError(f"more than one {self.model.__name__} fulfils the conditions", hint=str(self))
        return found[0]

    def explain(self) -> Explanation:
        """The calls this makes, what the server filters and what is filtered here. Sends nothing."""
        return Explanation(self.plan())

    def plan(self) -> Plan:
        """How the platform's dialect answers this query."""
        return self.session.dialect.plan(self)

    def to_csv(self, file: Any, fields: Sequence[str] | None = None, guard_formulas: bool = False) -> int:
        """Writes all as CSV to a path or an open text file; the number of rows. fields: the columns (default: all).

        Complete records are asked for where a column needs them. guard_formulas: for spreadsheets. More in
        `adplatforms.data.export.write_csv`, which also says what becomes of a column that a record came without.
        """
        rows: int = hook("write_csv")(self, file, fields, guard_formulas)
        return rows

    def bulk(self, **options: Any) -> Any:
        """Reads it as one job at the platform, where that has bulk reading. Returns the job; its result yields the same
        entities."""
        return self.session.bulk(self, **options)

    # what a list can do and a query cannot, with the cure

    # `if query:` would be true whatever there is. A `TypeError` of `len` is the one that `list(query)` passes over.
    def __bool__(self) -> bool:
        raise TypeError("a query has no truth value before it is sent: use first() or count()")

    def __len__(self) -> int:
        raise TypeError("a query has no length before it is sent: use count()")

    def __getitem__(self, index: Any) -> Any:
        raise TypeError("a query is not a list: use first(), take(10), skip(10), or list(query)[...]")

    # checking names

    def _conditions(self, group: Any) -> Iterable[Condition]:
        # `name == "x"` of an instance in place of the class is a bool, and text is a filter of the classic SDK.
        if isinstance(group, (str, bool)) or not isinstance(group, Iterable):
            raise ClientError(
                f"{group!r} is not a condition", hint='write where(Campaign.name == "x") or where(name="x")'
            )
        return group

    def field(self, name: str) -> Field[Any]:
        """The declared field of that name, else an error with close matches."""
        fields = self.model.__model__.fields
        # What is not text may be unhashable.
        if not isinstance(name, str) or name not in fields:
            raise UnknownNameError(f"{self.model.__name__} has no field {name!r}", hint=did_you_mean(name, fields))
        return fields[name]

    def term(self, name: str) -> Expression | Relation[Any]:
        """What a condition on a name compares: a relation or a field. The wire's name of a field is taken too, with a
        warning, and compares values in the wire's form."""
        model = self.model.__model__
        # What is not text may be unhashable.
        if isinstance(name, str) and name in model.relations:
            return model.relations[name]
        field = field_of_wire_name(model, name)
        if field is None:
            return self.field(name)
        return ByWireName(field, self.model.__name__)

    def _chain(self, relation: str | Relation[Any] | Iterable[str]) -> Chain:
        if isinstance(relation, Relation):
            relation = relation.name
        if not isinstance(relation, Iterable):
            raise ClientError(f"include takes names of relations, not {relation!r}", hint='include="advertiser"')
        if isinstance(relation, str):
            relation = relation.split(".")
        names = tuple(relation)
        walk(self.model, names)
        return names

    def _order(self, key: str | Order | Field[Any]) -> Order:
        if isinstance(key, Field):
            return key.asc()
        if isinstance(key, str):
            name = key.lstrip("-+")
            return Order(field_of_wire_name(self.model.__model__, name) or self.field(name), key.startswith("-"))
        if not isinstance(key, Order):
            raise ClientError(f"{key!r} cannot be sorted by", hint='order_by("-updated_on")')
        return key

    def __repr__(self) -> str:
        parts = {
            "where": " & ".join(map(str, self.conditions)),
            "within": ", ".join(f"{key}={value!r}" for key, value in self.scope),
            "include": ", ".join(".".join(chain) for chain in self.includes),
            "full": ", ".join(self.full_types),
            "order_by": ", ".join(map(str, self.order)),
        }
        if self.most is not None:
            parts["take"] = str(self.most)
        shown = "".join(f" {method} {arguments}" for method, arguments in parts.items() if arguments)
        return f"<Query {self.model.collection}{shown}>"


def _row_count(what: str, value: Any, least: int, most: int | None = None) -> int:
    """A whole number in a range, or its digits; else a `ClientError`."""
    wanted = f"{least} or more rows"
    if most is not None:
        wanted = f"{least} to {most} rows"
    try:
        number = parse_int(value)
    except (ValueError, TypeError):
        raise ClientError(f"{what} takes {wanted}, not {value!r}") from None
    if number < least or (most is not None and number > most):
        raise ClientError(f"{what} takes {wanted}, not {value!r}")
    return number


def walk(entity_class: type[Entity], names: Iterable[str]) -> type[Entity]:
    """The class at the end of a chain of relations; an `UnknownNameError` at the first name that is not a relation."""
    for name in names:
        relations = entity_class.__model__.relations
        if name not in relations:
            # Nobody declared what a generic class is related to: the platform knows.
            if entity_class.__model__.generic:
                return entity_class
            raise UnknownNameError(
                f"{entity_class.__name__} has no relation {name!r}", hint=did_you_mean(name, relations)
            )
        entity_class = relations[name].target
    return entity_class


def parent_id(name: str, value: Any, entity_class: type[Entity] | None) -> Any:
    """What limits a listing: of an entity of the right class its id, also in a list; anything else in plain Python.

    name: that of the limit. Raises `InvalidValueError` for an entity of another class, one without an id, and NaN.
    """
    what = f"limit {name}"
    return with_ids(to_plain_tree(to_plain_list(value), what), entity_class, what, name)
