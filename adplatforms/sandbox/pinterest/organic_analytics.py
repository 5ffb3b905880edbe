"""Analytics of the organic side: one pin, several pins, the user's account, its top pins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from adplatforms.sandbox.pinterest import figures
from adplatforms.sandbox.pinterest.analytics import span
from adplatforms.sandbox.pinterest.context import Context, handles
from adplatforms.sandbox.pinterest.reading import Call

SPLITS: dict[str, Sequence[tuple[str, int]]] = {
    "NO_SPLIT": (("all", 10),),
    "APP_TYPE": (("mobile", 6), ("tablet", 1), ("web", 3)),
    "OWNED_CONTENT": (("your_pins", 7), ("other_pins", 3)),
    "SOURCE": (("your_pins", 7), ("other_pins", 3)),
    "PIN_FORMAT": (("image", 6), ("product", 1), ("video", 3)),
}
"""Names of the parts of a split and their share in tenths. The facts name `all` only; the others are ours."""

METRICS = ("ENGAGEMENT", "ENGAGEMENT_RATE", "IMPRESSION", "OUTBOUND_CLICK", "PIN_CLICK", "SAVE", "SAVE_RATE")
LIFETIME = ("TOTAL_COMMENTS", "TOTAL_REACTIONS")
LIFETIME_DAYS = 400


def _parts(context: Context, call: Call, weight: int, lifetime: bool) -> dict[str, Any]:
    query = call.query
    first, last = span(context, query["start_date"], query["end_date"], "DAY")
    metrics = query.get("metric_types") or METRICS
    days = list(figures.periods("DAY", first, last))
    (total,) = figures.periods("TOTAL", first, last)
    found = {}
    for name, share in SPLITS[query.get("split_field") or "NO_SPLIT"]:
        found[name] = {
            "daily_metrics": [
                {
                    "data_status": "READY",
                    "date": str(period[0]),
                    "metrics": figures.values(metrics, weight, period, share),
                }
                for period in days
            ],
            "summary_metrics": figures.values(metrics, weight, total, share),
        }
        if lifetime:
            lasting = [one for one in metrics if one in LIFETIME]
            found[name]["lifetime_metrics"] = {one: weight * LIFETIME_DAYS * figures.size(one) for one in lasting}
    return found


@handles("pins/analytics")
def of_pin(context: Context, call: Call) -> Any:
    """One pin: a map from the name of the split to its metrics."""
    pin = context.row("pins", call.path["pin_id"])
    return _parts(context, call, figures.own_weight(pin.key), lifetime=True)


@handles("multi_pins/analytics")
def of_pins(context: Context, call: Call) -> Any:
    """Several pins: a map from id to what one pin is answered with. Pins that do not exist are left out."""
    wanted = context.rows.select("pins", {"key": call.query["pin_ids"]})
    return {pin.key: _parts(context, call, figures.own_weight(pin.key), lifetime=True) for pin in wanted}


@handles("user_account/analytics")
def of_account(context: Context, call: Call) -> Any:
    """The account: the sum of its pins."""
    weight = sum(figures.own_weight(pin.key) for pin in context.rows.select("pins"))
    return _parts(context, call, weight, lifetime=False)


@handles("user_account/analytics/top_pins", "user_account/analytics/top_video_pins")
def top_pins(context: Context, call: Call) -> Any:
    """The pins with the highest figure of `sort_by`, highest first."""
    query = call.query
    first, last = span(context, query["start_date"], query["end_date"], "DAY")
    (total,) = figures.periods("TOTAL", first, last)
    metrics = list(dict.fromkeys([*(query.get("metric_types") or ()), query["sort_by"]]))
    video = call.operation.id.endswith("top_video_pins")
    where = {"status": "VIDEO"} if video else {}
    found = [
        (figures.values(metrics, figures.own_weight(pin.key), total), pin.key)
        for pin in context.rows.select("pins", where)
    ]
    found.sort(key=lambda one: (-one[0][query["sort_by"]], one[1]))
    return {
        "date_availability": {"is_realtime": False, "latest_available_timestamp": context.seconds * 1000},
        "sort_by": query["sort_by"],
        "pins": [
            {"pin_id": key, "metrics": values, "data_status": dict.fromkeys(values, "READY")}
            for values, key in found[: query["num_of_pins"]]
        ],
    }
