"""Where REST v3 keeps what: the endpoints of each entity. Source: platform_rest_v3.json, platform_rest_v3.md."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError

from ..model import model_of

__all__ = ["DELTAS", "ENDPOINTS", "Endpoint", "Endpoints", "endpoints_of", "has"]


class Endpoint(NamedTuple):
    """A query endpoint: ``POST {path}`` with the parent's id as the property `parent`; empty where it takes none.

    `templates`: the endpoint that lists the templates, which the other one leaves out. `status`: what the vendor's
    documents say of it, where it is not current: LEGACY (GraphQL is recommended) or DEPRECATED (it will be removed).
    """

    path: str
    parent: str = ""
    templates: str = ""
    status: str = ""


class Endpoints(NamedTuple):
    """The endpoints of an entity below ``/v3/``.

    `path`: of ``GET {path}/{id}``, ``POST {path}`` and ``PUT {path}``; `get`, `create`, `update`, `delete`: which of
    them there are. `queries`: by the type of the parent whose records are listed. `inside`: the entity whose record
    holds these, and the path to them in it, where they are read no other way.
    """

    path: str
    queries: Mapping[str, Endpoint] = {}
    get: bool = True
    create: bool = True
    update: bool = True
    delete: bool = False
    inside: tuple[str, str] = ("", "")

    @property
    def parent_types(self) -> list[str]:
        """The types of the parents by which the class is listed; the empty one stands for a listing without any."""
        if self.inside[0]:
            return [self.inside[0]]
        return list(self.queries)


def _of_advertiser(path: str, query: str = "") -> Endpoints:
    return Endpoints(path, {"advertiser": Endpoint(query or f"{path}/query/advertiser", "AdvertiserId")})


ENDPOINTS: dict[str, Endpoints] = {
    # All partners that the login may see, without a parent.
    "partner": Endpoints("partner", {"": Endpoint("partner/query", status="LEGACY")}, create=False, update=False),
    "advertiser": Endpoints(
        "advertiser", {"partner": Endpoint("advertiser/query/partner", "PartnerId", status="LEGACY")}
    ),
    "campaign": Endpoints(
        "campaign",
        {
            "advertiser": Endpoint(
                "campaign/query/advertiser", "AdvertiserId", "campaign/template/query/advertiser", "LEGACY"
            )
        },
    ),
    "adgroup": Endpoints(
        "adgroup",
        {
            "campaign": Endpoint(
                "adgroup/query/campaign", "CampaignId", "adgroup/query/campaign/template", "DEPRECATED"
            ),
            "advertiser": Endpoint("adgroup/query/advertiser", "AdvertiserId", status="DEPRECATED"),
        },
    ),
    # Flights are read in the record of their campaign, and changed and deleted on their own [O] [D].
    "campaignflight": Endpoints(
        "campaignflight", get=False, create=False, delete=True, inside=("campaign", "CampaignFlights")
    ),
    # Read in the record of their ad group, and changed through it.
    "adgroupflight": Endpoints(
        "", get=False, create=False, update=False, inside=("ad_group", "RTBAttributes.BudgetSettings.AdGroupFlights")
    ),
    # A list of the campaign's record: a save of the campaign replaces it.
    "conversioncolumn": Endpoints(
        "", get=False, create=False, update=False, inside=("campaign", "CampaignConversionReportingColumns")
    ),
    "creative": _of_advertiser("creative"),
    "audience": _of_advertiser("audience"),
    "datagroup": _of_advertiser("datagroup"),
    "trackingtag": _of_advertiser("trackingtag"),
    "universalpixel": _of_advertiser("tracking/universalpixel", "tracking/universalpixelwithactivity/advertiser/query"),
    # Listed by whom they are available to, not by their owner.
    "bidlist": Endpoints(
        "bidlist",
        {
            word: Endpoint(f"bidlistsummary/query/{word.replace('_', '')}/available", "EntityId", status="DEPRECATED")
            for word in ("advertiser", "campaign", "ad_group", "partner")
        },
        delete=True,
    ),
    "contract": Endpoints(
        "contract",
        {
            "partner": Endpoint("contract/query/partner", "PartnerId"),
            "advertiser": Endpoint("contract/query/advertiser/available", "AdvertiserId"),
        },
    ),
    "contractgroup": Endpoints(
        "contractgroup",
        {
            "partner": Endpoint("contractgroup/query/partner", "PartnerId"),
            "advertiser": Endpoint("contractgroup/query/advertiser/available", "AdvertiserId"),
        },
    ),
    "sitelist": _of_advertiser("sitelist"),
    "iptargetinglist": _of_advertiser("iptargetinglist"),
    # No fact shows an update.
    "label": Endpoints("label", {"partner": Endpoint("label/query/partner", "PartnerId")}, update=False),
    # Data of both kinds is listed only: no fact of REST shows a record by its id.
    "firstpartydata": Endpoints(
        "",
        {"advertiser": Endpoint("dmp/firstparty/advertiser", "AdvertiserId", status="DEPRECATED")},
        get=False,
        create=False,
        update=False,
    ),
    "thirdpartydata": Endpoints(
        "",
        {"advertiser": Endpoint("dmp/thirdparty/advertiser", "AdvertiserId", status="DEPRECATED")},
        get=False,
        create=False,
        update=False,
    ),
}
"""By the name that an entity class has as `_rest`. Not here: the second query for contracts that a partner may use
(``contract/query/partner/available``), and bid lists in batches."""

DELTAS: dict[str, tuple[str, str]] = {
    "advertiser": ("delta/advertiser/query/partner", "Advertisers"),
    "campaign": ("delta/campaign/query/advertiser", "Campaigns"),
    "adgroup": ("delta/adgroup/query/advertiser", "AdGroups"),
    "creative": ("delta/creative/query/advertiser", "Creatives"),
}
"""The delta queries that REST has too (LEGACY but for advertisers): path and where the answer holds the records."""


def has(model: type[Entity]) -> bool:
    """Whether REST has a class."""
    return model_of(model).rest_name in ENDPOINTS


def endpoints_of(model: type[Entity]) -> Endpoints:
    """The endpoints of a class; a `ClientError` where REST does not have it."""
    if not has(model):
        raise ClientError(f"REST has no {model.collection}", hint='ttd.using(route="graphql")')
    return ENDPOINTS[model_of(model).rest_name]
