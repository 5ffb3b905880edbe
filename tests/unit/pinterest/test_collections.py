"""The typed collections are those that there are."""

from adplatforms.pinterest import Pinterest
from adplatforms.pinterest.collections import Collections
from adplatforms.pinterest.entities import PinterestEntity


def test_every_collection_is_typed_and_no_other() -> None:
    typed = dict(Collections.__annotations__)
    models = PinterestEntity.__model__.registry.collections
    assert typed == {name: f"Query[entities.{model.__name__}]" for name, model in models.items()}


def test_no_call_hides_a_collection() -> None:
    assert [name for name in PinterestEntity.__model__.registry.collections if hasattr(Pinterest, name)] == []


def test_no_method_of_the_session_hides_a_collection() -> None:
    assert not [name for name in PinterestEntity.__model__.registry.collections if hasattr(Pinterest, name)]
