"""Jobs: looked at, waited for, resumed by id. Time is the watch's."""

from typing import Any

import pytest

from adplatforms.core.errors import JobError, RequestTimeout, UnavailableError
from adplatforms.core.messages import Request
from adplatforms.core.testing import reply
from adplatforms.net.jobs import Job, JobState


class Report(Job[list[str]]):
    """A report of the made-up platform."""

    def _look(self) -> JobState:
        told = self.session.exchange(Request("GET", f"reports/{self.id}"), self.session.dialect.saved)
        assert told is not None
        state, share = told["state"], told.get("share")
        return JobState(state, state in ("DONE", "FAILED"), state == "FAILED", share, told)

    def _result(self, state: JobState) -> list[str]:
        return list(state.raw["rows"])


RUNNING, DONE = reply({"state": "RUNNING", "share": 0.5}), reply({"state": "DONE", "rows": ["a", "b"]})
FAILED = reply({"state": "FAILED", "why": "no data for s3cret-token"})


def test_the_result_is_waited_for(session: Any, watch: Any) -> None:
    job = Report(session(RUNNING, RUNNING, DONE), "7")
    assert job.result() == ["a", "b"]
    assert watch.waits == [1.0, 1.5]


def test_looking_asks_once(session: Any, watch: Any) -> None:
    job = Report(session(RUNNING, DONE), "7")
    assert repr(job) == "<Report 7>"
    assert (job.status, repr(job)) == ("RUNNING", "<Report 7 RUNNING>")
    assert job.done
    assert (job.status, job.done) == ("DONE", True)  # known to have ended: no further call
    assert len(job.session.transport.calls) == 2
    assert not watch.waits


def test_a_job_that_has_ended_is_not_asked_again(session: Any) -> None:
    job = Report(session(DONE), "7")
    assert [job.result(), job.result(), job.wait().status] == [["a", "b"], ["a", "b"], "DONE"]


def test_pauses_grow_up_to_the_longest(session: Any, watch: Any) -> None:
    job = Report(session(*[RUNNING] * 8, DONE), "7")
    job.wait(poll=(2.0, 10.0))
    assert watch.waits == [2.0, 3.0, 4.5, 6.75, 10.0, 10.0, 10.0, 10.0]


def test_it_times_out_and_goes_on(session: Any, watch: Any) -> None:
    job = Report(session(*[RUNNING] * 4, DONE), "7")
    with pytest.raises(RequestTimeout, match=r"<Report 7 RUNNING> has not ended after 5 seconds.*wait.. again"):
        job.wait(timeout=5)
    assert sum(watch.waits) <= 5
    assert job.result() == ["a", "b"]


def test_a_timeout_is_a_timeout_error(session: Any) -> None:
    with pytest.raises(TimeoutError, match="has not ended after 0 seconds"):
        Report(session(RUNNING), "7").wait(timeout=0)


def test_a_job_that_failed(session: Any) -> None:
    job = Report(session(RUNNING, FAILED), "7")
    with pytest.raises(JobError, match=r"<Report 7 FAILED> ended as FAILED") as caught:
        job.result()
    assert caught.value.job["why"] == "no data for ***"  # what the session knows to be secret is masked
    assert isinstance(caught.value, RuntimeError)
    with pytest.raises(JobError, match="ended as FAILED"):
        job.wait()
    assert len(job.session.transport.calls) == 2


def test_progress_is_told(session: Any) -> None:
    told: list[tuple[str, float | None]] = []
    job = Report(session(RUNNING, DONE), "7")
    job.wait(progress=lambda state: told.append((state.status, state.progress)))
    assert told == [("RUNNING", 0.5), ("DONE", None)]


def test_progress_without_tqdm_is_lines(session: Any, capsys: Any, monkeypatch: Any) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    Report(session(RUNNING, DONE), "7").wait(progress=True)
    assert capsys.readouterr().err.splitlines() == ["<Report 7 RUNNING>", "<Report 7 DONE>"]


def test_a_job_is_resumed_by_its_id(session: Any) -> None:
    before = Report(session(RUNNING), "7")
    assert before.status == "RUNNING"
    assert Report(session(DONE), before.id).result() == ["a", "b"]


def test_a_look_that_fails_for_a_while_is_repeated(session: Any) -> None:
    job = Report(session(RUNNING, reply({}, status=503), DONE), "7")
    assert job.result() == ["a", "b"]


def test_a_look_that_keeps_failing_is_an_error_and_the_job_stays_usable(session: Any, watch: Any) -> None:
    job = Report(session(RUNNING, *[reply({}, status=503)] * 2, DONE, retry=watch.retry(attempts=2)), "7")
    with pytest.raises(UnavailableError, match="HTTP 503"):
        job.wait()
    assert job.result() == ["a", "b"]
