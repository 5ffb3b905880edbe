"""What is installed: an editable install that type checkers follow, and an sdist that holds all it takes to test it."""

import subprocess
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
USES = """
from adplatforms import TTD
from terminalone import T1
import tests.mine

reveal_type(T1("ann", "password", "key").user_id)
reveal_type(TTD)
reveal_type(tests.mine.ANSWER)
"""


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def python(python_with: Callable[[str, str], Path]) -> Path:
    """A Python with the packages installed from this checkout, to be edited."""
    found = python_with("install", "install_requirements.txt")
    run(found, "-m", "pip", "install", "--quiet", "--editable", ROOT, cwd=ROOT)
    return found


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Somebody's project, with a package `tests` as many have."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "__init__.py").touch()
    (tmp_path / "tests" / "mine.py").write_text("ANSWER = 42\n", encoding="utf-8")
    (tmp_path / "uses.py").write_text(USES, encoding="utf-8")
    return tmp_path


def test_an_editable_install_is_followed_by_type_checkers(python: Path, project: Path) -> None:
    told = run(python, "-m", "mypy", "--strict", "--cache-dir", project / "cache", "uses.py", cwd=project)
    assert 'Revealed type is "int | None"' in told
    assert "-> adplatforms.ttd.session.TTD" in told
    assert "Success" in told


def test_an_editable_install_leaves_the_users_own_tests_alone(python: Path, project: Path) -> None:
    script = "import adplatforms, terminalone, tests.mine; print(adplatforms.__file__, tests.mine.__file__, sep='\\n')"
    ours, theirs = run(python, "-c", script, cwd=project).splitlines()
    assert ours == str(ROOT / "adplatforms" / "__init__.py")
    assert theirs == str(project / "tests" / "mine.py")


def test_the_sdist_holds_tests_and_docs_and_the_wheel_the_packages_alone(python: Path, tmp_path: Path) -> None:
    run(python, "-m", "build", "--no-isolation", "--outdir", tmp_path, ROOT, cwd=tmp_path)
    (sdist,), (wheel,) = tmp_path.glob("*.tar.gz"), tmp_path.glob("*.whl")
    with tarfile.open(sdist) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    tracked = run("git", "ls-files", cwd=ROOT).splitlines()
    left_out = {".gitignore"}
    assert {name for name in tracked if not name.startswith(".github/")} - held == left_out
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.partition("/")[0] for name in archive.namelist()}
        assert {"adplatforms/py.typed", "terminalone/py.typed"} <= set(archive.namelist())
    assert {name for name in tops if not name.endswith(".dist-info")} == {"adplatforms", "terminalone"}
