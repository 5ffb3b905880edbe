"""Names that examples find ready, in README.md, docs/*.md and docstrings: `sb`, `t1`, `filters`, `models`.

Every page (and every docstring) starts on the seed data, so what one saves is not seen by another.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="session")
def _examples_sandbox() -> Iterator[Any]:
    from adplatforms.sandbox import Sandbox

    with Sandbox() as server:
        yield server


@pytest.fixture(autouse=True)
def _ready_names(request: pytest.FixtureRequest, doctest_namespace: dict[str, Any]) -> None:
    if not isinstance(request.node, pytest.DoctestItem):
        return
    from terminalone import filters, models

    doctest_namespace.update(filters=filters, models=models)
    sources = "".join(example.source for example in request.node.dtest.examples)
    if re.search(r"\b(sb|t1)\b", sources):
        sb = request.getfixturevalue("_examples_sandbox")
        sb.reset()
        doctest_namespace.update(sb=sb, t1=sb.t1())
