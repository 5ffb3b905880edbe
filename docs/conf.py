"""Sphinx configuration: Markdown pages, and a reference made from the entity declarations."""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

source = Path(__file__).resolve().parents[1] / "adplatforms" / "_version.py"
found = re.search('^__version__ = "(.+)"', source.read_text(encoding="utf-8"), re.MULTILINE)
assert found, f"{source} has no version"
release = found[1]

project = "adplatforms"
author = "The adplatforms developers"
copyright = "2026, The adplatforms developers"

extensions = ["myst_parser", "entities", "faults"]
exclude_patterns = ["_build", "_ext"]
myst_heading_anchors = 3
myst_enable_extensions = ["deflist"]
suppress_warnings = ["myst.strikethrough"]

html_theme = "furo"
html_title = "adplatforms"
html_show_copyright = False
html_show_sourcelink = False
pygments_style = "friendly"
