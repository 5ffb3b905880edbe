"""Coverage-guided fuzzing of T1's envelope parsers, by atheris: `python tests/fuzz/coverage_guided.py xml -runs=99999`.

Whatever the bytes, only a `Reply` or a `ParserException` may come out. Further arguments are libFuzzer's
(`-max_total_time=60`, a folder of samples, a file that failed). Needs atheris: Linux, up to Python 3.12.
"""

import sys
from typing import Any

import atheris
import orjson

with atheris.instrument_imports(include=["terminalone.parsing"]):
    from terminalone.parsing import parse_json, parse_xml

from adplatforms.core.errors import ParserException

PARSERS = {"xml": parse_xml, "json": parse_json}
TAGS = [
    "entity",
    "entities",
    "prop",
    "amount",
    "status",
    "error",
    "errors",
    "field-error",
    "include",
    "exclude",
    "enabled",
    "permissions",
    "flags",
    "user",
    "access",
    "log_entry",
    "field",
    "session",
]
NAMES = ["type", "id", "name", "rel", "value", "code", "count", "active", "error"]
KEYS = [
    "data",
    "meta",
    "errors",
    "status",
    "entity_type",
    "id",
    "prop",
    "permissions",
    "entities",
    "flags",
    "access",
    "total_count",
    "field",
    "message",
]
WORDS = ["campaign", "campaigns", "advertiser", "ok", "invalid", "1", "0", "", "name", "value"]


def xml(content: bytes) -> bytes:
    """A well-formed envelope that the bytes describe: elements that open and close, attributes, text."""
    opened, parts = ["result"], ["<result>"]
    for code, detail in zip(content[::2], content[1::2], strict=False):
        word = WORDS[detail % len(WORDS)]
        if code % 4 == 0 and len(opened) > 1:
            parts.append(f"</{opened.pop()}>")
        elif code % 4 == 1:
            parts.append(word)
        else:
            opened.append(TAGS[code // 4 % len(TAGS)])
            name, second = NAMES[detail % len(NAMES)], NAMES[detail // 9 % len(NAMES)]
            more = f' {second}="{word}"' if second != name else ""
            parts.append(f'<{opened[-1]} {name}="{WORDS[code % len(WORDS)]}"{more}>')
    parts += [f"</{tag}>" for tag in reversed(opened[1:])]
    return "".join([*parts, '<status code="ok"/></result>']).encode()


def json(content: bytes) -> bytes:
    """A well-formed envelope that the bytes describe: objects and lists that open and close, words and numbers."""
    top: dict[str, Any] = {"meta": {"status": "ok"}}
    stack: list[Any] = [top]
    for code, detail in zip(content[::2], content[1::2], strict=False):
        value: Any = [{}, [], WORDS[detail % len(WORDS)], detail, None, True][code % 6]
        if isinstance(stack[-1], dict):
            stack[-1][KEYS[detail % len(KEYS)]] = value
        else:
            stack[-1].append(value)
        if value in ({}, []):
            stack.append(value)
        elif code > 128 and len(stack) > 1:
            stack.pop()
    return orjson.dumps(top)


def fuzz(format: str, arguments: list[str]) -> None:
    """Runs until the limits in the arguments are reached; libFuzzer ends the process."""
    parse, build = PARSERS[format], {"xml": xml, "json": json}[format]

    def one(content: bytes) -> None:
        for text in (content, build(content)):
            try:
                parse(text)
            except ParserException:
                continue

    atheris.Setup([sys.argv[0], *arguments], one)
    atheris.Fuzz()


if __name__ == "__main__":
    fuzz(sys.argv[1], sys.argv[2:])
