"""Requests and answers as values: escaping, what they show, what is excerpted."""

import pytest

from adplatforms.core.errors import ClientError
from adplatforms.core.messages import Answer, Request, path_segment


@pytest.mark.parametrize(
    ("given", "expected"), [("1/../users", "1%2F..%2Fusers"), ("a?b#c&d", "a%3Fb%23c%26d"), (7, "7"), ("é", "%C3%A9")]
)
def test_a_path_segment_stays_one_segment(given: object, expected: str) -> None:
    assert path_segment(given) == expected


@pytest.mark.parametrize("given", ["", ".", "..", "a\nb", "\x00"])
def test_what_cannot_be_a_path_segment(given: str) -> None:
    with pytest.raises(ClientError, match="cannot be part of a URL"):
        path_segment(given)


def test_a_request_shows_its_query_and_its_label_does_not() -> None:
    request = Request("GET", "api/v2.0/campaigns", (("q", "a"),)).adding(("q", "b"))
    assert str(request) == "GET api/v2.0/campaigns  q=a  q=b"
    assert request.label == "GET api/v2.0/campaigns"


def test_an_answer_is_excerpted_as_text() -> None:
    answer = Answer(502, {"content-type": "Text/HTML; charset=x"}, b"<h1>Bad\n gateway</h1>" + b"x " * 500, None)  # type: ignore[arg-type]
    assert answer.content_type == "text/html"
    assert answer.excerpt(30) == "Bad gateway x x x x x x x x x…"
    assert len(answer.excerpt(30)) == 30
    assert Answer(200, {}, b"\xff", None).content_type == ""  # type: ignore[arg-type]
