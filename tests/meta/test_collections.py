"""The typed collections of the sessions are written from the registries of the entities.

``python tests/meta/test_collections.py`` writes the three `collections.py` anew.
"""

from pathlib import Path
from typing import NamedTuple

import pytest

from adplatforms.core.entity import Entity
from adplatforms.pinterest.entities import PinterestEntity
from adplatforms.ttd.entities import TTDEntity
from terminalone.entities import T1Entity

ROOT = Path(__file__).resolve().parents[2]

TEMPLATE = '''"""The collections of {session} session as attributes, typed: for type checkers and editors.

Written by ``python tests/meta/test_collections.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from adplatforms.core.query import Query

    from . import entities

__all__ = ["Collections"]


class Collections:
    """`{name}.campaigns` and its like. Only the types stand here; the session finds the queries by their names."""

{attributes}
'''


class Platform(NamedTuple):
    """One file to write: where it is, and what it says of the session."""

    base: type[Entity]
    folder: str
    session: str
    name: str

    @property
    def path(self) -> Path:
        """The file."""
        return ROOT / self.folder / "collections.py"

    @property
    def text(self) -> str:
        """What the file holds."""
        models = sorted(self.base.__model__.registry.collections.items())
        attributes = [f"    {collection}: Query[entities.{model.__name__}]" for collection, model in models]
        return TEMPLATE.format(session=self.session, name=self.name, attributes="\n".join(attributes))


PLATFORMS = [
    Platform(T1Entity, "terminalone", "a T1", "t1"),
    Platform(TTDEntity, "adplatforms/ttd", "a TTD", "ttd"),
    Platform(PinterestEntity, "adplatforms/pinterest", "a Pinterest", "pin"),
]


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.name)
def test_the_typed_collections_are_what_the_script_writes(platform: Platform) -> None:
    assert platform.path.read_text(encoding="utf-8") == platform.text, f"run: python {Path(__file__).relative_to(ROOT)}"


if __name__ == "__main__":
    for each in PLATFORMS:
        each.path.write_text(each.text, encoding="utf-8")
