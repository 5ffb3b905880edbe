"""What a test may change while the sandbox runs, over `GET` and `PATCH /pinterest/_settings`."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

LOOKS = 3


@dataclass
class Settings:
    """All settings, with what holds until they are changed.

    `limits`: calls a minute by rate limit category (`{"ads_read": 5}`), beyond them 429. `hidden_limits`: analytics say
    so with a 400 "Retry after N seconds" instead, as was observed. `spam`: writes are refused as spam, 429.
    `temporary`: so many calls from now on fail with 400 code 12, "try again", and do nothing.
    `job_looks`: at which look a job is done.
    """

    limits: dict[str, int] = field(default_factory=dict)
    hidden_limits: bool = False
    spam: bool = False
    temporary: int = 0
    job_looks: int = LOOKS

    def shown(self) -> dict[str, Any]:
        """All of them."""
        return asdict(self)

    def change(self, given: Any) -> None:
        """Sets those that are named.

        Raises:
            ValueError: there is no such setting, or its value is of another kind.
        """
        if not isinstance(given, dict):
            raise ValueError("Settings are a JSON object")
        for name, value in given.items():
            if name not in self.shown():
                raise ValueError(f"No setting {name!r}: there are {', '.join(self.shown())}")
            if type(value) is not type(getattr(self, name)):
                raise ValueError(f"{name} is a {type(getattr(self, name)).__name__}, not {value!r}")
        for name, value in given.items():
            setattr(self, name, value)

    def reset(self) -> None:
        """Puts them back."""
        self.change(Settings().shown())
