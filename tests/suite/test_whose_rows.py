"""Listings by ids whose answer is that to another call: its rows are never taken, and no record is left without its
children."""

from typing import Any

import pytest
import requests
from platforms import Platform
from requests.adapters import HTTPAdapter

from adplatforms.core.errors import ParserException
from adplatforms.net.retry import Retry
from adplatforms.sandbox import Sandbox


class Mixed(HTTPAdapter):
    """A connection that answers the next call with the answer to the last one, once that is asked of it."""

    def __init__(self) -> None:
        super().__init__()
        self.last: requests.Response | None = None
        self.behind = False

    def send(self, request: requests.PreparedRequest, *args: Any, **words: Any) -> requests.Response:
        reply = super().send(request, *args, **words)
        _ = reply.content  # read now, so that it can be handed out again
        late, self.last = self.last, reply
        if self.behind and late is not None:
            self.behind = False
            return late
        return reply


class Opening:
    """A sandbox whose sessions are opened with these options as well."""

    def __init__(self, sandbox: Sandbox, **options: Any) -> None:
        self.sandbox, self.options = sandbox, options

    def __getattr__(self, platform: str) -> Any:
        connect = getattr(self.sandbox, platform)
        return lambda **words: connect(**words, **self.options)


@pytest.fixture
def mixed() -> Mixed:
    """The connection of `session`."""
    return Mixed()


@pytest.fixture
def session(platform: Platform, sandbox: Sandbox, mixed: Mixed) -> Any:
    """A session that tries again at once."""
    opening: Any = Opening(sandbox, adapters={"http://": mixed}, retry=Retry(sleep=lambda seconds: None))
    with platform.connect(opening) as session:
        yield session


def test_rows_of_other_ids_are_not_taken(session: Any, platform: Platform, mixed: Mixed) -> None:
    one, other = (each.id for each in session.query(platform.collection).take(2))
    assert [each.id for each in session.query(platform.collection).where(id=[one])] == [one]
    mixed.behind = True
    assert [each.id for each in session.query(platform.collection).where(id=[other])] == [other]
    mixed.behind = True
    with pytest.raises(ParserException, match=r"about (an)?other record"):
        list(session.using(retry=None).query(platform.collection).where(id=[one]))


def test_no_record_is_left_without_its_children(session: Any, platform: Platform, mixed: Mixed) -> None:
    found = [session.get(platform.collection, each.id) for each in session.query(platform.collection).take(5)]
    expected = [[each.id for each in getattr(one, platform.to_many)] for one in found]
    assert any(expected)
    for number, one in enumerate(found):
        again = session.get(platform.collection, one.id)
        list(session.query(platform.collection).where(id=[found[number - 1].id]))
        getattr(found[number - 1].refresh(), platform.to_many)
        mixed.behind = True
        assert [each.id for each in getattr(again, platform.to_many)] == expected[number]
        mixed.behind = False
