"""The T1 side of the seed: an agency business of 3 organizations, 2,500 campaigns and 12,000 strategies.

The same rows on every run: one random generator with a fixed seed, and a fixed present (`NOW`). Everything
hangs together: keys point to rows that exist, a flight lies within its campaign, a strategy takes currency
and zone from its campaign, a campaign its currency from its organization's agency.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from adplatforms.sandbox import seed as names
from adplatforms.sandbox.store import Row, Store
from adplatforms.sandbox.t1.schema import Value
from adplatforms.sandbox.t1.tables import REGISTRY

NOW = datetime(2026, 11, 16, 9, 30)  # noqa: DTZ001 - UTC, written as the wire writes it
"""The day the seed was "recorded" (UTC): what starts later is planned, what ended earlier is history."""

COUNTS = {"advertiser": 120, "campaign": 2500, "strategy": 12000}

FIRST_IDS = {
    "organization": 100001,
    "agency": 101,
    "strategy": 10001,
    "concept": 5001,
    "atomic_creative": 70001,
    "pixel_bundle": 8001,
    "budget_flight": 30001,
    "strategy_concept": 50001,
}
"""The first id of each type; 1 where none is given (advertisers 1 to 120, campaigns 1 to 2500)."""

USERNAMES_BY_ID = {1: "demo", 2: "viewer"}
PASSWORD = "demo"

_GOALS = ("spend", "reach", "cpc", "cpe", "cpa", "roi", "ctr", "vcpm", "vcr", "viewability_rate")
_MARKETS = (
    ("USD", ("America/New_York", "America/Chicago", "America/Los_Angeles")),
    ("EUR", ("Europe/Berlin", "Europe/Zurich", "Europe/Paris")),
    ("AUD", ("Australia/Sydney", "Australia/Melbourne", "Pacific/Auckland")),
)


def fill(store: Store) -> None:
    """Puts the seed into an empty store."""
    maker = _Maker()
    maker.reference_data()
    maker.accounts()
    maker.creatives_and_pixels()
    maker.campaigns()
    maker.strategies()
    for resource in REGISTRY:
        store.insert_many(resource.table, maker.rows[resource.type])
    store.insert_many("t1_log", maker.log)
    store.insert_many("t1_permission", maker.permissions)


class _Maker:
    def __init__(self) -> None:
        self.random = random.Random(1920)
        self.rows: dict[str, list[Row]] = {resource.type: [] for resource in REGISTRY}
        self.log: list[Row] = []
        self.permissions: list[Row] = []
        self._blanks = {
            resource.type: {name: field.default for name, field in resource.fields.items()}
            for resource in REGISTRY
        }

    def add(self, type: str, /, **values: Value) -> Row:
        """A row with the next id, the defaults of its type, and the given values."""
        known = self.rows[type]
        row = self._blanks[type] | values
        row["id"] = FIRST_IDS.get(type, 1) + len(known)
        row["version"] = values.get("version", 0)
        auto_name = REGISTRY.by_type[type].auto_name
        if auto_name:
            row["name"] = auto_name.format(**row)
        known.append(row)
        return row

    def dates(self, earliest: datetime, latest: datetime) -> dict[str, Value]:
        """created_on and updated_on within a span."""
        created = self.moment(earliest, latest)
        return {"created_on": _wire(created), "updated_on": _wire(self.moment(created, latest))}

    def moment(self, earliest: datetime, latest: datetime) -> datetime:
        return earliest + timedelta(seconds=int((latest - earliest).total_seconds() * self.random.random()))

    def chance(self, share: float) -> int:
        return int(self.random.random() < share)

    def maybe(self, share: float, make: Callable[[], Value]) -> Value:
        return make() if self.random.random() < share else None

    def reference_data(self) -> None:
        for name in names.VERTICALS:
            self.add("vertical", name=name, **_long_ago())
        for name in ("Terminal One", "DoubleClick", "Sizmek", "Flashtalking", "Adform", "Other"):
            self.add("ad_server", name=name)
        for code, name in names.CURRENCIES:
            self.add("currency", code=code, name=name)
        for name in names.ZONES:
            self.add("time_zone", name=name)
        for number, (first, last) in enumerate(names.PEOPLE, 1):
            email = f"contact{number}@agency.example"
            self.add("contact", first_name=first, last_name=last, email=email, **_long_ago())
        for first, last in (("Demo", "User"), ("Read", "Only"), *names.PEOPLE):
            self.user(first, last)

    def user(self, first: str, last: str) -> None:
        id = len(self.rows["user"]) + 1
        username = USERNAMES_BY_ID.get(id, f"{first}.{last}".lower().replace("'", ""))
        can_edit = int(username != "viewer")
        self.add(
            "user",
            first_name=first,
            last_name=last,
            username=username,
            password=PASSWORD,
            title="Trader" if can_edit else "Analyst",
            phone=f"+1 212 555 01{id:02d}",
            role="ADMIN" if id == 1 else ("MANAGER" if can_edit else "REPORTER"),
            scope="GLOBAL" if id == 1 else "SELECT",
            type="INTERNAL" if id == 1 else "AGENCY",
            edit_campaigns=can_edit,
            view_organizations=1,
            view_segments=1,
            view_dmp_reports=self.chance(0.5),
            view_data_definition=self.chance(0.5),
            creator_id=None if id == 1 else 1,
            last_login_on=self.maybe(0.8, lambda: _wire(self.moment(datetime(2026, 9, 1), NOW))),
            **_long_ago(),
        )
        if id > 1:
            agency = FIRST_IDS["agency"] + id % len(names.AGENCIES)
            self.permissions.append({"user_id": id, "level": "agency", "entity_id": agency})

    def accounts(self) -> None:
        start = datetime(2019, 1, 1)
        for name, (currency, _) in zip(names.ORGANIZATIONS, _MARKETS):
            self.add(
                "organization",
                name=name,
                address_1=f"{self.random.randint(1, 400)} Market Street",
                city="New York",
                state="NY",
                zip="10007",
                country="US",
                phone="+1 212 555 0100",
                contact_name="Grace O'Neill",
                mm_contact_name="Sam Rivera",
                currency_code=currency,
                dmp_enabled="enabled",
                **self.dates(start, datetime(2020, 1, 1)),
            )
        for number, name in enumerate(names.AGENCIES):
            contact = 1 + number
            self.add(
                "agency",
                name=name,
                organization_id=FIRST_IDS["organization"] + number // 4,
                sales_contact_id=contact,
                billing_contact_id=contact + 1,
                traffic_contact_id=self.maybe(0.5, lambda: 20),
                allow_x_adv_pixels=self.chance(0.5),
                status=int(number != 7),
                **self.dates(datetime(2020, 1, 1), datetime(2021, 1, 1)),
            )
        for number in range(COUNTS["advertiser"]):
            brand = names.BRANDS[number % len(names.BRANDS)]
            division = names.DIVISIONS[number // len(names.BRANDS)]
            self.add(
                "advertiser",
                name=f"{brand} {division}",
                agency_id=FIRST_IDS["agency"] + number % len(names.AGENCIES),
                vertical_id=self.random.randint(1, len(names.VERTICALS)),
                ad_server_id=self.random.randint(1, 6),
                sales_contact_id=self.random.randint(1, 20),
                billing_contact_id=self.maybe(0.7, lambda: self.random.randint(1, 20)),
                domain=f"http://www.brand{number + 1}.example",
                ad_server_fee=self.maybe(0.3, lambda: self.random.randint(1, 20) / 100),
                political=self.chance(0.02),
                status=self.chance(0.9),
                **self.dates(datetime(2021, 1, 1), datetime(2024, 1, 1)),
            )

    def creatives_and_pixels(self) -> None:
        start = datetime(2024, 1, 1)
        for advertiser in self.rows["advertiser"]:
            for name in self.random.sample(names.CONCEPTS, 3):
                concept = self.add(
                    "concept",
                    advertiser_id=advertiser["id"],
                    name=f"{name} - {advertiser['name']}",
                    status=self.chance(0.9),
                    **self.dates(start, NOW),
                )
                for label, width, height in self.random.sample(names.FORMATS, 4):
                    self.creative(concept, label, width, height)
            for name in self.random.sample(names.PIXELS, 3):
                self.add(
                    "pixel_bundle",
                    advertiser_id=advertiser["id"],
                    name=f"{name} - {advertiser['name']}",
                    external_identifier=str(self.random.randint(10**12, 10**13)),
                    pixel_type=self.random.choice(("event", "event", "data")),
                    keywords=self.maybe(0.3, lambda: f"zz:{self.random.randint(10**6, 10**7)}"),
                    rmx_conversion_minutes=1,
                    tags='<img src="https://pixel.example/event?a=1&b=2" width="1" height="1"/>',
                    **self.dates(start, NOW),
                )

    def creative(self, concept: Row, label: str, width: int, height: int) -> None:
        dates = self.dates(datetime(2024, 1, 1), NOW)
        self.add(
            "atomic_creative",
            advertiser_id=concept["advertiser_id"],
            concept_id=concept["id"],
            name=f"{concept['name']} - {label} {width}x{height}",
            width=width,
            height=height,
            file_type=self.random.choice(("jpg", "png", "gif", "html5")),
            tag_type="IFRAME",
            tag=f'<iframe src="https://ads.example/serve?w={width}&h={height}"></iframe>',
            tpas_ad_tag_name=f"tag_{width}x{height}",
            external_identifier=str(self.random.randint(10**8, 10**9)),
            click_url=self.maybe(0.5, lambda: "https://www.example.com/?utm_source=t1&utm_medium=display"),
            ad_server_type="OTHER",
            approval_status=self.random.choice(("APPROVED", "APPROVED", "PENDING", "REJECTED")),
            rejected_reason="",
            built_by_user_id=self.maybe(0.6, lambda: self.random.randint(1, 20)),
            is_https=1,
            last_modified=dates["updated_on"],
            **dates,
        )

    def campaigns(self) -> None:
        advertisers = self.rows["advertiser"]
        agencies = {row["id"]: row for row in self.rows["agency"]}
        pixels: dict[Value, list[Row]] = {}
        for pixel in self.rows["pixel_bundle"]:
            pixels.setdefault(pixel["advertiser_id"], []).append(pixel)
        for number in range(COUNTS["campaign"]):
            # Every advertiser has some, a few have many.
            share = number if number < len(advertisers) else int(self.random.random() ** 2 * len(advertisers))
            advertiser = advertisers[share % len(advertisers)]
            organization = agencies[advertiser["agency_id"]]["organization_id"]
            assert isinstance(organization, int)
            currency, zones = _MARKETS[organization - FIRST_IDS["organization"]]
            if currency == "EUR" and self.chance(0.3):
                currency, zones = "GBP", ("Europe/London",)
            self.campaign(advertiser, currency, self.random.choice(zones), pixels[advertiser["id"]])

    def campaign(self, advertiser: Row, currency: str, zone: str, pixels: list[Row]) -> None:
        pick = self.random
        start = self.moment(datetime(2024, 6, 1), datetime(2027, 1, 15)).replace(minute=0, second=0)
        end = start + timedelta(days=pick.choice((14, 30, 30, 45, 90, 180)), minutes=-1)
        season, tactic = pick.choice(names.SEASONS), pick.choice(names.TACTICS)
        goal = pick.choice(_GOALS)
        budget = float(pick.choice((500, 1000, 2500, 5000, 10000, 25000, 50000, 120000)))
        created = self.moment(start - timedelta(days=40), start)
        created = min(created, NOW - timedelta(days=1))
        updated = self.moment(created, min(NOW, end) if end > created else NOW)
        version = int(pick.random() ** 2 * 9)
        row = self.add(
            "campaign",
            name=f"{season} {start.year} - {tactic}",
            advertiser_id=advertiser["id"],
            ad_server_id=advertiser["ad_server_id"],
            ad_server_fee=self.maybe(0.2, lambda: 0.05),
            agency_fee_pct=self.maybe(0.4, lambda: 12.5),
            status=int(start <= NOW < end and pick.random() < 0.85),
            start_date=_wire(start),
            end_date=_wire(end),
            initial_start_date=_wire(start),
            goal_type=goal,
            goal_category=self.maybe(0.4, lambda: pick.choice(("audience", "engagement", "response"))),
            goal_value=goal_value(goal, pick.random()),
            total_budget=budget,
            spend_cap_enabled=self.chance(0.3),
            spend_cap_amount=self.maybe(0.3, lambda: round(budget / 30, 2)),
            service_type=pick.choice(("SELF", "SELF", "MANAGED")),
            conversion_type=pick.choice(("every", "one", "variable")),
            conversion_variable_minutes=self.maybe(0.3, lambda: pick.choice((30, 60, 1440))),
            merit_pixel_id=self.maybe(0.6, lambda: pick.choice(pixels)["id"]),
            pc_window_minutes=self.maybe(0.6, lambda: 43200),
            pv_window_minutes=self.maybe(0.5, lambda: 10080),
            pv_pct=self.maybe(0.5, lambda: pick.choice((10.0, 33.33, 100.0))),
            margin_pct=self.maybe(0.3, lambda: 15.0),
            io_name=self.maybe(
                0.5, lambda: f"IO {start.year}-{pick.randint(100, 999)} <{advertiser['name']}>"
            ),
            io_reference_num=self.maybe(0.3, lambda: f"R{pick.randint(10000, 99999)}"),
            frequency_type="even",
            frequency_interval="day",
            frequency_amount=self.maybe(0.7, lambda: pick.randint(2, 12)),
            use_mm_freq=self.chance(0.5),
            currency_code=currency,
            zone_name=zone,
            created_on=_wire(created),
            updated_on=_wire(updated),
            version=version,
        )
        if version:
            old = str(int(budget / 2))
            self.log.append(
                {
                    "type": "campaign",
                    "entity_id": row["id"],
                    "at": row["updated_on"],
                    "user_id": 1 + pick.randrange(20),
                    "changes": f'[["total_budget","{old}.00","{int(budget)}.00"]]',
                }
            )
        self.flights(row, start, end, budget)

    def flights(self, campaign: Row, start: datetime, end: datetime, budget: float) -> None:
        count = self.random.choice((1, 1, 2, 3))
        step = (end - start) / count
        for number in range(count):
            opens = start + step * number
            closes = end if number == count - 1 else start + step * (number + 1) - timedelta(seconds=1)
            self.add(
                "budget_flight",
                campaign_id=campaign["id"],
                start_date=_wire(opens),
                end_date=_wire(closes),
                total_budget=round(budget / count, 2),
                is_relevant=int(opens <= NOW <= closes),
                currency_code=campaign["currency_code"],
                zone_name=campaign["zone_name"],
                created_on=campaign["created_on"],
                updated_on=campaign["updated_on"],
                version=self.random.randrange(4),
            )

    def strategies(self) -> None:
        campaigns = self.rows["campaign"]
        concepts: dict[Value, list[Row]] = {}
        for concept in self.rows["concept"]:
            concepts.setdefault(concept["advertiser_id"], []).append(concept)
        counts = [1] * len(campaigns)
        for _ in range(COUNTS["strategy"] - len(campaigns)):
            counts[int(self.random.random() ** 1.5 * len(campaigns))] += 1
        for campaign, count in zip(campaigns, counts):
            for _ in range(count):
                strategy = self.strategy(campaign)
                self.add(
                    "strategy_concept",
                    strategy_id=strategy["id"],
                    concept_id=self.random.choice(concepts[campaign["advertiser_id"]])["id"],
                    created_on=strategy["created_on"],
                    updated_on=strategy["updated_on"],
                )

    def strategy(self, campaign: Row) -> Row:
        pick = self.random
        channel, audience = pick.choice(names.CHANNELS), pick.choice(names.AUDIENCES)
        goal = str(campaign["goal_type"])
        value = goal_value(goal, pick.random())
        video = channel in ("Online Video", "CTV")
        own_start, own_end = self.chance(0.2), self.chance(0.2)
        return self.add(
            "strategy",
            name=f"{channel} - {audience}",
            campaign_id=campaign["id"],
            type=pick.choice(("REM", "GBO", "AUD")),
            status=int(bool(campaign["status"]) and pick.random() < 0.8),
            budget=self.maybe(0.9, lambda: float(pick.choice((100, 250, 1000, 5000)))),
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
            frequency_amount=self.maybe(0.6, lambda: pick.randint(1, 10)),
            description=self.maybe(0.2, lambda: f"{audience}: bids & caps as agreed <weekly>"),
            pixel_target_expr=f"( [{campaign['merit_pixel_id']}] )" if campaign["merit_pixel_id"] else "",
            currency_code=campaign["currency_code"],
            zone_name=campaign["zone_name"],
            created_on=campaign["created_on"],
            updated_on=campaign["updated_on"],
            version=pick.randrange(6),
        )


def goal_value(goal: str, share: float) -> float:
    """A plausible goal: a price for cost goals, a percentage for rates, a factor for return on investment."""
    low, high = {"ctr": (0.05, 1), "vcr": (40, 90), "viewability_rate": (40, 80), "roi": (1, 8)}.get(
        goal, (0.5, 60)
    )
    return round(low + (high - low) * share, 2)


def _long_ago() -> dict[str, Value]:
    return {"created_on": "2019-05-02T10:00:00", "updated_on": "2019-05-02T10:00:00"}


def _wire(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S")
