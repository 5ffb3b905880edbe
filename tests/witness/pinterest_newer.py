"""Run by the Python that has `pinterestsdk`: what it makes of planned calls, as JSON.

Usage: pinterest_newer.py FILE [URL], a JSON list of {name, args, body}; args by the wire's names. Without a URL the
requests are told and nothing is sent, else what came back, as plain data.
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


def result_of(parts: dict, call: dict, url: str):
    """Method, URL and body of a call; where it is sent, the answer."""
    part = parts[call["name"]]
    host = url or "http://sandbox/v5"
    client = pinterestsdk.ApiClient(pinterestsdk.Configuration(host=host, access_token="demo-token"))
    sent = []

    def record(method, url, headers=None, body=None, post_params=None, _request_timeout=None):
        sent.append([method, url, body])
        raise Recorded

    if not url:
        client.call_api = record
    method = getattr(part(client), call["name"])
    hints = typing.get_type_hints(getattr(part, call["name"]), include_extras=True)
    words = {name: of_type(hints[name], value) for name, value in call["args"].items()}
    if call["body"] is not None:
        (name,) = [each for each in hints if each not in words and not each.startswith("_") and each in call["names"]]
        words[name] = of_type(hints[name], call["body"])
    try:
        return client.sanitize_for_serialization(method(**words))
    except Recorded:
        return sent[0]


def main() -> None:
    parts, told = methods(), []
    planned = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    for call in planned:
        names = list(inspect.signature(getattr(parts[call["name"]], call["name"])).parameters)
        # What is neither a parameter of the path nor of the query is the body.
        call["names"] = [each for each in names if each not in call["known"]]
        try:
            told.append(result_of(parts, call, *sys.argv[2:3] or [""]))
        except Exception as error:  # noqa: BLE001, which calls it cannot make is a result too
            told.append(f"{type(error).__name__}: {error}"[:300])
    sys.stdout.write(json.dumps(told))


main()
