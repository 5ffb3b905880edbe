"""What the extra operations of T1 entities are built on: calls below a record's URL, and their answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from adplatforms.core.errors import ClientError, NotFoundError
from adplatforms.core.messages import Pairs, Request
from adplatforms.core.paging import Page, drive
from adplatforms.core.relations import Peers, Row

from ..read import CONTENT, STATUS, T1Reader
from ..state import T1State

if TYPE_CHECKING:
    from adplatforms.core.entity import Entity
    from adplatforms.core.session import Session

    from ..dialect import T1Dialect

    _Base = Entity
else:
    _Base = object

__all__ = ["Operations", "accepts"]


class Operations(_Base):
    """The part of a T1 entity that makes calls below its own URL: ``{collection}/{id}/{tail}``.

    A call leaves the entity savable: its version and its unsaved changes stay.
    """

    __slots__ = ()

    if TYPE_CHECKING:

        def _path(self) -> str: ...

    def _call(
        self,
        method: str,
        tail: str,
        form: Pairs | None = None,
        params: Pairs = (),
        accept: str = "",
        reader: T1Reader | None = None,
        **parts: Any,
    ) -> Page:
        """Sends ``{method} {collection}/{id}/{tail}`` and reads its answer; the entity itself stays as it is.

        accept: the media type that is asked for, by default the session's. reader: what the answer must hold; by
        default content for a GET and a status for a POST. parts: further parts of the `Request`.
        """
        purpose = f"ask for {tail!r}" if method == "GET" else f"send {tail!r} to"
        session = self._attached(purpose)
        return session.fetch_page(self._request(session, method, tail, form, params, accept, reader, **parts))

    def _request(
        self,
        session: Session,
        method: str,
        tail: str,
        form: Pairs | None = None,
        params: Pairs = (),
        accept: str = "",
        reader: T1Reader | None = None,
        **parts: Any,
    ) -> Request:
        """The request of `_call`. Raises `ClientError` for a record without an id."""
        self._require_id()
        reads = method == "GET"
        if reader is None:
            reader = CONTENT if reads else STATUS
        # The CSV of a site list and JSON-only answers are asked for by their own type.
        headers: Mapping[str, str] = {"Accept": accept}
        if not accept:
            headers = accepts(session)
        parts.setdefault("writes", not reads)
        return Request(method, f"{self._path()}/{tail}", params, form, headers=headers, reader=reader, **parts)

    def _require_id(self, cure: str = "save() it first") -> None:
        """Raises `ClientError` for a record that was not saved yet."""
        if self._raw.get("id") is None:
            raise ClientError(f"{self._label()} has no id yet", hint=cure)

    def _children(self, tail: str) -> list[Any]:
        """All records of a child collection, complete; they know their parent."""
        session = self._attached(f"ask for {tail!r}")
        url = self._request(session, "GET", tail).path
        plan = cast("T1Dialect", session.dialect).plan_rows(session.query(type(self)), url)
        pages = drive(plan.pager(), session.fetch_page)
        return [child for page in pages for child in self._as_children(page.rows)]

    def _as_children(self, rows: list[Row]) -> list[Any]:
        """Rows as entities that know this one as their parent."""
        children = self._as_entities(rows)
        for child in children:
            T1State(child).set_parent(self.collection, self.id)
        return children

    def _as_entities(self, rows: list[Row]) -> list[Any]:
        """Rows as entities of the same session, each of the class that its type names."""
        peers = Peers(self._peers.session, rows)
        wrap = self.__model__.registry.base.__model__.wrap
        return [wrap(row, peers) for row in rows]

    def _single(self, found: list[Any], what: str) -> Any:
        """The one record of an answer; `NotFoundError` where there is none."""
        if not found:
            raise NotFoundError(f"T1's answer holds no {what} of {self._label()}")
        return found[0]

    def _merge(self, page: Page) -> None:
        """Takes over what an answer shows of the entity itself; unsaved changes stay pending."""
        own_key = (self.__model__.type, str(self._raw["id"]))
        for row in page.rows:
            if (row.get("entity_type"), str(row.get("id"))) == own_key:
                self._renew({**self._raw, **row}, self._pending())
                return

    def _replace(self, relation: str, rows: list[Row] | None) -> None:
        """A relation has these rows now; None: they are unknown, and are loaded when it is touched."""
        row = {key: value for key, value in self._raw.items() if key != relation}
        if rows is not None:
            row[relation] = rows
        # Peers of its own: those of the page that it came with have the old rows of the relation.
        self._renew(row, self._pending(), Peers(self._peers.session, [row]))


def accepts(session: Session) -> Mapping[str, str]:
    """The header by which a session asks for JSON or XML."""
    return cast("T1Dialect", session.dialect).accept
