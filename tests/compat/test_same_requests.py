"""The classic SDK and this package, run through the same script, send the same requests.

Where they do not, `DIFFERENCES` says so with the reason: a known defect of the classic SDK, or a request saved.
"""

import contextlib
import importlib.util
import json
import re
import subprocess
import urllib.error
import urllib.request
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlencode

import pytest

from adplatforms.sandbox import Sandbox

HERE = Path(__file__).resolve().parent
Sent = dict[str, Counter[str]]


class Difference(NamedTuple):
    """The requests of a step that only one of the two sends, and why."""

    reason: str
    classic: tuple[str, ...] = ()
    ours: tuple[str, ...] = ()


_NUMBERS = re.compile(r"(?<=[ &.]version=)\d+|(?<=/concepts/)\d+")
"""What depends on the seed, and is of no interest: versions, ids of new concepts."""

PAGE = "page_limit=5&page_offset=0"
NO_COUNT = "saved: the first page tells the total, no call just counts"
STRATEGY = (
    "budget=100.0&campaign_id=7&goal_type=cpc&goal_value=1.0&max_bid=2.0&name=Made by a script&pacing_amount=10.0",
    "start_date=2027-03-01T00:00:00&use_campaign_start=0&version=N",
)
DIFFERENCES = {
    "not_full": Difference(
        "defect 9: full=False was sent, and refused",
        (f"GET /api/v2.0/campaigns?full=False&{PAGE}&sort_by=id",),
        (f"GET /api/v2.0/campaigns?{PAGE}&sort_by=id",),
    ),
    "full_of_no_type": Difference(
        "defect 9: an empty list was sent as an empty full",
        (f"GET /api/v2.0/campaigns?full=&{PAGE}&sort_by=id",),
        (f"GET /api/v2.0/campaigns?{PAGE}&sort_by=id",),
    ),
    "everything": Difference(NO_COUNT, ("GET /api/v2.0/advertisers?page_limit=1",)),
    "everything_of_many_pages": Difference(
        NO_COUNT, ("GET /api/v2.0/campaigns/limit/advertiser.agency=101?page_limit=1",)
    ),
    "get_all": Difference(NO_COUNT, ("GET /api/v2.0/organizations?page_limit=1",)),
    "too_many_a_page": Difference(
        "defect 13: the documented ClientError comes before anything is sent",
        ("GET /api/v2.0/campaigns?page_limit=101&page_offset=0&sort_by=id",),
    ),
    "find_a_number": Difference(
        "defect 11: a number was a TypeError; here it even becomes a limit",
        (),
        (f"GET /api/v2.0/campaigns/limit/advertiser=7?{PAGE}&sort_by=id",),
    ),
    "update_of_nothing": Difference(
        "saved: nothing changed, nothing sent", ("POST /api/v2.0/campaigns/23? version=N",)
    ),
    "create_then_update": Difference(
        "defect 28: what was just created was created again with every field",
        ("POST /api/v2.0/concepts/N? advertiser_id=7&name=Named again&status=1&version=N",),
        ("POST /api/v2.0/concepts/N? name=Named again&version=N",),
    ),
    "update_of_a_strategy": Difference(
        "defect 30: pixel_target_expr was always sent, and cleared where it was not loaded",
        ("POST /api/v2.0/strategies/10002? name=Renamed&pixel_target_expr=&version=N",),
        ("POST /api/v2.0/strategies/10002? name=Renamed&version=N",),
    ),
    "create_a_strategy": Difference(
        "defect 30: pixel_target_expr was always sent",
        (f"POST /api/v2.0/strategies? {STRATEGY[0]}&pixel_target_expr=&type=REM",),
        (f"POST /api/v2.0/strategies? {STRATEGY[0]}&type=REM",),
    ),
    "strategy_dates": Difference(
        "defect 30: pixel_target_expr was always sent, and cleared where it was not loaded",
        (f"POST /api/v2.0/strategies/10004? pixel_target_expr=&{STRATEGY[1]}",),
        (f"POST /api/v2.0/strategies/10004? {STRATEGY[1]}",),
    ),
    "save_a_dimension": Difference(
        "saved: nothing changed, nothing sent", ("POST /api/v2.0/strategies/10003/target_dimensions/7? ",)
    ),
}


MORE_EXACT = {"too_many_a_page": ("ClientError",), "an_unknown_child": ("UnknownNameError",)}
"""Errors that have another class here, for steps that fail with both."""


def script() -> Any:
    """The script, in this interpreter: on this package."""
    spec = importlib.util.spec_from_file_location("compat_script", HERE / "script.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sent(sandbox: Sandbox) -> Sent:
    """The requests of each step, in any order: pages are fetched ahead. The api_key is in all of them."""
    steps: Sent = {}
    for call in sandbox.calls:
        if call.path.startswith("/step/"):
            current = steps.setdefault(call.path.removeprefix("/step/"), Counter())
        elif steps:
            assert ("api_key", sandbox.api_key) in call.query
            query = [pair for pair in call.query if pair[0] != "api_key"]
            line = f"{call.method} {call.path}?{_pairs(query)}"
            if call.method == "POST":
                body = _pairs(call.form) if call.json is None else json.dumps(call.json, sort_keys=True)
                line = _NUMBERS.sub("N", f"{line} {body}")
            current[line] += 1
    return steps


def _pairs(pairs: Iterable[tuple[str, str]]) -> str:
    return unquote(urlencode(sorted(pairs)).replace("+", " "))


@pytest.fixture(scope="module")
def classic(classic_python: Path) -> tuple[Sent, dict[str, str]]:
    """What the classic SDK sent and raised."""
    with Sandbox() as sandbox:
        command = [classic_python, "-I", HERE / "classic.py", sandbox.url.removeprefix("http://")]
        run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        assert run.returncode == 0, run.stderr
        return sent(sandbox), json.loads(run.stdout)


@pytest.fixture(scope="module", params=[True, False], ids=["json", "xml"])
def ours(request: pytest.FixtureRequest) -> Iterator[tuple[Sent, dict[str, str]]]:
    """What this package sent and raised."""
    with Sandbox() as sandbox, warnings.catch_warnings():
        warnings.simplefilter("ignore")

        def mark(name: str) -> None:
            with contextlib.suppress(urllib.error.HTTPError):
                urllib.request.urlopen(f"{sandbox.url}/step/{name}").close()

        raised = script().run(sandbox.t1(json=request.param), mark)
        yield sent(sandbox), raised


STEPS = [function.__name__ for function in script().STEPS]


def test_the_script_is_long_enough() -> None:
    assert len(STEPS) == len(set(STEPS)) >= 60


def test_every_difference_belongs_to_a_step() -> None:
    assert set(DIFFERENCES) <= set(STEPS)


@pytest.mark.parametrize("step", STEPS)
def test_a_step_sends_the_same(
    step: str, classic: tuple[Sent, dict[str, str]], ours: tuple[Sent, dict[str, str]]
) -> None:
    difference = DIFFERENCES.get(step, Difference(""))
    expected = classic[0][step] - Counter(difference.classic) + Counter(difference.ours)
    assert Counter(difference.classic) <= classic[0][step], "the list says what the classic SDK no longer sends"
    assert ours[0][step] == expected


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_worked_works(
    step: str, classic: tuple[Sent, dict[str, str]], ours: tuple[Sent, dict[str, str]]
) -> None:
    """Whether it sends or refuses by itself: only what the classic SDK could not do either is an error."""
    if step in classic[1]:
        assert ours[1].get(step) in (None, classic[1][step], *MORE_EXACT.get(step, ()))
    else:
        assert step not in ours[1]
