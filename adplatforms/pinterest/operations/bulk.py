"""Bulk operations: thousands of records read or saved by one job. Source: wire.md section 12."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from adplatforms.core.errors import ClientError
from adplatforms.core.ids import check_class, id_of, is_entity
from adplatforms.core.parsing import parse_datetime
from adplatforms.core.state import EntityState

from ..arguments import listed, listed_ids
from ..jobs import BulkJob, BulkReadJob
from ..write import draft
from .reports import Reports

if TYPE_CHECKING:
    from adplatforms.core.query import Query

__all__ = ["Bulk"]

Records = Mapping[str, Iterable[Any]]
"""Records to save, by collection: entities or dicts."""

_TYPES = {
    "campaigns": "CAMPAIGN",
    "ad_groups": "AD_GROUP",
    "ads": "AD",
    "keywords": "KEYWORD",
    "labels": "LABEL",
    "product_group_promotions": "PRODUCT_GROUP",
    "schedules": "SCHEDULE",
}
"""What bulk downloads call the records of a collection. Source: wire.md, section 12."""
_COLLECTIONS = {"product_groups": "product_group_promotions", "catalog_product_groups": "product_groups"}
"""The collections of lists that have another name in bulk requests (wire.md, section 10)."""

_DOWNLOADED = ("campaigns", "ad_groups", "ads", "keywords", "labels", "product_group_promotions", "product_groups")
"""The collections whose records a bulk download has."""


class Bulk(Reports):
    """Bulk downloads and upserts. Pinterest's sandbox does not serve them."""

    def bulk_download(
        self,
        entity_types: Iterable[str] | str = (),
        *,
        entity_ids: Any = None,
        updated_since: datetime | str | None = None,
        output_format: str = "JSON",
        campaign_filter: Mapping[str, Any] | None = None,
        ad_account_id: Any = None,
    ) -> BulkJob:
        """Starts a download of all records of some kinds: the job, whose `result()` or `rows()` has them.

        entity_types: 1 to 6 of CAMPAIGN, AD_GROUP, PRODUCT_GROUP, AD, KEYWORD, LABEL, SCHEDULE; Pinterest's choice
            where left out.
        entity_ids: only these records (ids or entities).
        updated_since: only what changed since, a datetime, in UTC where it has no zone: the one way to ask Pinterest
            for changes.
        output_format: "JSON" or "CSV".
        campaign_filter: only what belongs to campaigns with this name, campaign_status, objective_type, start_time,
            end_time; in place of entity_ids.

        Rows are as Pinterest writes them: amounts in micro-currency, times in seconds since 1970.
        Source: the operation bulk_download/create.
        """
        body: dict[str, Any] = {"output_format": output_format}
        if entity_types:
            body["entity_types"] = listed(entity_types)
        if entity_ids is not None:
            body["entity_ids"] = listed_ids(entity_ids, self._downloaded(), "entity_ids")
        if updated_since is not None:
            body["updated_since"] = _seconds(updated_since)
        if campaign_filter is not None:
            body["campaign_filter"] = {
                name: _seconds(value) if name in ("start_time", "end_time") else value
                for name, value in campaign_filter.items()
            }
        return self._bulk("bulk_download/create", body, ad_account_id)

    def bulk_upsert(
        self, create: Records | None = None, update: Records | None = None, *, ad_account_id: Any = None
    ) -> BulkJob:
        """Starts to save many records: the job, whose `result()` has what became of each, and `details()` the errors.

        create, update: dicts of lists, by "campaigns", "ad_groups", "ads", "keywords", "labels", "product_groups" and
            "catalog_product_groups". An element is an entity, new ones to create and changed ones to update, or a dict
            as in the body of the normal operation, an update with its id.

        The ad account is filled in where an element needs it. Entities stay as they are, with their changes pending,
        because only the job tells what became of them: `refresh()` the updated ones then, and do not save the new ones
        again. Amounts in dicts are whole micro-currency: fractions are refused, and nothing is rounded to the digits of
        a currency, which they do not tell. Nothing is sent when one element does not fit the description.
        Source: the operation bulk_upsert/create.
        """
        body: dict[str, Any] = {}
        for name, records in (("create", create), ("update", update)):
            if records:
                owner = self._owner(ad_account_id)
                body[name] = {kind: self._elements(name, kind, rows, owner) for kind, rows in records.items()}
        if not body:
            raise ClientError("there is nothing to save", hint='bulk_upsert(update={"campaigns": [...]})')
        return self._bulk("bulk_upsert/create", body, ad_account_id)

    def bulk_job(self, request_id: str, *, ad_account_id: Any = None) -> BulkJob:
        """The job of a bulk request that was started before."""
        return BulkJob(self, id_of(request_id, (), "request_id"), **self._owner(ad_account_id))

    def bulk(self, query: Query[Any], **options: Any) -> BulkReadJob:
        """Reads a query as one bulk download: the job, whose `result()` and `rows()` have its entities.

        options: those of `bulk_download`, such as updated_since. Ids that the query names are asked for; its other
        conditions are applied here. Raises `ClientError` for a collection that bulk downloads do not have, and for what
        a download cannot do: an order, a start, parents other than an ad account.
        """
        collection = query.model.__model__.collection
        if collection not in _TYPES:
            raise ClientError(f"Pinterest has no bulk download of {collection}", hint=f"of {', '.join(_TYPES)}")
        scope = {name.removesuffix("_id"): value for name, value in query.scope}
        account = options.pop("ad_account_id", scope.pop("ad_account", None))
        if scope or query.order or query.start or query.token or query.extra:
            raise ClientError("a bulk download takes conditions and an ad account only", hint="iterate the query")
        ids = next((each for each in query.conditions if each.field.name == "id" and each.op in ("==", "in")), None)
        if ids is not None:
            options.setdefault("entity_ids", [ids.value] if ids.op == "==" else list(ids.value))
        job = self.bulk_download(_TYPES[collection], ad_account_id=account, **options)
        return BulkReadJob(self, job.id, query, **job.where)

    def _elements(self, verb: str, kind: str, rows: Any, owner: Mapping[str, Any]) -> list[Any]:
        """The elements of one list of a bulk upsert, as they are sent. verb: "create" or "update"."""
        if isinstance(rows, Mapping) or is_entity(rows):
            rows = [rows]
        return [self._element(verb, kind, row, owner) for row in rows]

    def _element(self, verb: str, kind: str, row: Any, owner: Mapping[str, Any]) -> Any:
        """One element: of an entity what a save of it would send, a dict with the ad account where it lacks it."""
        if not is_entity(row):
            if kind == "campaigns" and isinstance(row, Mapping):
                return {**owner, **row}
            return row
        collection = _COLLECTIONS.get(kind, kind)
        check_class(row, self.registry.find(collection), f"{verb} {kind}")
        state = EntityState(row)
        if state.is_new != (verb == "create"):
            other = "update" if verb == "create" else "create"
            raise ClientError(f"{state.label} is not to be {verb}d", hint=f"give it as {other}={{{kind!r}: [...]}}")
        planned = draft(row, state.pending())
        # Of these a list holds whole bodies: see the description of bulk_upsert/create.
        if planned.content.wrapper and (verb == "create" or kind == "product_groups"):
            return planned.request.json
        return planned.items[0] if planned.content.kind != "object" else planned.request.json

    def _downloaded(self) -> tuple[type[Any], ...]:
        """The classes of the records that a download has."""
        return tuple(map(self.registry.find, _DOWNLOADED))

    def _bulk(self, operation: str, body: dict[str, Any], ad_account_id: Any) -> BulkJob:
        """The job that an operation starts."""
        owner = self._owner(ad_account_id)
        return BulkJob(self, self.start_work(operation, body, "request_id", **owner), **owner)


def _seconds(moment: Any) -> str:
    """A moment as a string of digits: seconds since 1970, which may be given as such."""
    # A string of digits on the wire, unlike any other time (wire.md, section 9).
    if isinstance(moment, int) or (isinstance(moment, str) and moment.isdigit()):
        return str(moment)
    return str(int(parse_datetime(moment).timestamp()))
