"""Bulk operations: thousands of records read or saved by one job. Source: wire.md section 12."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from adplatforms.core.errors import ClientError
from adplatforms.core.ids import id_of
from adplatforms.core.parsing import parse_datetime

from ..arguments import listed, listed_ids
from ..jobs import BulkJob
from .reports import Reports

__all__ = ["Bulk"]

Records = Mapping[str, Iterable[Mapping[str, Any]]]
"""Records to save, by collection."""

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
            "catalog_product_groups"; each element as in the body of the normal operation, an update with its id.

        Amounts are whole micro-currency: fractions are refused, and nothing is rounded to the digits of a currency,
        which these dicts do not tell. Nothing is sent when one element does not fit the description.
        Source: the operation bulk_upsert/create.
        """
        body: dict[str, Any] = {}
        for name, records in (("create", create), ("update", update)):
            if records:
                body[name] = {kind: list(rows) for kind, rows in records.items()}
        if not body:
            raise ClientError("there is nothing to save", hint='bulk_upsert(update={"campaigns": [...]})')
        return self._bulk("bulk_upsert/create", body, ad_account_id)

    def bulk_job(self, request_id: str, *, ad_account_id: Any = None) -> BulkJob:
        """The job of a bulk request that was started before."""
        return BulkJob(self, id_of(request_id, (), "request_id"), **self._owner(ad_account_id))

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
