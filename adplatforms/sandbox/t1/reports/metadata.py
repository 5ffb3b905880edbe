"""Which reports there are, what they break down by, and how their metrics come from the figures.

The names of reports are those of the vendor's metadata; those of the metrics, of a recorded report. Their
formulas are not recorded: return on investment is revenue over cost, rates are in percent. Dimensions beyond
those of the accounts are the sandbox's choice, one breakdown a report. Not served, as their metrics are not
known: data_pixel_loads, event_pixel_loads, win_loss, win_loss_creative.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from adplatforms.sandbox import seed as names
from adplatforms.sandbox.t1.reports.figures import DIMENSIONS, Figures

Breakdown = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]
"""Dimensions, and the values of each part for them."""

_PLACES = (("United States", "New York"), ("United States", "California"), ("Germany", "Bayern"))
_BREAKDOWNS: dict[str, Breakdown] = {
    "app_transparency": (("app_name",), (("Weather & Radar",), ("Puzzle Box",), ("Daily Run",))),
    "audience_index": (("audience_name",), tuple((name,) for name in names.AUDIENCES[:4])),
    "audience_index_pixel": (("audience_name",), tuple((name,) for name in names.AUDIENCES[:4])),
    "contextual_insights": (("category_name",), (("News",), ("Sports",), ("Food & Drink",))),
    "day_part": (("day_part",), (("Morning",), ("Afternoon",), ("Evening",), ("Night",))),
    "device_technology": (("device_type",), tuple((name,) for name in names.DIMENSIONS[24][2])),
    "geo": (("country_name", "region_name"), _PLACES),
    "hyperlocal": (("place_name",), (("Harbor Mall",), ("Central Station",))),
    "postal_code": (("postal_code",), (("10001",), ("10011",), ("94103",))),
    "site_transparency": (("site_domain",), (("site37.example",), ("site74.example",), ("site111.example",))),
    "technology": (("browser_name",), tuple((name,) for name in names.DIMENSIONS[4][2])),
    "video": (("player_size",), tuple((name,) for name in names.DIMENSIONS[23][2])),
    "video_site_transparency": (("site_domain",), (("site37.example",), ("site74.example",))),
}
_WITHOUT = ("performance", "performance_social", "pulse", "reach_frequency", "watermark")
NAMES = tuple(sorted((*_BREAKDOWNS, *_WITHOUT)))

TIME_ROLLUPS = ("by_day", "by_week", "by_month", "all")
TIME_WINDOWS = ("yesterday", "last_7_days", "last_14_days", "last_30_days", "month_to_date", "campaign_to_date")
COUNTS = ("clicks", "impressions", "post_click_conversions", "post_view_conversions", "post_view_conversions_raw",
          "total_conversions")  # fmt: skip
_COSTS: dict[str, Callable[[Figures], int]] = {
    "media_cost": lambda one: one.spend * 80 // 100,
    "total_ad_cost": lambda one: one.spend * 90 // 100,
    "total_spend": lambda one: one.spend,
}
_AMOUNTS: dict[str, Callable[[Figures], int]] = {
    **_COSTS,
    "adserving_cost": lambda one: one.spend * 5 // 100,
    "billed_spend": lambda one: one.spend,
    "mm_data_cost": lambda one: one.spend * 5 // 100,
    "mm_total_fee": lambda one: one.spend * 10 // 100,
    "optimization_fee": lambda one: one.spend * 5 // 100,
    "platform_access_fee": lambda one: one.spend * 5 // 100,
    "post_click_revenue": lambda one: one.post_click_revenue,
    "post_view_revenue": lambda one: one.post_view_revenue,
    "post_view_revenue_raw": lambda one: one.post_view_revenue,
    "revenue": lambda one: one.post_click_revenue + one.post_view_revenue,
    "total_revenue": lambda one: one.post_click_revenue + one.post_view_revenue,
}
"""Amounts in cents."""

_ZERO = (
    "adverification_cost", "client_exchange_cost", "client_margin_share", "contextual_cost",
    "dynamic_creative_cost", "managed_service_fee", "margin", "mm_margin_share", "pmp_no_opto_fee",
    "pmp_opto_fee", "privacy_compliance_cost", "udi_data_cost",
)  # fmt: skip
"""Amounts that nobody is charged here."""

_KINDS: dict[str, tuple[str, Decimal]] = {
    "cpa": ("total_conversions", Decimal(1)),
    "cpc": ("clicks", Decimal(1)),
    "cpm": ("impressions", Decimal(1000)),
    "pc_cpa": ("post_click_conversions", Decimal(1)),
    "pv_cpa": ("post_view_conversions", Decimal(1)),
}
_REVENUES = {"post_click_": "post_click_revenue", "post_view_": "post_view_revenue", "": "total_revenue"}
_RATIOS: dict[str, tuple[str, str, Decimal]] = {
    "ctr": ("clicks", "impressions", Decimal(100)),
    "ctc": ("total_conversions", "clicks", Decimal(100)),
    "rr_per_1k_imps": ("total_conversions", "impressions", Decimal(1000)),
    "post_click_aov": ("post_click_revenue", "post_click_conversions", Decimal(1)),
    "post_view_aov": ("post_view_revenue", "post_view_conversions", Decimal(1)),
    "total_aov": ("total_revenue", "total_conversions", Decimal(1)),
    **{
        f"{cost}_{kind}": (cost, per, times)
        for cost in _COSTS
        for kind, (per, times) in _KINDS.items()
    },
    **{
        f"{prefix}{cost}_roi": (revenue, cost, Decimal(1))
        for cost in _COSTS
        for prefix, revenue in _REVENUES.items()
    },
}  # fmt: skip
"""Ratios: what is divided by what, times what."""

METRICS = tuple(sorted((*COUNTS, *_AMOUNTS, *_ZERO, *_RATIOS)))


def breakdown(report: str) -> Breakdown:
    """What a report adds to the dimensions of the accounts."""
    return _BREAKDOWNS.get(report, ((), ((),)))


def dimensions(report: str) -> tuple[str, ...]:
    """All dimensions of a report."""
    return (*DIMENSIONS, *breakdown(report)[0])


def metric(name: str, figures: Figures) -> Decimal:
    """The value of a metric, not rounded. A ratio over nothing is 0, as recorded."""
    if name in _RATIOS:
        over, under, times = _RATIOS[name]
        divisor = metric(under, figures)
        return metric(over, figures) / divisor * times if divisor else Decimal(0)
    if name in _AMOUNTS:
        return Decimal(_AMOUNTS[name](figures)) / 100
    if name in _ZERO:
        return Decimal(0)
    if name == "total_conversions":
        return Decimal(figures.post_click_conversions + figures.post_view_conversions)
    return Decimal(getattr(figures, name.removesuffix("_raw")))


def text(name: str, value: Decimal, precision: int) -> str:
    """A metric as the CSV has it: counts whole, all else with `precision` places."""
    if name in COUNTS:
        return str(int(value))
    return str(value.quantize(Decimal(1).scaleb(-precision), ROUND_HALF_UP))


def listing(base: str, version: str | None) -> dict[str, object]:
    """The reply to `meta`."""
    return {"reports": {name: _about(name, base, version) for name in NAMES}}


def describe(report: str, base: str, version: str | None) -> dict[str, object]:
    """The reply to `{report}/meta`; types are integer, float and string."""
    found = {
        name: {"name": name.replace("_", " ").title(), "type": "integer" if name.endswith("_id") else "string"}
        for name in dimensions(report)
    }
    measured = {
        name: {"name": name.replace("_", " ").title(), "type": "integer" if name in COUNTS else "float"}
        for name in METRICS
    }
    return {
        **_about(report, base, version),
        "Type": "standard",
        "Version": version or "1",
        "currency": "USD" if report == "watermark" else "campaign",
        "data_retention": "campaign_to_date",
        "default_metrics": ["impressions", "clicks", "total_conversions", "total_spend"],
        "time_aggregation": "by_day",
        "time_rollups": list(TIME_ROLLUPS),
        "time_windows": list(TIME_WINDOWS),
        "timezone": "UTC",
        "structure": {
            "dimensions": found,
            "metrics": measured,
            "time_field": {
                name: {"name": name.replace("_", " ").title(), "type": "date"} for name in ("start_date", "end_date")
            },
        },
    }


def _about(report: str, base: str, version: str | None) -> dict[str, object]:
    title = f"{report.replace('_', ' ').title()} Report"
    about: dict[str, object] = {
        "Name": title,
        "Description": f"Standard {title}",
        "URI_Data": f"{base}/{report}",
        "URI_Meta": f"{base}/{report}/meta",
    }
    if version:
        about["Version"] = version
    return about
