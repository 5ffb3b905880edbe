"""For the same input our client sends what the official SDK sends: method, path, query, body and token.

The SDK runs in an environment of its own; both talk to the same recording server.
"""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adplatforms.ttd import TTD

HERE = Path(__file__).resolve().parent
Recorded = list[dict[str, Any]]
Both = dict[str, list[tuple[Recorded, Recorded]]]


@pytest.fixture(scope="module")
def both(spec: Path, recorder: Any, sdk_python: Path, load: Callable[[str], Any]) -> Both:
    """By operation what the SDK and what this package sent, for each step."""
    document = json.loads((spec / "ttd" / "workflows.json").read_text())
    steps = load("steps").steps(document["components"]["schemas"])
    calls = json.dumps([{"call": step.sdk, "args": step.args} for step in steps])
    run = subprocess.run(
        [sdk_python, "-I", HERE / "sdk.py", recorder.url],
        input=calls,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == {}
    theirs, recorder.received = recorder.received, {}
    found: Both = {}
    for place, step in enumerate(steps):
        recorder.step = place
        # A session each: the server answers every create with the same id, which one session takes for a mix-up.
        with TTD(token="demo-token", server_url=recorder.url) as ttd:
            step.ours(ttd)
            found.setdefault(step.operation, []).append((theirs[place], recorder.received.get(place, [])))
    return found


def test_all_operations_are_compared(spec: Path, both: Both) -> None:
    paths = json.loads((spec / "ttd" / "workflows.json").read_text())["paths"]
    assert {each["operationId"] for methods in paths.values() for each in methods.values()} == set(both)


@pytest.mark.parametrize(
    "operation",
    [
        "archiveAdGroups", "archiveCampaigns", "createAdGroup", "createAdGroupsJob", "createCampaign",
        "createCampaignsJob", "getCampaignVersion", "getFirstPartyDataJob", "getGraphQlBulkJobStatus",
        "getJobStatus", "getThirdPartyDataJob", "submitGraphQlBulkQueryJob", "submitGraphQlRequest",
        "submitRestRequest", "updateAdGroup", "updateAdGroupsJob", "updateCampaign", "updateCampaignsJob",
    ],
)  # fmt: skip
def test_the_same_is_sent(both: Both, operation: str) -> None:
    for theirs, ours in both[operation]:
        assert len(theirs) == 1
        assert ours == theirs
