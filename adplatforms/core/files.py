"""Downloads: read line by line, or written to a file, complete or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path
from secrets import token_hex
from shutil import copymode

__all__ = ["lines_of", "write_atomically"]


def write_atomically(chunks: Iterable[bytes], path: str | PathLike[str]) -> int:
    """Writes the pieces of a body to a file and returns the number of bytes.

    They go to a temporary file in the same folder, which takes the place of the target once all have arrived. When
    reading them fails, the target stays as it was.
    """
    # Resolved, a symbolic link stays one and its target is replaced.
    target = Path(path).resolve()
    # Nothing can take the place of a pipe or a device: it is written to as it is.
    if target.exists() and not target.is_file():
        with target.open("wb") as file:
            return sum(map(file.write, chunks))
    part = target.with_name(f".{target.name}.{token_hex(4)}.part")
    try:
        with part.open("xb") as file:
            count = sum(map(file.write, chunks))
        if target.exists():
            copymode(target, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return count


def lines_of(pieces: Iterable[str]) -> Iterator[str]:
    """The lines of a text that arrives in pieces, each with its end.

    A csv reader needs the ends to see the line breaks inside quotes.

    >>> list(lines_of(["id,na", "me\\n7,Spr", "ing"]))
    ['id,name\\n', '7,Spring']
    """
    rest = ""
    for piece in pieces:
        *lines, rest = (rest + piece).split("\n")
        for line in lines:
            yield f"{line}\n"
    if rest:
        yield rest
