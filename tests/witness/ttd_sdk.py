"""Runs in an environment that holds The Trade Desk's official SDK: drives it against a sandbox.

    python ttd_sdk.py http://127.0.0.1:PORT

Prints one JSON object: what each step gave, or the class and status of what it raised. `ttd-workflows` 0.13.2 runs
unchanged; it is told the server's address as its own settings allow.
"""

import json
import pathlib
import sys
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from steps import STEPS, step  # noqa: E402
from ttd_workflows import Workflows  # noqa: E402
from ttd_workflows.utils import BackoffStrategy, RetryConfig  # noqa: E402

SANDBOX = sys.argv[1]
SERVER = f"{SANDBOX}/ttd/workflows"
QUICK = RetryConfig("backoff", BackoffStrategy(1, 10, 1.0, 60_000), True)
CLIENT = Workflows(ttd_auth="demo-token", server_url=SERVER, retry_config=QUICK, timeout_ms=20_000)
MADE = {}


def plain(model):
    return None if model is None else model.model_dump(by_alias=True, mode="json", exclude_unset=True)


def post(path, body):
    headers = {"Content-Type": "application/json"}
    urllib.request.urlopen(urllib.request.Request(SANDBOX + path, json.dumps(body).encode(), headers)).read()


def fault(kind, path, **options):
    post("/_sandbox/faults", {"kind": kind, "path": f"/ttd/workflows{path}", **options})


def graphql(text):
    return CLIENT.graph_ql_request.submit_graph_ql_request(request={"request": text}).object


def primary(**more):
    return {
        "advertiser_id": "adv0001",
        "name": "By the SDK",
        "primary_channel": "Display",
        "primary_goal": {"maximize_reach": True},
        "campaign_conversion_reporting_columns": [],
        "start_date_in_utc": "2027-01-01T00:00:00Z",
        "end_date_in_utc": "2027-02-01T00:00:00Z",
        "budget": {"pacing_mode": "PaceEvenly", "budget_in_advertiser_currency": 1200.5},
        **more,
    }


def ended(id):
    for _ in range(5):
        job = plain(CLIENT.job_status.get_job_status(id=id).standard_job_status_response)
        if job["status"] != "InProgress":
            return job
    return job


@step
def create_campaign():
    ad_group = {"name": "Along", "channel": "Display", "funnel_location": "Awareness"}
    request = {"primary_input": primary(), "ad_groups": [{"primary_input": ad_group}]}
    payload = plain(CLIENT.campaign.create(request=request).campaign_payload)
    MADE["campaign"] = payload["campaign"]["id"]
    MADE["ad_group"] = payload["adGroups"][0]["id"]
    return payload


@step
def update_campaign():
    change = {"id": MADE["campaign"], "primary_input": {"description": "Ü", "end_date_in_utc": None}}
    return plain(CLIENT.campaigns.update(request=change).campaign_payload)["campaign"]


@step
def get_campaign_version():
    return plain(CLIENT.campaign.get_version(id=MADE["campaign"]).campaign_version_workflow)


@step
def create_ad_group():
    fresh = {"name": "Second", "channel": "Video", "funnel_location": "Conversion", "creative_ids": ["crt0001"]}
    body = {"campaign_id": MADE["campaign"], "primary_input": {**fresh, "is_enabled": True}}
    return plain(CLIENT.ad_groups.create(request=body).ad_group_payload)["adGroup"]


@step
def update_ad_group():
    goal = {"cpa_in_advertiser_currency": 12}
    change = {
        "base_bid_cpm_in_advertiser_currency": 3,
        "audience_targeting": {"audience_id": "aud0001"},
        "roi_goal": goal,
    }
    advanced = {"koa_optimization_settings": {"predictive_clearing_enabled": False}}
    body = {"id": MADE["ad_group"], "primary_input": change, "advanced_input": advanced}
    return plain(CLIENT.ad_groups.update(request=body).ad_group_payload)["adGroup"]


@step
def validate_only():
    body = {"campaign_id": MADE["campaign"], "validate_input_only": True}
    body["primary_input"] = {"name": "Trial", "channel": "Video", "funnel_location": "None"}
    tried = CLIENT.ad_groups.create(request=body)
    campaign = CLIENT.campaign.create(request={"primary_input": primary(), "validate_input_only": True})
    return [plain(tried.ad_group_payload), plain(campaign.campaign_payload)]


@step
def archive_ad_groups():
    return CLIENT.ad_groups.archive(request_body=[MADE["ad_group"]]).strings


@step
def archive_campaigns():
    return CLIENT.campaigns.archive(request_body=[MADE["campaign"]], force_archive=True).strings


@step
def create_campaigns_job():
    items = [{"primary_input": primary()}, {"primary_input": primary(seed_id="nope")}]
    request = {"input": items, "callback_input": {"callback_url": "https://example.com/done"}}
    job = CLIENT.campaign.create_campaigns_job(request=request).standard_job_submit_response
    return ended(job.id)


@step
def update_campaigns_job():
    request = {"input": [{"id": "cmp0002", "primary_input": {"name": "By a job"}}]}
    answer = CLIENT.campaign.update_campaigns_job(request=request)
    return ended(answer.standard_job_submit_response.id)


@step
def create_ad_groups_job():
    fresh = {"name": "By a job", "channel": "Audio", "funnel_location": "None"}
    request = {"input": [{"campaign_id": "cmp0002", "primary_input": fresh}]}
    return ended(CLIENT.ad_group.create_ad_groups_job(request=request).standard_job_submit_response.id)


@step
def update_ad_groups_job():
    request = {"input": [{"id": "adg0003", "primary_input": {"is_enabled": False}}], "validate_input_only": True}
    return ended(CLIENT.ad_group.update_ad_groups_job(request=request).standard_job_submit_response.id)


@step
def first_party_data_job():
    request = {"advertiser_id": "adv0001", "name_filter": "Lookalike", "query_shape": "nodes {id name}"}
    job = ended(CLIENT.dmp.get_first_party_data_job(request=request).standard_job_submit_response.id)
    with urllib.request.urlopen(job["url"]) as file:
        return {**job, "same": json.loads(file.read()) == json.loads(job["rawResult"])}


@step
def third_party_data_job():
    request = {"partner_id": "prt0001"}
    return ended(CLIENT.dmp.get_third_party_data_job(request=request).standard_job_submit_response.id)


@step
def graphql_request():
    return graphql('{ campaign(id: "cmp0002") { id name } }')


@step
def graphql_errors_raise_nothing():
    return [error["extensions"]["code"] for error in graphql("{ nope }")["errors"]]


@step
def graphql_bulk_query():
    request = {"query": "{ advertisers { nodes { id } } }"}
    answer = CLIENT.graph_ql_request.submit_graph_ql_bulk_query_job(request=request).graph_ql_bulk_job_response
    seen = [plain(answer)["payload"]["data"]]
    for _ in range(3):
        status = CLIENT.job_status.get_graph_ql_bulk_job_status(id=str(seen[0]["id"]))
        seen.append(plain(status.graph_ql_bulk_job_retrieval_response)["job"])
    return seen


@step
def rest_request():
    request = {"method_type": "GET", "endpoint": "advertiser/adv0001"}
    read = CLIENT.rest_request.submit_rest_request(request=request).object
    data = json.dumps({"adGroupId": "adg0004", "description": "By the README"})
    request = {"method_type": "PUT", "endpoint": "adgroup", "data_body": data}
    return [read["AdvertiserName"], CLIENT.rest_request.submit_rest_request(request=request).object["Description"]]


@step
def problem():
    change = {"id": "cmp0003", "primary_input": {"name": " "}}
    return plain(CLIENT.campaigns.update(request=change).campaign_payload)


@step
def missing():
    return plain(CLIENT.campaign.get_version(id="nope").campaign_version_workflow)


@step
def wrong_token():
    with Workflows(ttd_auth="wrong", server_url=SERVER) as client:
        return plain(client.campaign.get_version(id="cmp0001").campaign_version_workflow)


@step
def rest_problem():
    request = {"method_type": "GET", "endpoint": "advertiser/nope"}
    return CLIENT.rest_request.submit_rest_request(request=request).object


@step
def retried_after_503():
    fault("503", "/campaign/cmp0002/version", times=2, retry_after=0)
    return plain(CLIENT.campaign.get_version(id="cmp0002").campaign_version_workflow)


@step
def not_retried_after_429():
    fault("429", "/campaign/cmp0002/version", times=1, retry_after=0)
    return plain(CLIENT.campaign.get_version(id="cmp0002").campaign_version_workflow)


@step
def a_create_without_an_answer_is_sent_again():
    fault("silent_after", "/campaign", method="POST", times=1)
    primary_input = primary(name="Sent twice")
    CLIENT.campaign.create(request={"primary_input": primary_input}, timeout_ms=400)
    where = 'campaigns(where: {name: {contains: "Sent twice"}}) { totalCount }'
    return graphql(f"{{ {where} }}")["data"]["campaigns"]["totalCount"]


def told(error):
    data = getattr(error, "data", None)
    return {
        "raised": type(error).__name__,
        "status": getattr(error, "status_code", None),
        "problem": None if data is None else data.model_dump(by_alias=True, mode="json"),
        "text": str(error)[:500],
    }


if __name__ == "__main__":
    results = {}
    for one in STEPS:
        try:
            results[one.__name__] = one()
        except Exception as error:  # noqa: BLE001, what it raises is what the tests look at
            results[one.__name__] = told(error)
    json.dump(results, sys.stdout)
