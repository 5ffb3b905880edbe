"""What 5.28.0 added, against the answers that a third party's client expects."""

import json
from pathlib import Path
from typing import Any

import pytest

from adplatforms.sandbox import Sandbox
from adplatforms.sandbox.pinterest.synth import Maker
from adplatforms.sandbox.pinterest.table import Operation, api

ACCOUNT, CAMPAIGN, GROUP = "549755885175", "320000000000", "120000000000"
PATH = {"ad_account_id": ACCOUNT, "ad_group_id": GROUP, "label_id": "510000000000", "pin_id": "580000000000"}
PATH |= {"catalog_id": "360000000000", "request_id": "690000000000", "batch_id": "1"}
QUERY: dict[str, Any] = {"entity_ids": [CAMPAIGN], "ad_group_ids": [GROUP], "promotion_ids": ["560000000000"]}
QUERY |= {"event_names": ["Newsletter"], "ids": ["710000000000"], "region": "US"}
BODIES: dict[str, Any] = {
    "schedules/update": [{"id": "720000000000", "schedule_id": "720000000000", "name": "x"}],
    "catalogs_local_stores/update": [{"id": "710000000000", "name": "x"}],
    "customer_segment/update": {"id": "700000000000", "operation_type": "UPDATE", "audience_ids": ["1"]},
    "labels/apply": {"entity_ids": [CAMPAIGN]},
    "labels/remove": {"entity_ids": [CAMPAIGN]},
}
NEWER = [one for one in api().operations.values() if one.since]


def shape(value: Any) -> Any:
    """What an answer is made of: the names of an object, the shape of the first of a list."""
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return set(value) if isinstance(value, dict) else type(value).__name__


def fits(found: Any, told: Any) -> bool:
    """Whether an answer has no member that the client does not know, and is the same kind of thing."""
    if isinstance(told, list):
        return isinstance(found, list) and all(fits(each, told[0]) for each in found)
    if isinstance(told, dict) and told:
        return (
            isinstance(found, dict)
            and set(found) <= set(told)
            and all(
                fits(found[name], told[name]) for name in found if isinstance(told[name], list) and name in ("items",)
            )
        )
    return True


@pytest.mark.parametrize("operation", NEWER, ids=lambda one: one.id)
def test_a_new_operation_answers_in_the_shape_that_the_client_expects(
    fresh_sandbox: Sandbox, spec: Path, operation: Operation
) -> None:
    answers = json.loads((spec / "pinterest" / "v5.28" / "answers.json").read_bytes())
    told = answers.get(f"{operation.method} {operation.path}")
    pin = fresh_sandbox.pinterest()
    body = BODIES.get(operation.id)
    if body is None and operation.body is not None:
        body = Maker(api(), 1).make(operation.body)
    names = {each.name: each.place for each in operation.params if each.required}
    given = {name: PATH[name] if place == "path" else QUERY[name] for name, place in names.items()}
    if operation.id == "conversion_deletion_request/create":
        body = {"deletion_targets": {"user_emails": ["a" * 64]}}
    found = pin.call(operation.id, body, check=False, **given)
    assert (found is None) == (told is None)
    assert fits(found, told), (shape(found), shape(told))


def test_the_new_operations_are_all_there() -> None:
    assert len(NEWER) == 35
