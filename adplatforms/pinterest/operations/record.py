"""What the calls of all records need: their session, and the ad account that they belong to or are acted for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from adplatforms.core.errors import ClientError

from ..base import PinterestEntity
from ..description import OPERATIONS
from ..write import argument

if TYPE_CHECKING:
    from ..session import Pinterest

__all__ = ["RecordOperations"]


class RecordOperations(PinterestEntity):
    """A record with calls of its own."""

    __slots__ = ()

    def _account(self) -> Pinterest:
        """Its session, once it has an id."""
        if self._raw.get("id") is None:
            raise ClientError(f"{self._label()} has no id yet", hint="save() it first")
        return cast("Pinterest", self._attached("call"))

    def _account_id(self) -> Any:
        """The ad account it belongs to; the session's where the record does not say."""
        return self._raw.get("ad_account_id") or self._account().ad_account_id

    def _call(self, operation: str, /, body: Any = None, **params: Any) -> Any:
        """A call about this record: the parameters of the path that are not named are its own."""
        return self._account().call(operation, body, **{**self._arguments(operation), **params})

    def _arguments(self, operation: str) -> dict[str, Any]:
        """What the path takes from this record, and whom the call acts for."""
        params = OPERATIONS[operation].params.values()
        wanted = [param for param in params if param.place == "path" or param.name == "ad_account_id"]
        own = {param.name: argument(self, param.name, param.place) for param in wanted}
        return {name: value for name, value in own.items() if value is not None}
