"""The page on the architecture says what the code is."""

import re

from .layers import PAGE, drawn
from .source import PACKAGES, ROOT


def test_the_diagrams_are_those_of_the_imports() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page.count("<!-- layers of ") == 3
    assert page == drawn(page), "python -m tests.meta.layers draws them anew"


def test_every_file_it_names_is_there() -> None:
    page = PAGE.read_text(encoding="utf-8")
    paths = set(re.findall(r"`((?:adplatforms|terminalone|tests|benchmarks)/[\w/]+(?:\.\w+|/)?)`", page))
    names = set(re.findall(r"`(\w+\.py|\w+/)`", page))
    known = {path.name for package in PACKAGES for path in (ROOT / package).rglob("*")} | {*PACKAGES}
    assert len(paths) > 30
    assert len(names) > 30
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []
    assert [name for name in sorted(names) if name.rstrip("/") not in known] == []
