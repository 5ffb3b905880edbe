"""mypy reads the files beside this one: what they say about types is so, and what they mark as wrong is."""

from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


@pytest.fixture(scope="module")
def told() -> list[str]:
    """What mypy tells about all the files, at once."""
    api = pytest.importorskip("mypy.api")
    files = [str(file) for file in sorted(HERE.glob("uses_*.py"))]
    output, errors, _ = api.run(
        ["--config-file", str(ROOT / "pyproject.toml"), "--no-error-summary", "--show-absolute-path", *files]
    )
    assert errors == ""
    return list(output.splitlines())


@pytest.mark.parametrize("name", [file.name for file in sorted(HERE.glob("uses_*.py"))])
def test_types(told: list[str], name: str) -> None:
    assert [line for line in told if f"{name}:" in line] == []


def test_the_packages_raise_no_other_complaint(told: list[str]) -> None:
    assert [line for line in told if str(HERE) not in line] == []
