"""Operations on catalogs: items in batches, feeds, product groups. Source: wire.md sections 6 and 12."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from adplatforms.core.errors import ClientError
from adplatforms.core.ids import id_of
from adplatforms.core.messages import Answer

from .. import success
from ..account import Account
from ..answers import rows_of
from ..arguments import listed_ids, pieces
from ..description import OPERATIONS
from ..jobs import ItemsJob, LocalInventoryJob
from .record import RecordOperations

__all__ = ["CatalogOperations", "Catalogs", "FeedOperations", "ProductGroupOperations"]

MOST = 1000
"""Items, or product groups, that one call takes. Source: wire.md, section 6."""


class Catalogs(Account):
    """Items, products and product groups of catalogs, many at once."""

    def submit_items(
        self,
        items: Iterable[Mapping[str, Any]],
        country: str,
        language: str,
        catalog_type: str = "RETAIL",
        *,
        catalog_id: Any = None,
        act_as: Any = None,
    ) -> list[ItemsJob]:
        """Creates, changes and deletes items of a catalog: a job per 1,000 items.

        items: dicts with `operation` ("CREATE", "UPDATE", "UPSERT", "DELETE"), `item_id` (hotels: hotel_id, creative
            assets: creative_assets_id) and `attributes`. All are checked before the first batch is sent.
        country: ISO 3166-1 ("US").
        language: "EN" or "en-US".
        catalog_type: "RETAIL", "HOTEL" or "CREATIVE_ASSETS".
        act_as: the ad account to act for, in place of the session's.

        What became of each item: `result()` of the jobs. Source: the operation items_batch/post.
        """
        given = list(items)
        if not given:
            raise ClientError("there are no items")
        common = {"catalog_type": catalog_type, "country": country, "language": language}
        if catalog_id is not None:
            common["catalog_id"] = catalog_id
        where = self._acting(act_as)
        # Prepared before any is sent: a bad item must not leave the batches before it applied.
        operation = OPERATIONS["items_batch/post"]
        requests = [
            self._prepared(operation, {**common, "items": list(some)}, True, where) for some in pieces(given, MOST)
        ]

        def batch_id(answer: Answer) -> str:
            return success.work_id(answer, operation, "batch_id")

        return [ItemsJob(self, self.exchange(request, batch_id), **where) for request in requests]

    def items_job(self, batch_id: str, *, act_as: Any = None) -> ItemsJob:
        """The job of a batch of items that was sent before."""
        return ItemsJob(self, id_of(batch_id, (), "batch_id"), **self._acting(act_as))

    def products(self, filters: Mapping[str, Any], *, act_as: Any = None, **more: Any) -> Iterator[Any]:
        """The products that the filters of a product group let through, as plain data, as they are read.

        filters: feed_id or catalog_type, catalog_id, country, locale; and filters. more: pin_metrics.
        Source: the operation products_by_product_group_filter/list.
        """
        return self.call_pages("products_by_product_group_filter/list", dict(filters), **self._acting(act_as), **more)

    def create_product_groups(self, groups: Iterable[Mapping[str, Any]], *, act_as: Any = None) -> list[str]:
        """Creates product groups by the thousand; returns their ids.

        groups: dicts as in the body of the normal operation. All are checked before the first are sent.
        Source: the operation catalogs_product_groups/create_many.
        """
        where = self._acting(act_as)
        operation = OPERATIONS["catalogs_product_groups/create_many"]
        requests = [self._prepared(operation, list(some), True, where) for some in pieces(list(groups), MOST)]

        def ids(answer: Answer) -> list[str]:
            created, sent = rows_of(success.checked_body(answer, operation)), len(answer.request.json)
            # The ids are all that tells which group became which.
            if len(created) != sent:
                raise success.unreadable(answer, f"the answer has {len(created):,} ids, {sent:,} groups were sent")
            return created

        return [created for request in requests for created in self.exchange(request, ids)]

    def delete_product_groups(self, ids: Any, *, act_as: Any = None) -> None:
        """Deletes product groups (ids or entities) by the thousand.

        Source: the operation catalogs_product_groups/delete_many.
        """
        for some in pieces(listed_ids(ids, self.registry.find("product_groups"), "ids"), MOST):
            self.call("catalogs_product_groups/delete_many", id=some, **self._acting(act_as))

    def _acting(self, act_as: Any) -> dict[str, Any]:
        """The ad account to act for, as a parameter; none where neither the call nor the session names one."""
        account = act_as
        if account is None:
            account = self.act_as
        if account is None:
            return {}
        return {"ad_account_id": id_of(account, self.registry.find("ad_accounts"), "act_as")}


class FeedOperations(RecordOperations):
    """Extra operations of a feed."""

    __slots__ = ()

    def ingest(self) -> Any:
        """Has Pinterest read the feed now, instead of at its next scheduled time.

        What came of it: `processing_results` of the feed. Source: the operation feeds/ingest.
        """
        return self._call("feeds/ingest")


class ProductGroupOperations(RecordOperations):
    """Extra operations of a product group of a catalog."""

    __slots__ = ()

    def product_counts(self) -> Any:
        """How many products are in it, in stock, out of stock.

        Source: the operation catalogs_product_groups/product_counts_get.
        """
        return self._call("catalogs_product_groups/product_counts_get")


class CatalogOperations(RecordOperations):
    """Extra operations of a catalog."""

    __slots__ = ()

    def local_inventory(self, pairs: Iterable[tuple[str, str]]) -> list[Any]:
        """What local stores have of items: dicts of item_id, price, availability, store_metadata and more.

        pairs: (item id, store code), at most 1,000. Source: the operation catalogs_local_inventory_items/post.
        """
        self._account()  # a new catalog is refused first
        wanted = [{"item_id": item, "store_code": store} for item, store in pairs]
        return rows_of(self._call("catalogs_local_inventory_items/post", {"item_filters": wanted}), "items")

    def submit_local_inventory(self, operations: Iterable[Mapping[str, Any]]) -> LocalInventoryJob:
        """Changes what local stores have, at most 1,000 a call: the job, whose `result()` has what became of each.

        operations: dicts of operation, item_id, store_code and attributes, by Pinterest's names.
        Source: the operation catalogs_local_inventory_items_batch/operate, since 5.28.0.
        """
        where = self._arguments("catalogs_local_inventory_items_batch/operate")
        body = {"operations": list(operations)}
        batch = self._account().start_work("catalogs_local_inventory_items_batch/operate", body, "batch_id", **where)
        return LocalInventoryJob(self._account(), batch, **where)

    def available_filter_values(self, **more: Any) -> Any:
        """What its products can be filtered by. more: feed_id, country, language.

        Source: the operation catalogs/available_filter_values.
        """
        return self._call("catalogs/available_filter_values", catalog_id=self.id, **more)
