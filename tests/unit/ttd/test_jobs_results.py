"""What jobs leave behind, read as rows, and what they tell of what went wrong."""

from typing import Any

import pytest

from adplatforms.core.errors import ParserException
from adplatforms.ttd.jobs.results import Issue, issues, listed, parsed, payloads, refusals

ONE, TWO = {"id": "c1", "name": "One"}, {"id": "c2"}


@pytest.mark.parametrize(
    ("content", "document"),
    [
        (b'{"data": {"a": 1}}', {"data": {"a": 1}}),
        (b"\xef\xbb\xbf[1]", [1]),
        (b'{"id": 1}\n\n  \n{"id": 2}\n', [{"id": 1}, {"id": 2}]),
        (b"[]", []),
    ],
    ids=["JSON", "with a byte order mark", "lines", "empty"],
)
def test_a_result_is_json_or_lines_of_it(content: bytes, document: Any) -> None:
    assert parsed(content) == document


@pytest.mark.parametrize("content", [b'{"id": 1}\n{"id":', b"", b"<html>"])
def test_what_is_neither_is_an_error(content: bytes) -> None:
    if not content:
        assert parsed(content) == []
        return
    with pytest.raises(ParserException, match="the job's result is not JSON: "):
        parsed(content)


@pytest.mark.parametrize(
    ("document", "found"),
    [
        ([{"campaign": ONE}, {"campaign": TWO}], [ONE, TWO]),
        ({"data": {"createCampaigns": [{"data": {"campaign": ONE}, "id": "of the item"}]}}, [ONE]),
        ({"campaign": ONE, "other": {"id": "x"}}, [ONE]),
        ([ONE, TWO], [ONE, TWO]),
        ({"items": [ONE, {"name": "without an id"}]}, [ONE]),
        ({"id": None, "inner": TWO}, [TWO]),
        ({"campaign": "c1", "note": "text"}, []),
        ([None, 7, "x", []], []),
    ],
)
def test_records_are_found_under_their_name_else_in_mere_lists(document: Any, found: list[Any]) -> None:
    assert list(payloads(document, "campaign")) == found


@pytest.mark.parametrize(
    ("document", "found"),
    [
        ([ONE, None, TWO], [ONE, TWO]),
        ([], []),
        ([1], None),
        ({"nodes": [None, ONE]}, [ONE]),
        ({"nodes": 7}, None),
        ({"edges": [{"node": ONE}, {"node": None}, None]}, [ONE]),
        ({"edges": [7]}, None),
        ({"data": {"none": {"nodes": []}, "some": {"nodes": [ONE]}}}, [ONE]),
        ({"data": {"none": {"nodes": []}, "count": 3}}, []),
        ({"data": {"odd": {"nodes": 7}, "some": {"nodes": [TWO]}}}, [TWO]),
        ({"data": {"count": {"all": {}}, "none": {"nodes": []}}}, []),
        ({"data": {"count": 3}}, None),
        ({}, None),
        ("text", None),
    ],
)
def test_no_list_is_told_apart_from_an_empty_one(document: Any, found: Any) -> None:
    assert listed(document) == found


@pytest.mark.parametrize(
    ("document", "found"),
    [
        ([ONE, {"detail": "No budget", "title": "Invalid"}, 7, {"title": "Gone"}], [("No budget", 1), ("Gone", 3)]),
        ([{"detail": ""}, {"title": None}], []),
        ({"detail": "No budget"}, []),
        (None, []),
    ],
)
def test_what_was_refused_is_told_with_its_place(document: Any, found: list[tuple[str, int]]) -> None:
    assert list(refusals(document)) == found


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (None, []),
        ("", []),
        ("  \n", []),
        (" broke ", [Issue("broke")]),
        ('["one", "two"]', [Issue("one"), Issue("two")]),
        ('{"message": "broke", "index": 2}', [Issue("broke", 2)]),
        ("[no list", [Issue("[no list")]),
        ("{", [Issue("{")]),
        ("7 rows failed", [Issue("7 rows failed")]),
        ([{"message": "a"}, ["b"], None], [Issue("a"), Issue("b")]),
        ({"detail": "a"}, [Issue("a")]),
        ({"error": "a", "index": "2"}, [Issue("a")]),
        ({"code": 5}, [Issue('{"code": 5}')]),
        ({"message": {"text": "a"}, "index": 0}, [Issue('{"message": {"text": "a"}, "index": 0}', 0)]),
    ],
)
def test_what_went_wrong_is_read_in_every_form(told: Any, found: list[Issue]) -> None:
    assert list(issues(told)) == found
