"""The error tree: drawn as it is, also the builtins, readable, picklable; warnings point at the caller's line."""

import importlib
import inspect
import pickle
import re
import subprocess
import sys
import warnings

import pytest

from adplatforms.core import ambiguous as ambiguous_module
from adplatforms.core import errors
from adplatforms.core.ambiguous import ambiguous
from adplatforms.core.errors import (
    AdPlatformsError,
    AmbiguousWrite,
    APIError,
    ClientError,
    ConflictError,
    ConnectError,
    ParserException,
    RateLimitError,
    RequestTimeout,
    SaveAllError,
    UnavailableError,
    UnreadableValueError,
    UnsentValueWarning,
    ValidationError,
    did_you_mean,
    warn,
)
from adplatforms.core.hints import visible
from adplatforms.core.messages import Answer, Request
from adplatforms.core.state import EntityState
from adplatforms.sandbox import Sandbox
from terminalone.entities import Campaign

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
    error = ValidationError("refused", field_errors={"name": "too long"})
    unreadable = UnreadableValueError("odd", raw_value="x7")
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
    lost = ambiguous(kind("cut off"), "POST shops")
    again = pickle.loads(pickle.dumps(lost))
    assert type(again) is type(lost)
    assert isinstance(again, kind)
    assert isinstance(again, AmbiguousWrite)
    assert (str(again), again.ended_by) == (str(lost), kind)


FATES: list[tuple[AdPlatformsError, dict[str, object]]] = [
    (AdPlatformsError("a"), {"unsure": False, "signing_in": False}),
    (AdPlatformsError("a", unsure=True, signing_in=True), {"unsure": True, "signing_in": True}),
    (ConnectError("a", unsure=True), {"unsure": True}),
    (ParserException("a"), {"unsure": True, "transient": None}),
    (ParserException("a", unsure=False, transient=False), {"unsure": False, "transient": False}),
    (APIError("a"), {"answered": False, "unsure": True, "transient": None, "retry_after": None}),
    (APIError("a", code=7), {"answered": True, "unsure": False}),
    (APIError("a", code=7, status=500), {"answered": True, "unsure": False}),
    (APIError("a", code=7, answered=False), {"answered": False, "unsure": True}),
    (APIError("a", status=400, answered=True), {"unsure": False}),
    (APIError("a", status=408, answered=True), {"unsure": True}),
    (APIError("a", status=500, answered=True), {"unsure": True}),
    (APIError("a", status=503, answered=True), {"unsure": False}),
    (APIError("a", status=500, answered=True, unsure=False), {"unsure": False}),
    (APIError("a", code=7, unsure=True, transient=True, retry_after=3.5), {"unsure": True, "transient": True}),
    (errors.LoginError("a"), {"answered": True, "unsure": False}),
    (errors.LoginError("a", status=500), {"answered": True, "unsure": True}),
    (AmbiguousWrite("a"), {"unsure": True, "candidates": (), "ended_by": None}),
    (
        ambiguous_module.AmbiguousValidation("a", code=7, field_errors={"name": "no"}),
        {"unsure": True, "answered": True},
    ),
    (ambiguous(RateLimitError("a", retry_after=4, code=7), "x"), {"unsure": True, "retry_after": 4, "code": 7}),
    (errors.NotLoaded("a", refused=True), {"refused": True}),
    (errors.JobError("a", job={"id": 7}), {"job": {"id": 7}}),
]


@pytest.mark.parametrize(("error", "fate"), FATES, ids=lambda each: type(each).__name__)
def test_the_fate_of_a_call_is_given_and_survives_a_pickle(error: AdPlatformsError, fate: dict[str, object]) -> None:
    for each in (error, pickle.loads(pickle.dumps(error)), error.copy_with(hint="look")):
        assert type(each) is type(error)
        assert {name: getattr(each, name) for name in fate} == fate


def test_a_copy_differs_in_what_is_changed_alone() -> None:
    error = ConflictError("somebody else saved", code=9, status=409, hint="refresh it", field_errors={"name": "no"})
    copied = error.copy_with(message="campaign 7 was not saved: somebody else saved")
    assert str(copied) == "9: campaign 7 was not saved: somebody else saved (refresh it)"
    assert copied.args == ("campaign 7 was not saved: somebody else saved",)
    assert {**vars(copied), "message": error.message} == vars(error)
    assert error.message == "somebody else saved"


AMBIGUOUS = [kind for _, kind in inspect.getmembers(ambiguous_module, inspect.isclass) if kind not in ERRORS]


def test_each_kind_that_can_end_a_write_has_a_class_that_is_imported_by_name() -> None:
    """None is made at run time, so another process that unpickles one has the same class."""
    for kind in ERRORS:
        lost = type(ambiguous(kind("cut off"), "POST shops"))
        assert getattr(importlib.import_module(lost.__module__), lost.__name__) is lost
        if issubclass(kind, (errors.TransportError, APIError)) and kind is not errors.LoginError:
            assert issubclass(lost, kind)
        assert f"{lost.__name__} " in f"{ambiguous_module.__doc__} "
    assert {kind.__name__ for kind in AMBIGUOUS} <= set(ambiguous_module.__all__)


def test_an_error_of_one_platform_is_ambiguous_as_its_base_class() -> None:
    class SpamError(errors.DeniedError):
        """Known to one platform only."""

    lost = ambiguous(SpamError("spam", code=9), "POST shops")
    assert type(lost) is ambiguous_module.AmbiguousDenied
    assert (lost.ended_by, lost.code) == (SpamError, 9)
    again = ambiguous(lost, "POST shops")
    assert (type(again), again.ended_by) == (type(lost), SpamError)


def test_an_ambiguous_write_is_the_same_class_in_a_process_that_never_made_one() -> None:
    lost = ambiguous(RequestTimeout("too slow", status=504), "POST shops").copy_with(candidates=(7, 8))
    script = f"""
import pickle
from adplatforms.core.errors import AmbiguousWrite, RequestTimeout
lost = pickle.loads({pickle.dumps(lost)!r})
kinds = isinstance(lost, AmbiguousWrite), isinstance(lost, RequestTimeout)
print(type(lost).__name__, *kinds, lost.unsure, lost.candidates)
"""
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "AmbiguousTimeout True True True (7, 8)"


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


UNSEEN = "\x1b[2J\x9b31m\u202e\u2066\x00\u2028\u200b\ufeff\U000e0041\ud800\r"
"""What acts on a terminal, turns the direction of writing, cannot be seen, or cannot be written."""


def test_what_messages_show_can_be_seen(sandbox: Sandbox) -> None:
    session = sandbox.t1()
    row = {"entity_type": "campaign", "id": f"7\n{UNSEEN}", "name": UNSEEN, "version": 1, "start_date": UNSEEN}
    campaign = Campaign.__model__.wrap(row, EntityState(session.campaigns.first()).peers)
    query = session.campaigns.where(name=UNSEEN)
    with pytest.raises(UnreadableValueError, match="the server sent") as unreadable:
        _ = campaign.start_date
    request = Request("GET", f"campaigns/\n{UNSEEN}", (("q", UNSEEN),), form=((UNSEEN, "x"),))
    one_line_each = [repr(campaign), f"{campaign}", EntityState(campaign).label, str(request), repr(request)]
    one_line_each += [request.label, repr(Answer(200, {"content-type": f"text/{UNSEEN}\n"}, b"", request))]
    for text in [*one_line_each, repr(query), str(query.explain()), repr(query.plan()), str(unreadable.value)]:
        assert [sign for sign in UNSEEN if sign in text and not sign.isprintable()] == []
        text.encode()
    assert [text for text in one_line_each if "\n" in text] == []


def test_letters_that_are_joined_stay_so() -> None:
    # A family, and a Persian word: their joiners cannot be seen either, but change what can.
    for text in ("\U0001f468\u200d\U0001f469\u200d\U0001f467", "\u0646\u06cc\u200c\u062e\u0645"):
        assert visible(text) == text
