"""Extra operations of ad accounts, campaigns, ad groups, ads, audiences and lead forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Unpack, cast

from adplatforms.core.errors import ParserException
from adplatforms.core.ids import Models, id_of
from adplatforms.core.relations import Peers

from ..answers import member, record, rows_of
from ..arguments import listed_ids
from ..fields import Micros
from ..figures import Figures
from .analytics import AnalyticsOperations
from .record import RecordOperations
from .reports import LeadOperations

if TYPE_CHECKING:
    from ..entities import AdGroup
    from .analytics import Windows

__all__ = [
    "AdAccountOperations",
    "AdGroupOperations",
    "AdOperations",
    "AudienceOperations",
    "BillingInvoiceOperations",
    "CampaignOperations",
    "LabelOperations",
    "LeadFormOperations",
    "ProductGroupPromotionOperations",
    "PromotionOperations",
]

_MICROS = Micros()


class AdAccountOperations(AnalyticsOperations):
    """Extra operations of an ad account."""

    __slots__ = ()

    def _account_id(self) -> Any:
        """Its own id: calls about an ad account have it in their path."""
        return self.id

    def bid_floors(
        self, bid_floor_specs: Iterable[Mapping[str, Any]], targeting_spec: Mapping[str, Any] | None = None
    ) -> list[Decimal]:
        """The lowest bids that can win, one per spec, in the spec's currency: as an ad group's `bid`. Reads only.

        bid_floor_specs: dicts of billable_event, currency, countries, objective_type, creative_type and
            optimization_goal_metadata.
        targeting_spec: whom all of them target.

        Source: the operation ad_groups_bid_floor/get.
        """
        body: dict[str, Any] = {"bid_floor_specs": [dict(spec) for spec in bid_floor_specs]}
        if targeting_spec is not None:
            body["targeting_spec"] = dict(targeting_spec)
        floors = rows_of(self._call("ad_groups_bid_floor/get", body), "bid_floors")
        try:
            return [_MICROS.load(floor) for floor in floors]
        except (TypeError, ValueError, ArithmeticError):
            raise ParserException("the bid floors of the answer are not amounts") from None

    def audience_size(self, **targeting: Any) -> dict[str, Any]:
        """How many people a targeting reaches, as two bounds. Reads only.

        targeting: targeting_spec, keywords, placement_group, creative_types, product_group_ids,
        auto_targeting_enabled. Source: the operation ad_groups/audience_sizing.
        """
        return record(self._call("ad_groups/audience_sizing", targeting))

    def audience_insights(self, audience_insight_type: str) -> dict[str, Any]:
        """Who an audience is: categories, demographics, size.

        audience_insight_type: "YOUR_TOTAL_AUDIENCE", "YOUR_ENGAGED_AUDIENCE" or "PINTEREST_TOTAL_AUDIENCE".
        Source: the operation audience_insights/get.
        """
        return record(self._call("audience_insights/get", audience_insight_type=audience_insight_type))

    def audience_insight_types(self) -> list[Any]:
        """The audience insights that there are for this account.

        Source: the operation audience_insights_scope_and_type/get.
        """
        return rows_of(self._call("audience_insights_scope_and_type/get"), "items")

    def defined_events(self) -> list[Any]:
        """The conversion events that the advertiser defined. Source: the operation advertiser_defined_events/get."""
        return rows_of(self._call("advertiser_defined_events/get"), "items")

    def event_quality(self, lookback_period: str, **more: Any) -> list[Any]:
        """How well its conversion events match people.

        lookback_period: "1d" or "14d". more: source_platform, ingestion_source.
        Source: the operation conversion_eqs/list.
        """
        return rows_of(self._call("conversion_eqs/list", lookback_period=lookback_period, **more))

    def page_visit_tags(self) -> list[Any]:
        """Its conversion tags that saw page visits. Source: the operation page_visit_conversion_tags/get."""
        return list(self._account().call_pages("page_visit_conversion_tags/get", ad_account_id=self.id))

    def ocpm_tags(self) -> dict[str, Any]:
        """Its conversion tags that campaigns can be optimised for.

        Source: the operation ocpm_eligible_conversion_tags/get.
        """
        return record(self._call("ocpm_eligible_conversion_tags/get"))

    def ssio_accounts(self) -> dict[str, Any]:
        """The billing accounts that insertion orders can be made for. Source: the operation ssio_accounts/get."""
        return record(self._call("ssio_accounts/get"))

    def redeem_credit(self, offer_code_hash: str, validate_only: bool = False) -> dict[str, Any]:
        """Redeems an ads credit, or with validate_only=True checks whether it could be redeemed.

        offer_code_hash: the hashed offer code, lower case. Source: the operation ads_credit/redeem.
        """
        # The one body whose members are in camel case.
        body = {"offerCodeHash": offer_code_hash, "validateOnly": validate_only}
        return record(self._call("ads_credit/redeem", body))

    def preview(self, **what: Any) -> str:
        """The URL of a preview of an ad, which holds 7 days.

        what: pin_id; or image_url and title; or catalog_product_group_id, creative_type and more.
        Source: the operation ad_previews/create.
        """
        return str(member(self._call("ad_previews/create", what), "url"))

    def define_events(self, events: Mapping[str, str]) -> list[Any]:
        """Defines events of the advertiser's own: the Pinterest event that each stands for, by its name.

        ``{"Newsletter": "LEAD"}``. Returns what became of each: name, status, exceptions. Source: the operation
        advertiser_defined_events/create, since 5.28.0.
        """
        return self._with_events("advertiser_defined_events/create", events)

    def change_events(self, events: Mapping[str, str]) -> list[Any]:
        """Changes what events of the advertiser's own stand for: as `define_events`.

        Source: the operation advertiser_defined_events/update, since 5.28.0.
        """
        return self._with_events("advertiser_defined_events/update", events)

    def remove_events(self, names: Iterable[str] | str) -> None:
        """Removes events of the advertiser's own, by their names: one, or a list.

        Source: the operation advertiser_defined_events/delete, since 5.28.0.
        """
        wanted = [names] if isinstance(names, str) else list(names)
        self._call("advertiser_defined_events/delete", event_names=wanted)

    def _with_events(self, operation: str, events: Mapping[str, str]) -> list[Any]:
        """The outcome of each event that an operation is about."""
        self._account()  # a new account is refused first
        items = [{"name": name, "mapped_conversion_type": standard} for name, standard in events.items()]
        return rows_of(self._call(operation, {"items": items}), "items")

    def ad_previews(self, ad_groups: Any) -> list[Any]:
        """The previews of ad groups that are open: dicts with their url and expires_at.

        ad_groups: one or many, ids or entities. Source: the operation campaign_ad_preview/read, since 5.28.0.
        """
        return rows_of(self._call("campaign_ad_preview/read", ad_group_ids=self._ad_groups(ad_groups)))

    def open_ad_previews(self, ad_groups: Any) -> list[Any]:
        """Opens previews of ad groups; what became of each. Source: the operation campaign_ad_preview/create."""
        body = [{"ad_group_id": each} for each in self._ad_groups(ad_groups)]
        return rows_of(self._call("campaign_ad_preview/create", body))

    def close_ad_previews(self, ad_groups: Any) -> None:
        """Closes previews of ad groups. Source: the operation campaign_ad_preview/delete, since 5.28.0."""
        self._call("campaign_ad_preview/delete", ad_group_ids=self._ad_groups(ad_groups))

    def _ad_groups(self, given: Any) -> list[Any]:
        """The ids of ad groups."""
        return listed_ids(given, self._account().registry.find("ad_groups"), "ad_groups")

    def delivery_estimates(self, planned: Mapping[str, Any]) -> dict[str, Any]:
        """What a campaign that is planned may deliver: curves, derived_metrics, max_potential_spend. Reads only.

        planned: objective_type, budget_duration_type, start_date, a spend cap in micro-currency and ad_groups, by
        Pinterest's names. Source: the operation get_campaign_delivery_estimates, since 5.28.0.
        """
        return record(self._call("get_campaign_delivery_estimates", [planned]))

    def delete_sandbox(self) -> str:
        """Deletes all that is in an account of Pinterest's sandbox. Source: the operation sandbox/delete."""
        return str(self._call("sandbox/delete"))


class CampaignOperations(AnalyticsOperations):
    """Extra operations of a campaign."""

    __slots__ = ()

    def pin_analytics(
        self,
        pins: Any,
        columns: Iterable[str] | str,
        start: Any,
        end: Any,
        granularity: str = "DAY",
        **windows: Unpack[Windows],
    ) -> list[Figures]:
        """The figures of pins in this campaign: as `Pinterest.analytics` with ``"ad_pins"``."""
        return self._account().analytics(
            "ad_pins", pins, columns, start, end, granularity, campaign_id=self.id,
            ad_account_id=self._account_id(), **windows,
        )  # fmt: skip


class AdGroupOperations(AnalyticsOperations):
    """Extra operations of an ad group."""

    __slots__ = ()

    def bid_floor(self, **spec: Any) -> Decimal:
        """The lowest `bid` that can win for this ad group, in the ad account's currency. Reads only.

        It is asked for with the ad group's billable event, goal and targeting. spec adds to them or replaces them:
        currency, countries, objective_type, creative_type. Source: the operation ad_groups_bid_floor/get.
        """
        own = {name: self._values.get(name) for name in ("billable_event", "optimization_goal_metadata")}
        given = {name: value for name, value in own.items() if value is not None} | spec
        # The floor is in the currency that is asked for, and only the account knows its own.
        account = self._account().get("ad_accounts", self._account_id())
        found = account.bid_floors([{"currency": account.currency, **given}], self._values.get("targeting_spec"))
        if len(found) != 1:
            raise ParserException(f"the answer has {len(found)} bid floors, one was asked for")
        return cast("Decimal", found[0])

    def audience_size(self, **targeting: Any) -> dict[str, Any]:
        """How many people this ad group's targeting reaches, as two bounds. Reads only.

        targeting: replaces what is asked for, as for `AdAccount.audience_size`.
        Source: the operation ad_groups/audience_sizing.
        """
        own = {
            "targeting_spec": self._values.get("targeting_spec"),
            "placement_group": self._values.get("placement_group"),
        }
        body = {name: value for name, value in {**own, **targeting}.items() if value is not None}
        return record(self._call("ad_groups/audience_sizing", body))

    def dynamic_titles_status(self) -> dict[str, Any]:
        """How far titles made for its products are: is_ready, generated_count, reviewed_count.

        Source: the operation ad_groups_dynamic_titles_get_status, since 5.28.0.
        """
        return record(self._call("ad_groups_dynamic_titles_get_status"))

    def dynamic_titles_upload(self) -> dict[str, Any]:
        """Where a CSV of titles goes: upload_url, a credential, and the request_id that processes it.

        Source: the operation ad_groups_dynamic_titles_get_upload_url, since 5.28.0.
        """
        return record(self._call("ad_groups_dynamic_titles_get_upload_url"))

    def process_dynamic_titles(self, request_id: str) -> dict[str, Any]:
        """Takes over a CSV of titles that was uploaded: status, and errors by row.

        request_id: that of `dynamic_titles_upload`. Source: the operation ad_groups_dynamic_titles_process_csv.
        """
        return record(
            self._call("ad_groups_dynamic_titles_process_csv", {"request_id": id_of(request_id, (), "request_id")})
        )

    def dynamic_titles_link(self) -> str:
        """The link to a CSV of its titles, a credential.

        Source: the operation ad_groups_dynamic_titles_download_csv, since 5.28.0.
        """
        return str(member(self._call("ad_groups_dynamic_titles_download_csv"), "download_url"))


class LabelOperations(RecordOperations):
    """Extra operations of a label."""

    __slots__ = ()

    def apply(self, campaigns: Any) -> dict[str, Any]:
        """Puts it on campaigns, one or many: entities_labels, and errors of those that were refused.

        Source: the operation labels/apply, since 5.28.0.
        """
        return self._on("labels/apply", campaigns)

    def remove(self, campaigns: Any) -> dict[str, Any]:
        """Takes it off campaigns, one or many: as `apply`. Source: the operation labels/remove, since 5.28.0."""
        return self._on("labels/remove", campaigns)

    def _on(self, operation: str, campaigns: Any) -> dict[str, Any]:
        """The answer of an operation on campaigns."""
        ids = listed_ids(campaigns, self._account().registry.find("campaigns"), "campaigns")
        return record(self._call(operation, {"entity_ids": ids}, label_id=self.id))


class PromotionOperations(RecordOperations):
    """Extra operations of a promotion."""

    __slots__ = ()

    def ad_groups(self) -> Iterator[AdGroup]:
        """The ad groups that show it, as they are read.

        Source: the operation get_ad_groups_by_promotion_ids/list, since 5.28.0.
        """
        where = {"ad_account_id": self._account_id(), "promotion_ids": [self.id]}
        rows = self._account().call_pages("get_ad_groups_by_promotion_ids/list", **where)
        for row in rows:
            yield self._account().registry.find("ad_groups").__model__.wrap(row, Peers(self._account(), [row]))


class AdOperations(AnalyticsOperations, LeadOperations):
    """Extra operations of an ad."""

    __slots__ = ()


class ProductGroupPromotionOperations(RecordOperations):
    """Extra operations of a product group in an ad group."""

    __slots__ = ()

    def analytics(
        self, columns: Iterable[str] | str, start: Any, end: Any, granularity: str = "DAY", **windows: Unpack[Windows]
    ) -> list[Figures]:
        """The figures of this product group: as `Pinterest.analytics`."""
        account = self._account_id()
        return self._account().analytics(
            "product_group_promotions", [self.id], columns, start, end, granularity, ad_account_id=account, **windows
        )


class AudienceOperations(RecordOperations):
    """Extra operations of an audience."""

    __slots__ = ()

    def share(
        self, ad_accounts: Any = None, businesses: Any = None, operation_type: str = "SHARE", *, business_id: Any = None
    ) -> list[Any]:
        """Shares this audience with ad accounts, businesses or both.

        ad_accounts, businesses: ids or entities.
        operation_type: "SHARE" or "REVOKE".
        business_id: the business that shares it, in place of its ad account.

        Returns the answer of each kind of recipient. Source: the operations update_*_shared_audience.
        """
        find = self.__model__.registry.find
        business_models = (find("business_partners"), find("business_employers"))
        sharer, owner = "ad_account", {"ad_account_id": self._account_id()}
        if business_id is not None:
            sharer, owner = "business", {"business_id": id_of(business_id, business_models, "business_id")}
        recipients: list[tuple[str, str, Any, Models]] = [
            ("ad_account", "recipient_account_ids", ad_accounts, find("ad_accounts")),
            ("business", "recipient_business_ids", businesses, business_models),
        ]
        answers = []
        for kind, name, ids, models in recipients:
            if ids is None:
                continue
            named = listed_ids(ids, models, f"share with {kind}")
            body = {"audience_id": self.id, "operation_type": operation_type, name: named}
            answers.append(self._account().call(f"update_{sharer}_to_{kind}_shared_audience", body, **owner))
        return answers


class LeadFormOperations(RecordOperations):
    """Extra operations of a lead form."""

    __slots__ = ()

    def test(self, answers: Iterable[str]) -> Any:
        """Makes a lead for tests, with these answers. Source: the operation lead_form_test/create."""
        return self._call("lead_form_test/create", {"answers": list(answers)})


class BillingInvoiceOperations(RecordOperations):
    """Extra operations of an invoice."""

    __slots__ = ()

    def download_link(self) -> dict[str, Any]:
        """Where the invoice lies as a file. Source: the operation billing_invoice_download/get."""
        return record(self._call("billing_invoice_download/get"))
