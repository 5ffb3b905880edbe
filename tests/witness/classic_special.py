"""The second half of the classic SDK's tour: every other collection, children, special calls, deals, reports."""

import datetime

from steps import brief, fields, step

from terminalone import T1

COLLECTIONS = (
    "ad_servers", "advertisers", "agencies", "atomic_creatives", "audience_segments", "campaigns",
    "concepts", "contacts", "contracts", "creative_approvals", "creatives", "deals", "organizations",
    "pixel_bundles", "pixel_providers", "pixels", "placement_slots", "publisher_sites", "publishers",
    "retired_audience_segments", "retired_strategy_audience_segments", "rmx_strategies",
    "rmx_strategy_roi_target_pixels", "seats", "site_lists", "site_placements", "strategies",
    "strategy_audience_segments", "strategy_concepts", "strategy_day_parts", "strategy_deals",
    "strategy_domain_restrictions", "strategy_supply_sources", "strategy_targeting_segments",
    "supply_sources", "target_value_counts", "target_values", "users", "vendor_contracts", "vendor_domains",
    "vendor_pixel_domains", "vendor_pixels", "vendors", "verticals",
)  # fmt: skip
"""All but target_dimensions, which the SDK reads as children of a strategy only."""

DIMENSIONS = (
    "dma", "connection speed", "isp", "browser", "os", "region", "mathselect250", "country", "safety", "channels",
    "fold position", "linear format", "content initiation", "audio", "player size", "device",
)  # fmt: skip


def ids(entities):
    return [entity.id for entity in entities]


@step
def every_collection(t1):
    found = {}
    for name in COLLECTIONS:
        rows = list(t1.get(name, full=True, page_limit=2))
        found[name] = [len(rows), sorted({type(row).__name__ for row in rows})]
    return found


@step
def segments_of_a_parent(t1):
    rows = t1.get("audience_segments", parent=1001, full=True)
    return [fields(row, "parent_audience_segment_id", "full_path", "retail_cpm") for row in rows]


@step
def deal(t1):
    return fields(t1.get("deals", 1), "id", "name", "status", "price", "owner", "price_type", "start_datetime")


@step
def deals_counted(t1):
    rows, total = t1.get("deals", page_limit=5, full=True, count=True)
    return {"rows": len(list(rows)), "total": total}


@step
def deals_of_an_advertiser(t1):
    return ids(t1.get("deals", other_params={"permissions.advertiser_id": 7}))


@step
def deal_saved(t1):
    made = t1.new("deal")
    made.name, made.deal_identifier, made.status = "From the classic SDK", "C-1", True
    made.price, made.price_method, made.price_type = ({"value": "4.3200", "currency_code": "EUR"}, "CPM", "FLOOR")
    made.owner = {"type": "AGENCY", "id": 101}
    made.permissions = {"all_organizations": True, "organization_ids": [], "agency_ids": [], "advertiser_ids": []}
    made.start_datetime, made.end_datetime = datetime.datetime(2027, 3, 1), datetime.datetime(2027, 4, 1)
    made.save()
    again = t1.get("deals", made.id)
    again.name = "Renamed"
    again.save()
    return fields(t1.get("deals", made.id), "id", "name", "status", "price", "end_datetime")


@step
def deal_refused(t1):
    made = t1.get("deals", 1)
    made.price = {"value": "cheap", "currency_code": "EUR"}
    return made.save()


@step
def supplies(t1):
    strategy = t1.get("strategies", 10001)
    strategy.save_supplies({"supply_source.1.id": 3, "supply_source.2.id": 5})
    after = t1.get("strategies", 10001, child="supplies")
    return {"id": after.id, "supplies": ids(after.supply_sources), "links": len(supply_links(t1))}


def supply_links(t1):
    return list(t1.get("strategy_supply_sources", limit={"strategy": 10001}, full=True))


@step
def deals_of_a_strategy(t1):
    strategy = t1.get("strategies", 10001)
    strategy.save_deals({"deal.1.id": 3, "deal.2.id": 4})
    strategy = t1.get("strategies", 10001, child="deals")
    link = next(t1.get("strategy_deals", limit={"strategy": 10001}, full=True))
    link.remove()
    return {"type": brief(strategy)["type"], "deals": ids(strategy.deals), "left": len(left(t1, "strategy_deals"))}


def left(t1, collection):
    return list(t1.get(collection, limit={"strategy": 10001}, full=True))


@step
def deals_refused(t1):
    return t1.get("strategies", 10001).save_deals({"deal.1.id": 424242})


@step
def domains(t1):
    strategy = t1.get("strategies", 10001)
    form = {"domains.1.domain": "a.example", "domains.1.restriction": "INCLUDE"}
    strategy.save_domains(form)
    added = [fields(row, "domain", "restriction") for row in left(t1, "strategy_domain_restrictions")]
    strategy.save_domains({})
    return {"added": added, "left": len(left(t1, "strategy_domain_restrictions"))}


def segments(t1, kind, group, wanted):
    strategy = t1.get("strategies", 10002)
    form = {"include_op": "AND", "exclude_op": "OR"}
    for number, id in enumerate(wanted, 1):
        form[f"segments.{number}.id"] = id
        form[f"segments.{number}.restriction"] = "INCLUDE"
        form[f"segments.{number}.group_identifier"] = group
    getattr(strategy, f"save_{kind}_segments")(form)
    read = list(t1.get("strategies", 10002, child=f"{kind}_segments"))
    found = [getattr(row, f"{kind}_segment_id") for row in read]
    read[0].remove()
    rest = [getattr(row, f"{kind}_segment_id") for row in t1.get("strategies", 10002, child=f"{kind}_segments")]
    operator = getattr(t1.get("strategies", 10002), f"{kind}_segment_include_op")
    return {"assigned": found == wanted, "left": rest == wanted[1:], "operator": operator}


@step
def audience_segments(t1):
    return segments(t1, "audience", "g1", [1002, 1003])


@step
def targeting_segments(t1):
    return segments(t1, "targeting", "tsg1", [2002, 2003])


@step
def retired_segments(t1):
    rows, total = t1.get("strategies", 10001, child="retired_audience_segments", count=True)
    rows = list(rows)
    t1.get("strategies", 10001).remove_retired_audience_segments([row.retired_audience_segment_id for row in rows])
    after = list(t1.get("strategies", 10001, child="retired_audience_segments"))
    shown = fields(rows[0], "strategy_id", "restriction", "group_identifier")
    return {"shown": shown, "segment": rows[0].retired_audience_segment.id, "total": total, "left": len(after)}


@step
def day_parts(t1):
    rows = list(t1.get("strategies", 10001, child="day_parts"))
    rows[0].remove()
    after = t1.get("strategies", 10001, child="day_parts")
    shown = fields(rows[0], "strategy_id", "days", "start_hour", "end_hour", "user_time")
    return {"shown": shown, "rows": len(rows), "left": len(list(after))}


@step
def links_removed(t1):
    found = {}
    for name in ("strategy_concepts", "pixels"):
        row = next(t1.get(name, full=True))
        row.remove()
        found[name] = row.id in ids(t1.get(name, page_limit=3))
    return found


@step
def dimensions(t1):
    found = {}
    for name in DIMENSIONS:
        dimension = t1.get("strategies", 10003, child=name)
        found[name] = [dimension.id, len(dimension.include), len(dimension.exclude)]
    return found


@step
def dimension_saved(t1):
    dimension = t1.get("strategies", 10003, child="region")
    values = list(t1.find("target_values", "target_dimension_id", "==", "7", full=True))
    dimension.include = values[:2]
    dimension.exclude = [values[2].id]
    dimension.save()
    again = t1.get("strategies", 10003, child="region")
    return {
        "include": [fields(value, "name", "target_dimension_id", "is_targetable") for value in again.include],
        "exclude": [value.name for value in again.exclude],
    }


@step
def permissions_saved(t1):
    permission = t1.get("users", 4, child="permissions")
    permission.add("advertiser", 7)
    permission.save()
    again = t1.get("users", 4, child="permissions")
    return {"advertiser": sorted(again.advertiser or ()), "agency": sorted(again.agency or ())}


@step
def flights_saved(t1):
    campaign = t1.get("campaigns", 11, include="budget_flights", full=True)
    for flight in campaign.budget_flights:
        flight.total_budget = 12.5
    campaign.save_budget_flights()
    return [fields(flight, "campaign_id", "total_budget") for flight in t1.get("campaigns", 11, child="budget_flights")]


@step
def site_list_saved(t1):
    site_list = t1.new("site_list")
    site_list.name, site_list.organization_id, site_list.restriction = "Classic", 100001, "INCLUDE"
    site_list.save()
    return fields(t1.get("site_lists", site_list.id), "name", "organization_id", "restriction", "status")


@step
def placement_saved(t1):
    slot = t1.new("placement_slot")
    slot.site_placement_id, slot.width, slot.height, slot.buy_price = 1, 300, 250, 2.5
    slot.save()
    placement = t1.get("placement_slots", slot.id, include="placement").placement
    return {"slot": fields(slot, "width", "buy_price", "auction_type"), "placement": [brief(one) for one in placement]}


@step
def report_metadata(t1):
    report = t1.new("report")
    about = t1.new("report", "performance").metadata
    return {"uri": report.report_uri("geo"), "dimensions": "campaign_id" in about["structure"]["dimensions"]}


@step
def report(t1):
    report = t1.new("report", "performance")
    report.dimensions = ["campaign_id", "campaign_name"]
    report.metrics = ["impressions", "total_spend"]
    report.filter = {"organization_id": 100001}
    report.time_window = "last_7_days"
    report.order = ["-impressions"]
    headers, rows = report.get()
    rows = list(rows)
    impressions = [int(row[4]) for row in rows]
    return {"headers": headers, "rows": len(rows), "sorted": impressions == sorted(impressions, reverse=True)}


@step
def beta_report(t1):
    report = t1.new("report", "geo", version="beta")
    report.dimensions = ["country_name"]
    report.start_date, report.end_date = "2026-11-01", "2026-11-07"
    headers, rows = report.get(as_dict=True)
    return {"headers": headers, "countries": sorted(row["country_name"] for row in rows)}


@step
def token_by_password(t1):
    credentials = {"client_id": "demo-client", "client_secret": "demo-secret"}
    other = T1("demo", "demo", api_base=t1.api_base, json=t1.json, **credentials)
    return {"user_id": other.user_id, "username": other.username, "name": brief(other.get("advertisers", 7))["name"]}


@step
def existing_token(t1):
    credentials = {"client_id": "demo-client", "client_secret": "demo-secret"}
    token = T1("demo", "demo", api_base=t1.api_base, **credentials).access_token
    method = "oauth2-existingaccesstoken"
    other = T1(access_token=token, auth_method=method, api_base=t1.api_base, json=t1.json)
    return {"user_id": other.user_id, "username": other.username, "deal": other.get("deals", 1).id}


@step
def wrong_secret(t1):
    credentials = {"client_id": "demo-client", "client_secret": "guess"}
    return T1("demo", "demo", api_base=t1.api_base, json=t1.json, **credentials)
