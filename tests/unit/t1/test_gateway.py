"""What stands before T1's API: who refused a call, and whether a write may have reached the API all the same."""

from typing import Any

import pytest

from adplatforms.core.errors import APIError, AuthRequiredError, RateLimitError, UnavailableError
from adplatforms.core.messages import Answer, Request
from adplatforms.core.testing import reply
from terminalone.read import check

BEARER = {"www_authenticate": 'Bearer error="invalid_token"'}
LIMIT = {"x_mashery_error_code": "ERR_403_DEVELOPER_OVER_QPS", "retry_after": "3"}
INACTIVE = {"x_mashery_error_code": "ERR_403_DEVELOPER_INACTIVE"}


def refused(status: int, text: str = "No", **headers: str) -> APIError:
    """The error of a write that got a page of text."""
    answer = reply(text, "text/html", status, **headers)
    request = Request("POST", "api/v2.0/campaigns/7", writes=True)
    with pytest.raises(APIError, match=f"no reply of T1 but HTTP {status}, text/html: ") as caught:
        check(Answer(status, answer.headers, answer.content, request))
    return caught.value


@pytest.mark.parametrize(
    ("status", "headers", "kind", "answered"),
    [
        (400, {}, APIError, False),
        (400, INACTIVE, APIError, True),
        (401, {}, AuthRequiredError, False),
        (401, BEARER, AuthRequiredError, True),
        (401, {"www_authenticate": "Basic"}, AuthRequiredError, False),
        (403, {}, APIError, False),
        (403, BEARER, APIError, False),
        (403, LIMIT, RateLimitError, True),
        (403, INACTIVE, APIError, True),
        (404, {}, APIError, False),
        (408, {}, UnavailableError, False),
        (429, {}, RateLimitError, False),
        (500, {}, UnavailableError, False),
        (503, LIMIT, RateLimitError, True),
        (504, {}, UnavailableError, False),
    ],
)
def test_a_refusal_is_typed_and_says_whose_it_is(
    status: int, headers: dict[str, str], kind: type[APIError], answered: bool
) -> None:
    error = refused(status, **headers)
    assert (type(error), error.answered, error.status) == (kind, answered, status)
    if answered:
        assert error.unsure is False


@pytest.mark.parametrize("status", [200, 204, 302, 399])
def test_a_page_with_the_status_of_a_success_leaves_a_write_unsure(status: int) -> None:
    assert refused(status).unsure is True


@pytest.mark.parametrize(
    ("text", "headers", "hint"),
    [
        ("No", {}, "try again later"),
        ("Developer Inactive", {}, "check the api_key"),
        ("Developer Over Qps", LIMIT, "wait 3 seconds"),
        ("Over", {"x_mashery_error_code": "ERR_403_DEVELOPER_OVER_QPS"}, "wait some seconds"),
    ],
)
def test_the_cure_is_told(text: str, headers: Any, hint: str) -> None:
    assert hint in refused(403, text, **headers).hint


@pytest.mark.parametrize(
    ("path", "kind", "known"),
    [
        ("strategies/7/target_dimensions/4", "target_dimension", {"parent": "strategies", "parent_id": 7, "id": 4}),
        ("strategies/7/target_dimensions", "target_dimension", {"parent": "strategies", "parent_id": 7}),
        ("users/9/permissions", "permission", {"parent": "users", "parent_id": 9, "id": 9}),
        ("users", "permission", {}),
        ("users/mine/permissions", "permission", {}),
        ("target_dimensions/4", "target_dimension", {}),
        ("strategies/7/concepts/4", "concept", {"id": 4}),
    ],
)
def test_only_what_does_not_name_its_owner_takes_it_from_the_url(path: str, kind: str, known: dict[str, Any]) -> None:
    row: dict[str, Any] = {"entity_type": kind, "seen": 1, **({"id": 4} if kind == "concept" else {})}
    answer = reply({"data": row, "meta": {"status": "ok"}})
    (found,) = check(Answer(200, answer.headers, answer.content, Request("GET", f"api/v2.0/{path}"))).rows
    assert {name: found[name] for name in ("parent", "parent_id", "id") if name in found} == known
