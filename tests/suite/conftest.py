"""Each test of the suite runs once for every platform."""

from collections.abc import Callable, Iterator

import pytest
from platforms import PLATFORMS, Platform

from adplatforms.core.session import Session
from adplatforms.sandbox import Sandbox


@pytest.fixture(params=PLATFORMS, ids=lambda platform: platform.name)
def platform(request: pytest.FixtureRequest) -> Platform:
    """Each platform in turn."""
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def session(platform: Platform, sandbox: Sandbox) -> Iterator[Session]:
    """A session that only reads."""
    with platform.connect(sandbox) as session:
        yield session


@pytest.fixture
def writing(platform: Platform, fresh_sandbox: Sandbox) -> Iterator[Session]:
    """A session on a sandbox of its own."""
    with platform.connect(fresh_sandbox) as session:
        yield session


@pytest.fixture
def needs(session: Session) -> Callable[[str], None]:
    """Skips a test where the platform lacks a capability."""

    def check(capability: str) -> None:
        if not getattr(session.dialect.capabilities, capability):
            pytest.skip(f"{session.registry.platform} has no {capability}")

    return check
