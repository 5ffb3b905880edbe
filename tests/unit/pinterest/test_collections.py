"""The typed collections of the session are those of the declarations."""

from adplatforms.pinterest.collections import Collections
from adplatforms.pinterest.entities import PinterestEntity


def test_every_collection_is_typed() -> None:
    collections = PinterestEntity._registry.collections
    assert dict(Collections.__annotations__) == {
        name: f"Query[entities.{model.__name__}]" for name, model in collections.items()
    }
