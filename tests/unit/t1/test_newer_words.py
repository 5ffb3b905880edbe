"""Words that T1 has added since the declarations were written: `find` sends them, `where` refuses them."""

from __future__ import annotations

from typing import Any

import pytest

from adplatforms.core.errors import AdPlatformsWarning, InvalidValueError
from terminalone import filters

EMPTY: list[Any] = []


@pytest.mark.parametrize(("operator", "sent"), [(filters.EQUALS, "goal_type==cpzz"), ("!=", "goal_type!=cpzz")])
def test_find_sends_a_newer_word_as_it_is(offline: Any, operator: str, sent: str) -> None:
    t1 = offline(EMPTY)
    with pytest.warns(AdPlatformsWarning, match="goal_type: .cpzz. is not a value.*sent as it is"):
        assert list(t1.find("campaigns", "goal_type", operator, "cpzz")) == []
    assert ("q", sent) in t1.transport.calls[0].params


def test_where_refuses_it_and_names_find(offline: Any) -> None:
    t1 = offline()
    with pytest.raises(InvalidValueError, match=r"goal_type .* cannot be 'cpzz'.*find\(collection, name"):
        t1.campaigns.where(goal_type="cpzz")
    with pytest.raises(InvalidValueError, match=r"find\(collection"):
        t1.campaigns.where(t1.campaigns.model.goal_type.in_(["cpa", "cpzz"]))
    assert t1.transport.calls == []


@pytest.mark.parametrize("word", ["cpa,cpm", "cp a", "", 7, ["cpzz&x"], None])
def test_find_sends_nothing_that_is_not_a_word(offline: Any, word: Any) -> None:
    t1 = offline()
    operator = "in" if word is None or isinstance(word, list) else "=="
    with pytest.raises(InvalidValueError, match="goal_type"):
        t1.find("campaigns", "goal_type", operator, word)
    assert t1.transport.calls == []
