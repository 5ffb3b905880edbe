"""Pinterest's official clients, unchanged, read and write the sandbox as they do Pinterest.

They share no line with this project: where they and the sandbox agree, the sandbox speaks the wire format. What they
fail at (ids joined with commas, values newer than themselves) is shown too.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adplatforms.sandbox import Sandbox
from adplatforms.sandbox.pinterest import AD_ACCOUNT_ID
from adplatforms.sandbox.pinterest.seed import ACCOUNTS, CAMPAIGNS, first, status_of

Said = dict[str, Any]

IDS = {
    "ad_account": AD_ACCOUNT_ID,
    "campaign": first("campaigns"),
    "other_campaign": first("campaigns", 1),
    "odd_campaign": first("campaigns", CAMPAIGNS[0] - 1),
    "ad_group": first("ad_groups"),
    "pin": first("pins"),
    "audience": first("audiences"),
}


@pytest.fixture(scope="module")
def pinterest_said(python_with: Callable[[str, str], Path], tour: Callable[..., Said]) -> Said:
    """What each step of the tour gave, on a server of its own."""
    python = python_with("pinterest", "pinterest_requirements.txt")
    with Sandbox() as sandbox:
        return tour(python, "pinterest_sdk.py", f"{sandbox.url}/pinterest/v5", json.dumps(IDS))


def test_it_reads_accounts(pinterest_said: Said) -> None:
    assert pinterest_said["accounts"] == list(ACCOUNTS)
    assert pinterest_said["account"] == {"id": AD_ACCOUNT_ID, "name": "Café Crème", "currency": "EUR"}
    assert pinterest_said["user"] == "cafecreme"


def test_its_bookmarks_bring_every_row(pinterest_said: Said) -> None:
    archived = [place for place in range(CAMPAIGNS[0]) if status_of(place) == "ARCHIVED"]
    assert pinterest_said["archived_campaigns"] == [first("campaigns", place) for place in archived]
    assert pinterest_said["audiences"] == 40


def test_its_order_is_understood(pinterest_said: Said) -> None:
    last = range(CAMPAIGNS[0] - 1, CAMPAIGNS[0] - 6, -1)
    assert pinterest_said["descending_campaigns"] == [first("campaigns", place) for place in last]


def test_it_reads_rows_and_their_children(pinterest_said: Said) -> None:
    campaign = {"name": "Alder & Ash - Spring Sale 2026", "status": "ACTIVE", "daily_spend_cap": 5_000_000}
    assert pinterest_said["one_campaign"] == campaign
    assert pinterest_said["ad_groups_of_a_campaign"] == [first("ad_groups", place) for place in range(3)]
    assert pinterest_said["ads_of_an_ad_group"] == [first("ads", place) for place in range(2)]
    assert pinterest_said["keywords"][1] == "café au lait 6"
    assert pinterest_said["pin"] == {"title": "Alder & Ash Hero", "board_id": first("boards")}
    assert pinterest_said["boards"] == [first("boards", place) for place in (2, 6, 10)]


def test_ids_are_repeated_never_joined(pinterest_said: Said) -> None:
    """The generated client repeats them; the SDK above it joins them, which the description forbids."""
    assert pinterest_said["ids_repeated"] == [IDS["campaign"], IDS["other_campaign"]]
    kind, text = pinterest_said["ids_joined_with_commas"]
    assert kind == "ApiException"
    assert '"code":1' in text


def test_values_newer_than_itself_lose_it_the_page(pinterest_said: Said) -> None:
    kind, text = pinterest_said["odd_rows"]
    assert kind == "ApiValueError"
    assert "COLLAGE_PLUS" in text


def test_it_creates_and_changes(pinterest_said: Said) -> None:
    made = pinterest_said["created_campaign"]
    assert made == {
        "id": first("campaigns", sum(CAMPAIGNS)),
        "renamed": True,
        "paused": True,
        "name": "Renamed",
        "status": "PAUSED",
    }
    assert pinterest_said["created_ad_group"] == {"campaign_id": IDS["other_campaign"], "status": "ACTIVE"}
    assert pinterest_said["created_ad"] == {"ad_group_id": IDS["ad_group"], "pin_id": IDS["pin"]}
    assert pinterest_said["created_keyword"] == {"value": "witness", "parent_id": IDS["ad_group"]}
    assert pinterest_said["changed_ad_group"] == {"done": True, "name": "Renamed"}
    assert pinterest_said["changed_audience"] == "Renamed"
    assert pinterest_said["created_board"] == {"name": "Witness", "privacy": "PUBLIC", "section": "Top"}
    assert pinterest_said["deleted_board"] is True
    assert pinterest_said["created_customer_list"] == {"name": "Witness", "status": "TOO_SMALL", "uploaded": 1}


def test_it_sees_what_failed_in_a_batch(pinterest_said: Said) -> None:
    kind, text = pinterest_said["campaign_without_budget"]
    assert (kind, "Failed with code 2384" in text) == ("SdkException", True)
    kind, text = pinterest_said["ad_of_no_ad_group"]
    assert (kind, "Ad group 1 not found" in text) == ("SdkException", True)


def test_it_reads_analytics_and_reports(pinterest_said: Said) -> None:
    rows = pinterest_said["analytics"]
    assert [row["CAMPAIGN_ID"] for row in rows] == [IDS["campaign"]] * 7
    assert all(row["SPEND_IN_DOLLAR"] > 0 for row in rows)
    assert pinterest_said["targeting"] == ["female", "male", "unknown"]
    assert pinterest_said["bulk"] == ["RUNNING", "RUNNING", "SUCCEEDED"]
    assert pinterest_said["report"] == ["IN_PROGRESS", "IN_PROGRESS", "FINISHED"]


def test_it_refreshes_its_token_once(pinterest_said: Said) -> None:
    """It throws the new refresh token away, so that the second time finds the old one used up."""
    assert pinterest_said["refreshed"] is True
    kind, text = pinterest_said["refreshed_twice"]
    assert (kind, '"code":283' in text) == ("SdkException", True)


def test_a_wrong_token_is_unauthorized(pinterest_said: Said) -> None:
    kind, text = pinterest_said["wrong_token"]
    assert kind == "UnauthorizedException"
    assert '"code":2' in text
