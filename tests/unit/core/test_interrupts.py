"""Ctrl-C while something is written: what was applied, what was not and what nobody knows."""

from typing import Any

import pytest

from adplatforms.core.errors import AmbiguousWrite, ClientError
from adplatforms.core.messages import Answer, Request
from adplatforms.core.state import EntityState
from adplatforms.core.testing import reply


class Platform:
    """Creates records, and is interrupted (once) at a write of a number, before or after it is applied."""

    def __init__(self, at: int, applied: bool) -> None:
        self.at, self.applied = at, applied
        self.rows: list[dict[str, Any]] = []
        self.writes = 0
        self.reads = 0

    def __call__(self, request: Request) -> Answer:
        if not request.writes:
            self.reads += 1
            names = [value for name, value in request.params if name == "name"]
            rows = [row for row in self.rows if not names or row["name"] in names[0].split(",")]
            return reply({"rows": rows, "total": len(rows)})
        self.writes += 1
        sent = request.json if isinstance(request.json, list) else [request.json]
        made = [
            {**values, "id": str(len(self.rows) + n), "madeOn": "2999-01-01T00:00:00+00:00"}
            for n, values in enumerate(sent, 1)
        ]
        stop = self.writes == self.at
        if self.applied or not stop:
            self.rows += made
        if stop:
            raise KeyboardInterrupt
        return reply(made if isinstance(request.json, list) else made[0])


def items(session: Any, count: int) -> list[Any]:
    return [session.new("items", name=f"item {number}", shop_id="1") for number in range(count)]


@pytest.mark.parametrize("batch", [1, 2])
@pytest.mark.parametrize("applied", [True, False])
def test_save_all_says_what_became_of_each(session: Any, batch: int, applied: bool) -> None:
    platform = Platform(at=2, applied=applied)
    one = session(platform, capabilities={"max_batch": batch})
    entities = items(one, 3 * batch)
    with pytest.raises(KeyboardInterrupt) as caught:
        one.save_all(entities)
    results = caught.value.results  # type: ignore[attr-defined]
    assert [result.entity for result in results] == entities
    assert [type(result.error) for result in results[:batch]] == [type(None)] * batch
    assert all(isinstance(result.error, AmbiguousWrite) for result in results[batch : 2 * batch])
    assert all(isinstance(result.error, ClientError) for result in results[2 * batch :])
    assert f"{batch} saved, {batch} unknown, {batch} not sent" in caught.value.__notes__[0]


@pytest.mark.parametrize("batch", [1, 2])
@pytest.mark.parametrize("applied", [True, False])
def test_saving_again_makes_none_twice(session: Any, batch: int, applied: bool) -> None:
    platform = Platform(at=2, applied=applied)
    one = session(platform, capabilities={"max_batch": batch})
    entities = items(one, 3 * batch)
    with pytest.raises(KeyboardInterrupt):
        one.save_all(entities)
    one.save_all(entities)
    assert sorted(row["name"] for row in platform.rows) == sorted(entity.name for entity in entities)
    assert len({EntityState(entity).id for entity in entities}) == len(entities)
    assert platform.reads >= 1, "what was unknown was looked for"


@pytest.mark.parametrize("applied", [True, False])
def test_one_save_is_looked_for_too(session: Any, applied: bool) -> None:
    platform = Platform(at=1, applied=applied)
    (item,) = items(session(platform), 1)
    with pytest.raises(KeyboardInterrupt):
        item.save()
    item.save()
    assert (len(platform.rows), item.id) == (1, "1")


def test_no_save_is_under_way_after_an_interrupt(session: Any) -> None:
    platform = Platform(at=1, applied=False)
    one = session(platform)
    (item,) = items(one, 1)
    with pytest.raises(KeyboardInterrupt):
        item.save()
    assert one.creates.alike(item, EntityState(item).pending()) == 0
