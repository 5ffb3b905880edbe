"""What runs: campaigns with their budget flights, strategies and the concepts these show."""

from __future__ import annotations

from datetime import datetime, timedelta

from adplatforms.sandbox import seed as names
from adplatforms.sandbox.store import Row
from adplatforms.sandbox.t1.schema import Value
from adplatforms.sandbox.t1.seed.rows import COUNTS, FIRST_IDS, MARKETS, NOW, Rows, day, wire

_GOALS = ("spend", "reach", "cpc", "cpe", "cpa", "roi", "ctr", "vcpm", "vcr", "viewability_rate")


def campaigns(rows: Rows) -> None:
    """Campaigns with their budget flights, in the currency and a zone of their organization."""
    advertisers = rows.of["advertiser"]
    agencies = {row["id"]: row for row in rows.of["agency"]}
    pixels: dict[Value, list[Row]] = {}
    for pixel in rows.of["pixel_bundle"]:
        pixels.setdefault(pixel["advertiser_id"], []).append(pixel)
    for number in range(COUNTS["campaign"]):
        # Every advertiser has some, a few have many.
        share = number if number < len(advertisers) else int(rows.random.random() ** 2 * len(advertisers))
        advertiser = advertisers[share % len(advertisers)]
        organization = agencies[advertiser["agency_id"]]["organization_id"]
        assert isinstance(organization, int)
        currency, zones = MARKETS[organization - FIRST_IDS["organization"]]
        if currency == "EUR" and rows.chance(0.3):
            currency, zones = "GBP", ("Europe/London",)
        _campaign(rows, advertiser, currency, rows.random.choice(zones), pixels[advertiser["id"]])


def _campaign(rows: Rows, advertiser: Row, currency: str, zone: str, pixels: list[Row]) -> None:
    pick = rows.random
    start = rows.moment(day(2025, 1, 1), day(2027, 1, 15)).replace(minute=0, second=0)
    end = start + timedelta(days=pick.choice((14, 30, 30, 45, 90, 180)), minutes=-1)
    season, tactic = pick.choice(names.SEASONS), pick.choice(names.TACTICS)
    goal = pick.choice(_GOALS)
    budget = float(pick.choice((500, 1000, 2500, 5000, 10000, 25000, 50000, 120000)))
    created = rows.moment(start - timedelta(days=40), start)
    created = min(created, NOW - timedelta(days=1))
    updated = rows.moment(created, min(NOW, end) if end > created else NOW)
    version = int(pick.random() ** 2 * 9)
    row = rows.add(
        "campaign",
        name=f"{season} {start.year} - {tactic}",
        advertiser_id=advertiser["id"],
        ad_server_id=advertiser["ad_server_id"],
        ad_server_fee=rows.maybe(0.2, lambda: 0.05),
        agency_fee_pct=rows.maybe(0.4, lambda: 12.5),
        status=rows.chance(0.85 if start <= NOW < end else 0.3),
        start_date=wire(start),
        end_date=wire(end),
        initial_start_date=wire(start),
        goal_type=goal,
        goal_category=rows.maybe(0.4, lambda: pick.choice(("audience", "engagement", "response"))),
        goal_value=_goal_value(goal, pick.random()),
        total_budget=budget,
        spend_cap_enabled=rows.chance(0.3),
        spend_cap_amount=rows.maybe(0.3, lambda: round(budget / 30, 2)),
        service_type=pick.choice(("SELF", "SELF", "MANAGED")),
        conversion_type=pick.choice(("every", "one", "variable")),
        conversion_variable_minutes=rows.maybe(0.3, lambda: pick.choice((30, 60, 1440))),
        merit_pixel_id=rows.maybe(0.6, lambda: pick.choice(pixels)["id"]),
        pc_window_minutes=rows.maybe(0.6, lambda: 43200),
        pv_window_minutes=rows.maybe(0.5, lambda: 10080),
        pv_pct=rows.maybe(0.5, lambda: pick.choice((10.0, 33.33, 100.0))),
        margin_pct=rows.maybe(0.3, lambda: 15.0),
        io_name=rows.maybe(0.5, lambda: f"IO {start.year}-{pick.randint(100, 999)} <{advertiser['name']}>"),
        io_reference_num=rows.maybe(0.3, lambda: f"R{pick.randint(10000, 99999)}"),
        frequency_type="even",
        frequency_interval="day",
        frequency_amount=rows.maybe(0.7, lambda: pick.randint(2, 12)),
        use_mm_freq=rows.chance(0.5),
        currency_code=currency,
        zone_name=zone,
        created_on=wire(created),
        updated_on=wire(updated),
        version=version,
    )
    if version:
        old = str(int(budget / 2))
        rows.log.append(
            {
                "type": "campaign",
                "entity_id": row["id"],
                "at": row["updated_on"],
                "user_id": 1 + pick.randrange(20),
                "changes": f'[["total_budget","{old}.00","{int(budget)}.00"]]',
            }
        )
    _flights(rows, row, start, end, budget)


def _flights(rows: Rows, campaign: Row, start: datetime, end: datetime, budget: float) -> None:
    count = rows.random.choice((1, 1, 2, 3))
    step = (end - start) / count
    for number in range(count):
        opens = start + step * number
        closes = end if number == count - 1 else start + step * (number + 1) - timedelta(seconds=1)
        rows.add(
            "budget_flight",
            campaign_id=campaign["id"],
            start_date=wire(opens),
            end_date=wire(closes),
            total_budget=round(budget / count, 2),
            is_relevant=int(opens <= NOW <= closes),
            currency_code=campaign["currency_code"],
            zone_name=campaign["zone_name"],
            created_on=campaign["created_on"],
            updated_on=campaign["updated_on"],
            version=rows.random.randrange(4),
        )


def strategies(rows: Rows) -> None:
    """Strategies, at least one for every campaign, each with a concept of its advertiser."""
    campaigns = rows.of["campaign"]
    concepts: dict[Value, list[Row]] = {}
    for concept in rows.of["concept"]:
        concepts.setdefault(concept["advertiser_id"], []).append(concept)
    counts = [1] * len(campaigns)
    for _ in range(COUNTS["strategy"] - len(campaigns)):
        counts[int(rows.random.random() ** 1.5 * len(campaigns))] += 1
    for campaign, count in zip(campaigns, counts, strict=True):
        for _ in range(count):
            strategy = _strategy(rows, campaign)
            rows.add(
                "strategy_concept",
                strategy_id=strategy["id"],
                concept_id=rows.random.choice(concepts[campaign["advertiser_id"]])["id"],
                created_on=strategy["created_on"],
                updated_on=strategy["updated_on"],
            )


def _strategy(rows: Rows, campaign: Row) -> Row:
    pick = rows.random
    channel, audience = pick.choice(names.CHANNELS), pick.choice(names.AUDIENCES)
    goal = str(campaign["goal_type"])
    value = _goal_value(goal, pick.random())
    video = channel in ("Online Video", "CTV")
    own_start, own_end = rows.chance(0.2), rows.chance(0.2)
    return rows.add(
        "strategy",
        name=f"{channel} - {audience}",
        campaign_id=campaign["id"],
        type=pick.choice(("REM", "GBO", "AUD")),
        status=int(bool(campaign["status"]) and pick.random() < 0.8),
        budget=rows.maybe(0.9, lambda: float(pick.choice((100, 250, 1000, 5000)))),
        goal_type=goal,
        goal_value=value,
        effective_goal_value=value,
        max_bid=pick.randint(100, 1500) / 100,
        min_bid=0.0,
        pacing_amount=float(pick.choice((1, 10, 50, 200))),
        pacing_type=pick.choice(("even", "asap")),
        bid_aggressiveness=50.0,
        media_type="VIDEO" if video else "DISPLAY",
        supply_type=pick.choice(("RTB", "RTB", "RMX_API", "MKT")),
        run_on_mobile=int(channel in ("Mobile Web", "In-App")),
        use_campaign_start=int(not own_start),
        use_campaign_end=int(not own_end),
        start_date=campaign["start_date"] if own_start else None,
        end_date=campaign["end_date"] if own_end else None,
        frequency_type="even",
        frequency_interval=pick.choice(("day", "week", "campaign")),
        frequency_amount=rows.maybe(0.6, lambda: pick.randint(1, 10)),
        description=rows.maybe(0.2, lambda: f"{audience}: bids & caps as agreed <weekly>"),
        pixel_target_expr=f"( [{campaign['merit_pixel_id']}] )" if campaign["merit_pixel_id"] else "",
        currency_code=campaign["currency_code"],
        zone_name=campaign["zone_name"],
        created_on=campaign["created_on"],
        updated_on=campaign["updated_on"],
        version=pick.randrange(6),
    )


def _goal_value(goal: str, share: float) -> float:
    """A plausible goal: a price for cost goals, a percentage for rates, a factor for return on investment."""
    low, high = {"ctr": (0.05, 1), "vcr": (40, 90), "viewability_rate": (40, 80), "roi": (1, 8)}.get(goal, (0.5, 60))
    return round(low + (high - low) * share, 2)
