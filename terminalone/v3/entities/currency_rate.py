"""Currency rates of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from ..base import V3Entity
from ..fields import DateTime, Float, Str, Version

__all__ = ["CurrencyRate"]


class CurrencyRate(V3Entity, collection="currency_rates", type="currency_rate", list="list-currency-rates"):
    """A currency rate. Fields without a doc are not described by the vendor."""

    _limited = ("id", "name")

    name = Str(readonly=True)
    version = Version(readonly=True)
    date = DateTime(readonly=True)
    currency_code = Str(readonly=True)
    rate = Float(readonly=True)
    created_on = DateTime(readonly=True)
    updated_on = DateTime(readonly=True)
