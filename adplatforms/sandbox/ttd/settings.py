"""What a test can set: how slow jobs are, rate limits, complexity, nodes that are broken.

`GET /ttd/_settings` answers the settings as JSON, `PATCH` changes those it names; `reset` of the sandbox puts the
defaults back. These two calls are the sandbox's own, not the platform's.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any

__all__ = ["Settings"]


@dataclass
class Settings:
    """The settings and their defaults.

    job_looks: a job is done when its status is asked for the n-th time.
    broken: ids of rows that GraphQL cannot show in a list: the node is null and `errors` says so.
    limits: calls a minute by path, `{"/ttd/v3/campaign/query/advertiser": 5}`; a trailing `*` fits what follows.
    complexity: the most a GraphQL document may cost, None for no limit. A field costs 1, and what lies inside of a
        connection costs as often as the page is long.
    restricted: GraphQL fields that need a beta feature, `{"Campaign.increments": "feature"}`; "" refuses them always.
    problem_type: the content type of Workflows errors; the facts leave open whether it is `application/problem+json`.
    delta_page: how many changed rows one delta query answers.
    report_redirect: the file of a report is redirected to the file server, which refuses credentials.
    delta_from: the oldest change version the delta queries still know.
    """

    job_looks: int = 3
    broken: list[str] = field(default_factory=list)
    limits: dict[str, int] = field(default_factory=dict)
    complexity: int | None = None
    restricted: dict[str, str] = field(default_factory=dict)
    problem_type: str = "application/json"
    delta_page: int = 100
    delta_from: int = 0
    report_redirect: bool = False

    def shown(self) -> dict[str, Any]:
        """All of them."""
        return asdict(self)

    def change(self, changes: dict[str, Any]) -> None:
        """Sets some.

        Raises:
            ValueError: a setting that there is not.
        """
        unknown = changes.keys() - {one.name for one in fields(self)}
        if unknown:
            raise ValueError(f"There is no setting {', '.join(sorted(unknown))}")
        for name, value in changes.items():
            setattr(self, name, value)

    def reset(self) -> None:
        """Puts the defaults back."""
        self.change(Settings().shown())
