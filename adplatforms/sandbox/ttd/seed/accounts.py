"""Who owns it all: partners, advertisers, and the labels, contracts and groups of contracts of partners."""

from __future__ import annotations

from datetime import UTC, datetime

from adplatforms.sandbox import seed as names
from adplatforms.sandbox.ttd.seed.rows import NOW, Rows

__all__ = ["accounts"]

LONG_AGO = datetime(2021, 3, 1, tzinfo=UTC)
ADVERTISERS = 12
DAY = 86400
COUNTRIES = {"USD": "US", "EUR": "DE", "GBP": "GB", "AUD": "AU", "CHF": "CH", "JPY": "JP"}


def accounts(rows: Rows) -> None:
    """Partners, their labels and contracts, and advertisers."""
    for name in names.ORGANIZATIONS[:2]:
        created = rows.moment(LONG_AGO, NOW)
        partner = rows.add("Partner", name=name, createdAtUtc=created, lastUpdatedAtUtc=created)
        partner["partnerId"] = partner["id"]
        partner["isPurchaseOrderNumberRequired"] = False
        for label in names.SEASONS[:5]:
            rows.add("CustomLabel", partnerId=partner["id"], name=label)
        contracts = [_contract(rows, partner["id"], number) for number in range(20)]
        for group in ("Premium Video", "Éditeurs"):
            ids = [contract["id"] for contract in contracts if rows.chance(0.3)]
            rows.add("ContractGroup", partnerId=partner["id"], name=group, contractIds=ids, isArchived=False)
    for number in range(ADVERTISERS):
        _advertiser(rows, number)


def _contract(rows: Rows, partner: str, number: int) -> dict[str, object]:
    vendor, code, _ = names.EXCHANGES[number % len(names.EXCHANGES)]
    return rows.add(
        "Contract",
        partnerId=partner,
        name=f"{vendor} {rows.pick(names.PUBLISHERS)} #{number + 1}",
        description=rows.maybe(0.3, "First look"),
        contractType=rows.pick(("PrivateContract", "FixedPrice")),
        supplyVendorId=number % len(names.EXCHANGES) + 1,
        supplyVendorDealCode=f"{code}-{rows.random.randrange(10_000):04d}",
        floorPriceCPM=rows.random.randint(100, 2500) / 100,
        startDateUTC="2026-01-01T00:00:00",
        endDateUTC=rows.maybe(0.7, "2026-12-31T23:59:59"),
        isArchived=rows.chance(0.1),
        isUpfront=number % 4 == 0,
    )


def _advertiser(rows: Rows, number: int) -> None:
    partner = rows.of["Partner"][number % 2]
    name = names.BRANDS[number * 3]
    currency = names.CURRENCIES[number % len(names.CURRENCIES)][0]
    created = rows.moment(LONG_AGO, NOW)
    advertiser = rows.add(
        "Advertiser",
        partnerId=partner["id"],
        name=name,
        description=rows.maybe(0.5, f"{name}, all markets"),
        currencyCode=currency,
        country=COUNTRIES[currency],
        domainAddress=f"https://brand{number + 1}.example",
        logo=rows.maybe(0.4, f"https://brand{number + 1}.example/logo.png"),
        isArchived=number == ADVERTISERS - 1,
        industryCategoryId=100 + number,
        keywords=rows.maybe(0.6, ["sale", "neu", "été"]),
        attributionClickLookbackWindowInSeconds=30 * DAY,
        attributionImpressionLookbackWindowInSeconds=14 * DAY,
        clickDedupeWindowInSeconds=7,
        conversionDeDupeWindowInSeconds=60,
        defaultRightMediaOfferTypeId=1,
        customLabelNames=rows.maybe(0.3, [names.SEASONS[number % 5]]),
        nameDSA=rows.maybe(0.3, name),
        payerNameDSA=rows.maybe(0.3, partner["name"]),
        vettingStatus=rows.pick(("Approved", "Approved", "Submitted", "UnderAppeal")),
        isBallotMeasure=False,
        isWithLiveCampaigns=True,
        useImpressionsOnlyBudgeting=False,
        createdAtUtc=created,
        lastUpdatedAtUtc=created,
    )
    advertiser["advertiserId"] = advertiser["id"]
