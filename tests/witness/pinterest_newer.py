"""Run by the Python that has `pinterestsdk`: the requests that it would send for planned calls, as JSON. Sends nothing.

Usage: pinterest_newer.py FILE, a JSON list of {name, args, body}; args by the wire's names.
"""

import importlib
import inspect
import json
import pkgutil
import sys
import typing
from pathlib import Path

import pinterestsdk
import pinterestsdk.api


class Recorded(Exception):
    """Ends a call where it would be sent."""


def methods() -> dict:
    """The methods of all parts of the client, by name."""
    found = {}
    for module in pkgutil.iter_modules(pinterestsdk.api.__path__):
        for name, part in inspect.getmembers(
            importlib.import_module(f"pinterestsdk.api.{module.name}"), inspect.isclass
        ):
            if name.endswith("Api"):
                found |= {method: part for method in dir(part) if not method.startswith("_")}
    return found


def of_type(annotation, value):
    """A plain value as what a parameter takes: a model, a list of them, or itself."""
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated or origin is typing.Union:
        return of_type(inner[0], value)
    if origin is list and isinstance(value, list):
        return [of_type(inner[0], each) for each in value]
    if hasattr(annotation, "from_dict") and isinstance(value, dict):
        return annotation.from_dict(value)
    return value


def request_of(parts: dict, call: dict) -> list:
    """Method, URL and body of a call."""
    part = parts[call["name"]]
    client = pinterestsdk.ApiClient(pinterestsdk.Configuration(host="http://sandbox/v5"))
    sent = []

    def record(method, url, headers=None, body=None, post_params=None, _request_timeout=None):
        sent.append([method, url, body])
        raise Recorded

    client.call_api = record
    method = getattr(part(client), call["name"])
    hints = typing.get_type_hints(getattr(part, call["name"]), include_extras=True)
    words = {name: of_type(hints[name], value) for name, value in call["args"].items()}
    if call["body"] is not None:
        (name,) = [each for each in hints if each not in words and not each.startswith("_") and each in call["names"]]
        words[name] = of_type(hints[name], call["body"])
    try:
        method(**words)
    except Recorded:
        return sent[0]
    raise AssertionError("nothing was sent")


def main() -> None:
    parts, told = methods(), []
    planned = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    for call in planned:
        names = list(inspect.signature(getattr(parts[call["name"]], call["name"])).parameters)
        # What is neither a parameter of the path nor of the query is the body.
        call["names"] = [each for each in names if each not in call["known"]]
        try:
            told.append(request_of(parts, call))
        except Exception as error:  # noqa: BLE001, which calls it cannot make is a result too
            told.append(f"{type(error).__name__}: {error}"[:300])
    sys.stdout.write(json.dumps(told))


main()
