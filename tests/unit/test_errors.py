"""The error tree: drawn as it is, also the builtins, readable, picklable; warnings point at the caller's line."""

import inspect
import pickle
import re
import warnings

import pytest

from adplatforms.core import errors
from adplatforms.core.errors import (
    AdPlatformsError,
    AmbiguousWrite,
    APIError,
    ClientError,
    ConflictError,
    ConnectError,
    ParserException,
    RequestTimeout,
    SaveAllError,
    UnavailableError,
    UnreadableValueError,
    UnsentValueWarning,
    ValidationError,
    did_you_mean,
    warn,
)

CLASSES = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, (AdPlatformsError, errors.AdPlatformsWarning))
]
ERRORS = [kind for kind in CLASSES if issubclass(kind, AdPlatformsError)]


def test_the_drawing_shows_every_class_under_its_parent_with_its_builtin() -> None:
    assert errors.__doc__
    drawn = {}
    above: list[tuple[int, str]] = []
    for line in errors.__doc__.splitlines():
        found = re.match(r"^    ([│├└─ ]*)([A-Z]\w+)(?: \((\w+)\))?", line)
        if found:
            depth, name, builtin = len(found[1]), found[2], found[3]
            above = [(d, n) for d, n in above if d < depth]
            drawn[name] = (above[-1][1] if above else None, builtin)
            above.append((depth, name))
    real = {}
    for kind in CLASSES:
        ours = next((base.__name__ for base in kind.__bases__ if base in CLASSES), None)
        others = [base.__name__ for base in kind.__bases__ if base not in CLASSES and base is not Exception]
        real[kind.__name__] = (ours, others[0] if others else None)
    assert drawn == real


def test_all_is_sorted_and_complete() -> None:
    assert errors.__all__ == sorted(errors.__all__)
    assert {kind.__name__ for kind in CLASSES} <= set(errors.__all__)


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
def test_an_error_keeps_all_it_knows_through_a_pickle(kind: type[AdPlatformsError]) -> None:
    error = kind("it broke", code="conflict", body={"a": 1}, status=409, request="POST x", hint="mend it")
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind
    assert str(again) == str(error) == "conflict: it broke (mend it)"
    assert vars(again) == vars(error)


def test_more_than_the_common_attributes_survive() -> None:
    error = ValidationError("refused")
    error.field_errors = {"name": "too long"}
    unreadable = UnreadableValueError("odd")
    unreadable.raw_value = "x7"
    several = SaveAllError("two failed", results=[1, 2])
    again = pickle.loads(pickle.dumps([error, unreadable, several]))
    assert (again[0].field_errors, again[1].raw_value, again[2].results) == ({"name": "too long"}, "x7", (1, 2))


def test_the_code_is_said_once() -> None:
    assert str(APIError("invalid\nname: no", code="invalid")) == "invalid\nname: no"
    assert str(APIError("no", code="invalid")) == "invalid: no"
    assert str(ClientError("no", "bad_request")) == "bad_request: no"


def test_field_errors_are_of_one_error_only() -> None:
    ValidationError("one").field_errors = {"name": "no"}
    assert ValidationError("other").field_errors == {}


def test_did_you_mean() -> None:
    assert did_you_mean("campaing", ["campaigns", "concepts"]) == "did you mean 'campaigns'?"
    assert did_you_mean("AUDD", ["AUD", "REM", "GBO"]) == "did you mean 'AUD'?"
    assert did_you_mean("aud", ["AUD", "REM", "GBO"]) == "did you mean 'AUD'?"
    assert did_you_mean("zzz", ["one", "two"]) == "there is one, two"
    assert did_you_mean("zzz", [f"name{n}" for n in range(40)]) == ""
    assert did_you_mean(7, []) == ""


def test_a_warning_points_at_the_line_that_called() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        warn("careful", UnsentValueWarning)
    assert [(w.filename, w.category, str(w.message)) for w in caught] == [(__file__, UnsentValueWarning, "careful")]


@pytest.mark.parametrize("kind", [ConnectError, RequestTimeout, ConflictError, UnavailableError, ParserException])
def test_an_ambiguous_write_is_of_the_same_kind_after_a_pickle(kind: type[AdPlatformsError]) -> None:
    lost = AmbiguousWrite.of(kind("cut off"), "POST shops")
    again = pickle.loads(pickle.dumps(lost))
    assert type(again) is type(lost)
    assert isinstance(again, kind)
    assert isinstance(again, AmbiguousWrite)
    assert (str(again), again.ended_by) == (str(lost), kind)


@pytest.mark.parametrize("hostile", ["\x1b[2J", "\x1b]0;owned\x07", "\u202eevil", "\x9b31m", "\r", "\u2028"])
def test_what_acts_on_a_terminal_is_shown_instead(hostile: str) -> None:
    shown = hostile.encode("unicode_escape").decode()
    assert str(APIError(f"no {hostile}", code=7)).startswith(f"7: no {shown.split('[')[0].split(']')[0]}")
    assert hostile not in str(APIError("no", hint=hostile))
    with pytest.warns(UnsentValueWarning) as warned:
        warn(f"not {hostile}", UnsentValueWarning)
    assert hostile not in str(warned[0].message)


def test_text_of_several_lines_stays_so() -> None:
    assert (
        str(ValidationError("invalid\nname: Ungültig\t\N{WINKING FACE}")) == "invalid\nname: Ungültig\t\N{WINKING FACE}"
    )
