"""What extra operations of a record need: its session, and the ad account that it belongs to or is acted for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from adplatforms.core.errors import ClientError
from adplatforms.core.state import EntityState

from ..base import PinterestEntity
from ..description import OPERATIONS
from ..write import argument

if TYPE_CHECKING:
    from ..session import Pinterest

__all__ = ["RecordOperations"]


class RecordOperations(PinterestEntity):
    """A record with operations of its own."""

    __slots__ = ()

    def _account(self) -> Pinterest:
        """Its session, once it has an id."""
        state = EntityState(self)
        if state.is_new:
            raise ClientError(f"{state.label} has no id yet", hint="save() it first")
        return cast("Pinterest", state.require_session("call"))

    def _account_id(self) -> Any:
        """The ad account it belongs to; the session's where the record does not say."""
        return self._raw.get("ad_account_id") or self._account().ad_account_id

    def _call(self, operation: str, /, body: Any = None, **params: Any) -> Any:
        """Calls an operation about this record.

        The parameters of the path that are not named are its own: the operation of a campaign gets its id and account.
        """
        return self._account().call(operation, body, **{**self._arguments(operation), **params})

    def _arguments(self, operation: str) -> dict[str, Any]:
        """What the path takes from this record, and whom the call acts for."""
        params = OPERATIONS[operation].params.values()
        # An account in the query is the one to act for, which the record remembers.
        wanted = [param for param in params if param.location == "path" or param.name == "ad_account_id"]
        own = {param.name: argument(self, param.name, param.location) for param in wanted}
        return {name: value for name, value in own.items() if value is not None}
