"""Help for users: the name that was meant, a warning at the line that caused it, text that is safe to show."""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Iterable

__all__ = [
    "UNSURE",
    "AdPlatformsWarning",
    "MovedListingWarning",
    "NaiveTimeWarning",
    "PartialResultWarning",
    "PatternWarning",
    "UnchangedWarning",
    "UnsentValueWarning",
    "brief",
    "did_you_mean",
    "one_line",
    "visible",
    "warn",
]

_OURS = ("adplatforms", "terminalone")


class AdPlatformsWarning(UserWarning):
    """The root of the framework's warnings."""


class PartialResultWarning(AdPlatformsWarning):
    """A listing stopped at one page although there are more rows."""


class MovedListingWarning(AdPlatformsWarning):
    """A listing changed while it was read: rows that came again were left out, and gaps read once more."""


class NaiveTimeWarning(AdPlatformsWarning):
    """A datetime without an offset, or a bare date, was taken as UTC. Told once a session."""


class PatternWarning(AdPlatformsWarning):
    """A condition compares by a text that was probably meant otherwise: wildcards in an equality, none in a pattern."""


class UnchangedWarning(AdPlatformsWarning):
    """A save sent nothing: the values that were given along with an id count as loaded, and nothing was set since."""


class UnsentValueWarning(AdPlatformsWarning):
    """A value was set on a name that is never sent (undeclared or read-only)."""


# Each time, not once a line: in a console every line is line 1. The user's own filters come first.
warnings.filterwarnings("always", category=AdPlatformsWarning, append=True)


UNSURE = "it may have been applied: look before you repeat it"
"""The hint of a write of which nobody knows what became."""


def did_you_mean(name: object, known: Iterable[str], most: int = 3, listing: bool = True) -> str:
    """The hint for a misspelt name: up to `most` close matches, else all names, where they are few.

    listing: whether to list all names where nothing is close.

    >>> did_you_mean("campaing", ["campaigns", "creatives"])
    "did you mean 'campaigns'?"
    """
    from difflib import get_close_matches

    names = sorted(set(known))
    written = {known_name.lower(): known_name for known_name in names}
    meant = str(name).lower()
    close = get_close_matches(meant, written, n=most, cutoff=0.6) or [n for n in written if n.startswith(meant)][:most]
    if close:
        return "did you mean " + " or ".join(repr(written[match]) for match in close) + "?"
    if listing and names and len(names) <= 12:
        return "there is " + ", ".join(names)
    return ""


def brief(value: object, most: int = 80) -> str:
    """A value that a platform sent, as a message shows it: the start of its text, which may be of any length."""
    text = str(value)
    if len(text) <= most:
        return text
    return f"{text[: most - 1]}…"


def visible(text: str) -> str:
    """The text with what would act on a terminal, or turn the direction of writing, shown as an escape: ``\\x1b``.

    Control characters but tab and line feed, the marks of direction, the separators of lines and paragraphs, what
    takes no room and cannot be seen, and halves of characters, which cannot be written.
    """
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def one_line(text: str) -> str:
    """As `visible`, with tabs and line feeds too: an id that a platform sent must not begin a line of a log."""
    return visible(text).replace("\n", "\\n").replace("\t", "\\t")


# Not U+200C and U+200D, which join letters and the parts of an emoji.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0001-\U000e007f]"
)


def warn(message: str | Warning, category: type[Warning]) -> None:
    """Warns at the user's own line: the first frame outside these packages.

    The number of frames between is not known: a generator that a user iterates has other frames than a call.
    """
    if isinstance(message, str):
        message = visible(message)
    frame, level = sys._getframe(1), 2
    while frame.f_back is not None and frame.f_globals.get("__name__", "").partition(".")[0] in _OURS:
        frame, level = frame.f_back, level + 1
    warnings.warn(message, category, stacklevel=level)
