"""Amounts: how many digits a currency has, rounding before something is sent, and arithmetic that stays exact."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any

__all__ = ["ExactDecimal", "minor_digits", "round_to"]

_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
_DIGITS = {**dict.fromkeys(_NONE.split(), 0), **dict.fromkeys(_THREE.split(), 3), "CLF": 4, "UYW": 4}
"""The currencies whose minor unit is not a hundredth. Source: ISO 4217, list one."""
_EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)


def minor_digits(currency: str | None) -> int:
    """The digits after the point of amounts in a currency (ISO 4217 code); 2 where it is not known.

    >>> minor_digits("JPY"), minor_digits("KWD"), minor_digits(None)
    (0, 3, 2)
    """
    return _DIGITS.get(currency or "", 2)


def round_to(number: Decimal, digits: int) -> Decimal:
    """The number with at most so many digits after the point, half to even; one that has no more stays as it is.

    >>> round_to(Decimal("55000.00000000001"), 2), round_to(Decimal("0.125"), 2), round_to(Decimal("7.5"), 2)
    (Decimal('55000.00'), Decimal('0.12'), Decimal('7.5'))
    """
    exponent = number.as_tuple().exponent
    # The exponent of NaN and infinity is a letter; those are refused elsewhere.
    if not isinstance(exponent, int) or exponent >= -digits:
        return number
    return number.quantize(Decimal(1).scaleb(-digits), context=_EXACT)


class ExactDecimal(Decimal):
    """The `Decimal` that fields of amounts give: equal, hashed and shown like any other.

    Python does not mix decimals with floats; this says what to do instead: ``budget * Decimal("1.1")``. The result of
    arithmetic is a plain `Decimal`, whose own error names no cure.
    """

    __slots__ = ()

    def _mixed(self, operator: str, other: Any, result: Any) -> Any:
        """The result of an operation; a TypeError that says what to write where a float took part."""
        if result is NotImplemented and isinstance(other, float):
            cure = f'Decimal("{other!r}")'
            raise TypeError(f"an exact amount and the float {other!r} do not mix in {operator!r}: write {cure}")
        return result

    def __add__(self, other: Any) -> Any:
        return self._mixed("+", other, super().__add__(other))

    def __radd__(self, other: Any) -> Any:
        return self._mixed("+", other, super().__radd__(other))

    def __sub__(self, other: Any) -> Any:
        return self._mixed("-", other, super().__sub__(other))

    def __rsub__(self, other: Any) -> Any:
        return self._mixed("-", other, super().__rsub__(other))

    def __mul__(self, other: Any) -> Any:
        return self._mixed("*", other, super().__mul__(other))

    def __rmul__(self, other: Any) -> Any:
        return self._mixed("*", other, super().__rmul__(other))

    def __truediv__(self, other: Any) -> Any:
        return self._mixed("/", other, super().__truediv__(other))

    def __rtruediv__(self, other: Any) -> Any:
        return self._mixed("/", other, super().__rtruediv__(other))
