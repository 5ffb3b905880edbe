"""credentials, PMP-D tags, compose, suppress, FixedOffset."""

import copy
import json
import pickle
from datetime import datetime, timedelta
from typing import Any

import pytest

from terminalone import T1
from terminalone.entities import PlacementSlot, Publisher, PublisherSite
from terminalone.errors import ClientError
from terminalone.utils import FixedOffset, compose, credentials, generate_pmpd_tag, suppress

NAMES = ("USERNAME", "PASSWORD", "KEY")


@pytest.fixture
def t1() -> T1:
    from adplatforms.core.testing import FakeTransport

    return T1("a", "b", auth_method="delayed", transport=FakeTransport())


def test_credentials_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("T1_API_USERNAME", "T1_API_PASSWORD", "T1_API_KEY", "T1_CLIENT_ID", "T1_CLIENT_SECRET"):
        monkeypatch.setenv(name, f"the {name}")
    assert credentials() == {
        "username": "the T1_API_USERNAME",
        "password": "the T1_API_PASSWORD",
        "api_key": "the T1_API_KEY",
        "client_id": "the T1_CLIENT_ID",
        "client_secret": "the T1_CLIENT_SECRET",
    }
    monkeypatch.delenv("T1_CLIENT_ID")
    assert credentials()["client_id"] is None


def test_credentials_from_a_file(tmp_path: Any) -> None:
    file = tmp_path / "t1.json"
    file.write_text(json.dumps({"username": "zoë", "accounts": {"demo": {"username": "b", "api_key": "k"}}}))
    assert credentials(str(file))["username"] == "zoë"
    assert credentials(file, "accounts.demo") == {"username": "b", "api_key": "k"}
    t1 = T1(**credentials(file, root="accounts.demo"), auth_method="delayed")
    assert t1.username == "b"


@pytest.mark.parametrize(
    ("text", "root", "message"),
    [
        ('{"password": "hunter2"', None, r"t1\.json is not a JSON file"),
        ('{"demo": {}}', "demoo", "has no demoo: 'demoo' is missing .did you mean 'demo'"),
        ('{"demo": "hunter2"}', "demo.x", "has no demo.x"),
        ('["hunter2"]', None, "holds no object"),
    ],
)
def test_a_file_that_holds_none(tmp_path: Any, text: str, root: str | None, message: str) -> None:
    (tmp_path / "t1.json").write_text(text)
    with pytest.raises(ClientError, match=message) as caught:
        credentials(tmp_path / "t1.json", root)
    assert "hunter2" not in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Any) -> None:
    with pytest.raises(FileNotFoundError, match=r"none\.json"):
        credentials(tmp_path / "none.json")


@pytest.fixture
def slot(t1: T1) -> Any:
    """A placement slot, its site and its publisher."""
    return (
        t1.new(PlacementSlot, properties={"id": 3, "width": 300, "height": 250}),
        t1.new(PublisherSite, properties={"id": 2}),
        t1.new(Publisher, properties={"id": 1}),
    )


QUERY = "?pmp=3&click=&rfr={INSERT_PUBLISHER_URL}&random={INSERT_CACHEBUSTER}"
IFRAME = (
    "<iframe width=300 height=250 scrolling=no frameborder=0 marginwidth=0 marginheight=0 "
    f'src="http://tags.mathtag.com/ad/iframe/1/2{QUERY}"></iframe>'
)
SCRIPT = f'<script type="text/javascript" src="http://tags.mathtag.com/ad/js/1/2{QUERY}"></script>'


@pytest.mark.parametrize(
    ("kind", "tag"),
    [
        ("iframe", IFRAME),
        ("js", SCRIPT),
        ("script", SCRIPT),
        ("js/iframe", f"{SCRIPT}<noscript>{IFRAME}</noscript>"),
        ("script/iframe", f"{SCRIPT}<noscript>{IFRAME}</noscript>"),
    ],
)
def test_a_pmpd_tag(slot: Any, kind: str, tag: str) -> None:
    assert generate_pmpd_tag(kind, *slot) == tag


def test_a_pmpd_tag_of_something_else(slot: Any) -> None:
    with pytest.raises(ValueError, match="tag_type is one of iframe, js, script"):
        generate_pmpd_tag("html", *slot)
    for wrong, name in enumerate(("placement_slot", "publisher_site", "publisher")):
        given = list(slot)
        given[wrong] = given[wrong - 1]
        with pytest.raises(TypeError, match=f"{name} should be a"):
            generate_pmpd_tag("js", *given)


def test_compose() -> None:
    assert compose(sorted, set)("hello") == ["e", "h", "l", "o"]
    assert compose()("as it is") == "as it is"


def test_suppress() -> None:
    with suppress(KeyError, ValueError):
        raise KeyError("gone")


def test_a_fixed_offset() -> None:
    zone = FixedOffset(-150)
    moment = datetime(2026, 1, 1, 12, tzinfo=zone)
    assert moment.isoformat() == "2026-01-01T12:00:00-02:30"
    assert (moment.utcoffset(), moment.dst(), moment.tzname()) == (timedelta(minutes=-150), timedelta(0), "UTC-02:30")
    assert repr(zone) == "FixedOffset(-150)"
    assert pickle.loads(pickle.dumps(moment)) == moment == copy.deepcopy(moment)
    assert FixedOffset(60) == FixedOffset(60) != zone
    assert len({FixedOffset(60), FixedOffset(60)}) == 1
