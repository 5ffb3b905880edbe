"""One run of a feed. Source: resources.json, feed_processing_results."""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..fields import Children, Choice, DateTime, Id, Object, Ref

if TYPE_CHECKING:
    from . import Feed, FeedItemIssue


class FeedProcessingResult(PinterestEntity, collection="feed_processing_results", list="feed_processing_results/list"):
    """One run of a feed."""

    act_as = Id(create_only=True, doc="The ad account that calls act for; null: the token's own")
    feed_id = Id(readonly=True, param="feed_id", doc="In the path")
    status = Choice("COMPLETED FAILED PROCESSING", readonly=True)
    created_at = DateTime(readonly=True)
    ingestion_details = Object(readonly=True)
    product_counts = Object(readonly=True)
    updated_at = DateTime(readonly=True)
    validation_details = Object(readonly=True)
    video_counts = Object(readonly=True)

    feed = Ref["Feed"](by="feed_id")
    item_issues = Children["FeedItemIssue"](by="processing_result_id")
