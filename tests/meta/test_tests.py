"""What each test has to say: which error it expects, by its words."""

import ast
from collections.abc import Iterator
from pathlib import Path

from source import ROOT

NOT_OURS = {
    "ConnectionResetError",
    "KeyboardInterrupt",
    "requests.ConnectionError",
    "requests.Timeout",
    "requests.exceptions.ChunkedEncodingError",
}
"""Errors of the system and of a bare HTTP client, whose words differ from one system to the next."""


def wordless(path: Path) -> Iterator[str]:
    """Each `pytest.raises` of a file that does not say what the message is, and the error that it expects."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or ast.unparse(node.func) != "pytest.raises":
            continue
        expected = ast.unparse(node.args[0])
        said = {keyword.arg for keyword in node.keywords} & {"match", "check"}
        if not said and expected not in NOT_OURS:
            yield f"{path.relative_to(ROOT)}:{node.lineno} {expected}"


def test_whoever_expects_an_error_says_what_it_tells() -> None:
    """A test that takes any error of a class passes for another reason than the one it is about."""
    assert [found for path in sorted((ROOT / "tests").rglob("*.py")) for found in wordless(path)] == []
