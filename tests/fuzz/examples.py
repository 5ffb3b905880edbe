"""How many examples a property is tried on."""

from hypothesis import settings

__all__ = ["examples"]


def examples(number: int) -> int:
    """That many in the long tier, a fifth of them in the others: `conftest.py` loads the profile that says so.

    Examples are drawn anew in each run, so the many short runs get around as well.
    """
    return number * settings().max_examples // 100
