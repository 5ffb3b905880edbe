"""What campaigns answer besides their fields: the budget flight that counts now, and their margins."""

from __future__ import annotations

import orjson
from flask import Response, request

from adplatforms.sandbox.t1 import as_json, values
from adplatforms.sandbox.t1.answers import Answers, Call
from adplatforms.sandbox.t1.errors import invalid, not_found
from adplatforms.sandbox.t1.tables import REGISTRY


def relevant_flight(api: Answers, id: int) -> Response:
    """The budget flight that is marked relevant."""
    api.find("campaigns", id)
    rows = api.store.query("SELECT * FROM t1_budget_flight WHERE campaign_id = ? AND is_relevant", (id,))
    if not rows:
        raise not_found("No budget flight is relevant")
    return api.entity(REGISTRY.by_type["budget_flight"], rows[0])


def get_margins(api: Answers, id: int) -> Response:
    """The margin in percent and the day it counts from: JSON of the older shape, whatever Accept says.

    No XML form of it is recorded.
    """
    _, row = api.find("campaigns", id)
    prop = [
        {"name": "margin_date", "value": str(row["start_date"])[:10]},
        {"name": "margin_pct", "value": f"{float(row['margin_pct'] or 0):.4f}"},
    ]
    data = {"type": "campaign_margins_calc", "id": id, "prop": prop}
    body = orjson.dumps({"data": data, "meta": {"status": "ok"}})
    return Response(body, content_type=as_json.CONTENT_TYPE)


def save_margins(api: Answers, id: int) -> Response:
    """Sets `margin_pct`. No SDK shows what is posted; that the reply is the status alone is known."""
    resource, _ = api.find("campaigns", id)
    text = request.form.get("margin_pct")
    if text is None:
        raise invalid("margin_pct", "Must supply margin_pct (float)")
    try:
        margin = values.read(REGISTRY.by_type["campaign"].fields["margin_pct"], text)
    except ValueError as error:
        raise invalid("margin_pct", str(error)) from None
    with api.store.transaction():
        api.store.update(resource.table, id, {"margin_pct": margin})
        api.store.note("update", "campaign", id)
    api.forget()
    return api.done()


CALLS: tuple[Call, ...] = (
    ("/campaigns/<int:id>/budget_flights/relevant", "GET", relevant_flight),
    ("/campaigns/<int:id>/margins", "GET", get_margins),
    ("/campaigns/<int:id>/margins", "POST", save_margins),
)
