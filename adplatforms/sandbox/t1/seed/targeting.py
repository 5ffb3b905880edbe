"""Whom strategies reach: trees of segments, target values, site lists, and what each strategy picked of them."""

from __future__ import annotations

from adplatforms.sandbox import seed as names
from adplatforms.sandbox.store import Row
from adplatforms.sandbox.t1.schema import Value
from adplatforms.sandbox.t1.seed.rows import COUNTS, LONG_AGO, NOW, Rows, day


def segments(rows: Rows) -> None:
    """A tree of audience segments for each data vendor, of targeting segments for each targeting vendor."""
    for vendor in [row for row in rows.of["vendor"] if row["vendor_type"] == "DATA"]:
        _tree(rows, "audience", vendor, names.SEGMENT_TREE)
    for name in ("Contextual Insights", "Page Safety"):
        vendor = rows.add("targeting_vendor", name=name)
        _tree(rows, "targeting", vendor, names.TOPIC_TREE)
    for number, audience in enumerate(names.AUDIENCES):
        parent = rows.of["audience_segment"][number]
        rows.add(
            "retired_audience_segment",
            name=f"{audience} (2013)",
            code=str(1693766291 + number),
            audience_vendor_id=parent["audience_vendor_id"],
            parent_audience_segment_id=parent["id"],
            full_retired_path=f"{parent['full_path']} - {audience} (2013)",
            retail_cpm=0.75,
            wholesale_cpm=0.75,
            uniques=rows.random.randint(1000, 90000),
            type="normal",
            **LONG_AGO,
        )


def _tree(rows: Rows, kind: str, vendor: Row, tree: dict[str, tuple[str, ...]]) -> None:
    is_audience = kind == "audience"
    column = "audience_vendor_id" if is_audience else "targeting_vendor_id"

    def grow(name: str, parent: Row, children: tuple[str, ...]) -> None:
        own: dict[str, Value] = {column: vendor["id"]}
        if is_audience:
            own["uniques"] = rows.random.randint(5, 4000) * 1000
        price = rows.random.randint(20, 400) / 100
        row = rows.add(
            f"{kind}_segment",
            name=name,
            code=f"{vendor['id']}-{len(rows.of[f'{kind}_segment']) + 1}",
            full_path=f"{parent.get('full_path') or vendor['name']} - {name}",
            child_count=len(children),
            buyable=int(not children),
            retail_cpm=price,
            wholesale_cpm=round(price / 2, 2),
            **{f"parent_{kind}_segment_id": parent.get("id")},
            **own,
            **rows.dates(day(2022, 1, 1), NOW),
        )
        for child in children:
            grow(child, row, ())

    for name, children in tree.items():
        grow(name, {}, children)


def dimensions(rows: Rows) -> None:
    """The 16 target dimensions and some values of each; a dimension is known by its id, values by theirs."""
    for id, (name, code, values) in names.DIMENSIONS.items():
        dimension = rows.add("target_dimension", name=name, code=code)
        dimension["id"] = id
        for number, value in enumerate(values):
            rows.add(
                "target_value",
                name=value,
                target_dimension_id=id,
                dimension_code=code,
                value=60000 + id * 100 + number,
                code=value.lower().replace(" ", "_"),
                is_targetable=1,
                child_count=0,
            )


def site_lists(rows: Rows) -> None:
    """Site lists of every organization with their domains, assigned to some campaigns and strategies."""
    for organization in rows.of["organization"]:
        for number, (name, restriction) in enumerate(names.SITE_LISTS):
            domains = [f"site{(number * 37 + step * 11) % 500}.example" for step in range(25)]
            row = rows.add(
                "site_list",
                name=name,
                organization_id=organization["id"],
                restriction=restriction,
                filename=f"list{number}.csv",
                sites_count=len(domains),
                **rows.dates(day(2024, 1, 1), NOW),
            )
            rows.domains += [{"site_list_id": row["id"], "domain": domain} for domain in domains]


def picks(rows: Rows) -> None:
    """What strategies picked: segments, day parts, deals, supply, domains, targets, site lists."""
    values: dict[Value, list[Row]] = {}
    for value in rows.of["target_value"]:
        values.setdefault(value["target_dimension_id"], []).append(value)
    buyable = [row["id"] for row in rows.of["audience_segment"] if row["buyable"]]
    topics = [row["id"] for row in rows.of["targeting_segment"] if row["buyable"]]
    lists: dict[Value, list[Value]] = {}
    for row in rows.of["site_list"]:
        lists.setdefault(row["organization_id"], []).append(row["id"])
    owners = _organizations(rows)
    for number, strategy in enumerate(rows.of["strategy"]):
        own: dict[str, Value] = {"strategy_id": strategy["id"]}
        dated = {**own, "created_on": strategy["created_on"], "updated_on": strategy["updated_on"]}
        if number % 4 == 0:
            for one, restriction in zip(rows.random.sample(buyable, 2), ("INCLUDE", "EXCLUDE"), strict=True):
                _segment(rows, "audience", one, restriction, dated)
        if number % 10 == 0:
            _segment(rows, "targeting", rows.random.choice(topics), "INCLUDE", dated)
            for days, start, end in (("MTWRF", 7, 22), ("SU", 9, 23)):
                rows.add("strategy_day_part", days=days, start_hour=start, end_hour=end, user_time=1, **dated)
        if number % 10 == 1:
            for deal in rows.random.sample(range(1, COUNTS["deal"] + 1), 2):
                rows.add("strategy_deal", deal_id=deal, **own)
        if number % 5 == 2:
            for supply in rows.random.sample(range(1, len(names.EXCHANGES) + 1), 3):
                rows.add("strategy_supply_source", supply_source_id=supply, **own)
        if number % 5 == 3:
            _targets(rows, own, 7 if number % 2 else 24, values)
        if number % 40 == 4:
            restricted = f"site{number % 500}.example"
            domain = {"created_at": strategy["created_on"], "updated_on": strategy["updated_on"], **own}
            rows.add("strategy_domain_restriction", domain=restricted, restriction="EXCLUDE", **domain)
            some = rows.random.choice(lists[owners[strategy["campaign_id"]]])
            rows.add("site_list_assignment", site_list_id=some, **dated)
        if number % 200 == 5:
            _rmx(rows, dated, number)
    for retired in rows.of["retired_audience_segment"]:
        strategy = rows.of["strategy"][len(rows.of["retired_strategy_audience_segment"]) * 4]
        link: dict[str, Value] = {"strategy_id": strategy["id"], "retired_audience_segment_id": retired["id"]}
        about: dict[str, Value] = {"group_identifier": "g1", "restriction": "INCLUDE"}
        rows.add("retired_strategy_audience_segment", **link, **about, **LONG_AGO)
    for campaign in rows.of["campaign"][::25]:
        dates = {"created_on": campaign["created_on"], "updated_on": campaign["updated_on"]}
        own = {"campaign_id": campaign["id"], **dates}
        rows.add("site_list_assignment", site_list_id=lists[owners[campaign["id"]]][0], **own)
        pixel = campaign["merit_pixel_id"]
        if pixel:
            kind = "Event Pixel"
            rows.add("campaign_custom_brain_selection", selection_type=kind, selection_id=pixel, **own)


def _segment(rows: Rows, kind: str, id: Value, restriction: str, dated: dict[str, Value]) -> None:
    rows.add(
        f"strategy_{kind}_segment",
        restriction=restriction,
        group_identifier="g1" if kind == "audience" else "tsg1",
        operator="OR",
        type="normal",
        **{f"{kind}_segment_id": id},
        **dated,
    )


def _targets(rows: Rows, own: dict[str, Value], dimension: int, values: dict[Value, list[Row]]) -> None:
    chosen = rows.random.sample(values[dimension], 3)
    for exclude, part in ((0, chosen[:2]), (1, chosen[2:])):
        target = rows.add("strategy_target", target_dimension_id=dimension, exclude=exclude, **own)
        for value in part:
            rows.add("strategy_target_value", strategy_target_id=target["id"], target_value_id=value["id"])


def _rmx(rows: Rows, dated: dict[str, Value], number: int) -> None:
    pixel = rows.of["pixel_bundle"][number % len(rows.of["pixel_bundle"])]["id"]
    about: dict[str, Value] = {
        "pricing_type": "CPM",
        "price": 1.5,
        "budget": 100.0,
        "budget_type": "daily",
        "pacing": "even",
    }
    row = rows.add("rmx_strategy", cpa_pixel_bundle_id=pixel, status=1, **about, **dated)
    dates = {name: dated[name] for name in ("created_on", "updated_on")}
    link = {"rmx_strategy_id": row["id"], "pixel_bundle_id": pixel}
    rows.add("rmx_strategy_roi_target_pixel", price=2.5, rmx_pixel_type="conversion", status=1, **link, **dates)


def _organizations(rows: Rows) -> dict[Value, Value]:
    agencies = {row["id"]: row["organization_id"] for row in rows.of["agency"]}
    advertisers = {row["id"]: agencies[row["agency_id"]] for row in rows.of["advertiser"]}
    return {row["id"]: advertisers[row["advertiser_id"]] for row in rows.of["campaign"]}
