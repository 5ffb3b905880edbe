"""Extra operations of ad accounts, campaigns, ad groups, ads, audiences and lead forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Unpack, cast

from adplatforms.core.errors import ParserException
from adplatforms.core.ids import Models, id_of

from ..answers import member, record, rows_of
from ..arguments import listed_ids
from ..fields import Micros
from ..figures import Figures
from .analytics import AnalyticsOperations
from .record import RecordOperations
from .reports import LeadOperations

if TYPE_CHECKING:
    from .analytics import Windows

__all__ = [
    "AdAccountOperations",
    "AdGroupOperations",
    "AdOperations",
    "AudienceOperations",
    "BillingInvoiceOperations",
    "CampaignOperations",
    "LeadFormOperations",
    "ProductGroupPromotionOperations",
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
