"""The debug log: each call as a user may see it, and urllib3's own log without credentials."""

from __future__ import annotations

import logging
import os
import re
import sys

from adplatforms.core.messages import Answer

__all__ = ["describe_call", "environment_logger", "mask_urllib3_log"]


def describe_call(answer: Answer) -> str:
    """A call as the debug log shows it: of a form only the names, the JSON body, the start of the answer."""
    request = answer.request
    body = "" if request.json is None else f"\n  {request.json!r}"
    return f"{request!r}{body}\n  -> {answer!r}: {answer.excerpt(2000)}"


class _MaskCredentials(logging.Filter):
    """urllib3 logs each URL at DEBUG level; credentials in the query are masked there."""

    _pattern = re.compile(r"((?:api_key|access_token|client_secret|password|code)=)[^&\s\"']+", re.I)

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        masked = self._pattern.sub(r"\1***", text)
        if masked != text:
            record.msg, record.args = masked, ()
        return True


_MASK = _MaskCredentials()


def mask_urllib3_log() -> None:
    """Makes urllib3's own debug log safe; done once, however often it is called."""
    for name in ("urllib3.connectionpool", "urllib3.util.retry"):
        logging.getLogger(name).addFilter(_MASK)


def environment_logger() -> logging.Logger | None:
    """A logger to standard error where the environment asks for one by ADPLATFORMS_DEBUG."""
    if not os.environ.get("ADPLATFORMS_DEBUG"):
        return None
    log = logging.getLogger("adplatforms.debug")
    if not log.handlers:
        log.addHandler(logging.StreamHandler(sys.stderr))
        log.setLevel(logging.DEBUG)
        log.propagate = False
    return log
