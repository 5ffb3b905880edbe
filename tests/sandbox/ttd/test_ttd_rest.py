"""The REST surface: signing in, reading, partial updates, queries, deltas, clones and errors."""

from typing import Any

import pytest
import requests

Body = dict[str, Any]

CAMPAIGN = {
    "AdvertiserId": "adv0001",
    "CampaignName": "By REST",
    "Version": "Kokai",
    "StartDate": "2027-01-01T00:00:00",
    "EndDate": "2027-02-01T00:00:00",
    "Budget": {"Amount": 1000, "CurrencyCode": "USD"},
    "PacingMode": "PaceAhead",
    "CampaignConversionReportingColumns": [],
    "PrimaryGoal": {"MaximizeReach": True},
    "PrimaryChannel": "Video",
    "IncludeDefaultsFromAdvertiser": True,
    "SeedId": "seed001",
}
AD_GROUP = {
    "CampaignId": "cmp0002",
    "AdGroupName": "By REST",
    "ChannelId": "Display",
    "FunnelLocation": "Awareness",
    "RTBAttributes": {
        "BaseBidCPM": {"Amount": 1.5, "CurrencyCode": "EUR"},
        "MaxBidCPM": {"Amount": 3, "CurrencyCode": "EUR"},
        "CreativeIds": [],
        "ROIGoal": {"CPAInAdvertiserCurrency": {"Amount": 20, "CurrencyCode": "EUR"}},
    },
}


def details(reply: requests.Response) -> dict[str, list[str]]:
    """The reasons by property of a request that was refused."""
    assert reply.status_code == 400
    return {one["Property"]: one["Reasons"] for one in reply.json()["ErrorDetails"]}


# Signing in


def test_a_login_gives_a_token_that_lets_in_until_it_runs_out(own: Any) -> None:
    login = {"Login": "demo", "Password": "demo", "TokenExpirationInMinutes": 30}
    reply = own.rest("POST", "authentication", login)
    token = reply.json()["Token"]
    assert set(reply.json()) == {"Token", "ExpirationDate"}
    assert own.rest("GET", "advertiser/adv0001", TTD_Auth=token).status_code == 200
    own.sandbox.skew = 31 * 60
    refused = own.rest("GET", "advertiser/adv0001", TTD_Auth=token)
    assert (refused.status_code, set(refused.json())) == (401, {"Message"})


def test_what_is_no_login(desk: Any) -> None:
    assert desk.rest("POST", "authentication", {"Login": "demo", "Password": "no"}).status_code == 401
    longer = {"Login": "demo", "Password": "demo", "TokenExpirationInMinutes": 1441}
    assert set(details(desk.rest("POST", "authentication", longer))) == {"TokenExpirationInMinutes"}


def test_expired_sessions_end_every_token_on_every_surface(own: Any) -> None:
    assert own.rest("GET", "advertiser/adv0001").status_code == 200
    own.sandbox.expire_sessions()
    assert own.rest("GET", "advertiser/adv0001").status_code == 401
    assert own.code("{ me { id } }") == "AUTHENTICATION_FAILURE"
    assert own.workflows("GET", "/campaign/cmp0001/version").status_code == 401
    token = own.rest("POST", "authentication", {"Login": "demo", "Password": "demo"}).json()["Token"]
    assert own.rest("GET", "advertiser/adv0001", TTD_Auth=token).status_code == 200
    own.sandbox.reset()
    assert own.rest("GET", "advertiser/adv0001").status_code == 200


# Reading

READ = {
    "partner/prt0001": "PartnerName",
    "advertiser/adv0001": "AdvertiserName",
    "campaign/cmp0001": "CampaignName",
    "adgroup/adg0001": "AdGroupName",
    "creative/crt0001": "CreativeName",
    "audience/aud0001": "AudienceName",
    "datagroup/dgr0001": "DataGroupName",
    "trackingtag/tag0001": "TrackingTagName",
    "tracking/universalpixel/upx0001": "UniversalPixelName",
    "bidlist/700001": "Name",
    "contract/con0001": "Name",
    "contractgroup/cgr0001": "Name",
    "sitelist/sit0001": "SiteListName",
    "iptargetinglist/ipl0001": "IPTargetingDataName",
    "label/801": "CustomLabelName",
}


@pytest.mark.parametrize(("path", "name"), READ.items(), ids=READ)
def test_every_entity_is_read_by_id(desk: Any, path: str, name: str) -> None:
    row = desk.rest("GET", path).json()
    assert row[name]
    entity, _, id = path.rpartition("/")
    assert desk.rest("GET", f"{entity}/name/{id}").json()[name] == row[name]
    missing = desk.rest("GET", f"{entity}/nope")
    assert (missing.status_code, set(missing.json())) == (404, {"Message"})


def test_the_spelling_of_an_ad_group(desk: Any) -> None:
    row = desk.rest("GET", "adgroup/adg0001").json()
    rtb = row["RTBAttributes"]
    assert row["Availability"] in ("Available", "Archived")
    assert set(rtb["BaseBidCPM"]) == {"Amount", "CurrencyCode"}
    assert rtb["BudgetSettings"]["AdGroupFlights"][0]["CampaignFlightId"] == 900001
    assert row["CreatedAtUTC"].count(":") == 2
    assert not row["CreatedAtUTC"].endswith("Z")


def test_every_answer_has_an_id_of_its_request(desk: Any) -> None:
    ids = {desk.rest("GET", path).headers["x-ttd-request-id"] for path in ("partner/prt0001", "partner/nope")}
    assert len(ids) == 2


# Queries


def query(desk: Any, path: str, **body: Any) -> Body:
    reply = desk.rest("POST", path, {"PageStartIndex": 0, "PageSize": None, **body})
    assert reply.status_code == 200, reply.text
    answer: Body = reply.json()
    return answer


def test_pages_start_at_an_item(desk: Any) -> None:
    path = "campaign/query/advertiser"
    everything = query(desk, path, AdvertiserId="adv0001")
    total = everything["TotalFilteredCount"]
    assert everything["ResultCount"] == len(everything["Result"]) == total
    assert everything["TotalUnfilteredCount"] > total  # archived ones are not shown
    some = query(desk, path, AdvertiserId="adv0001", PageStartIndex=total - 2, PageSize=5)
    assert some["Result"] == everything["Result"][-2:]
    counts = query(desk, path, AdvertiserId="adv0001", PageSize=0)
    assert (counts["Result"], counts["TotalFilteredCount"]) == ([], total)
    bare = query(desk, path, AdvertiserId="adv0001", PageSize=1, ExcludeTotalCounts=True)
    assert set(bare) == {"Result", "ResultCount"}


def test_archived_rows_are_asked_for(desk: Any) -> None:
    path = "campaign/query/advertiser"
    archived = query(desk, path, AdvertiserId="adv0001", Availabilities=["Archived"])["Result"]
    both = query(desk, path, AdvertiserId="adv0001", Availabilities=["Available", "Archived"])
    assert {row["Availability"] for row in archived} == {"Archived"}
    assert both["TotalFilteredCount"] == both["TotalUnfilteredCount"]


def test_search_terms_are_looked_up_in_several_properties(desk: Any) -> None:
    path = "adgroup/query/advertiser"
    rows = query(desk, path, AdvertiserId="adv0001")["Result"]
    found = query(desk, path, AdvertiserId="adv0001", SearchTerms=["prospecting"])["Result"]
    assert [row["AdGroupId"] for row in found] == [
        row["AdGroupId"] for row in rows if "prospecting" in f"{row['AdGroupName']} {row['Description']}".lower()
    ]
    by_id = query(desk, path, AdvertiserId="adv0001", SearchTerms=[rows[0]["AdGroupId"]])["Result"]
    assert by_id == rows[:1]


def test_sorting(desk: Any) -> None:
    path = "campaign/query/advertiser"
    by_name = [{"FieldId": "CampaignName", "Ascending": False}]
    names = [row["CampaignName"] for row in query(desk, path, AdvertiserId="adv0001", SortFields=by_name)["Result"]]
    assert names == sorted(names, reverse=True)
    wrong = {"AdvertiserId": "adv0001", "PageStartIndex": 0, "PageSize": 1, "SortFields": [{"FieldId": "Nope"}]}
    assert set(details(desk.rest("POST", path, wrong))) == {"SortFields"}


QUERIES = {
    "partner/query": {},
    "advertiser/query/partner": {"PartnerId": "prt0001"},
    "adgroup/query/campaign": {"CampaignId": "cmp0001"},
    "creative/query/advertiser": {"AdvertiserId": "adv0001"},
    "audience/query/advertiser": {"AdvertiserId": "adv0001"},
    "datagroup/query/advertiser": {"AdvertiserId": "adv0001"},
    "trackingtag/query/advertiser": {"AdvertiserId": "adv0001"},
    "tracking/universalpixelwithactivity/advertiser/query": {"AdvertiserId": "adv0001"},
    "bidlistsummary/query/advertiser/available": {"EntityId": "adv0001"},
    "bidlistsummary/query/partner/available": {"EntityId": "prt0001"},
    "contract/query/partner": {"PartnerId": "prt0001"},
    "contract/query/advertiser/available": {"AdvertiserId": "adv0001"},
    "contractgroup/query/partner": {"PartnerId": "prt0001"},
    "sitelist/query/advertiser": {"AdvertiserId": "adv0001"},
    "iptargetinglist/query/advertiser": {"AdvertiserId": "adv0001"},
    "label/query/partner": {"PartnerId": "prt0001"},
    "dmp/firstparty/advertiser": {"AdvertiserId": "adv0001"},
    "dmp/thirdparty/advertiser": {"AdvertiserId": "adv0001"},
}


@pytest.mark.parametrize(("path", "parent"), QUERIES.items(), ids=QUERIES)
def test_every_query_gives_the_rows_of_its_parent(desk: Any, path: str, parent: Body) -> None:
    answer = query(desk, path, **parent)
    assert len(answer["Result"]) == answer["TotalFilteredCount"] > 0
    for name, id in parent.items():
        assert {row[name] for row in answer["Result"] if name in row} <= {id}
    if parent:
        bare = desk.rest("POST", path, {"PageStartIndex": 0, "PageSize": 1})
        assert set(details(bare)) == set(parent)


def test_templates_are_a_world_of_their_own(desk: Any) -> None:
    find = "{ campaigns(where: {isTemplate: {eq: true}}) { nodes { id advertiser { id } } } }"
    known = desk.data(find)["campaigns"]["nodes"][0]
    parent = {"AdvertiserId": known["advertiser"]["id"], "Availabilities": ["Available", "Archived"]}
    templates = {row["CampaignId"] for row in query(desk, "campaign/template/query/advertiser", **parent)["Result"]}
    assert known["id"] in templates
    assert not templates & {row["CampaignId"] for row in query(desk, "campaign/query/advertiser", **parent)["Result"]}


def test_a_query_without_a_page_is_refused(desk: Any) -> None:
    reply = desk.rest("POST", "campaign/query/advertiser", {"AdvertiserId": "adv0001"})
    assert details(reply) == {"PageStartIndex": ["is required"], "PageSize": ["is required"]}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SearchTerms", "x"),
        ("SortFields", ["Name"]),
        ("Availabilities", True),
        ("PageSize", -1),
        ("PageStartIndex", "0"),
    ],
)
def test_a_query_that_does_not_fit_is_refused(desk: Any, name: str, value: Any) -> None:
    body = {"AdvertiserId": "adv0001", "PageStartIndex": 0, "PageSize": 1, name: value}
    assert set(details(desk.rest("POST", "campaign/query/advertiser", body))) == {name}


def test_facets(desk: Any) -> None:
    facets = desk.rest("GET", "campaign/query/facets").json()
    assert facets["Availabilities"] == ["Available", "Archived"]
    assert "CampaignName" in facets["SortFields"]


# Writing


def test_a_campaign_is_created_as_in_the_vendors_script(own: Any) -> None:
    made = own.rest("POST", "campaign", CAMPAIGN).json()
    assert made["Budget"] == {"Amount": 1000.0, "CurrencyCode": "USD"}
    [flight] = made["CampaignFlights"]
    assert (flight["StartDateInclusiveUTC"], flight["EndDateExclusiveUTC"]) == (
        CAMPAIGN["StartDate"],
        CAMPAIGN["EndDate"],
    )
    assert own.rest("GET", f"campaign/{made['CampaignId']}").json() == made


WRONG_CAMPAIGNS = {
    "nothing": ({}, {"AdvertiserId", "CampaignName", "CampaignConversionReportingColumns"}),
    "no columns": ({**CAMPAIGN, "CampaignConversionReportingColumns": None}, {"CampaignConversionReportingColumns"}),
    "both budgets": ({**CAMPAIGN, "CampaignFlights": []}, {"CampaignFlights"}),
    "no budget": ({**CAMPAIGN, "Budget": None}, {"CampaignFlights"}),
    "off": ({**CAMPAIGN, "PacingMode": "Off"}, {"DailyBudget"}),
    "another currency": ({**CAMPAIGN, "Budget": {"Amount": 1, "CurrencyCode": "EUR"}}, {"Budget"}),
    "no such seed": ({**CAMPAIGN, "SeedId": "nope"}, {"SeedId"}),
    "no such goal": ({**CAMPAIGN, "PrimaryGoal": {"Fame": 1}}, {"PrimaryGoal"}),
    "types": ({**CAMPAIGN, "CampaignName": 7, "StartDate": "soon"}, {"CampaignName", "StartDate"}),
}


@pytest.mark.parametrize(("body", "properties"), WRONG_CAMPAIGNS.values(), ids=WRONG_CAMPAIGNS)
def test_campaigns_that_are_refused(desk: Any, body: Body, properties: set[str]) -> None:
    assert set(details(desk.rest("POST", "campaign", body))) == properties


def test_an_update_writes_what_is_there_also_null_and_nothing_else(own: Any) -> None:
    own.rest("PUT", "campaign", {"CampaignId": "cmp0001", "Description": "Old"})
    before = own.rest("GET", "campaign/cmp0001").json()
    after = own.rest("PUT", "campaign", {"CampaignId": "cmp0001", "Description": None}).json()
    assert after == {**before, "Description": None, "LastUpdatedAtUTC": after["LastUpdatedAtUTC"]}


def test_names_go_without_regard_to_case(own: Any) -> None:
    changed = own.rest("PUT", "adgroup", {"adGroupId": "adg0002", "rtbattributes": {"basebidcpm": {"amount": 2}}})
    assert changed.json()["RTBAttributes"]["BaseBidCPM"]["Amount"] == 2.0


def test_an_ad_group_is_created_with_what_the_page_requires(own: Any) -> None:
    reply = own.rest("POST", "adgroup", AD_GROUP)
    assert reply.json()["RTBAttributes"]["ROIGoal"] == AD_GROUP["RTBAttributes"]["ROIGoal"]  # type: ignore[index]
    lacking = own.rest("POST", "adgroup", {"CampaignId": "cmp0002", "AdGroupName": "x", "RTBAttributes": {}})
    names = ("BaseBidCPM", "MaxBidCPM", "CreativeIds", "ROIGoal")
    assert set(details(lacking)) == {"ChannelId", "FunnelLocation", *(f"RTBAttributes.{name}" for name in names)}


def test_strict_mode_tells_what_is_otherwise_ignored(own: Any) -> None:
    body = {"AdvertiserId": "adv0001", "Description": "x", "Bogus": 1, "CreatedAtUTC": "2020-01-01T00:00:00"}
    assert own.rest("PUT", "advertiser", body).status_code == 200
    reasons = details(own.rest("PUT", "advertiser", body, TTD_Strict_Mode="true"))
    assert reasons == {"Bogus": ["is not a property here"], "CreatedAtUTC": ["cannot be written"]}


def test_a_whole_row_sent_back_is_answered_410(own: Any) -> None:
    row = own.rest("GET", "campaign/cmp0001").json()
    reply = own.rest("PUT", "campaign", row)
    assert (reply.status_code, reply.json()["Message"]) == (410, "The property AutoAllocatorEnabled is deprecated.")


def test_archiving_by_availability(own: Any) -> None:
    assert own.rest("PUT", "creative", {"CreativeId": "crt0001", "Availability": "Archived"}).status_code == 200
    own.rest("PUT", "campaign", {"CampaignId": "cmp0002", "Availability": "Archived"})
    assert own.data('{ campaign(id: "cmp0002") { isArchived } }')["campaign"]["isArchived"]
    wrong = own.rest("PUT", "creative", {"CreativeId": "crt0001", "Availability": "Paused"})
    assert set(details(wrong)) == {"Availability"}


def test_flights_are_changed_alone_or_with_their_campaign(own: Any) -> None:
    changed = own.rest("PUT", "campaignflight", {"CampaignFlightId": 900001, "BudgetInAdvertiserCurrency": 5})
    assert changed.json()["BudgetInAdvertiserCurrency"] == 5
    months = [
        {
            "StartDateInclusiveUTC": f"2040-0{month}-01T00:00:00",
            "EndDateExclusiveUTC": f"2040-0{month + 1}-01T00:00:00",
            "BudgetInAdvertiserCurrency": 10,
        }
        for month in (1, 2, 3)
    ]
    body = {**CAMPAIGN, "StartDate": None, "EndDate": None, "Budget": None, "CampaignFlights": months[:2]}
    made = own.rest("POST", "campaign", body).json()
    first, second = (one["CampaignFlightId"] for one in made["CampaignFlights"])
    flights = [{"CampaignFlightId": second, "BudgetInAdvertiserCurrency": 20}, months[2]]
    changed = own.rest("PUT", "campaign", {"CampaignId": made["CampaignId"], "CampaignFlights": flights}).json()
    amounts = [(one["CampaignFlightId"], one["BudgetInAdvertiserCurrency"]) for one in changed["CampaignFlights"]]
    assert amounts == [(second, 20), (second + 1, 10)]
    foreign = {"CampaignId": made["CampaignId"], "CampaignFlights": [{"CampaignFlightId": first}]}
    assert set(details(own.rest("PUT", "campaign", foreign))) == {"CampaignFlights"}


def test_deleting_answers_240_and_nothing(own: Any) -> None:
    reply = own.rest("DELETE", "bidlist/700001")
    assert (reply.status_code, reply.content) == (240, b"")
    assert own.rest("GET", "bidlist/700001").status_code == 404


def test_the_only_flight_stays(own: Any) -> None:
    made = own.rest("POST", "campaign", CAMPAIGN).json()["CampaignFlights"][0]
    reply = own.rest("DELETE", f"campaignflight/{made['CampaignFlightId']}")
    assert details(reply) == {"CampaignFlightId": ["the only flight of a campaign cannot be deleted"]}


@pytest.mark.parametrize("path", ["advertiser/adv0001", "campaign/cmp0001", "adgroup/adg0001", "creative/crt0001"])
def test_most_entities_cannot_be_deleted(desk: Any, path: str) -> None:
    assert desk.rest("DELETE", path).status_code == 405


def test_ad_groups_are_switched_off(own: Any) -> None:
    reply = own.rest("PUT", "adgroup/status", {"AdGroupId": "adg0002", "IsEnabled": False})
    assert (reply.status_code, reply.content) == (240, b"")
    assert own.rest("GET", "adgroup/status/adg0002").json() == {"AdGroupId": "adg0002", "IsEnabled": False}


CREATED = {
    "advertiser": {"PartnerId": "prt0001", "AdvertiserName": "N"},
    "creative": {"AdvertiserId": "adv0001", "CreativeName": "N", "ImageAttributes": {"Width": 1, "Height": 1}},
    "audience": {"AdvertiserId": "adv0001", "AudienceName": "N"},
    "datagroup": {"AdvertiserId": "adv0001", "DataGroupName": "N", "FirstPartyDataIds": [300001]},
    "trackingtag": {"AdvertiserId": "adv0001", "TrackingTagName": "N"},
    "tracking/universalpixel": {"AdvertiserId": "adv0001", "UniversalPixelName": "N"},
    "bidlist": {"Name": "N", "BidListOwner": "Advertiser", "BidListOwnerId": "adv0001"},
    "contract": {"Name": "N", "OwnerPartnerId": "prt0001", "IsUpfront": False},
    "contractgroup": {"Name": "N", "ContractIds": []},
    "sitelist": {"AdvertiserId": "adv0001", "SiteListName": "N"},
    "iptargetinglist": {"AdvertiserId": "adv0001", "IPTargetingDataName": "N"},
    "label": {"CustomLabelName": "N"},
}


@pytest.mark.parametrize(("path", "body"), CREATED.items(), ids=CREATED)
def test_entities_are_created(own: Any, path: str, body: Body) -> None:
    made = own.rest("POST", path, body)
    assert made.status_code == 200, made.text
    assert {name: made.json()[name] for name in body} == body
    assert [entry.action for entry in own.sandbox.journal] == ["create"]


def test_a_creative_is_of_one_kind(own: Any) -> None:
    body = {"AdvertiserId": "adv0001", "CreativeName": "N"}
    assert own.rest("POST", "creative", body).status_code == 400
    made = own.rest("POST", "creative", {**body, "NativeAttributes": {"Title": "x"}}).json()
    assert made["CreativeType"] == "Native"


def test_videos_are_uploaded_to_another_host(own: Any) -> None:
    given = own.rest("POST", "creative/generateuploadurlforvideocreative", {"AdvertiserId": "adv0001"}).json()
    assert requests.put(given["UploadUrl"], b"video", timeout=30).status_code == 200
    assert given["TradeDeskHostedVideoAttributes"]


def test_bid_lists_in_batches(own: Any) -> None:
    ids = ["700001", "700002"]
    rows = own.rest("POST", "bidlist/batch/get", {"BidListIds": ids}).json()["BatchResponses"]
    assert [row["BidListId"] for row in rows] == ids
    assert own.rest("POST", "bidlist/batch/get", {"BidListIds": ids * 11}).status_code == 400
    changed = own.rest("PUT", "bidlist/batch", [{"BidListId": "700001", "Name": "New"}]).json()["BatchResponses"]
    assert changed[0]["Name"] == "New"


# Deltas, clones, the rest


def test_changes_since_a_version(own: Any) -> None:
    path = "delta/adgroup/query/advertiser"
    own.set(delta_page=200)
    answer = own.rest("POST", path, {"AdvertiserId": "adv0001", "IncludeTemplates": True}).json()
    assert (len(answer["ElementIds"]), answer["AdGroups"], answer["MoreAdGroupsAvailable"]) == (200, [], True)
    version = own.rest("POST", path, {"AdvertiserId": "adv0012"}).json()["LastChangeTrackingVersion"]
    own.rest("PUT", "adgroup", {"AdGroupId": "adg0001", "Description": "x"})
    asked = {"AdvertiserId": "adv0001", "LastChangeTrackingVersion": version, "ReturnEntireAdGroup": True}
    [row] = own.rest("POST", path, asked).json()["AdGroups"]
    assert row == own.rest("GET", "adgroup/adg0001").json()


def test_a_clone_is_polled(own: Any) -> None:
    reference = own.rest("POST", "campaign/clone", {"CampaignId": "cmp0001", "CampaignName": "Copy"}).json()[
        "ReferenceId"
    ]
    states = [own.rest("GET", f"campaign/clone/status/{reference}").json() for _ in range(3)]
    assert [state["Status"] for state in states] == ["InProgress", "InProgress", "Completed"]
    assert own.rest("GET", f"campaign/{states[-1]['CampaignId']}").json()["CampaignName"] == "Copy"
    ad_groups = query(own, "adgroup/query/campaign", CampaignId="cmp0001", Availabilities=["Available", "Archived"])
    assert set(states[-1]["AdGroupIdMap"]) == {row["AdGroupId"] for row in ad_groups["Result"]}


def test_what_is_nowhere(desk: Any) -> None:
    assert desk.rest("GET", "nothing/1").status_code == 404
    assert desk.call("POST", "v3/campaign", data="{").status_code == 400
    assert desk.rest("POST", "campaign").status_code == 400
