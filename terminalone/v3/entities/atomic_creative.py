"""Atomic creatives of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import V3Entity
from ..fields import Bool, Choice, DateTime, Float, Int, ListOf, Nested, Ref, Str, Struct, Version

if TYPE_CHECKING:
    from .advertiser import Advertiser
    from .concept import Concept

__all__ = [
    "AtomicCreative",
    "AtomicCreativeAtomicCreativeSslValidators",
    "AtomicCreativeCreativeAsset",
    "AtomicCreativeTargetedStrategies",
    "AtomicCreativeVendor",
]


class AtomicCreativeTargetedStrategies(Struct):
    """A nested value of atomic creatives."""

    count = Int(readonly=True)
    strategies_list = ListOf(Int(), readonly=True)


class AtomicCreativeAtomicCreativeSslValidators(Struct):
    """A nested value of atomic creatives."""

    is_https = Str(readonly=True)
    notify_state = Str(readonly=True)
    ignored = Str(readonly=True)
    ksize = Int(readonly=True)


class AtomicCreativeVendor(Struct):
    """A nested value of atomic creatives."""

    id = Int(readonly=True)
    name = Str(readonly=True)
    adx_approved = Bool(readonly=True)
    adx_declaration_required = Bool(readonly=True)
    mm_contract_available = Bool(readonly=True)
    is_eligible = Bool(readonly=True)
    adx_ssl_approved = Bool(readonly=True)
    adx_video_ssl_approved = Bool(readonly=True)
    adx_video_approved = Bool(readonly=True)
    auto_tag_display = Bool(readonly=True)
    set_by = Str(readonly=True)
    detect_domains = ListOf(Str(), readonly=True)


class AtomicCreativeCreativeAsset(Struct):
    """A nested value of atomic creatives."""

    id = Int(readonly=True)
    name = Str(readonly=True)
    version = Int(readonly=True)
    creative_id = Int(readonly=True)
    primary_asset_id = Int(readonly=True)
    created_on = DateTime(readonly=True)
    updated_on = DateTime(readonly=True)
    file_name = Str(readonly=True)
    file_role = Str(readonly=True)
    file_type = Str(readonly=True)
    file_storage_path = Str(readonly=True)
    file_size = Int(readonly=True)
    media_version = Float(readonly=True)
    width = Int(readonly=True)
    height = Int(readonly=True)
    note = Str(readonly=True)


class AtomicCreative(
    V3Entity,
    collection="atomic_creatives",
    type="atomic_creative",
    list="list-atomic-creatives",
    get="get-atomic-creative",
    create="post-atomic_creatives",
    update="post-atomic_creatives-atomic_creative_id",
    bulk="bulk-update-atomic-creatives",
):
    """An atomic creative. Fields without a doc are not described by the vendor."""

    version = Version(readonly=True)
    advertiser_id = Int(least=1, create_only=True, required=True)
    concept_id = Int(nullable=True)
    concept_name = Str(readonly=True)
    name = Str(shortest=1, longest=256, required=True)
    width = Int(required=True)
    height = Int(required=True)
    creative_import_file_id = Int(create_only=True)
    file_type = Choice(
        "swf",
        "gif",
        "html5",
        "jpg",
        "jpeg",
        "tiff",
        "tif",
        "png",
        "unknown",
        "vast",
        create_only=True,
        doc="Default: unknown",
    )
    is_https = Bool(doc="Default: False")
    is_multi_creative = Bool(create_only=True, doc="Default: False")
    has_sound = Bool(create_only=True, doc="Default: False")
    rich_media = Bool(create_only=True, doc="Default: False")
    rich_media_provider = Str(create_only=True)
    status = Bool(doc="Default: True")
    archived = Bool(doc="Default: False")
    built = Bool(create_only=True, doc="Default: False")
    build_date = Str(create_only=True)
    built_by_user_id = Int(readonly=True)
    build_errors = Str(create_only=True)
    created_on = DateTime(readonly=True)
    last_modified = Str(readonly=True)
    external_identifier = Str(shortest=1, longest=64, nullable=True)
    tpas_ad_tag_name = Str(shortest=1, longest=255)
    updated_on = DateTime(readonly=True)
    expand = Str(create_only=True)
    click_url = Str(longest=10000, nullable=True)
    ad_format = Choice("DISPLAY", "MOBILE", "EXPANDABLE", "FBX", "COMPONENT", doc="Default: DISPLAY")
    expansion_direction = Str(longest=19, doc="Default: NONRESTRICTED")
    expansion_trigger = Choice("AUTOMATIC", "MOUSEOVER", "CLICK", doc="Default: MOUSEOVER")
    ad_server_type = Choice(
        "ADOCADO",
        "ATLAS",
        "DART",
        "DOUBLECLICK",
        "EYEWONDER",
        "FLASHTALKING",
        "MEDIAFORGE",
        "MEDIAMIND",
        "MEDIAPLEX",
        "OTHER",
        "POINTROLL",
        "SIZMEK",
        "TERMINALONE",
        "TRUEFFECT",
        "YIELD_MANAGER",
    )
    t1as = Bool(doc="Default: False")
    tpas_ad_tag = Str()
    edited_tag = Str()
    click_through_url = Str(longest=2048, nullable=True)
    rejected_reason = Str(readonly=True)
    approval_status = Str(readonly=True)
    start_date = DateTime(nullable=True)
    end_date = DateTime(nullable=True)
    media_type = Choice("display", "video", "mobile", doc="Default: display")
    is_mraid = Bool(doc="Default: False")
    vast_version = Float(least=0, most=9.9, nullable=True)
    sizmek_tag_status = Str(create_only=True, doc="Default: NOT_USED")
    sizmek_creative_status = Str(create_only=True, doc="Default: NOT_USED")
    last_payload_modified = Str(readonly=True)
    is_audio = Bool(nullable=True)
    tag = Str(nullable=True)
    tag_type = Choice(
        "IFRAME_SCRIPT_NOSCRIPT",
        "IFRAME_SCRIPT",
        "IFRAME_NOSCRIPT",
        "IFRAME_IMG",
        "SCRIPT_NOSCRIPT",
        "SCRIPT",
        "NOSCRIPT",
        "IFRAME",
        "IMG",
        "VIDEO",
    )
    advertiser_name = Str(readonly=True)
    targeted_strategies = Nested(AtomicCreativeTargetedStrategies, readonly=True)
    atomic_creative_ssl_validators = Nested(AtomicCreativeAtomicCreativeSslValidators, readonly=True)
    vendors = ListOf(Nested(AtomicCreativeVendor), readonly=True)
    creative_assets = ListOf(Nested(AtomicCreativeCreativeAsset), readonly=True)
    inner_tag = Str(readonly=True)
    vendor_ids = ListOf(Int(), write_only=True)
    advertiser = Ref["Advertiser"](by="advertiser_id")
    concept = Ref["Concept"](by="concept_id")
