"""Downloads: complete, or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from adplatforms.core.errors import ConnectError
from adplatforms.core.files import write_atomically


def test_a_download_that_is_cut_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    assert write_atomically(iter([b"whole ", b"file"]), path) == 10

    def cut() -> Iterator[bytes]:
        yield b"half"
        raise ConnectError("cut off")

    with pytest.raises(ConnectError, match="cut off"):
        write_atomically(cut(), path)
    assert (path.read_bytes(), [each.name for each in tmp_path.iterdir()]) == (b"whole file", ["report.csv"])


def test_a_download_takes_the_place_of_the_file_and_keeps_its_mode(tmp_path: Path) -> None:
    path, link = tmp_path / "report.csv", tmp_path / "latest.csv"
    path.write_bytes(b"old")
    path.chmod(0o600)
    link.symlink_to(path)
    write_atomically(iter([b"new"]), link)
    assert (path.read_bytes(), path.stat().st_mode & 0o777, link.is_symlink()) == (b"new", 0o600, True)
    fresh = tmp_path / "fresh.csv"
    write_atomically(iter([b"new"]), fresh)
    (tmp_path / "usual").write_bytes(b"")
    assert fresh.stat().st_mode == (tmp_path / "usual").stat().st_mode
