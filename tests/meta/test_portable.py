"""What would fail on another system: a file in its own encoding, a module that only Unix has."""

import ast
from collections.abc import Iterator

import pytest

from .source import Module, broken, modules

ALL = modules()
UNIX_ONLY = {"fcntl", "grp", "pwd", "resource", "termios", "tty"}


def _calls(module: Module) -> Iterator[ast.Call]:
    tree = ast.parse(module.path.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _opens_text(call: ast.Call) -> bool:
    """Whether a call opens a text file: by the function `open`, or by a method of a path.

    A method `open` of something else takes no mode, a text constant, as its first argument.
    """
    is_method = isinstance(call.func, ast.Attribute)
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name != "open":
        return name in ("read_text", "write_text")
    mode = next(iter(call.args if is_method else call.args[1:]), None)
    if mode is None:
        return True
    text = mode.value if isinstance(mode, ast.Constant) else None
    return isinstance(text, str) and "b" not in text


@pytest.mark.parametrize(
    ("source", "opens"),
    [
        ("open(path)", True),
        ("open(path, 'w')", True),
        ("open(path, 'rb')", False),
        ("path.open()", True),
        ("path.open('xb')", False),
        ("path.read_text()", True),
        ("path.read_bytes()", False),
        ("sessions.open(user)", False),
    ],
)
def test_what_opens_a_text_file(source: str, opens: bool) -> None:
    [call] = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    assert _opens_text(call) is opens


def test_text_files_are_opened_with_an_encoding() -> None:
    def wrong(module: Module) -> list[str]:
        opened = [call for call in _calls(module) if _opens_text(call)]
        return [f"line {call.lineno}" for call in opened if "encoding" not in [each.arg for each in call.keywords]]

    assert not broken(ALL, wrong)


def test_no_module_that_only_unix_has_is_imported() -> None:
    def wrong(module: Module) -> list[str]:
        return [i.target for i in module.imports() if i.target.split(".")[0] in UNIX_ONLY]

    assert not broken(ALL, wrong)


def test_nothing_forks_by_itself() -> None:
    def wrong(module: Module) -> list[str]:
        return [f"line {call.lineno}" for call in _calls(module) if ast.unparse(call.func) in ("os.fork", "os.forkpty")]

    assert not broken(ALL, wrong)
