"""`T1.call`: services and paths that have no words of their own."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest

from adplatforms.core.testing import reply
from terminalone import T1
from terminalone.errors import APIError, ClientError, NotFoundError, ValidationError


def test_a_get_and_a_post_on_the_wire(offline: Callable[..., T1]) -> None:
    t1 = offline(reply({"what": "ever"}), reply("", "text/plain", 204))
    answer = t1.call("/uniques/v1/reach", {"ids": [1, 2], "active": True, "none": None})
    assert orjson.loads(answer.content) == {"what": "ever"}
    assert t1.call("uniques/v1/reach", form={"name": "a b"}).status == 204
    get, post = t1.transport.calls  # type: ignore[attr-defined]
    assert (get.method, get.path, get.form, get.writes) == ("GET", "uniques/v1/reach", None, False)
    assert get.params == (("ids", "1"), ("ids", "2"), ("active", "1"))
    assert (post.method, post.form, post.writes) == ("POST", (("name", "a b"),), True)


def test_an_empty_form_and_json_are_posted(offline: Callable[..., T1]) -> None:
    t1 = offline(reply({"meta": {"status": "ok"}}), reply({"meta": {"status": "ok"}}))
    t1.call("api/v2.0/strategies/7/domain_restrictions", form={})
    t1.call("video/v2.0/creatives", json={"name": "x"})
    first, second = t1.transport.calls  # type: ignore[attr-defined]
    assert (first.method, first.form) == ("POST", ())
    assert (second.method, second.json) == ("POST", {"name": "x"})


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (reply({"meta": {"status": "not_found"}}), NotFoundError),
        (reply("<result><status code='invalid'>no</status></result>", status=400), ValidationError),
        (reply("<h1>down</h1>", "text/html", 503), APIError),
        (reply({"status": {"code": "error"}}, status=500), APIError),
    ],
)
def test_errors_are_raised(offline: Callable[..., T1], answer: Any, kind: type) -> None:
    with pytest.raises(kind, match=r"not_found|invalid|no reply of T1 but HTTP 50[03]"):
        offline(answer).call("video/v2.0/creatives/7/status")


@pytest.mark.parametrize("path", ["https://elsewhere.example.com/", "api/v2.0/../../x"])
def test_paths_stay_below_the_host(offline: Callable[..., T1], path: str) -> None:
    with pytest.raises(ClientError, match="is not a path below the host"):
        offline().call(path)


def test_it_is_signed_and_signed_again(fresh_sandbox: Any) -> None:
    t1 = fresh_sandbox.t1()
    fresh_sandbox.expire_sessions()
    answer = t1.call("api/v2.0/campaigns/7", {"full": "*"})
    assert orjson.loads(answer.content)["data"]["id"] == 7
