"""The approval of a creative. Source: entities.json, CreativeApproval."""

from ..fields import Int, Str
from .base import T1Entity


class CreativeApproval(T1Entity, collection="creative_approvals"):
    """The approval of an atomic creative by one supply source. Read only."""

    _read_only = "approvals are given by the supply sources"

    additional_detail = Str()
    approval_status = Str()
    atomic_creative_id = Int()
    creative_import_file_id = Int()
    external_identifier = Str()
    rejected_reason = Str()
    supply_source_id = Int()
