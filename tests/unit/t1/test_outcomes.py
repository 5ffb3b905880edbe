"""What T1 shows of a record that was made, compared with what was asked for."""

from collections.abc import Callable
from typing import Any

import pytest

from adplatforms.core.errors import APIError, ValidationError
from adplatforms.core.testing import FakeTransport, reply
from terminalone import T1
from terminalone.entities import Campaign
from terminalone.write import check_ids, check_outcome

Offline = Callable[..., T1]


@pytest.fixture
def campaign(offline: Offline) -> Campaign:
    row = {"entity_type": "campaign", "id": 7, "name": "Spring", "status": "1", "goal_type": "odd", "extra": "1"}
    return offline(row).get("campaigns", 7)  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"name": "Spring"},
        {"name": None},
        {"status": True},
        {"status": "on"},
        {"extra": True},
        {"extra": 1},
        {"goal_type": "odd"},
        {"goal_value": 5},
        {"not_there": "x"},
    ],
    ids=str,
)
def test_what_is_shown_as_it_was_asked_for_is_fine(campaign: Campaign, asked: dict[str, Any]) -> None:
    """None, and what the answer does not show, tell nothing; what no field takes is compared as forms have it."""
    check_outcome(campaign, asked)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"name": "Summer"}, "name is 'Spring', not 'Summer'"),
        ({"status": False, "name": "Spring"}, "status is True, not False"),
        ({"extra": False}, "extra is '1', not False"),
        ({"goal_type": "even"}, "goal_type is 'odd', not 'even'"),
        ({"name": "x", "status": 0}, "name is 'Spring', not 'x'; status is True, not False"),
        ({"name": "x" * 200}, "not '" + "x" * 76 + r"\.\.\. \("),
    ],
    ids=str,
)
def test_what_differs_is_named_and_nothing_is_unsure(campaign: Campaign, asked: dict[str, Any], words: str) -> None:
    with pytest.raises(APIError, match=f"campaign 7 was created, but not as asked: .*{words}") as caught:
        check_outcome(campaign, asked)
    assert caught.value.unsure is False
    assert caught.value.body == campaign.raw


def test_ids_that_are_not_shown_are_named(campaign: Campaign) -> None:
    check_ids(campaign, "deals", [3, 1], [1, 2, 3])
    check_ids(campaign, "deals", [3, 1], None)
    check_ids(campaign, "deals", [], [])
    with pytest.raises(APIError, match="campaign 7 was changed, but not as asked: it lacks deals 1, 4"):
        check_ids(campaign, "deals", [4, 3, 1], [3])


def test_message_is_the_servers_own_text_and_str_says_what_it_happened_to() -> None:
    """As in the classic SDK, whose scripts compare it; a gateway's page in XML is bytes there."""
    errors = [{"field": "name", "message": "Must supply name", "type": "field-error"}]
    refused = reply({"errors": errors, "meta": {"status": "invalid"}}, status=400)
    inactive = reply(b"<h1>Developer Inactive</h1>", "text/xml", 403)
    t1 = T1("a", "b", auth_method="delayed", transport=FakeTransport([refused, inactive]), retry=None)
    with pytest.raises(
        ValidationError, match=r"^new concept was not saved: invalid\nname: Must supply name$"
    ) as caught:
        t1.new("concept").save()
    assert caught.value.message == "invalid\nname: Must supply name"
    with pytest.raises(
        APIError, match=r"^new concept was not saved: no reply of T1 but HTTP 403.*: Developer Inactive"
    ):
        t1.new("concept").save()
