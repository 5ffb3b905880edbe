"""Our clients for `benchmarks.peers`: `python -m benchmarks.peer_clients.ours t1-json|t1-xml|t1-session|pinterest URL`.

`t1-session` does not sign in, for servers that only list.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from benchmarks.peer_clients.worker import hydrating, seen, serve


def t1(url: str, json: bool, method: str | None = None) -> dict[str, Callable[..., Any]]:
    """TerminalOne by the classic words."""
    import terminalone

    session = terminalone.T1("demo", "demo", "demo-key", api_base=url, auth_base=url, json=json, auth_method=method)

    def save(times: int) -> list[Any]:
        campaign = session.get("campaigns", 7)
        for number in range(times):
            campaign.name = f"Saved {number}"
            campaign.save()
        return [times, campaign.name]

    return {
        "list": lambda rows: seen(session.get("strategies", get_all=True, full=True)),
        "hydrate": hydrating(lambda: session.get("strategies", page_limit=100, full=True)),
        "save": save,
    }


def pinterest(url: str) -> dict[str, Callable[..., Any]]:
    """Pinterest by the same words."""
    import adplatforms

    session = adplatforms.Pinterest("demo-token", ad_account_id="549755885175", api_base=f"{url}/pinterest/v5")

    def save(times: int) -> list[Any]:
        campaign = session.get("campaigns", "320000000000")
        for number in range(times):
            campaign.name = f"Saved {number}"
            campaign.save()
        return [times, campaign.name]

    return {
        "list": lambda rows: seen(session.campaigns.page_size(100).take(rows)),
        "hydrate": hydrating(lambda: session.get("campaigns", page_limit=100)),
        "save": save,
    }


def main() -> None:
    """Serves the tasks of one client."""
    kind, url = sys.argv[1:]
    if kind == "pinterest":
        serve(pinterest(url))
    else:
        serve(t1(url, json=kind != "t1-xml", method="delayed" if kind == "t1-session" else None))


if __name__ == "__main__":
    main()
