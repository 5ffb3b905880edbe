"""Copies of campaigns and strategies.

What a copy takes along is not recorded. Here a campaign's takes its budget flights but no strategies (those
are copied by `strategies/bulk_copy`), and a strategy's all it is assigned. A copy without a name is called
`Copy of ...`, as copies in recorded replies are; it starts with version 0.
"""

from __future__ import annotations

from flask import Response, request

from adplatforms.sandbox.store import Row
from adplatforms.sandbox.t1 import query, values, write
from adplatforms.sandbox.t1.answers import Answers, Call
from adplatforms.sandbox.t1.errors import FieldError, Refusal, invalid
from adplatforms.sandbox.t1.tables import REGISTRY

PARTS = {
    "supply_management": ("strategy_supply_source", "strategy_deal"),
    "contextual_targeting": ("strategy_targeting_segment",),
    "creative_assignment": ("strategy_concept",),
    "audience_targeting": ("strategy_audience_segment",),
    "strategy_targeting": ("strategy_target", "strategy_day_part", "strategy_domain_restriction"),
    "site_lists": ("site_list_assignment",),
}
"""What each switch of a bulk copy takes along. `pixel_targeting` is the strategy's own expression;
`video_targeting` is part of the target dimensions here and does nothing of its own."""

_CAMPAIGN = REGISTRY.by_type["campaign"]
_STRATEGY = REGISTRY.by_type["strategy"]


def copy_campaign(api: Answers, id: int) -> Response:
    """A copy with another `name`, `start_date` or `end_date`; its `source_campaign_id` is this one.

    With other dates it gets one budget flight over its whole span.
    """
    _, row = api.find("campaigns", id)
    given = _overrides(("name", "start_date", "end_date"))
    start, end = given.get("start_date", row["start_date"]), given.get("end_date", row["end_date"])
    if str(end) <= str(start):
        raise invalid("end_date", "Must be after start_date")
    with api.store.transaction():
        fresh: Row = {"name": f"Copy of {row['name']}", "source_campaign_id": id, "initial_start_date": start}
        made = _copy(api, "campaign", row, {**fresh, **given})
        flights = api.store.rows_where_in("t1_budget_flight", "campaign_id", [id])
        if {"start_date", "end_date"} & given.keys():
            whole: Row = {"start_date": start, "end_date": end, "total_budget": row["total_budget"]}
            flights = [flight | whole for flight in flights[:1]]
        for flight in flights:
            _copy(api, "budget_flight", flight, {"campaign_id": made["id"]})
        return api.entity(_CAMPAIGN, made)


def copy_strategy(api: Answers, id: int) -> Response:
    """A copy in the same campaign, with all that is assigned; takes `name`."""
    _, row = api.find("strategies", id)
    with api.store.transaction():
        made = _copy_strategy(api, row, _overrides(("name",)), set(PARTS))
        return api.entity(_STRATEGY, made)


def bulk_copy(api: Answers) -> Response:
    """Copies strategies from `from_campaign_id` to `to_campaign_id`: `strategies.{n}.id`, `.name`, and switches.

    A switch (1 or 0, 0 when absent) takes along one kind of assignment: see PARTS. The copies take currency
    and zone from their campaign. The reply lists them.
    """
    ends = {}
    for name in ("from_campaign_id", "to_campaign_id"):
        ids = api.known("campaign", [request.form.get(name, "")])
        if not ids:
            raise invalid(name, f"Invalid {name}: {request.form.get(name, '')!r}")
        ends[name] = ids[0]
    campaign = api.find_row("campaign", ends["to_campaign_id"])
    copies: list[int] = []
    with api.store.transaction():
        for prefix, form in write.groups(request.form, "strategies"):
            ids = api.known("strategy", [form.get("id", "")])
            row = api.find_row("strategy", ids[0]) if ids else None
            if row is None or row["campaign_id"] != ends["from_campaign_id"]:
                error = FieldError(f"{prefix}id", f"No strategy of that campaign: {form.get('id', '')!r}")
                raise Refusal("invalid", "Validation errors", [error])
            fresh: Row = {name: campaign[name] for name in ("currency_code", "zone_name")}
            fresh["campaign_id"] = campaign["id"]
            if form.get("name"):
                fresh["name"] = form["name"]
            if form.get("pixel_targeting") != "1":
                fresh["pixel_target_expr"] = ""
            made = _copy_strategy(api, row, fresh, {name for name in PARTS if form.get(name) == "1"})
            assert isinstance(made["id"], int)
            copies.append(made["id"])
        found = query.Condition(f"id IN ({','.join(map(str, copies))})")
        return api.list_rows(_STRATEGY, found)


def _overrides(names: tuple[str, ...]) -> Row:
    given: Row = {}
    for name in names:
        text = request.form.get(name)
        if text:
            try:
                given[name] = values.read(_CAMPAIGN.fields[name], text)
            except ValueError as error:
                raise invalid(name, str(error)) from None
    return given


def _copy_strategy(api: Answers, row: Row, fresh: Row, parts: set[str]) -> Row:
    made = _copy(api, "strategy", row, {"name": f"Copy of {row['name']}", **fresh})
    for part in sorted(parts):
        for type in PARTS[part]:
            table = REGISTRY.by_type[type].table
            for link in api.store.rows_where_in(table, "strategy_id", [row["id"]]):
                copied = _copy(api, type, link, {"strategy_id": made["id"]})
                if type == "strategy_target":
                    _copy_values(api, link, copied)
    return made


def _copy_values(api: Answers, target: Row, copied: Row) -> None:
    for value in api.store.rows_where_in("t1_strategy_target_value", "strategy_target_id", [target["id"]]):
        _copy(api, "strategy_target_value", value, {"strategy_target_id": copied["id"]})


def _copy(api: Answers, type: str, row: Row, fresh: Row) -> Row:
    kept = {name: value for name, value in row.items() if name not in ("id", *write.STAMPS)}
    return write.insert(api.store, REGISTRY.by_type[type], {**kept, **fresh})


CALLS: tuple[Call, ...] = (
    ("/campaigns/<int:id>/copy", "POST", copy_campaign),
    ("/strategies/<int:id>/copy", "POST", copy_strategy),
    ("/strategies/bulk_copy", "POST", bulk_copy),
)
