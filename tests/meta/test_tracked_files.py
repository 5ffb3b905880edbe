"""What must not be in the repository: paths of one developer's machine, hosts of package registries."""

import subprocess

import pytest
from source import ROOT

FORBIDDEN = [
    "/" + "work/",
    "/" + "root/",
    "/" + "home/",
    "pypi" + ".org",
    "files.python" + "hosted.org",
    "registry.npm" + "js.org",
    "deb.debian" + ".org",
]


def tracked() -> list[str]:
    run = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    return [name for name in run.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("word", FORBIDDEN)
def test_no_tracked_file_names(word: str) -> None:
    files = tracked()
    if not files:
        pytest.skip("not a git checkout")
    found = [name for name in files if word.encode() in (ROOT / name).read_bytes()]
    assert not found
