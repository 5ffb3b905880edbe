"""Who supplies: vendors and their pixels, exchanges, seats, deals, publishers and their placements, contracts."""

from __future__ import annotations

from datetime import timedelta

import orjson

from adplatforms.sandbox import seed as names
from adplatforms.sandbox.store import Row
from adplatforms.sandbox.t1.seed.rows import COUNTS, FIRST_IDS, LONG_AGO, MARKETS, NOW, Rows, day, wire


def vendors(rows: Rows) -> None:
    """Vendors with their domains; the data vendors provide pixels, some campaigns have a contract with one."""
    for name, kind in names.VENDORS:
        host = "".join(letter for letter in name.lower() if letter.isalnum())
        vendor = rows.add(
            "vendor",
            name=name,
            vendor_type=kind,
            description=f"{name} ({kind.replace('_', ' ').lower()})",
            is_eligible=1,
            adx_approved=rows.chance(0.7),
            adx_vendor_identifier=rows.maybe(0.7, lambda: str(rows.random.randint(10, 900))),
            mm_contract_available=rows.chance(0.5),
            rate_card_type="CPM",
            rate_card_price=rows.random.randint(5, 90) / 100,
            wholesale_price=rows.random.randint(1, 5) / 100,
            **LONG_AGO,
        )
        for domain in (f"{host}.example", f"cdn.{host}.example"):
            rows.add("vendor_domain", vendor_id=vendor["id"], domain=domain, allow_subdomain_match=1, **LONG_AGO)
        if kind == "DATA":
            agency = rows.maybe(0.3, lambda: FIRST_IDS["agency"])
            rows.add("pixel_provider", name=f"{name} Pixels", vendor_id=vendor["id"], agency_id=agency, **LONG_AGO)
    for number in range(300):
        rows.add(
            "vendor_contract",
            campaign_id=1 + number * 8 % COUNTS["campaign"],
            vendor_id=1 + number % len(names.VENDORS),
            price=rows.random.randint(5, 60) / 100,
            rate_card_type="CPM",
            use_mm_contract=rows.chance(0.5),
            **rows.dates(day(2025, 1, 1), NOW),
        )


def exchanges(rows: Rows) -> None:
    """Supply sources, a seat of every organization on most of them, contracts, and deals."""
    for name, code, parent in names.EXCHANGES:
        rows.add(
            "supply_source",
            name=name,
            code=code,
            parent_supply_id=parent,
            supply_type="exchange",
            rtb_type="MARKETPLACE" if parent else "STANDARD",
            has_display=1,
            has_video=rows.chance(0.6),
            has_mobile_display=rows.chance(0.7),
            has_mobile_video=rows.chance(0.4),
            mm_safe=1,
            pmp_enabled=rows.chance(0.7),
            rtb_enabled=1,
            seat_enabled=1,
            use_pool=1,
            distribute=1,
            bidder_exchange_identifier=rows.random.randint(1, 99),
            **LONG_AGO,
        )
    for organization, (currency, _) in zip(rows.of["organization"], MARKETS, strict=True):
        rows.add(
            "contract",
            organization_id=organization["id"],
            contract_number=f"MSA-{organization['id']}",
            currency_code=currency,
            effective_start_date="2020-01-01T00:00:00",
            effective_end_date="2027-12-31T23:59:59",
            managed_service_fee_pct=12.5,
            managed_service_fee_unit="PCT_MEDIA",
            optimization_fee_pct=10.0,
            optimization_fee_unit="PCT_MEDIA",
            platform_access_fee_pct=5.0,
            platform_access_fee_unit="PCT_MEDIA",
            platform_monthly_min=5000.0,
            t1_as_fee_cpm=0.05,
            **LONG_AGO,
        )
        for supply in rows.of["supply_source"][:8]:
            rows.add(
                "seat",
                organization_id=organization["id"],
                supply_source_id=supply["id"],
                seat_identifier=str(rows.random.randint(1000, 9999)),
                rmx_exchange_cost_pct=5.0,
                **LONG_AGO,
            )
    for number in range(COUNTS["deal"]):
        _deal(rows, number)


def _deal(rows: Rows, number: int) -> None:
    pick = rows.random
    agency = FIRST_IDS["agency"] + number % len(names.AGENCIES)
    organization = FIRST_IDS["organization"] + number % len(names.AGENCIES) // 4
    advertisers = [row["id"] for row in rows.of["advertiser"] if row["agency_id"] == agency]
    market = MARKETS[organization - FIRST_IDS["organization"]]
    start = rows.moment(day(2026, 1, 1), NOW)
    owner = {"type": "ORGANIZATION", "id": organization} if number % 3 else {"type": "AGENCY", "id": agency}
    permissions = {
        "all_organizations": number % 20 == 0,
        "organization_ids": [organization] if number % 5 == 1 else [],
        "agency_ids": [agency] if number % 2 else [],
        "advertiser_ids": pick.sample(advertisers, 2),
    }
    price = {"value": f"{pick.randint(50, 2500) / 100:.4f}", "currency_code": market[0]}
    rows.add(
        "deal",
        name=f"{pick.choice(names.PUBLISHERS)} - {pick.choice(names.CHANNELS)}",
        deal_identifier=f"T1-{number:04d}-{pick.randint(100, 999)}",
        description=rows.maybe(0.5, lambda: "First look & fixed price"),
        supply_source_id=pick.randint(1, len(names.EXCHANGES)),
        deal_type="PG" if number % 10 == 9 else "STANDARD",
        price_type="FIXED" if number % 3 == 0 else "FLOOR",
        price=orjson.dumps(price).decode(),
        owner=orjson.dumps(owner).decode(),
        permissions=orjson.dumps(permissions).decode(),
        start_datetime=wire(start),
        end_datetime=wire(start + timedelta(days=pick.choice((90, 180, 365)))),
        status=rows.chance(0.8),
        zone_name=market[1][0],
        created_on=wire(start - timedelta(days=3)),
        updated_on=wire(start - timedelta(days=1)),
    )


def publishers(rows: Rows) -> None:
    """Publishers, their sites, placements and slots."""
    for number, name in enumerate(names.PUBLISHERS):
        organization = FIRST_IDS["organization"] + number % len(names.ORGANIZATIONS)
        publisher = rows.add("publisher", name=name, organization_id=organization, **LONG_AGO)
        for part in ("News", "Sport"):
            site = rows.add("publisher_site", name=f"{name} {part}", publisher_id=publisher["id"], **LONG_AGO)
            title = f"{name} {part} top"
            placement = rows.add(
                "site_placement", name=title, display_text=title, publisher_site_id=site["id"], **LONG_AGO
            )
            for number_of_slot, (_, width, height) in enumerate(names.FORMATS[:2], 1):
                price = rows.random.randint(100, 900) / 100
                rows.add(
                    "placement_slot",
                    site_placement_id=placement["id"],
                    ad_slot=number_of_slot,
                    width=width,
                    height=height,
                    buy_price=price,
                    sell_price=round(price * 1.2, 2),
                    est_volume=float(rows.random.randint(10, 500) * 1000),
                    start_date="2026-01-01T00:00:00",
                    end_date="2026-12-31T23:59:59",
                    **LONG_AGO,
                )


def creatives(rows: Rows) -> None:
    """Behind every atomic creative its creative and an approval; on some, an asset or a vendor's pixel."""
    domains = rows.of["vendor_domain"]
    for number, atomic in enumerate(rows.of["atomic_creative"]):
        dates: Row = {"created_on": atomic["created_on"], "updated_on": atomic["updated_on"]}
        creative = rows.add(
            "creative",
            atomic_creative_id=atomic["id"],
            tag=atomic["tag"],
            tag_type=atomic["tag_type"],
            created_on=atomic["created_on"],
            last_modified=atomic["last_modified"],
        )
        rows.add(
            "creative_approval",
            atomic_creative_id=atomic["id"],
            supply_source_id=1 + number % len(names.EXCHANGES),
            approval_status=atomic["approval_status"],
            rejected_reason="Landing page" if atomic["approval_status"] == "REJECTED" else "",
            external_identifier=atomic["external_identifier"],
            **dates,
        )
        if number % 12 == 0:
            size = {"width": atomic["width"], "height": atomic["height"]}
            file = f"banner{number}.jpg"
            rows.add("creative_asset", name=file, file_name=file, creative_id=creative["id"], **size, **dates)
            domain = domains[number % len(domains)]
            url = f"https://{domain['domain']}/pixel?c={creative['id']}&r=1"
            pixel = rows.add("vendor_pixel", creative_id=creative["id"], tag=url, tag_type="img", **dates)
            rows.add(
                "vendor_pixel_domain",
                vendor_pixel_id=pixel["id"],
                vendor_domain_id=domain["id"],
                domain=domain["domain"],
                **dates,
            )
    for bundle in rows.of["pixel_bundle"]:
        dates = {"created_on": bundle["created_on"], "updated_on": bundle["updated_on"]}
        tag = f'<img src="https://pixel.example/child?b={bundle["id"]}&v=1"/>'
        kind = bundle["pixel_type"]
        rows.add("pixel", bundle_id=bundle["id"], pixel_type=kind, tag=tag, distributed=1, **dates)
