"""Third parties: vendors with their domains and contracts, the pixels they put into creatives, data providers."""

from __future__ import annotations

from adplatforms.sandbox.t1.schema import Resource, choice, fields, linked, relations, to_many, to_one

VENDOR = Resource(
    "vendor",
    "vendors",
    fields(
        choice(
            "vendor_type",
            "AD_SERVER AD_VERIFICATION CONTEXTUAL DATA DSP DYNAMIC_CREATIVE NETWORK OBA_COMPLIANCE OTHER "
            "PIXEL_TRACKING RICH_MEDIA SURVEY",
            default="OTHER",
        ),
        ints="id* version",
        bools=(
            "adx_approved adx_declaration_required adx_ssl_approved adx_video_approved "
            "adx_video_ssl_approved is_eligible mm_contract_available"
        ),
        floats="rate_card_price wholesale_price",
        strings="adx_vendor_identifier description name! rate_card_type",
        datetimes="created_on* updated_on*",
    ),
    relations(
        to_many("vendor_contracts", "vendor_contract", "vendor_id"),
        to_many("vendor_domains", "vendor_domain", "vendor_id"),
        to_many("pixel_providers", "pixel_provider", "vendor_id"),
    ),
)

VENDOR_CONTRACT = Resource(
    "vendor_contract",
    "vendor_contracts",
    fields(
        ints="campaign_id id* vendor_id version",
        bools="use_mm_contract",
        floats="price",
        strings="name* rate_card_type",
        datetimes="created_on* updated_on*",
    ),
    relations(to_one("campaign"), to_one("vendor")),
    deletable=True,
    auto_name="Vendor Contracts #{id}",
)

VENDOR_DOMAIN = Resource(
    "vendor_domain",
    "vendor_domains",
    fields(
        ints="id* vendor_id! version",
        bools="allow_subdomain_match",
        strings="domain! name*",
        datetimes="created_on* updated_on*",
    ),
    relations(
        to_one("vendor"),
        to_many("vendor_pixel_domains", "vendor_pixel_domain", "vendor_domain_id"),
        linked("pixels", "vendor_pixel", "vendor_pixel_domain", "vendor_domain_id", "vendor_pixel_id"),
    ),
    auto_name="{domain}",
)

VENDOR_PIXEL = Resource(
    "vendor_pixel",
    "vendor_pixels",
    fields(
        choice("set_by", "SYSTEM USER", default="USER"),
        ints="creative_id id* version",
        strings="name* tag tag_type",
        datetimes="created_on* updated_on*",
    ),
    relations(to_one("creative"), to_many("vendor_pixel_domains", "vendor_pixel_domain", "vendor_pixel_id")),
    auto_name="Vendor Pixels #{id}",
)

VENDOR_PIXEL_DOMAIN = Resource(
    "vendor_pixel_domain",
    "vendor_pixel_domains",
    fields(
        ints="id* vendor_domain_id vendor_pixel_id version", strings="domain name*", datetimes="created_on* updated_on*"
    ),
    relations(to_one("vendor_domain"), to_one("vendor_pixel")),
    auto_name="Vendor Pixel Domains #{id}",
)

PIXEL_PROVIDER = Resource(
    "pixel_provider",
    "pixel_providers",
    fields(
        choice("execution_by", "MEDIAMATH UDI", default="UDI"),
        ints="agency_id id* vendor_id! version",
        bools="status",
        strings="name! taxonomy_file",
        datetimes="created_on* updated_on*",
        defaults={"status": 1},
    ),
    relations(to_one("agency"), to_one("vendor"), to_many("pixel_bundles", "pixel_bundle", "provider_id")),
)

CREATIVE = Resource(
    "creative",
    "creatives",
    fields(ints="atomic_creative_id id* version", strings="name* tag tag_type", datetimes="created_on* last_modified*"),
    relations(
        to_one("atomic_creative"),
        to_many("creative_assets", "creative_asset", "creative_id"),
        to_many("vendor_pixels", "vendor_pixel", "creative_id"),
    ),
    auto_name="Creatives #{id}",
)

CREATIVE_ASSET = Resource(
    "creative_asset",
    "creative_assets",
    fields(
        choice("file_role", "PRIMARY BACKUP", default="PRIMARY"),
        ints="creative_id height id* version width",
        strings="file_name name!",
        datetimes="created_on* updated_on*",
    ),
    relations(to_one("creative")),
)

CREATIVE_APPROVAL = Resource(
    "creative_approval",
    "creative_approvals",
    fields(
        ints="atomic_creative_id creative_import_file_id id* supply_source_id version",
        strings="additional_detail approval_status external_identifier name* rejected_reason",
        datetimes="created_on* updated_on*",
    ),
    relations(to_one("atomic_creative"), to_one("supply_source")),
    writable=False,
    auto_name="Creative Approvals #{id}",
)

CHILD_PIXEL = Resource(
    "pixel",
    "pixels",
    fields(
        choice("pixel_type!", "creative data event"),
        ints="bundle_id! id* supply_source_id version",
        bools="distributed",
        strings="name* tag!",
        datetimes="created_on* updated_on*",
    ),
    relations(to_one("pixel_bundle", "bundle_id"), to_one("supply_source")),
    deletable=True,
    auto_name="Pixels #{id}",
)

RESOURCES = (
    VENDOR, VENDOR_CONTRACT, VENDOR_DOMAIN, VENDOR_PIXEL, VENDOR_PIXEL_DOMAIN, PIXEL_PROVIDER, CREATIVE,
    CREATIVE_ASSET, CREATIVE_APPROVAL, CHILD_PIXEL,
)  # fmt: skip
