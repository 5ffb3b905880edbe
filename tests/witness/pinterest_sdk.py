"""Runs in an environment that holds Pinterest's official clients: drives them against a server.

    python pinterest_sdk.py http://127.0.0.1:PORT/pinterest/v5 IDS

IDS is a JSON object of ids that exist there. Prints one JSON object: what each step gave, or the class and text of what
it raised. `pinterest-api-sdk` 0.2.7 and the `Pinterest-Generated-Client` 0.1.10 under it run unchanged; they are told
the server's address as their own settings allow.
"""

import json
import os
import pathlib
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from steps import STEPS, step  # noqa: E402

# On import the SDK reads whatever config.json lies anywhere under the parent of the working directory.
os.chdir(pathlib.Path(tempfile.mkdtemp()))
pathlib.Path("empty").mkdir()
os.chdir("empty")
os.environ["PINTEREST_API_URI"] = sys.argv[1]
os.environ["PINTEREST_ACCESS_TOKEN"] = "demo-token"
IDS = json.loads(sys.argv[2])
ACCOUNT = IDS["ad_account"]

from datetime import UTC, datetime, timedelta  # noqa: E402

from openapi_generated.pinterest_client.api.ad_accounts_api import AdAccountsApi  # noqa: E402
from openapi_generated.pinterest_client.api.bulk_api import BulkApi  # noqa: E402
from openapi_generated.pinterest_client.api.campaigns_api import CampaignsApi  # noqa: E402
from openapi_generated.pinterest_client.api.user_account_api import UserAccountApi  # noqa: E402
from openapi_generated.pinterest_client.model.ads_analytics_campaign_targeting_type import (  # noqa: E402
    AdsAnalyticsCampaignTargetingType,
)
from openapi_generated.pinterest_client.model.ads_analytics_create_async_request import AdsAnalyticsCreateAsyncRequest  # noqa: E402
from openapi_generated.pinterest_client.model.bulk_download_request import BulkDownloadRequest  # noqa: E402
from openapi_generated.pinterest_client.model.reporting_column_async import ReportingColumnAsync  # noqa: E402
from pinterest.ads.ad_groups import AdGroup  # noqa: E402
from pinterest.ads.ads import Ad  # noqa: E402
from pinterest.ads.audiences import Audience  # noqa: E402
from pinterest.ads.campaigns import Campaign  # noqa: E402
from pinterest.ads.customer_lists import CustomerList  # noqa: E402
from pinterest.ads.keywords import Keyword  # noqa: E402
from pinterest.client import PinterestSDKClient  # noqa: E402
from pinterest.organic.boards import Board  # noqa: E402
from pinterest.organic.pins import Pin  # noqa: E402
from pinterest.utils.refresh_access_token import get_new_access_token  # noqa: E402

CLIENT = PinterestSDKClient.create_client_with_token("demo-token")
ALL = ["ACTIVE", "PAUSED", "ARCHIVED", "DRAFT"]


def day(back):
    return datetime.now(UTC).date() - timedelta(days=back)


def plain(value):
    """Some answers of the generated client are models, others dicts."""
    return value.to_dict() if hasattr(value, "to_dict") else value


def every(model, **query):
    """All ids, page after page, by the SDK's own bookmarks."""
    found, bookmark = model.get_all(client=CLIENT, **query)
    ids = [one.id for one in found]
    while bookmark is not None:
        found, bookmark = bookmark.get_next()
        ids += [one.id for one in found]
    return ids


@step
def account():
    found = AdAccountsApi(CLIENT).ad_accounts_get(ad_account_id=ACCOUNT)
    return {"id": found.id, "name": found.name, "currency": str(found.currency)}


@step
def accounts():
    return [one["id"] for one in plain(AdAccountsApi(CLIENT).ad_accounts_list())["items"]]


@step
def archived_campaigns():
    return every(Campaign, ad_account_id=ACCOUNT, entity_statuses=["ARCHIVED"], page_size=25)


@step
def descending_campaigns():
    found, _ = Campaign.get_all(
        ad_account_id=ACCOUNT, page_size=5, order="DESCENDING", entity_statuses=ALL, client=CLIENT
    )
    return [one.id for one in found]


@step
def one_campaign():
    campaign = Campaign(ad_account_id=ACCOUNT, campaign_id=IDS["campaign"], client=CLIENT)
    return {"name": campaign.name, "status": str(campaign.status), "daily_spend_cap": campaign.daily_spend_cap}


@step
def ids_joined_with_commas():
    return every(Campaign, ad_account_id=ACCOUNT, campaign_ids=[IDS["campaign"], IDS["other_campaign"]])


@step
def ids_repeated():
    ids = [IDS["campaign"], IDS["other_campaign"]]
    found = CampaignsApi(CLIENT).campaigns_list(ACCOUNT, campaign_ids=ids)
    return [one["id"] for one in plain(found)["items"]]


@step
def odd_rows():
    return every(Ad, ad_account_id=ACCOUNT, campaign_ids=[IDS["odd_campaign"]], entity_statuses=ALL)


@step
def created_campaign():
    made = Campaign.create(
        ad_account_id=ACCOUNT,
        name="Witness",
        objective_type="AWARENESS",
        daily_spend_cap=5_000_000,
        is_campaign_budget_optimization=True,
        client=CLIENT,
    )
    renamed, paused = made.update_fields(name="Renamed"), made.pause()
    return {"id": made.id, "renamed": renamed, "paused": paused, "name": made.name, "status": str(made.status)}


@step
def campaign_without_budget():
    return Campaign.create(
        ad_account_id=ACCOUNT,
        name="Witness",
        objective_type="AWARENESS",
        is_campaign_budget_optimization=True,
        client=CLIENT,
    ).id


@step
def ad_groups_of_a_campaign():
    return every(AdGroup, ad_account_id=ACCOUNT, campaign_ids=[IDS["campaign"]], entity_statuses=ALL)


@step
def created_ad_group():
    made = AdGroup.create(
        ad_account_id=ACCOUNT,
        name="Witness",
        campaign_id=IDS["other_campaign"],
        billable_event="IMPRESSION",
        budget_in_micro_currency=5_000_000,
        auto_targeting_enabled=True,
        client=CLIENT,
    )
    return {"campaign_id": made.campaign_id, "status": str(made.status)}


@step
def ads_of_an_ad_group():
    return every(Ad, ad_account_id=ACCOUNT, ad_group_ids=[IDS["ad_group"]], entity_statuses=ALL)


def create_ad(ad_group):
    return Ad.create(
        ad_account_id=ACCOUNT, ad_group_id=ad_group, creative_type="REGULAR", pin_id=IDS["pin"], client=CLIENT
    )


@step
def created_ad():
    made = create_ad(IDS["ad_group"])
    return {"ad_group_id": made.ad_group_id, "pin_id": made.pin_id}


@step
def ad_of_no_ad_group():
    return create_ad("1").id


@step
def keywords():
    found, _ = Keyword.get_all(ad_account_id=ACCOUNT, ad_group_id=IDS["ad_group"], client=CLIENT)
    return [one.value for one in found]


@step
def created_keyword():
    made = Keyword.create(
        ad_account_id=ACCOUNT, parent_id=IDS["ad_group"], value="witness", match_type="BROAD", client=CLIENT
    )
    return {"value": made.value, "parent_id": made.parent_id}


@step
def audiences():
    return len(every(Audience, ad_account_id=ACCOUNT, page_size=15))


@step
def created_customer_list():
    made = CustomerList.create(ad_account_id=ACCOUNT, name="Witness", records="a@example.com", client=CLIENT)
    return {"name": made.name, "status": str(made.status), "uploaded": made.num_uploaded_user_records}


@step
def boards():
    return every(Board, page_size=5, privacy="SECRET")[:3]


@step
def created_board():
    made = Board.create(name="Witness", client=CLIENT)
    section = made.create_section(name="Top")
    return {"name": made.name, "privacy": str(made.privacy), "section": section.name}


@step
def deleted_board():
    made = Board.create(name="Short", client=CLIENT)
    return Board.delete(board_id=made.id, client=CLIENT)


@step
def pin():
    found = Pin(pin_id=IDS["pin"], client=CLIENT)
    return {"title": found.title, "board_id": found.board_id}


@step
def user():
    return UserAccountApi(CLIENT).user_account_get().username


@step
def analytics():
    columns = ["SPEND_IN_DOLLAR", "TOTAL_IMPRESSION"]
    found = CampaignsApi(CLIENT).campaigns_analytics(ACCOUNT, day(9), day(3), [IDS["campaign"]], columns, "DAY")
    return [{name: plain(row)[name] for name in ("CAMPAIGN_ID", "SPEND_IN_DOLLAR")} for row in found.value]


@step
def report():
    api = AdAccountsApi(CLIENT)
    body = AdsAnalyticsCreateAsyncRequest._from_openapi_data(
        start_date=str(day(9)),
        end_date=str(day(3)),
        granularity="DAY",
        columns=[ReportingColumnAsync("SPEND_IN_DOLLAR")],
        level="CAMPAIGN",
        campaign_ids=[IDS["campaign"]],
    )
    made = api.analytics_create_report(ACCOUNT, body)
    looks = [api.analytics_get_report(ACCOUNT, made.token) for _ in range(3)]
    return [str(one.report_status) for one in looks]


@step
def changed_ad_group():
    group = AdGroup(ad_account_id=ACCOUNT, ad_group_id=IDS["ad_group"], client=CLIENT)
    done = group.update_fields(name="Renamed")
    return {"done": done, "name": group.name}


@step
def changed_audience():
    audience = Audience(ad_account_id=ACCOUNT, audience_id=IDS["audience"], client=CLIENT)
    audience.update_fields(name="Renamed")
    return audience.name


@step
def targeting():
    found = CampaignsApi(CLIENT).campaign_targeting_analytics_get(
        ACCOUNT,
        [IDS["campaign"]],
        day(9),
        day(3),
        [AdsAnalyticsCampaignTargetingType("GENDER")],
        ["TOTAL_IMPRESSION"],
        "TOTAL",
    )
    return [plain(one)["targeting_value"] for one in plain(found)["data"]]


@step
def bulk():
    api = BulkApi(CLIENT)
    made = api.bulk_download_create(ACCOUNT, BulkDownloadRequest(entity_ids=[IDS["campaign"]]))
    looks = [plain(api.bulk_request_get(ACCOUNT, made.request_id)) for _ in range(3)]
    return [str(one["status"]) for one in looks]


@step
def refreshed():
    return get_new_access_token("demo-client", "demo-secret", "demo-refresh", sys.argv[1]).startswith("pina_")


@step
def refreshed_twice():
    return get_new_access_token("demo-client", "demo-secret", "demo-refresh", sys.argv[1])


@step
def wrong_token():
    wrong = PinterestSDKClient.create_client_with_token("wrong")
    return Campaign.get_all(ad_account_id=ACCOUNT, client=wrong)


said = {}
for one in STEPS:
    try:
        said[one.__name__] = one()
    except Exception as error:  # noqa: BLE001 - what it raises is what is asked
        said[one.__name__] = [type(error).__name__, str(error)]
sys.stdout.write(json.dumps(said, default=str))
