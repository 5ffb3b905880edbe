"""What was wrong with one item of a feed. Source: resources.json, feed_item_issues."""

from ..base import PinterestEntity
from ..fields import Id, Int, Object, Str


# Rows have no id of their own.
class FeedItemIssue(PinterestEntity, collection="feed_item_issues", list="items_issues/list"):
    """What was wrong with one item of a feed."""

    act_as = Id(create_only=True, doc="The ad account that calls act for; null: the token's own")
    processing_result_id = Id(readonly=True, param="processing_result_id", doc="In the path")
    errors = Object(readonly=True)
    item_id = Str(readonly=True)
    item_number = Int(readonly=True, param="item_numbers")
    warnings = Object(readonly=True)
