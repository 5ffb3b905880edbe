"""Who there is: reference lists, people, users, organizations, agencies, advertisers and their creatives."""

from __future__ import annotations

from adplatforms.sandbox import seed as names
from adplatforms.sandbox.store import Row
from adplatforms.sandbox.t1.seed.rows import COUNTS, FIRST_IDS, LONG_AGO, MARKETS, NOW, Rows, day, wire

PASSWORD = "demo"
"""Of every user, as this is a toy. `viewer` may look but not edit."""


def reference_data(rows: Rows) -> None:
    """Verticals, ad servers, currencies, zones, contacts and users."""
    for name in names.VERTICALS:
        rows.add("vertical", name=name, **LONG_AGO)
    for name in ("Terminal One", "DoubleClick", "Sizmek", "Flashtalking", "Adform", "Other"):
        rows.add("ad_server", name=name)
    for code, name in names.CURRENCIES:
        rows.add("currency", code=code, name=name)
    for name in names.ZONES:
        rows.add("time_zone", name=name)
    for number, (first, last) in enumerate(names.PEOPLE, 1):
        email = f"contact{number}@agency.example"
        rows.add("contact", first_name=first, last_name=last, email=email, **LONG_AGO)
    for first, last in (("Demo", "User"), ("Read", "Only"), *names.PEOPLE):
        _user(rows, first, last)


def _user(rows: Rows, first: str, last: str) -> None:
    id = len(rows.of["user"]) + 1
    username = {1: "demo", 2: "viewer"}.get(id, f"{first}.{last}".lower().replace("'", ""))
    can_edit = int(username != "viewer")
    rows.add(
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
        view_dmp_reports=rows.chance(0.5),
        view_data_definition=rows.chance(0.5),
        creator_id=None if id == 1 else 1,
        last_login_on=rows.maybe(0.8, lambda: wire(rows.moment(day(2026, 9, 1), NOW))),
        **LONG_AGO,
    )
    if id > 1:
        agency = FIRST_IDS["agency"] + id % len(names.AGENCIES)
        rows.permissions.append({"user_id": id, "level": "agency", "entity_id": agency})


def accounts(rows: Rows) -> None:
    """Organizations, their agencies, and the advertisers of these."""
    start = day(2019, 1, 1)
    for name, (currency, _) in zip(names.ORGANIZATIONS, MARKETS, strict=True):
        rows.add(
            "organization",
            name=name,
            address_1=f"{rows.random.randint(1, 400)} Market Street",
            city="New York",
            state="NY",
            zip="10007",
            country="US",
            phone="+1 212 555 0100",
            contact_name="Grace O'Neill",
            mm_contact_name="Sam Rivera",
            currency_code=currency,
            dmp_enabled="enabled",
            **rows.dates(start, day(2020, 1, 1)),
        )
    for number, name in enumerate(names.AGENCIES):
        contact = 1 + number
        rows.add(
            "agency",
            name=name,
            organization_id=FIRST_IDS["organization"] + number // 4,
            sales_contact_id=contact,
            billing_contact_id=contact + 1,
            traffic_contact_id=rows.maybe(0.5, lambda: 20),
            allow_x_adv_pixels=rows.chance(0.5),
            status=int(number != 7),
            **rows.dates(day(2020, 1, 1), day(2021, 1, 1)),
        )
    for number in range(COUNTS["advertiser"]):
        brand = names.BRANDS[number % len(names.BRANDS)]
        division = names.DIVISIONS[number // len(names.BRANDS)]
        rows.add(
            "advertiser",
            name=f"{brand} {division}",
            agency_id=FIRST_IDS["agency"] + number % len(names.AGENCIES),
            vertical_id=rows.random.randint(1, len(names.VERTICALS)),
            ad_server_id=rows.random.randint(1, 6),
            sales_contact_id=rows.random.randint(1, 20),
            billing_contact_id=rows.maybe(0.7, lambda: rows.random.randint(1, 20)),
            domain=f"http://www.brand{number + 1}.example",
            ad_server_fee=rows.maybe(0.3, lambda: rows.random.randint(1, 20) / 100),
            political=rows.chance(0.02),
            status=rows.chance(0.9),
            **rows.dates(day(2021, 1, 1), day(2024, 1, 1)),
        )


def creatives_and_pixels(rows: Rows) -> None:
    """Three concepts with four creatives each, and three pixels, for every advertiser."""
    start = day(2024, 1, 1)
    for advertiser in rows.of["advertiser"]:
        for name in rows.random.sample(names.CONCEPTS, 3):
            concept = rows.add(
                "concept",
                advertiser_id=advertiser["id"],
                name=f"{name} - {advertiser['name']}",
                status=rows.chance(0.9),
                **rows.dates(start, NOW),
            )
            for label, width, height in rows.random.sample(names.FORMATS, 4):
                _creative(rows, concept, label, width, height)
        for name in rows.random.sample(names.PIXELS, 3):
            rows.add(
                "pixel_bundle",
                advertiser_id=advertiser["id"],
                name=f"{name} - {advertiser['name']}",
                external_identifier=str(rows.random.randint(10**12, 10**13)),
                pixel_type=rows.random.choice(("event", "event", "data")),
                keywords=rows.maybe(0.3, lambda: f"zz:{rows.random.randint(10**6, 10**7)}"),
                rmx_conversion_minutes=1,
                tags='<img src="https://pixel.example/event?a=1&b=2" width="1" height="1"/>',
                **rows.dates(start, NOW),
            )


def _creative(rows: Rows, concept: Row, label: str, width: int, height: int) -> None:
    dates = rows.dates(day(2024, 1, 1), NOW)
    rows.add(
        "atomic_creative",
        advertiser_id=concept["advertiser_id"],
        concept_id=concept["id"],
        name=f"{concept['name']} - {label} {width}x{height}",
        width=width,
        height=height,
        file_type=rows.random.choice(("jpg", "png", "gif", "html5")),
        tag_type="IFRAME",
        tag=f'<iframe src="https://ads.example/serve?w={width}&h={height}"></iframe>',
        tpas_ad_tag_name=f"tag_{width}x{height}",
        external_identifier=str(rows.random.randint(10**8, 10**9)),
        click_url=rows.maybe(0.5, lambda: "https://www.example.com/?utm_source=t1&utm_medium=display"),
        ad_server_type="OTHER",
        approval_status=rows.random.choice(("APPROVED", "APPROVED", "PENDING", "REJECTED")),
        rejected_reason="",
        built_by_user_id=rows.maybe(0.6, lambda: rows.random.randint(1, 20)),
        is_https=1,
        last_modified=dates["updated_on"],
        **dates,
    )
