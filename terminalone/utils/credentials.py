"""Credentials from a file or the environment. Source: wire.md section 2. Nothing is loaded from a `.env` file."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from adplatforms.core.errors import ClientError, UnknownNameError, did_you_mean

__all__ = ["VARIABLES", "credentials"]

VARIABLES = {
    "username": "T1_API_USERNAME",
    "password": "T1_API_PASSWORD",
    "api_key": "T1_API_KEY",
    "client_id": "T1_CLIENT_ID",
    "client_secret": "T1_CLIENT_SECRET",
}
"""The environment variable of each credential."""


def credentials(filename: str | os.PathLike[str] | None = None, root: str | None = None) -> dict[str, Any]:
    """What `T1` takes to sign in: ``T1(**credentials("t1.json", "accounts.demo"))``.

    filename: a JSON file; without one, the environment variables of `VARIABLES` (None for one that is not set). root:
    the dotted path to the object inside the file. Raises `FileNotFoundError`, and `ClientError` for a file that holds
    no such object. The values are plain text: credentials.
    """
    if filename is None:
        return {name: os.environ.get(variable) for name, variable in VARIABLES.items()}
    try:
        found = json.loads(Path(filename).expanduser().read_text(encoding="utf-8"))
    except ValueError:  # its message would quote the file
        raise ClientError(f"{os.fspath(filename)} is not a JSON file") from None
    # Dots in the names of objects cannot be written, as in the classic SDK.
    steps = root.split(".") if root else []
    for step in steps:
        if not isinstance(found, dict):
            found = {}  # a value on the way: nothing is below it
        if step not in found:
            message = f"{os.fspath(filename)} has no {root}: {step!r} is missing"
            raise UnknownNameError(message, hint=did_you_mean(step, found))
        found = found[step]
    if not isinstance(found, dict):
        raise ClientError(f"{os.fspath(filename)} holds no object", hint='{"username": ..., "password": ...}')
    return found
