"""Jobs: work that a platform does in its own time. Submit, look, wait, take the result; resumable by id."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from adplatforms.core.errors import JobError, RequestTimeout
from adplatforms.core.hints import one_line

if TYPE_CHECKING:
    from .session import HttpSession

__all__ = ["Job", "JobState"]

R = TypeVar("R")


class JobState(NamedTuple):
    """What the platform says of a job.

    `status`: its word for the state. `done`: whether the job has ended, well or not. `failed`: whether it failed.
    `progress`: how much is done, 0 to 1, None where it does not say. `raw`: the answer as it came.
    """

    status: str
    done: bool
    failed: bool
    progress: float | None
    raw: Any

    def __repr__(self) -> str:
        """Without the answer: it may be long, and hold a link that anybody can open."""
        return f"JobState({self.status!r}, done={self.done}, failed={self.failed}, progress={self.progress})"


class Job(Generic[R]):
    """One job of a platform. It goes on there whether this program runs or not: keep its `id` to resume it.

    A subclass says how to look (`_look`, one request) and how to take the result (`_result`).
    """

    def __init__(self, session: HttpSession, id: str) -> None:
        self.session, self.id = session, id
        self._state: JobState | None = None

    def _look(self) -> JobState:
        raise NotImplementedError

    def _result(self, state: JobState) -> R:
        raise NotImplementedError

    def _why(self, state: JobState) -> str:
        """Why it failed, as far as the platform says."""
        return ""

    def look(self) -> JobState:
        """The state of the job, asked for now unless it is known to have ended: one request."""
        if self._state is None or not self._state.done:
            self._state = self._look()
        return self._state

    @property
    def status(self) -> str:
        """The platform's word for its state, asked for now."""
        return self.look().status

    @property
    def done(self) -> bool:
        """Whether it has ended, well or not."""
        return self.look().done

    def wait(
        self,
        timeout: float | None = None,
        progress: bool | Callable[[JobState], object] = False,
        poll: tuple[float, float] = (1.0, 10.0),
    ) -> JobState:
        """Waits until the job has ended, and returns its last state.

        timeout: seconds; None waits for ever. progress: True shows a bar (with tqdm, else a line for each look), or a
        function that is called with each state. poll: the first and the longest pause between two looks, in seconds.

        Raises `JobError` when it failed, `RequestTimeout` when it takes longer: the job goes on then, and can be
        waited for again.
        """
        runtime = self.session.runtime
        started, pause = runtime.clock(), poll[0]
        show: Callable[[JobState], object] | None = None
        if callable(progress):
            show = progress
        elif progress:
            show = _bar(self)
        while True:
            state = self.look()
            if show is not None:
                show(state)
            if state.done:
                break
            if timeout is not None and runtime.clock() - started + pause > timeout:
                raise RequestTimeout(
                    f"{self!r} has not ended after {timeout:g} seconds", hint="it goes on: wait() again"
                )
            runtime.sleep(pause)
            pause = min(pause * 1.5, poll[1])
        if state.failed:
            error = JobError(f"{self!r} ended as {state.status}", hint=self._why(state), job=state.raw)
            error.mask(self.session.auth.redact)
            raise error
        return state

    def result(self, **waiting: Any) -> R:
        """What the job made; waits for its end first. waiting: the arguments of `wait`."""
        return self._result(self.wait(**waiting))

    def __repr__(self) -> str:
        known = [type(self).__name__, self.id]
        if self._state is not None:
            known.append(self._state.status)
        return one_line(f"<{' '.join(known)}>")


def _bar(job: Job[Any]) -> Callable[[JobState], object]:
    """A function that shows the progress of a job on standard error: a bar with tqdm, else a line for each look."""
    try:
        from tqdm.auto import tqdm
    except ImportError:
        import sys

        return lambda state: sys.stderr.write(f"{job!r}\n")
    bar = tqdm(total=100, desc=repr(job), unit="%")

    def show(state: JobState) -> None:
        # Some platforms stop telling the progress at the end, others never tell any.
        share = 1.0
        if not state.done:
            share = state.progress or 0.0
        bar.update(100 * share - bar.n)
        bar.set_postfix_str(state.status)
        if state.done:
            bar.close()

    return show
