"""What came with a record is sent back and copied as it came; only what a user adds or changes is judged."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

import terminalone.entities  # noqa: F401
from adplatforms.core.errors import InvalidValueError, UnknownNameError
from adplatforms.core.fields import Choice, ListOf
from adplatforms.core.relations import Peers
from adplatforms.core.state import EntityState
from adplatforms.core.testing import FakeTransport, reply
from adplatforms.pinterest import Pinterest
from adplatforms.pinterest.base import PinterestEntity
from adplatforms.ttd.base import TTDEntity
from terminalone.entities.base import T1Entity

NEW = "NEWER_THAN_THIS_CLIENT"
MODELS: list[Any] = [
    each for base in (T1Entity, TTDEntity, PinterestEntity) for each in base.__model__.registry.types.values()
]


def fields(kind: type[Any]) -> list[Any]:
    return [
        pytest.param(model, name, id=f"{model.__module__.partition('.')[0]}-{model.__name__}-{name}")
        for model in MODELS
        for name, field in model.__model__.fields.items()
        if isinstance(field, kind) and not field.readonly and not field.create_only and not field.update_only
    ]


def came(model: Any, wire: str, value: Any) -> Any:
    return model.__model__.wrap(
        {"id": 7, "version": 1, "entity_type": model.__model__.type, wire: value}, Peers(None, [])
    )


@pytest.mark.parametrize(("model", "name"), fields(Choice))
def test_a_word_that_came_can_be_set_back_and_a_new_one_is_refused(model: Any, name: str) -> None:
    record = came(model, model.__model__.fields[name].wire, NEW)
    setattr(record, name, getattr(record, name))
    assert EntityState(record).edits() == {}
    with pytest.raises(InvalidValueError, match="is not one of"):
        setattr(record, name, "UNHEARD_OF")


@pytest.mark.parametrize(
    ("model", "name"), [p for p in fields(ListOf) if isinstance(p.values[0].__model__.fields[p.values[1]].item, Choice)]
)
def test_of_a_list_only_the_added_words_are_judged(model: Any, name: str) -> None:
    field = model.__model__.fields[name]
    word = field.item.values[0]
    for record in (came(model, field.wire, [NEW]), pickle.loads(pickle.dumps(came(model, field.wire, [NEW])))):
        getattr(record, name).append(word)
        assert EntityState(record).edits() == {field.wire: [NEW, field.item.dump(word)]}
        getattr(record, name).append("UNHEARD_OF")
        with pytest.raises(InvalidValueError, match="UNHEARD_OF"):
            EntityState(record).edits()


def test_a_copy_takes_a_newer_word_along() -> None:
    campaign = came(T1Entity.__model__.registry.types["campaign"], "goal_type", NEW)
    EntityState(campaign).row.update(name="Spring")
    made = campaign.as_new(name="Autumn")
    assert (made.goal_type, EntityState(made).edits()["goal_type"]) == (NEW, NEW)
    with pytest.raises(InvalidValueError, match="is not one of"):
        campaign.as_new(goal_type="UNHEARD_OF")


SPEC = {"LOCATION": ["US"], "GENDER": ["female", NEW], "GEO_EXCLUDE": ["US-CA"]}
ROW = {
    "id": "1",
    "ad_account_id": "5",
    "campaign_id": "3",
    "name": "G",
    "billable_event": "IMPRESSION",
    "targeting_spec": SPEC,
}


def group() -> tuple[Any, FakeTransport]:
    def answer(request: Any) -> Any:
        if not request.writes:
            return reply(ROW)
        return reply({"items": [{"data": {**ROW, **request.json[0]}, "exceptions": []}]})

    transport = FakeTransport(answer)
    return Pinterest("t", ad_account_id=5, transport=transport).get("ad_groups", 1), transport


def test_the_members_of_a_nested_value_that_came_are_sent_back() -> None:
    ad_group, transport = group()
    ad_group.targeting_spec["GENDER"].append("male")
    ad_group.save()
    sent = transport.calls[-1].json[0]["targeting_spec"]
    assert sent == {**SPEC, "GENDER": ["female", NEW, "male"]}


@pytest.mark.parametrize(
    ("member", "value", "error"),
    [("GEO_INCLUDE_NEW", ["US"], UnknownNameError), ("GENDER", ["UNHEARD_OF"], InvalidValueError)],
)
def test_what_is_added_is_judged(member: str, value: Any, error: type[Exception]) -> None:
    ad_group, transport = group()
    ad_group.targeting_spec[member] = value
    with pytest.raises(error, match="targeting_spec"):
        ad_group.save()
    assert not any(call.writes for call in transport.calls)


def test_a_copy_sends_nested_values_as_they_came() -> None:
    ad_group, transport = group()
    ad_group.as_new(name="copy").save()
    assert transport.calls[-1].json[0]["targeting_spec"] == SPEC


def unpickled(made: Any) -> Any:
    return pickle.loads(pickle.dumps(made))


AGAIN = [
    pytest.param(unpickled, id="pickle"),
    pytest.param(lambda made: unpickled(unpickled(made)), id="pickle twice"),
    pytest.param(copy.copy, id="copy"),
    pytest.param(copy.deepcopy, id="deepcopy"),
]


@pytest.mark.parametrize("again", AGAIN)
def test_a_copy_that_was_copied_knows_what_came_with_the_original(again: Any) -> None:
    ad_group, transport = group()
    session = ad_group.session
    made = session.attach(again(ad_group.as_new(name="copy")))
    made.targeting_spec["GENDER"].append("male")
    made.save()
    assert transport.calls[-1].json[0]["targeting_spec"] == {**SPEC, "GENDER": ["female", NEW, "male"]}
    made.targeting_spec = {"GENDER": [NEW]}  # saved since: what the answer had counts now
    assert EntityState(made).original("targeting_spec")["GENDER"] == ["female", NEW, "male"]


@pytest.mark.parametrize("again", AGAIN)
def test_a_word_of_the_original_can_be_set_again_on_such_a_copy(again: Any) -> None:
    campaign = came(T1Entity.__model__.registry.types["campaign"], "goal_type", NEW)
    EntityState(campaign).row.update(name="Spring")
    made = again(campaign.as_new(name="Autumn"))
    made.goal_type = "cpa"
    made.goal_type = NEW
    assert EntityState(made).edits()["goal_type"] == NEW
    made.revert()
    made.goal_type = NEW
    with pytest.raises(InvalidValueError, match="is not one of"):
        made.goal_type = "UNHEARD_OF"


@pytest.mark.parametrize("again", AGAIN)
def test_what_a_nested_value_came_with_is_known_to_such_a_copy(again: Any) -> None:
    kind: Any = TTDEntity.__model__.registry.types["campaign"]
    original = kind.__model__.wrap(
        {"id": "c", "secondaryGoal": {"cpcInAdvertiserCurrency": 1.2345678}}, Peers(None, [])
    )
    fresh = kind(None, {"name": "copy"})
    fresh._remember_originals({"secondary_goal": original.secondary_goal})
    fresh.secondary_goal = original.secondary_goal
    made = again(fresh)
    made.secondary_goal.ctr_in_percent = 3
    assert EntityState(made).edits()["secondaryGoal"] == {"cpcInAdvertiserCurrency": 1.2345678, "ctrInPercent": 3.0}
