"""A media upload: a video on its way to a pin. Source: resources.json, media."""

from ..base import PinterestEntity
from ..fields import Choice, Id


class Media(
    PinterestEntity, collection="media", list="media/list", get="media/get", create="media/create", key="media_id"
):
    """A media upload: a video on its way to a pin.

    The answer to a create also holds `upload_url` and `upload_parameters`, for the file itself.
    """

    # Lower case, unlike all other enums (wire.md, section 9).
    status = Choice("registered processing succeeded failed", readonly=True)
    media_id = Id(readonly=True)
    media_type = Choice("video", create_only=True, required=True)
