"""Boards, sections, pins, media, search, and the user's own account."""

from __future__ import annotations

from typing import Any

import orjson

from adplatforms.sandbox.pinterest import figures, generic, seed
from adplatforms.sandbox.pinterest.context import Context, Reply, handles
from adplatforms.sandbox.pinterest.errors import NOT_PERMITTED, USER_NOT_FOUND, Refusal, invalid, not_found
from adplatforms.sandbox.pinterest.reading import Call
from adplatforms.sandbox.pinterest.rows import Document
from adplatforms.sandbox.pinterest.seed_rest import BUSINESS, USER

CREATIVE_TYPES = {"video_id": "VIDEO", "multiple_image_base64": "CAROUSEL", "multiple_image_urls": "CAROUSEL"}
UPLOAD_PARAMETERS = ("key", "policy", "x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-signature")


@handles("boards/create")
def create_board(context: Context, call: Call) -> Any:
    """A new board is public unless it says otherwise."""
    known = {
        "owner": {"username": USER},
        "privacy": call.body.get("privacy", "PUBLIC"),
        "is_ads_only": call.body.get("is_ads_only", False),
        "collaborator_count": 0,
        "follower_count": 0,
        "pin_count": 0,
        "created_at": context.stamp,
        "board_pins_modified_at": context.stamp,
        "media": {"image_cover_url": None, "pin_thumbnail_urls": []},
    }
    return generic.create(context, call, **known)


@handles("boards/delete")
def delete_board(context: Context, call: Call) -> None:
    """Takes its sections and pins with it. Protected boards cannot be deleted: 401, though the token is good."""
    with context.rows.store.transaction():
        board = generic.found(context, call)
        if board.data["privacy"] == "PROTECTED":
            raise Refusal(401, NOT_PERMITTED, "You are not permitted to delete a protected board.")
        for pin in context.rows.select("pins", {"up": board.key}):
            context.rows.remove(pin)
        for section in context.rows.select("board_sections", {"scope": board.key}):
            context.rows.remove(section)
        context.rows.remove(board)


@handles("board_sections/create")
def create_section(context: Context, call: Call) -> Any:
    """Names of sections are unique in their board."""
    board = context.row("boards", call.path["board_id"])
    for section in context.rows.select("board_sections", {"scope": board.key}):
        if section.data["name"] == call.body["name"]:
            raise Refusal(409, 409, f"Board {board.key} has a section {call.body['name']!r} already")
    return generic.create(context, call)


@handles("board_sections/delete")
def delete_section(context: Context, call: Call) -> None:
    """Takes its pins with it."""
    with context.rows.store.transaction():
        section = context.row("board_sections", call.path["section_id"], call.path["board_id"])
        for pin in context.rows.select("pins", {"top": section.key}):
            context.rows.remove(pin)
        context.rows.remove(section)


@handles("pins/create")
def create_pin(context: Context, call: Call) -> Any:
    """A pin on a board: of an image, several, or a video that was uploaded and has a cover."""
    body = call.body
    source = body.get("media_source") or {}
    _board(context, body)
    if source.get("source_type") == "video_id":
        media = context.rows.find("media", source["media_id"])
        if media is None or media.data["status"] != "succeeded":
            raise invalid(f"Media {source['media_id']} is not ready")
        if not any(name.startswith("cover_image") for name in source):
            raise invalid("A video needs a cover image")
    known = {
        "media": {"media_type": "image", "images": seed.images(0)},
        "creative_type": CREATIVE_TYPES.get(source.get("source_type", ""), "REGULAR"),
        "board_owner": {"username": USER},
        "is_owner": True,
        "is_standard": source.get("is_standard", True),
        "has_been_promoted": False,
        "created_at": context.stamp,
    }
    with context.rows.store.transaction():
        row = context.rows.add("pins", generic.document(context, call, body, **known))
        _recount(context, row.data["board_id"])
        return row.data


@handles("pins/update")
def update_pin(context: Context, call: Call) -> Any:
    """Moving a pin to another board takes it out of its section."""
    with context.rows.store.transaction():
        row = generic.found(context, call)
        before, body = row.data["board_id"], call.body or {}
        if body.get("board_id", before) != before:
            row.data["board_section_id"] = None
        row.data.update((name, value) for name, value in body.items() if name in row.data)
        _board(context, row.data)
        context.rows.save(row)
        for board in {before, row.data["board_id"]}:
            _recount(context, board)
        return row.data


@handles("pins/delete")
def delete_pin(context: Context, call: Call) -> None:
    """Removes a pin from its board."""
    with context.rows.store.transaction():
        row = generic.found(context, call)
        context.rows.remove(row)
        _recount(context, row.data["board_id"])


@handles("pins/save")
def save_pin(context: Context, call: Call) -> Any:
    """A copy of a pin on another board, with the first as its parent."""
    body = call.body or {}
    with context.rows.store.transaction():
        pin = generic.found(context, call)
        place = {
            "board_id": body.get("board_id") or pin.data["board_id"],
            "board_section_id": body.get("board_section_id"),
        }
        _board(context, place)
        copy = {**pin.data, **place, "id": None, "parent_pin_id": pin.key, "created_at": context.stamp}
        row = context.rows.add("pins", copy)
        _recount(context, row.data["board_id"])
        return row.data


def _board(context: Context, data: Document) -> None:
    board = data.get("board_id")
    if not board:
        raise invalid("board_id is required")
    context.row("boards", board)
    if data.get("board_section_id"):
        context.row("board_sections", data["board_section_id"], board)


def _recount(context: Context, board: str) -> None:
    row = context.rows.find("boards", board)
    if row is not None:
        row.data["pin_count"] = context.rows.count("pins", {"up": board})
        context.rows.save(row, quiet=True)


PERIODS = {"90d": 90, "lifetime_metrics": 400}
PIN_METRICS = ("pin_click", "impression", "clickthrough")
LIFETIME_METRICS = ("reaction", "comment")


@handles("pins/list")
def pins(context: Context, call: Call) -> Reply:
    """`pin_filter` `has_been_promoted` keeps those; what the others leave out is not among our pins."""
    wanted: dict[str, Any] = {}
    if call.query.get("pin_filter") == "has_been_promoted":
        wanted["$.has_been_promoted"] = 1
    return _measured(call, generic.page(context, call, wanted))


@handles("boards/list_pins")
def board_pins(context: Context, call: Call) -> Reply:
    """The pins of a board, those in its sections too."""
    context.row("boards", call.path["board_id"])
    return _measured(call, generic.page(context, call, {"scope": "", "up": call.path["board_id"]}))


@handles("pins/get")
def get_pin(context: Context, call: Call) -> Document:
    """One pin, with its metrics when they are asked for."""
    data = generic.get(context, call)
    return {**data, "pin_metrics": _metrics(data)} if call.query.get("pin_metrics") else data


def _measured(call: Call, page: Reply) -> Reply:
    if not call.query.get("pin_metrics"):
        return page
    body = orjson.loads(page.body)
    body["items"] = [{**one, "pin_metrics": _metrics(one)} for one in body["items"]]
    return Reply(body)


def _metrics(pin: Document) -> Document:
    """As in the description's example: of 90 days and for life, the latter with reactions and comments."""
    weight = figures.own_weight(pin["id"])
    found = {}
    for period, days in PERIODS.items():
        names = PIN_METRICS if period == "90d" else PIN_METRICS + LIFETIME_METRICS
        found[period] = {name: weight * days * figures.size(name.upper()) for name in names}
    return found


@handles("search_user_pins/list", "search_user_boards/get")
def search(context: Context, call: Call) -> Any:
    """Pins or boards whose title, name or description holds the words, in any case. Not paged beyond the first page."""
    kind = call.operation.resource
    words = (call.query.get("query") or "").lower()
    names = ("title", "description", "name")
    found = [
        row.key
        for row in context.rows.select(kind)
        if not seed.is_odd(kind, row.key) and any(words in str(row.data.get(name)).lower() for name in names)
    ]
    if not found:
        return {"items": [], "bookmark": None}
    return generic.listed(context, call, kind, {"key": found})


@handles("search_partner_pins")
def search_partners(context: Context, call: Call) -> Any:
    """Public pins, in short form."""
    found = [row for row in context.rows.select("pins") if not seed.is_odd("pins", row.key)]
    fields = ("id", "title", "description", "alt_text", "link", "media")
    words = call.query["term"].lower()
    some = [row.data for row in found if words in str(row.data["title"]).lower()] or [found[0].data]
    limit = call.query.get("limit", 10)
    return {"items": [{name: one[name] for name in fields} for one in some[:limit]], "bookmark": None}


@handles("boards_user_follows/list")
def followed_boards(context: Context, call: Call) -> Reply:
    """The boards of others that the user follows; the sandbox shows its public ones."""
    return generic.listed(context, call, "boards", {"status": "PUBLIC"})


@handles("media/create")
def create_media(context: Context, call: Call) -> Any:
    """Where to upload the video, as one multipart POST of all parameters and the file."""
    url, key = context.services.files.accept()
    with context.rows.store.transaction():
        data = {"media_type": call.body["media_type"], "status": "registered"}
        row = context.rows.add("media", data, note={"key": key, "looks": 0})
    parameters = {name: f"demo-{name}" for name in UPLOAD_PARAMETERS}
    parameters.update({"Content-Type": "multipart/form-data", "x-amz-security-token": "demo-session"})
    return {
        "media_id": row.key,
        "media_type": row.data["media_type"],
        "upload_url": url,
        "upload_parameters": parameters,
    }


@handles("media/get")
def get_media(context: Context, call: Call) -> Any:
    """Once the file is there it is processing, and has succeeded at the third look."""
    with context.rows.store.transaction():
        row = generic.found(context, call)
        uploaded = row.note.get("key") and context.services.files.received(row.note["key"]) is not None
        if uploaded and row.data["status"] != "succeeded":
            row.note["looks"] += 1
            row.data["status"] = "succeeded" if row.note["looks"] >= context.settings.job_looks else "processing"
            context.rows.save(row, quiet=True)
        return row.data


@handles("user_account/get")
def user_account(context: Context, call: Call) -> Any:
    """The account the token belongs to."""
    return {
        "account_type": "BUSINESS",
        "id": BUSINESS,
        "username": USER,
        "profile_image": "https://i.example.com/me.jpg",
        "website_url": "https://shop0.example.com",
        "about": "Schöne Dinge",
        "business_name": "Café Crème",
        "board_count": context.rows.count("boards", {}),
        "pin_count": context.rows.count("pins", {}),
        "follower_count": context.rows.count("followers", {}),
        "following_count": context.rows.count("following", {}),
        "monthly_views": 12_345,
    }


@handles("follow_user/update")
def follow(context: Context, call: Call) -> Any:
    """Follows a user of that name; the sandbox knows those who follow it, and `idol...`."""
    name = call.path["username"]
    known = [*context.rows.select("following"), *context.rows.select("followers")]
    if name not in {row.data["username"] for row in known}:
        raise Refusal(404, USER_NOT_FOUND, f"User {name} not found")
    with context.rows.store.transaction():
        if not context.rows.select("following", {"$.username": name}):
            context.rows.add("following", {"username": name, "type": "user"})
    return {"username": name, "type": "user"}


@handles("verify_website/update")
def verify_website(context: Context, call: Call) -> Any:
    """Claims a website."""
    website = (call.body or {}).get("website")
    if not website:
        raise invalid("website is required")
    with context.rows.store.transaction():
        known = context.rows.select("websites", {"$.website": website})
        if known:
            return known[0].data
        data = {"website": website, "status": "verified", "verified_at": context.stamp}
        return context.rows.add("websites", data).data


@handles("unverify_website/delete")
def unverify_website(context: Context, call: Call) -> None:
    """Gives a website up."""
    with context.rows.store.transaction():
        known = context.rows.select("websites", {"$.website": call.query["website"]})
        if not known:
            raise not_found("websites", call.query["website"])
        context.rows.remove(known[0])
