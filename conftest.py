"""Names that the examples in README.md and docs/*.md find ready: `sb`, `t1`, `filters`, `models`.

Every page starts on the seed data, so what one page saves is not seen by another.
"""

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="session")
def _pages_sandbox() -> Iterator[Any]:
    from adplatforms.sandbox import Sandbox

    with Sandbox() as server:
        yield server


@pytest.fixture(autouse=True)
def _page_names(request: pytest.FixtureRequest, doctest_namespace: dict[str, Any]) -> None:
    if not isinstance(request.node, pytest.DoctestItem) or request.node.path.suffix != ".md":
        return
    from terminalone import filters, models

    sb = request.getfixturevalue("_pages_sandbox")
    sb.reset()
    doctest_namespace.update(sb=sb, t1=sb.t1(), filters=filters, models=models)
