"""A copy of a record that came short takes its values from the whole record: on each platform that lists short ones."""

from typing import Any

import pytest

from adplatforms.core.errors import DetachedError
from adplatforms.core.testing import assert_calls
from adplatforms.sandbox import Sandbox


@pytest.fixture
def short(sandbox: Sandbox) -> Any:
    """A campaign of T1 as a list has it: id and name."""
    with sandbox.t1() as t1:
        yield next(iter(t1.get("campaigns", page_limit=5)))


def test_a_short_record_is_read_whole_first(short: Any) -> None:
    assert "advertiser_id" not in short.raw
    with assert_calls(short.owner, 1):
        copy = short.as_new(name="copy")
    whole = short.owner.get("campaigns", short.id)
    assert copy.name == "copy"
    assert copy.advertiser_id == whole.advertiser_id
    assert copy.goal_value == whole.goal_value
    assert "id" not in copy.raw
    assert "advertiser_id" not in short.raw  # the original stays as it was


def test_unsaved_changes_go_along_and_what_is_left_out_does_not(short: Any) -> None:
    short.goal_value = 7
    copy = short.as_new(without=["advertiser_id"])
    assert copy.goal_value == 7
    assert "advertiser_id" not in copy.changes()


def test_a_whole_record_is_copied_without_a_call(short: Any) -> None:
    whole = short.owner.get("campaigns", short.id)
    with assert_calls(short.owner, 0):
        assert whole.as_new(name="copy").advertiser_id == whole.advertiser_id


def test_a_short_record_without_a_session_is_not_copied(short: Any) -> None:
    import pickle

    with pytest.raises(DetachedError, match="has no session to read the rest of it from, for a copy"):
        pickle.loads(pickle.dumps(short)).as_new()


def test_records_of_pinterest_are_whole(sandbox: Sandbox) -> None:
    with sandbox.pinterest() as pin:
        campaign = next(iter(pin.campaigns))
        with assert_calls(pin, 0):
            assert campaign.as_new(name="copy").objective_type == campaign.objective_type
