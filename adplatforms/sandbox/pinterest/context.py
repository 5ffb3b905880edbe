"""What the handlers of operations share: the rows, the clock, the registry of handlers, and answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from adplatforms.sandbox.part import Services
from adplatforms.sandbox.pinterest.errors import not_found
from adplatforms.sandbox.pinterest.reading import Call
from adplatforms.sandbox.pinterest.rows import Document, Row, Rows
from adplatforms.sandbox.pinterest.settings import Settings
from adplatforms.sandbox.pinterest.synth import Maker
from adplatforms.sandbox.pinterest.table import Api


@dataclass(frozen=True)
class Reply:
    """An answer that is not simply a value with the operation's own status. `body` bytes are sent as they are."""

    body: Any = None
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Context:
    """What a handler works with."""

    api: Api
    rows: Rows
    services: Services
    settings: Settings

    @property
    def seconds(self) -> int:
        """Now, in epoch seconds."""
        return int(self.services.now().timestamp())

    @property
    def stamp(self) -> str:
        """Now, as a date-time string."""
        return self.services.now().strftime("%Y-%m-%dT%H:%M:%SZ")

    def row(self, kind: str, key: str, scope: str | None = None) -> Row:
        """A row.

        Raises:
            Refusal: 404, there is none.
        """
        found = self.rows.find(kind, key, scope)
        if found is None:
            raise not_found(kind, key)
        return found

    def made_up(self, call: Call, seed: int = 1, **known: Any) -> Any:
        """An answer of the operation's own shape, with what the request and `known` say in place of made up values."""
        made = Maker(self.api, seed).make(call.operation.answer)
        if isinstance(made, dict):
            said = {**(call.body if isinstance(call.body, dict) else {}), **call.path, **known}
            made.update((name, value) for name, value in said.items() if name in made)
            if "items" in made and "bookmark" in made:
                made["bookmark"] = None
        return made


Handler = Callable[[Context, Call], Any]
HANDLERS: dict[str, Handler] = {}
"""Handlers of operations by id; what is not here is answered by its verb (`generic`)."""


def handles(*operations: str) -> Callable[[Handler], Handler]:
    """Registers a handler for operations of these ids."""

    def register(handler: Handler) -> Handler:
        for one in operations:
            HANDLERS[one] = handler
        return handler

    return register


def scope_of(call: Call) -> str:
    """Which rows a list or an id is looked up among: the innermost parent in the path, empty for the user's own."""
    names = [name for name in call.path if name in PARENTS]
    return call.path[names[-1]] if names else ""


PARENTS = (
    "ad_account_id",
    "customer_list_id",
    "board_id",
    "business_id",
    "business_hierarchy_id",
    "asset_id",
    "feed_id",
    "processing_result_id",
    "username",
)
"""Path parameters that name the parent of a row."""


def touched(context: Context, data: Document) -> Document:
    """A document with its time of change set to now, in the form it has there."""
    for name in ("updated_time", "updated_timestamp"):
        if name in data:
            data[name] = context.seconds
    if "updated_at" in data:
        data["updated_at"] = context.stamp if isinstance(data["updated_at"], str) else context.seconds * 1000
    return data
