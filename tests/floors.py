"""Installs with each requirement of setup.cfg at the lowest version that it allows: ``floors.py [pip's arguments]``.

The environment `lowest` of tox.ini installs by this, so that what is tried there is what setup.cfg says. Requirements
of requirements are free: pip takes the newest that go with these. Without arguments it prints the versions.
"""

import os
import re
import subprocess
import sys
import tempfile
from configparser import ConfigParser
from pathlib import Path

__all__ = ["floors"]

_SETUP = Path(__file__).resolve().parent.parent / "setup.cfg"
# tox brings chardet along, and the requests of our floor warns of a newer one: the warning would fail each test.
_BESIDE = ["chardet<6"]
_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)\s*(?:>=\s*(?P<floor>[\w.]+))?\s*(?:;\s*(?P<marker>.+))?")


def floors(setup: str) -> list[str]:
    """The constraints, ``name==version`` with its marker, for all requirements and extras in the text of a setup.cfg.

    Raises:
        ValueError: a requirement has no floor, is in no form that is known here, or has two different floors.
    """
    config = ConfigParser()
    config.read_string(setup)
    lists = [config["options"]["install_requires"], *config["options.extras_require"].values()]
    found: dict[str, str] = {}
    for requirement in "\n".join(lists).split("\n"):
        if not requirement.strip():
            continue
        parts = _REQUIREMENT.fullmatch(requirement.strip())
        if parts is None or parts["floor"] is None:
            raise ValueError(f"setup.cfg: {requirement.strip()!r} is not of the form name >= version")
        marker = f"; {parts['marker']}" if parts["marker"] else ""
        constraint = f"{parts['name']}=={parts['floor']}{marker}"
        if found.setdefault(parts["name"].lower(), constraint) != constraint:
            raise ValueError(f"setup.cfg: {parts['name']} has two floors: {found[parts['name'].lower()]}, {constraint}")
    return sorted(found.values(), key=str.lower)


def main(arguments: list[str]) -> int:
    """Runs ``pip install`` under the constraints; its exit status."""
    constraints = "\n".join([*floors(_SETUP.read_text()), *_BESIDE]) + "\n"
    if not arguments:
        sys.stdout.write(constraints)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "floors.txt")
        file.write_text(constraints)
        command = [sys.executable, "-m", "pip", "install", "-c", os.fspath(file), *arguments]
        return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
