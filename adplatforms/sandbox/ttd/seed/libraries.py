"""What campaigns draw on: creatives, seeds, audiences and their data, tags and pixels, lists."""

from __future__ import annotations

from datetime import UTC, datetime

from adplatforms.sandbox import seed as names
from adplatforms.sandbox.ttd.records import Doc, utc_text
from adplatforms.sandbox.ttd.seed.rows import NOW, Rows

__all__ = ["libraries"]

YEAR = datetime(2026, 1, 1, tzinfo=UTC)
CREATIVES = 14


def libraries(rows: Rows) -> None:
    """The libraries of every advertiser, and the third-party data of all."""
    _third_party_data(rows)
    for advertiser in rows.of["Advertiser"]:
        _data(rows, advertiser)
        _tags(rows, advertiser)
        _creatives(rows, advertiser)
        _lists(rows, advertiser)
        rows.under("CrmSegment", advertiser, name=f"{advertiser['name']} newsletter", region="EU")
    for partner in rows.of["Partner"]:
        _bid_list(rows, "Partner", partner, "Brand Safe Sites")
        _report(rows, partner)


def _report(rows: Rows, partner: Doc) -> None:
    """A daily report of a partner's advertisers, and what it made last."""
    advertisers = [one["id"] for one in rows.of["Advertiser"] if one["partnerId"] == partner["id"]]
    owners = {"partnerIds": [partner["id"]], "advertiserIds": advertisers}
    body = {
        "ReportScheduleName": f"{partner['name']} daily",
        "ReportTemplateId": 101,
        "ReportFileFormat": "CSV",
        "ReportFrequency": "Daily",
        "ReportDateRange": "Yesterday",
        "ScheduleStartDate": "2026-01-01T00:00:00",
        "TimeZone": "UTC",
        "IncludeHeaders": True,
        "AdvertiserFilters": advertisers,
    }
    schedule = rows.add("ReportSchedule", body=body, status="Active", **owners)
    rows.add(
        "ReportExecution",
        scheduleId=schedule["id"],
        name=body["ReportScheduleName"],
        format="CSV",
        timezone="UTC",
        first="2026-11-15",
        last="2026-11-15",
        state="Complete",
        changed=utc_text(NOW),
        looks=3,
        **owners,
    )


def _third_party_data(rows: Rows) -> None:
    for vendor, _ in names.VENDORS[:3]:
        for branch, leaves in names.SEGMENT_TREE.items():
            for leaf in leaves:
                brand, element = vendor.split()[0].lower(), rows.random.randrange(10**6)
                rows.add(
                    "ThirdPartyData",
                    name=leaf,
                    fullPath=f"{vendor} > {branch} > {leaf}",
                    description=rows.maybe(0.4, f"{leaf}, modelled by {vendor}"),
                    hierarchyString=f"{branch} > {leaf}",
                    audienceSize=rows.random.randrange(10**4, 10**7),
                    buyable=rows.chance(0.9),
                    importEnabled=False,
                    providerId=brand,
                    providerElementId=str(element),
                    restId=f"{element}|{brand}",
                    brandId=brand,
                    brandName=vendor,
                )


def _data(rows: Rows, advertiser: Doc) -> None:
    data = [
        rows.under(
            "FirstPartyData",
            advertiser,
            name=f"{advertiser['name']} {audience}",
            dataType=rows.pick(("TrackingTag", "ImportedAdvertiserData")),
            uniqueUserCount=rows.random.randrange(10**6),
        )
        for audience in names.AUDIENCES[:9]
    ]
    for number, audience in enumerate(names.AUDIENCES[:5]):
        created = rows.moment(YEAR, NOW)
        first = [int(one["id"]) for one in rows.random.sample(data, 2)]
        group = rows.under(
            "DataGroup",
            advertiser,
            name=f"{audience} data",
            firstPartyDataIds=first,
            thirdPartyDataIds=[rows.pick(rows.of["ThirdPartyData"])["restId"]],
            isSharable=False,
            isArchived=False,
        )
        rows.under(
            "Audience",
            advertiser,
            name=audience,
            description=rows.maybe(0.4, "Built by the strategy team"),
            includedDataGroupIds=[group["id"]],
            excludedDataGroupIds=[],
            isArchived=number == 4,
            createdAt=created,
            lastUpdatedAtUtc=created,
        )
    for number, name in enumerate(("Kundinnen & Kunden", "High Value")):
        seed = rows.under(
            "Seed",
            advertiser,
            name=name,
            isDefault=number == 0,
            quality=("High", "Medium", "Unknown", "Excellent")[rows.random.randrange(4)],
            status="Ready",
            activeIds=rows.random.randrange(10**6),
            uniqueHouseholds=rows.random.randrange(10**5),
            createdAt=rows.moment(YEAR, NOW),
            lastUpdatedAt=rows.moment(YEAR, NOW),
            targetingData={"targetingDataId": f"td{advertiser['id']}{number}"},
        )
        if number == 0:
            advertiser["defaultSeedId"] = seed["id"]
    for name in ("Q4 2026", "Always On"):
        rows.under("CampaignGroup", advertiser, name=name, isArchived=False)


def _tags(rows: Rows, advertiser: Doc) -> None:
    pixel = rows.under("UniversalPixel", advertiser, name=f"{advertiser['name']} pixel", description="All pages")
    data = [one for one in rows.of["FirstPartyData"] if one["advertiserId"] == advertiser["id"]]
    for number, name in enumerate(names.PIXELS):
        rows.under(
            "TrackingTag",
            advertiser,
            name=name,
            type=rows.pick(("Conversion", "Conversion", "Retargeting", "Impression")),
            category=rows.pick(("StaticTag", "UniversalPixelTag", "AppEventTrackerTag")),
            dataEventType=rows.pick(("Purchase", "AddToCart", "SiteVisit", "QuantumLeap")),
            location=rows.maybe(0.6, f"https://brand.example/{number}"),
            revenue=None,
            currency=advertiser["currencyCode"],
            containerTagBody=rows.maybe(0.2, "<!-- nothing -->"),
            hitCount1Day=rows.random.randrange(500),
            hitCount7Day=rows.random.randrange(500, 4000),
            hitCount30Day=rows.random.randrange(4000, 20000),
            householdEnabled=False,
            imageTag=f"<img src='https://tags.example/{advertiser['id']}/{number}'>",
            isArchived=number == 4,
            firstPartyDataId=data[number]["id"],
            universalPixelId=pixel["id"] if number < 2 else None,
        )


def _creatives(rows: Rows, advertiser: Doc) -> None:
    for number in range(CREATIVES):
        name, width, height = names.FORMATS[number % len(names.FORMATS)]
        created = rows.moment(YEAR, NOW)
        landing = f"{advertiser['domainAddress']}/{number}"
        rows.under(
            "Creative",
            advertiser,
            name=f"{names.CONCEPTS[number % 6]} {name} {width}x{height}",
            description=rows.maybe(0.3, "Final"),
            creativeType="Image",
            imageAttributes={"Width": width, "Height": height, "LandingPageUrl": landing, "ClickthroughUrl": landing},
            externalId=rows.maybe(0.2, f"ad-server-{number}"),
            isArchived=number == CREATIVES - 1,
            createdAtUtc=created,
            lastUpdatedAtUtc=created,
        )


def _lists(rows: Rows, advertiser: Doc) -> None:
    for name, _ in names.SITE_LISTS[:3]:
        _bid_list(rows, "Advertiser", advertiser, name)
    lines = [{"Domain": "news.example", "Adjustment": 1.2}]
    rows.under("SiteList", advertiser, name="Old list", siteListLines=lines, permissions="Owner", isArchived=False)
    ranges = [{"MinIP": "192.0.2.1", "MaxIP": "192.0.2.99"}]
    rows.under("IPTargetingList", advertiser, name="Offices", iPTargetingRanges=ranges)


def _bid_list(rows: Rows, owner_type: str, owner: Doc, name: str) -> None:
    rows.add(
        "IBidList",
        partnerId=owner["partnerId"],
        advertiserId=owner.get("advertiserId"),
        name=name,
        ownerType=owner_type,
        ownerId=owner["id"],
        bidListAdjustmentType=rows.pick(("TargetList", "BlockList", "Optimized")),
        resolutionType="ApplyMultiplyAdjustment",
        isAvailableForLibraryUse=True,
        bidLines=[{"BidLineId": "1", "BidAdjustment": 1.5, "DomainFragment": "news.example"}],
        bidListDimensions=["HasDomainFragmentId"],
        bidListType="Site",
    )
