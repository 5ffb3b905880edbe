"""Fewer examples where the tests marked `long` are left out."""

import pytest
from hypothesis import settings

settings.register_profile("quick", max_examples=20)
settings.register_profile("long", max_examples=100)


def pytest_configure(config: pytest.Config) -> None:
    """Runs when pytest comes to this folder, before it imports the tests."""
    settings.load_profile("quick" if config.option.markexpr == "not long" else "long")
