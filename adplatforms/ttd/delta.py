"""What changed since a version: the delta queries. Source: graphql.md "Changes since a version" [O], REST's [D].

The input types are the facts', that the records come as a plain list inside the answer is inferred [I].
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError, UnknownNameError, did_you_mean
from adplatforms.core.ids import ids_of
from adplatforms.core.messages import Answer, Request
from adplatforms.core.relations import Peers

from . import shapes
from .base import TTDEntity
from .graphql.documents import Document, Node, Variable
from .graphql.read import Reading
from .graphql.selection import Selection
from .read import graphql_parts, json_object
from .rest.endpoints import DELTAS
from .rest.records import canonical

if TYPE_CHECKING:
    from .session import TTD

__all__ = ["CHUNK", "Changes", "Part"]

CHUNK = 100
"""Parents that one query names, as the vendor's scripts do [O]."""
_QUERIES = {
    "advertisers": ("advertiserDelta", "partner"),
    "campaigns": ("campaignDelta", "advertiser"),
    "ad_groups": ("adGroupDelta", "advertiser"),
    "creatives": ("creativeDelta", "advertiser"),
    "tracking_tags": ("trackingTagDelta", "advertiser"),
}
"""By collection: the root field and the parent whose ids it takes."""


class Part(NamedTuple):
    """One answer of a delta query.

    `version`: up to which the changes are known with it. `more`: whether there are further ones. `oldest`: the oldest
    version that the platform still keeps, None where it does not say.
    """

    rows: list[dict[str, Any]]
    version: int | None
    more: bool
    oldest: int | None


class Changes:
    """The entities of a collection that changed since a version: iterate it, then keep its `token` for the next time.

    >>> changes = ttd.changes_since(None, "campaigns", advertiser="adv0001")     # doctest: +SKIP
    >>> for campaign in changes:                                                 # doctest: +SKIP
    ...     store(campaign)
    >>> save_for_tomorrow(changes.token)                                         # doctest: +SKIP

    `token` is a dict of plain values (JSON keeps it): the version by parent id. It moves on as parts are read to their
    end, so that an iteration that was broken off is resumed with what it had not yielded yet. A parent that is not in
    it is read from the beginning. A version that is too old for the platform is a `ClientError`: start over with None.
    """

    def __init__(
        self, session: TTD, token: Mapping[str, int | None] | None, collection: str | type[Entity], **scope: Any
    ) -> None:
        self._session = session
        self._model = cast("type[TTDEntity]", session.registry.find(collection))
        collection = self._model.collection
        known = _QUERIES.get(collection)
        if known is None:
            raise UnknownNameError(
                f"The Trade Desk does not report changes of {collection}", hint=did_you_mean(collection, _QUERIES)
            )
        self._root, parent = known
        if set(scope) != {parent}:
            raise ClientError(
                f"the changes of {collection} are reported by {parent}", hint=f"{parent}=id, or a list of ids"
            )
        self._parents = _ids(scope[parent], session.registry.find(parent))
        self._by_partner = parent == "partner"
        self._parent_key = {"partner": "PartnerId", "advertiser": "AdvertiserId"}[parent]
        if not isinstance(token, (Mapping, type(None))):
            raise ClientError(f"{token!r:.80} is not a token of changes", hint="changes.token, a dict, or None for all")
        self.token: dict[str, int | None] = dict(token or {})

    def __iter__(self) -> Iterator[Any]:
        """The entities that changed, in the order of the answers; one call for each part."""
        for parents, version in self._chunks():
            yield from self._changes_of(parents, version)

    def _changes_of(self, parents: list[str], version: int | None) -> Iterator[Any]:
        """What changed at these parents, part after part."""
        more = True
        while more:
            part = self._ask(parents, version)
            # Older changes are gone: without this check they would be missing unnoticed.
            if version is not None and part.oldest is not None and version < part.oldest:
                raise ClientError(
                    f"the changes since version {version} are not kept any more, the oldest is {part.oldest}",
                    hint="read everything once more: token=None",
                )
            peers = Peers(self._session, part.rows)
            wrap = self._model.__model__.wrap
            for row in part.rows:
                yield wrap(row, peers)
            # A version that does not move on would be asked for again, for ever.
            more = part.more and part.version != version
            if part.version is not None:
                version = part.version
            # Only now, when all of the part was yielded, is it behind us.
            self.token.update(dict.fromkeys(parents, version))

    def _ask(self, parents: list[str], version: int | None) -> Part:
        request = self._request(parents, version)
        return self._session.exchange(request, lambda answer: shapes.readable(answer, self._part))

    def _chunks(self) -> Iterator[tuple[list[str], int | None]]:
        """The parents that have read up to the same version, as many as a query takes."""
        # Those without a version begin at the start: together they would hide what the others have read.
        groups: dict[int | None, list[str]] = {}
        for parent in self._parents:
            groups.setdefault(self.token.get(parent), []).append(parent)
        size = 1 if self._by_rest else CHUNK
        for version, parents in groups.items():
            for start in range(0, len(parents), size):
                yield parents[start : start + size], version

    @property
    def _by_rest(self) -> bool:
        return self._session.dialect.reads_rest(self._model) and self._model.__model__.rest_name in DELTAS

    def _request(self, parents: list[str], version: int | None) -> Request:
        """The call for what changed at these parents after a version; None as version stands for the beginning."""
        calls = self._session.dialect.calls
        if not self._by_rest:
            return calls.graphql(self._reading(parents, version))
        path, records = DELTAS[self._model.__model__.rest_name]
        body = {self._parent_key: parents[0], "LastChangeTrackingVersion": version}
        if self._model.__model__.type != "creative":
            # Asks for the records and not only for ``ElementIds``; no fact shows such a flag for creatives.
            body[f"ReturnEntire{records.removesuffix('s')}"] = True
        return calls.rest("POST", path, body)

    def _reading(self, parents: list[str], version: int | None) -> Reading:
        """What reads a part by GraphQL."""
        selection = Selection(self._model, (), self._session.dialect.dropped)
        given: dict[str, Any] = {"changeTrackingVersion": Variable("version"), "ids": Variable("ids")}
        if not self._by_partner:
            given = {"advertiser": given}
        positions = map(Node, ("nextChangeTrackingVersion", "moreAvailable", "currentMinimumTrackingVersion"))
        root = Node(self._root, (*positions, Node(self._key, (selection,))), {"input": given})
        document = Document(root, {"version": "Long", "ids": "[ID!]"}, {"version": version, "ids": parents})
        return Reading(document, selection, (self._root, self._key), "list")

    @property
    def _key(self) -> str:
        """The records in GraphQL's answer: ``campaigns``, ``adGroups``."""
        first, *others = self._model.collection.split("_")
        return first + "".join(word.title() for word in others)

    def _part(self, answer: Answer) -> Part:
        """What one answer holds; a ValueError where a part of it is missing."""
        if self._by_rest:
            return self._rest_part(json_object(answer))
        data, _ = graphql_parts(answer, (self._root, self._key))
        rows = cast("Reading", answer.request.reader).rows(data).rows
        found = shapes.an_object(shapes.member(data, self._root), self._root)
        version = shapes.total(shapes.member(found, "nextChangeTrackingVersion"))
        oldest = shapes.total(found.get("currentMinimumTrackingVersion"))
        return Part(rows, version, shapes.flag(found, "moreAvailable"), oldest)

    def _rest_part(self, found: dict[str, Any]) -> Part:
        """A part as REST has it."""
        name = DELTAS[self._model.__model__.rest_name][1]
        rows = [canonical(self._model, record) for record in shapes.records(shapes.member(found, name))]
        for row in rows:
            shapes.identified(row)
        version = shapes.total(shapes.member(found, "LastChangeTrackingVersion"))
        flag = f"More{name}Available"
        # The facts name it for ad groups and campaigns alone: of others, its absence means that there is no more.
        required = self._model.__model__.type in ("ad_group", "campaign")
        more = (required or flag in found) and shapes.flag(found, flag)
        return Part(rows, version, more, None)


def _ids(value: Any, parent: type[Entity]) -> list[str]:
    """Ids as text: one, or several, or entities of the class that the changes are reported by."""
    return [str(found) for found in ids_of(value, parent, parent.__model__.type)]
