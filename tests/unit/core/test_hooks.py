"""What the core offers from packages above it."""

import pytest

from adplatforms.core.hooks import HOOKS, hook, register
from terminalone import T1


@pytest.mark.parametrize("name", HOOKS)
def test_each_hook_finds_its_function(name: str) -> None:
    assert hook(name).__module__ == HOOKS[name]
    assert hook(name).__name__ == name


def test_another_function_can_be_registered(t1: T1) -> None:
    usual = hook("write_csv")
    seen = []
    register("write_csv", lambda query, *rest: seen.append((query.model.collection, *rest)) or 3)
    try:
        assert t1.campaigns.to_csv("unused.csv", ["id"]) == 3
    finally:
        register("write_csv", usual)
    assert seen == [("campaigns", "unused.csv", ["id"], False)]


def test_a_name_that_nobody_asks_for_is_refused() -> None:
    with pytest.raises(KeyError, match="no hook 'write_cvs': it has write_csv"):
        register("write_cvs", print)
