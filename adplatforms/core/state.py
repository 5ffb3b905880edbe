"""The public door to the inside of an entity: `EntityState`.

The attributes of an entity belong to the platform's fields, so what it holds besides them has names with underscores.
Dialects, saving, recovery, export and tests read it through here. Only what runs for each row or each field that is
read (building a page, the getters of fields) reads the underscored names itself: a view costs two calls.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .entity import Entity
    from .errors import NotLoaded
    from .field import Field
    from .model import Model
    from .query import Query
    from .record import Record, Row
    from .relations import Peers
    from .session import Session

__all__ = ["EntityState", "view"]


def view(name: str) -> Any:
    """A property that reads an attribute of the entity: made in C, for saving reads these thousands of times."""
    return property(attrgetter(f"entity.{name}"))


class EntityState:
    """What one entity holds: a view without data of its own, made where it is needed and thrown away.

    ``EntityState(campaign).pending()`` are the values that a save would send. A function that reads several things
    makes it once.
    """

    __slots__ = ("entity",)

    entity: Entity

    def __init__(self, entity: Record) -> None:
        # Nested values have the part of it that all records have: their getters make a state too.
        self.entity = entity  # type: ignore[assignment]

    # what it holds

    model: Model = view("__model__")
    """The declaration of its class."""
    row: Row = view("_raw")
    """The row as it came from the platform, by wire name. It is shared with the page that it came in: read only."""
    values: Row = view("_values")
    """The row as it is now: what was set since stands in it, in wire form. The same dict as `row` until something is
    set."""
    peers: Peers = view("_peers")
    """The rows that arrived together with it, and what was loaded for all of them."""
    session: Session | None = view("_peers.session")
    """The session it belongs to; None for what was unpickled."""

    @property
    def id(self) -> Any:
        """What identifies it, as it came; None for a record that was not saved yet."""
        return self.entity._raw.get("id")

    @property
    def is_new(self) -> bool:
        """Whether it was not created yet."""
        return self.entity._raw.get("id") is None

    @property
    def label(self) -> str:
        """What messages call it: "campaign 7", "new campaign"."""
        return self.entity._label()

    @property
    def complete(self) -> bool:
        """Whether the record came with all its fields: what it lacks then is null."""
        return self.entity._is_complete()

    # what was changed

    pending: Callable[..., dict[str, Any]] = view("_pending")
    """The typed values that were set since it was loaded, by Python name: what a save would send.
    aside: the names of fields to leave out."""
    edits: Callable[..., Row] = view("_edits")
    """``edits(pending=None)``: what is pending, or these typed values, in wire form."""
    is_edited: Callable[[str], bool] = view("_edited")
    """Whether a field was set to another value than the loaded one."""
    loaded: Callable[..., Any] = view("_loaded")
    """``loaded(name, default=None)``: the typed value as it was loaded, whatever was set since; the default where it
    was not loaded or cannot be read."""
    original: Callable[[str], Any] = view("_original")
    """The typed value that a field came with, of a copy the one of its original; None where it has none."""
    originals: Callable[[], Mapping[str, Any]] = view("_originals")
    """The typed values that a copy was made with; none for what is not a copy."""
    settle: Callable[[Row | None, Mapping[str, Any]], None] = view("_settle")
    """``settle(row, sent)`` after a save: takes over the platform's answer (None: a bare success) and what was sent."""
    take: Callable[[Row], None] = view("_take")
    """``take(values)``: makes these the values as they are now, in wire form."""
    renew: Callable[..., None] = view("_renew")
    """``renew(row, pending, peers=None)``: takes another row, and keeps what is pending."""

    # what belongs to it

    cache: Callable[[], dict[str, Any]] = view("_memo")
    """What was built from the row and is handed out again: related entities, copies of nested values."""
    currency: Callable[[Field[Any]], str | None] = view("_currency")
    """The ISO 4217 code of an amount, where what is loaded says it."""
    listing: Callable[[Session], Query[Any]] = view("_listing")
    """The query that lists the entity among others."""
    require_session: Callable[[str], Session] = view("_attached")
    """Its session; a `DetachedError` that names the purpose ("save it to") where it has none."""
    not_loaded: Callable[[Field[Any]], NotLoaded] = view("_not_loaded")
    """The error of reading a field that the record came without; it names the cure."""

    def __repr__(self) -> str:
        return f"<EntityState of {self.label}>"
