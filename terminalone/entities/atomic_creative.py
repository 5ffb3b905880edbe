"""An atomic creative. Source: entities.json, AtomicCreative."""

from typing import TYPE_CHECKING

from ..fields import Bool01, Children, Choice, DateTime, Int, Ref, Str
from .base import T1Entity

if TYPE_CHECKING:
    from . import Advertiser, Concept, Creative, CreativeApproval


class AtomicCreative(T1Entity, collection="atomic_creatives"):
    """An atomic creative: one ad of a concept, in one size, as its tag.

    `creative_approvals` has what each supply source says of it. Many are made at once from a file of tags or of assets:
    `Advertiser.upload_tags`, `Advertiser.upload_assets`.
    """

    # required: what the schemas of go-t1 and t1-node want with a create (wire.md section 11).
    name = Str(required=True)
    status = Bool01()
    ad_format = Choice("DISPLAY EXPANDABLE FBX MOBILE", newer="COMPONENT", default="DISPLAY")
    ad_server_type = Choice(
        "ATLAS DART EYEWONDER MEDIAFORGE MEDIAMIND MEDIAPLEX OTHER POINTROLL TERMINALONE TERMINALONESZ YIELD_MANAGER",
        newer="ADOCADO DOUBLECLICK FLASHTALKING SIZMEK TRUEFFECT",
        default="OTHER",
        required=True,
    )
    advertiser_id = Int(required=True)
    approval_status = Str(readonly=True)
    build_date = DateTime(readonly=True)
    build_errors = Str()
    built = Bool01(readonly=True)
    built_by_user_id = Int()
    click_through_url = Str()
    click_url = Str()
    concept_id = Int(required=True)
    creative_import_file_id = Int()
    edited_tag = Str()
    end_date = DateTime()
    expand = Choice("D L LD LU R RD RU U")
    expansion_direction = Str(doc="empty means NONRESTRICTED")
    expansion_trigger = Choice("AUTOMATIC CLICK MOUSEOVER", default="CLICK")
    external_identifier = Str(required=True)
    file_type = Choice("gif html5 jpeg jpg png swf tif tiff unknown vast", default="unknown", required=True)
    has_sound = Bool01()
    height = Int(required=True)
    is_https = Bool01()
    is_multi_creative = Bool01()
    last_modified = DateTime(readonly=True)
    media_type = Choice("display mobile video", default="display")
    rejected_reason = Str(readonly=True)
    rich_media = Bool01()
    rich_media_provider = Str()
    start_date = DateTime()
    t1as = Bool01(readonly=True)
    tag = Str(required=True)
    tag_type = Choice(
        "IFRAME IFRAME_IMG IFRAME_NOSCRIPT IFRAME_SCRIPT IFRAME_SCRIPT_NOSCRIPT IMG NOSCRIPT SCRIPT SCRIPT_NOSCRIPT",
        newer="VIDEO",
        default="NOSCRIPT",
        required=True,
    )
    tpas_ad_tag = Str()
    tpas_ad_tag_name = Str(required=True)
    type = Str()
    width = Int(required=True)

    advertiser = Ref["Advertiser"](by="advertiser_id")
    concept = Ref["Concept"](by="concept_id")
    creative_approvals = Children["CreativeApproval"](by="atomic_creative_id")
    creatives = Children["Creative"](by="atomic_creative_id")
