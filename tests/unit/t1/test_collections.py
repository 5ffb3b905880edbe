"""The typed collections are those that there are."""

from terminalone.collections import Collections
from terminalone.entities.base import T1Entity


def test_every_collection_is_typed_and_no_other() -> None:
    typed = dict(Collections.__annotations__)
    declared = {
        name: f"Query[entities.{model.__name__}]" for name, model in T1Entity.__model__.registry.collections.items()
    }
    assert typed == declared
