"""What a platform brings to the compliance suite: a session on the sandbox and the words for its main entity.

A platform joins by adding a `Platform` to `PLATFORMS`; no test asks which one it runs on, only what it can do.
"""

from collections.abc import Callable
from dataclasses import dataclass

from adplatforms.core.entity import Entity
from adplatforms.core.session import Session
from adplatforms.sandbox import Sandbox


@dataclass(frozen=True)
class Platform:
    """`collection`: the main one, with a `name` and the writable number `number`. `to_one`, `to_many`: relations of
    it. `new`: the least that creates an entity with a name."""

    name: str
    connect: Callable[[Sandbox], Session]
    collection: str
    number: str
    to_one: str
    to_many: str
    new: Callable[[Session], Entity]


def _t1(name: str, json: bool) -> Platform:
    return Platform(
        name,
        lambda sandbox: sandbox.t1(json=json),
        collection="campaigns",
        number="total_budget",
        to_one="advertiser",
        to_many="strategies",
        new=lambda session: session.new("concept", name="A new concept", advertiser_id=7),
    )


PLATFORMS = [_t1("T1", json=True), _t1("T1 in XML", json=False)]
