"""Names that examples find ready, in README.md, docs/*.md and docstrings: the sandbox `sb`, the sessions `t1`, `ttd`
and `pin` on it, `filters`, `models`.

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
    named = set(re.findall(r"\b(sb|t1|ttd|pin)\b", sources))
    if named:
        sb = doctest_namespace["sb"] = request.getfixturevalue("_examples_sandbox")
        sb.reset()
        sessions = {"t1": sb.t1, "ttd": sb.ttd, "pin": sb.pinterest}
        doctest_namespace.update({name: sessions[name]() for name in named - {"sb"}})
