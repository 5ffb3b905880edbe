"""PMP-D tags: the HTML that a publisher puts on a page. Built here, nothing is sent. Source: wire.md section 4."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..entities import PlacementSlot, Publisher, PublisherSite

__all__ = ["generate_pmpd_tag"]

# The words in braces stay in the tag: the publisher replaces them (wire.md section 4).
_URL = (
    "http://tags.mathtag.com/ad/{kind}/{publisher}/{site}"
    "?pmp={slot}&click=&rfr={{INSERT_PUBLISHER_URL}}&random={{INSERT_CACHEBUSTER}}"
)
_IFRAME = (
    "<iframe width={width} height={height} scrolling=no frameborder=0 marginwidth=0 marginheight=0 "
    'src="{url}"></iframe>'
)
_SCRIPT = '<script type="text/javascript" src="{url}"></script>'
_TYPES = {"iframe": "iframe", "js": "js", "script": "js", "js/iframe": "js/iframe", "script/iframe": "js/iframe"}


def generate_pmpd_tag(
    tag_type: str, placement_slot: PlacementSlot, publisher_site: PublisherSite, publisher: Publisher
) -> str:
    """The tag of a placement slot.

    tag_type: "iframe"; "js" or "script"; "js/iframe" or "script/iframe" for the script with an iframe for browsers
    without scripts. The slot gives width and height in pixels. ``{INSERT_PUBLISHER_URL}`` and
    ``{INSERT_CACHEBUSTER}`` in the tag are for the publisher to replace. Raises `TypeError` for other objects and
    `ValueError` for another type.
    """
    from ..entities import PlacementSlot, Publisher, PublisherSite

    wanted = {"placement_slot": PlacementSlot, "publisher_site": PublisherSite, "publisher": Publisher}
    given = {"placement_slot": placement_slot, "publisher_site": publisher_site, "publisher": publisher}
    if tag_type not in _TYPES:
        raise ValueError(f"tag_type is one of {', '.join(_TYPES)}, not {tag_type!r}")
    for name, kind in wanted.items():
        if not isinstance(given[name], kind):
            raise TypeError(f"{name} should be a {kind.__name__}, not {given[name]!r}")
    ids = {"publisher": publisher.id, "site": publisher_site.id, "slot": placement_slot.id}
    size = {"width": placement_slot.width, "height": placement_slot.height}
    text = {name: escape(str(value)) for name, value in {**ids, **size}.items()}
    script = _SCRIPT.format(url=_URL.format(kind="js", **text))
    iframe = _IFRAME.format(url=_URL.format(kind="iframe", **text), **text)
    both = f"{script}<noscript>{iframe}</noscript>"
    return {"iframe": iframe, "js": script, "js/iframe": both}[_TYPES[tag_type]]
