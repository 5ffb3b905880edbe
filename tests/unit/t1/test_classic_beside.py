"""The classic SDK in the same folder of packages: a warning when `terminalone` is imported."""

import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

import terminalone
from adplatforms.core.errors import AdPlatformsWarning
from terminalone._classic import warn_of_the_classic_sdk

IMPORT = """
import warnings
with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter("always")
    import terminalone
    import terminalone.entities
for one in told:
    print(one.category.__name__, one.filename, one.message, sep=" | ")
"""


@pytest.fixture
def site_packages(tmp_path: Path) -> Path:
    """A folder that holds both packages, as an installer leaves them."""
    root = Path(terminalone.__file__).parents[1]
    for name in ("adplatforms", "terminalone"):
        shutil.copytree(root / name, tmp_path / name, ignore=shutil.ignore_patterns("sandbox", "__pycache__"))
    return tmp_path


def imported(folder: Path) -> list[str]:
    """The warnings of a process that imports `terminalone` from the folder."""
    command = [sys.executable, "-S", "-c", f"import sys; sys.path[:0] = {[str(folder), *sys.path]!r}\n{IMPORT}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_importing_warns_once_and_tells_the_cure(site_packages: Path) -> None:
    assert imported(site_packages) == []
    (site_packages / "TerminalOne-1.9.8.dist-info").mkdir()
    (told,) = imported(site_packages)
    assert told.startswith("AdPlatformsWarning | <string> | the classic SDK is installed next to")
    assert str(site_packages / "TerminalOne-1.9.8.dist-info") in told
    assert "pip uninstall TerminalOne" in told


@pytest.mark.parametrize(
    "name", ["TerminalOne-1.9.8.dist-info", "terminalone-1.9.8.dist-info", "TerminalOne-1.egg-info"]
)
def test_it_is_noticed_however_it_was_installed(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    with pytest.warns(AdPlatformsWarning, match=r"pip uninstall TerminalOne"):
        warn_of_the_classic_sdk(tmp_path)


@pytest.mark.parametrize("name", ["adplatforms-0.1.0.dist-info", "terminalone", "terminalone_extras-1.dist-info"])
def test_nothing_else_is(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warn_of_the_classic_sdk(tmp_path)
        warn_of_the_classic_sdk(tmp_path / "packages.zip")
