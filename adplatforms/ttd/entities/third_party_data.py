"""Third-party data."""

from ..base import TTDEntity
from ..mapped import Bool, Float, Id, Int, Moment, Str


class ThirdPartyData(TTDEntity, collection="third_party_data"):
    """A segment that a data provider sells.

    Read only; it exists in production only, not in the vendor's sandbox [D]. A standard job exports all that a partner
    may use: ``ttd.submit_third_party_data(partner)``; REST lists what an advertiser may use:
    ``limit={"advertiser": id}``.
    """

    _rest = "thirdpartydata"

    id = Id(readonly=True, rest="ThirdPartyDataId")
    name = Str(readonly=True, rest="Name")
    description = Str(readonly=True)
    full_path = Str("fullPath", readonly=True, rest="FullPath")
    hierarchy_string = Str("hierarchyString", readonly=True)
    parent_id = Id("parentId", readonly=True)
    provider_id = Id("providerId", readonly=True)
    provider_element_id = Id("providerElementId", readonly=True)
    targeting_data_id = Id("targetingDataId", readonly=True)
    audience_size = Int("audienceSize", readonly=True)
    buyable = Bool(readonly=True)
    allow_custom_full_path = Bool("allowCustomFullPath", readonly=True)
    data_alliance_excluded = Bool("dataAllianceExcluded", readonly=True)
    import_enabled = Bool("importEnabled", readonly=True)
    is_planner_only = Bool("isPlannerOnly", readonly=True)
    default_sort_score = Float("defaultSortScore", readonly=True)
    general_population_overlap_last_updated = Moment("generalPopulationOverlapLastUpdated", readonly=True)
    brand_id = Id("brandId", graphql="", rest="BrandId", readonly=True)
    brand_name = Str("brandName", graphql="", rest="BrandName", readonly=True)
