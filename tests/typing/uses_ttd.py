"""What a type checker makes of The Trade Desk's session, entities and jobs. Read by mypy, never run."""

from datetime import datetime
from decimal import Decimal
from typing import assert_type

from adplatforms.core.query import Query
from adplatforms.ttd import TTD, structs
from adplatforms.ttd.entities import AdGroup, Advertiser, Campaign
from adplatforms.ttd.jobs import BulkQueryJob, CloneJob, DataJob, SaveJob


def by_attribute(ttd: TTD) -> None:
    assert_type(ttd.campaigns, Query[Campaign])
    assert_type(ttd.ad_groups.one(), AdGroup)
    assert_type(ttd.using(route="rest", timeout=5), TTD)


def entities(campaign: Campaign, group: AdGroup) -> None:
    assert_type(campaign.name, str)
    assert_type(campaign.start_date, datetime)
    assert_type(campaign.is_archived, bool)
    assert_type(campaign.advertiser, Advertiser)
    assert_type(campaign.ad_groups, list[AdGroup])
    assert_type(campaign.budget, structs.CampaignBudget)
    assert_type(campaign.budget.budget_in_advertiser_currency, Decimal)
    assert_type(group.audience_targeting.audience_id, str)


def jobs(ttd: TTD, campaign: Campaign) -> None:
    assert_type(ttd.bulk(ttd.campaigns), BulkQueryJob)
    assert_type(ttd.submit([campaign]), SaveJob)
    assert_type(ttd.submit("{ me { id } }"), BulkQueryJob)
    assert_type(ttd.submit_first_party_data("adv0001"), DataJob)
    assert_type(campaign.clone("Copy"), CloneJob)
    assert_type(ttd.job(7, "campaigns").status, str)
