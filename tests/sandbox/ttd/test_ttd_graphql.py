"""The GraphQL surface: pages, filters, order, errors, mutations, bulk, and changes since a version."""

import json
from collections.abc import Callable
from typing import Any

import pytest

PAGE = """query($first: Int, $after: String) { campaigns(first: $first, after: $after) {
    nodes { id } edges { cursor node { id } } totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""


def ids(connection: dict[str, Any]) -> list[str]:
    return [node["id"] for node in connection["nodes"]]


# Pages


def test_pages_cover_everything_once(desk: Any) -> None:
    found: list[str] = []
    after = None
    for _ in range(20):
        page = desk.data(PAGE, first=150, after=after)["campaigns"]
        found += ids(page)
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert found == [f"cmp{number:04d}" for number in range(1, 401)]


def test_a_page_has_ten_items_and_a_thousand_at_most(desk: Any) -> None:
    page = desk.data(PAGE)["campaigns"]
    assert (len(page["nodes"]), page["totalCount"]) == (10, 400)
    assert [edge["node"] for edge in page["edges"]] == page["nodes"]
    assert page["pageInfo"] == {
        "hasNextPage": True,
        "hasPreviousPage": False,
        "startCursor": page["edges"][0]["cursor"],
        "endCursor": page["edges"][-1]["cursor"],
    }
    assert len(desk.data("{ adGroups(first: 1000) { nodes { id } } }")["adGroups"]["nodes"]) == 1000
    assert desk.code("{ adGroups(first: 1001) { nodes { id } } }") == "VALIDATION_FAILURE"
    assert desk.code("{ adGroups(first: -1) { nodes { id } } }") == "VALIDATION_FAILURE"


def test_pages_go_backwards_too(desk: Any) -> None:
    last = desk.data("{ campaigns(last: 2) { nodes { id } pageInfo { startCursor hasPreviousPage } } }")["campaigns"]
    assert (ids(last), last["pageInfo"]["hasPreviousPage"]) == (["cmp0399", "cmp0400"], True)
    query = "query($b: String) { campaigns(last: 2, before: $b) { nodes { id } } }"
    assert ids(desk.data(query, b=last["pageInfo"]["startCursor"])["campaigns"]) == ["cmp0397", "cmp0398"]


def test_a_cursor_stays_where_it_is_while_rows_come_and_go(own: Any, campaign: dict[str, Any]) -> None:
    query = """query($a: String) { campaigns(first: 3, after: $a, order: [{name: ASC}]) {
        nodes { id name } pageInfo { endCursor } } }"""
    first = own.data(query)["campaigns"]
    before = own.data(query, a=first["pageInfo"]["endCursor"])
    campaign["primaryInput"]["name"] = "!"  # sorts before all others
    own.workflows("POST", "/campaign", campaign)
    assert own.data(query, a=first["pageInfo"]["endCursor"]) == before


def test_a_cursor_that_is_none(desk: Any) -> None:
    assert desk.code('{ campaigns(after: "xyz") { nodes { id } } }') == "VALIDATION_FAILURE"


def test_nested_connections_page_too(desk: Any) -> None:
    query = """query($a: String) { campaign(id: "cmp0001") {
        adGroups(first: 2, after: $a) { nodes { id campaign { id } } totalCount pageInfo { endCursor } } } }"""
    first = desk.data(query)["campaign"]["adGroups"]
    second = desk.data(query, a=first["pageInfo"]["endCursor"])["campaign"]["adGroups"]
    assert ids(first) + ids(second) == ["adg0001", "adg0002", "adg0003", "adg0004"]
    assert {node["campaign"]["id"] for node in first["nodes"]} == {"cmp0001"}


# Filters and order

ROWS = {
    "advertisers": "{ advertisers(first: 1000) { nodes { id partner { id } } } }",
    "campaigns": "{ campaigns(first: 1000) { nodes { id name isArchived isTemplate advertiser { id } } } }",
    "adGroups": "{ adGroups(first: 1000) { nodes { id isEnabled advertiser { id } } } }",
}
WHERE = {
    "one field": ("advertisers", 'partnerId: {eq: "prt0001"}', lambda row: row["partner"]["id"] == "prt0001"),
    "ids": ("campaigns", 'id: {in: ["cmp0001", "nope"]}', lambda row: row["id"] == "cmp0001"),
    "two fields are and": (
        "campaigns",
        'advertiserId: {eq: "adv0001"}, isArchived: {eq: true}',
        lambda row: row["advertiser"]["id"] == "adv0001" and row["isArchived"],
    ),
    "or of one object": (
        "campaigns",
        'or: {id: {in: ["cmp0001"]}, isTemplate: {eq: true}}',
        lambda row: row["id"] == "cmp0001" or row["isTemplate"],
    ),
    "or of several": (
        "campaigns",
        'or: [{id: {in: ["cmp0001"]}, isTemplate: {eq: true}}, {id: {in: ["cmp0002"]}}]',
        lambda row: row["id"] == "cmp0002",
    ),
    "and": ("campaigns", 'and: [{id: {in: ["cmp0001"]}}, {id: {in: ["cmp0002"]}}]', lambda row: False),
    "contains without regard to case": (
        "campaigns",
        'name: {contains: "black friday"}',
        lambda row: "Black Friday" in row["name"],
    ),
    "several advertisers": (
        "adGroups",
        'advertiserId: {in: ["adv0001", "adv0002"]}, id: {in: ["adg0001", "adg0002", "adg0900", "adg0999"]}',
        lambda row: (
            row["advertiser"]["id"] in ("adv0001", "adv0002")
            and row["id"] in ("adg0001", "adg0002", "adg0900", "adg0999")
        ),
    ),
}


@pytest.mark.parametrize(("name", "where", "fits"), WHERE.values(), ids=WHERE)
def test_where(desk: Any, name: str, where: str, fits: Callable[[Any], bool]) -> None:
    expected = [row["id"] for row in desk.data(ROWS[name])[name]["nodes"] if fits(row)]
    found = desk.data(f"{{ {name}(first: 1000, where: {{{where}}}) {{ nodes {{ id }} }} }}")[name]
    assert ids(found) == expected


def test_where_takes_variables_of_the_types_that_work(desk: Any) -> None:
    query = "query($i: {}) {{ campaigns(where: {{id: {{in: $i}}}}) {{ nodes {{ id }} }} }}"
    strings = desk.data(query.format("[String!]!"), i=["cmp0002"])
    assert ids(strings["campaigns"]) == ["cmp0002"]
    assert desk.code(query.format("[ID!]!"), i=["cmp0002"]) == "GRAPHQL_VALIDATION_FAILED"
    flights = """query($i: [Long!]) { campaign(id: "cmp0001") { flights(where: {id: {in: $i}}) { nodes { id } } } }"""
    assert ids(desk.data(flights, i=[900002])["campaign"]["flights"]) == ["900002"]


def test_nested_filters(desk: Any) -> None:
    advertiser = desk.data(
        """{ advertiser(id: "adv0001") {
            campaigns(first: 1000, where: {status: {in: [LIVE, LIVE_NOT_SPENDING]}}) { totalCount }
            trackingTags(where: {name: {eq: "Add to Cart"}}) { nodes { name } }
            firstPartyData(where: {name: {contains: "look"}}) { totalCount } } }"""
    )["advertiser"]
    assert 0 < advertiser["campaigns"]["totalCount"] < 107
    assert advertiser["trackingTags"]["nodes"] == [{"name": "Add to Cart"}]
    assert advertiser["firstPartyData"]["totalCount"] == 2


@pytest.mark.parametrize(
    "connection",
    [
        'adGroups(where: {campaignId: {eq: "cmp0001"}})',
        "campaigns(where: {status: {in: [LIVE]}})",
        'campaigns(where: {id: {eq: "cmp0001"}})',
        'campaigns(where: {startDate: {gte: "2026-01-01"}})',
        'creatives(where: {name: {contains: "x"}})',
    ],
)
def test_filters_that_nobody_saw_are_refused(desk: Any, connection: str) -> None:
    errors = desk.graphql(f"{{ {connection} {{ totalCount }} }}")["errors"]
    assert {error["extensions"]["code"] for error in errors} == {"GRAPHQL_VALIDATION_FAILED"}


def test_order(desk: Any) -> None:
    query = "{{ campaigns(first: 400, order: [{}]) {{ nodes {{ id name startDate }} }} }}"
    by_two = desk.data(query.format("{name: ASC}, {startDate: DESC}"))["campaigns"]["nodes"]
    keys = [(node["name"], node["startDate"]) for node in by_two]
    newest_first = sorted(sorted(keys, key=lambda key: key[1], reverse=True), key=lambda key: key[0])
    assert keys == newest_first
    metric = "{campaignReporting: {metric: CPM_IN_ADVERTISER_CURRENCY, direction: DESC}}"
    by_metric = desk.data(query.format(metric))["campaigns"]["nodes"]
    assert len({node["id"] for node in by_metric}) == 400
    assert ids({"nodes": by_metric}) != ids({"nodes": by_two})


# What comes back


def test_facts_of_a_campaign_and_what_hangs_on_it(desk: Any) -> None:
    campaign = desk.data(
        """{ campaign(id: "cmp0001") { name version channelType pacingMode isArchived timeZone timeZoneIANA startDate
            goal { type target unit } budget { total } advertiser { id currency { id name } } partner { id }
            flights { nodes { id budgetInAdvertiserCurrency campaign { id } } } seed { id advertiser { id } }
            adGroups(first: 1) { nodes { budget { total isFluid } koaSettings { predictiveClearingEnabled }
                adGroupFlights { nodes { campaignFlightId campaignFlight { id } adGroup { id } } }
                creatives { totalCount } } totalCount } totalAdGroupCount } }"""
    )["campaign"]
    assert campaign["startDate"].endswith("T00:00:00Z")
    assert campaign["timeZone"] == campaign["timeZoneIANA"]
    assert campaign["goal"] == {"type": "CTR", "target": 0.4, "unit": "PERCENTAGE"}
    assert campaign["advertiser"] == {"id": "adv0001", "currency": {"id": "USD", "name": "US Dollar"}}
    flights = campaign["flights"]["nodes"]
    assert round(sum(one["budgetInAdvertiserCurrency"] for one in flights), 2) == campaign["budget"]["total"]
    [ad_group] = campaign["adGroups"]["nodes"]
    assert [one["campaignFlight"]["id"] for one in ad_group["adGroupFlights"]["nodes"]] == [
        one["id"] for one in flights
    ]
    assert campaign["totalAdGroupCount"] == campaign["adGroups"]["totalCount"] > 1


def test_enums_come_in_capitals_also_those_nobody_declared(desk: Any) -> None:
    nodes = desk.data("{ campaigns(first: 400) { nodes { channelType pacingMode objective } } }")["campaigns"]["nodes"]
    channels = {node["channelType"] for node in nodes}
    assert {"NATIVE_DISPLAY", "DOOH", "HOLOGRAM"} <= channels
    assert "PACE_AS_SOON_AS_POSSIBLE" in {node["pacingMode"] for node in nodes}


def test_enums_go_in_bare_or_as_variables(own: Any) -> None:
    mutation = """mutation($c: CampaignChannelType) { campaignUpdate(input: {id: "cmp0002", primaryChannel: %s}) {
        data { channelType } userErrors { message } } }"""
    bare = own.data(
        'mutation { campaignUpdate(input: {id: "cmp0002", primaryChannel: NATIVE_VIDEO}) { data { channelType } } }'
    )
    assert bare["campaignUpdate"]["data"] == {"channelType": "NATIVE_VIDEO"}
    variable = own.data(mutation % "$c", c="DOOH")
    assert variable["campaignUpdate"]["data"] == {"channelType": "DOOH"}
    assert own.rest("GET", "campaign/cmp0002").json()["PrimaryChannel"] == "DOOH"


def test_an_unknown_id_is_null(desk: Any) -> None:
    roots = ("campaign", "seed", "bidList", "bulkJob", "campaignCloneProgress", "jobProgress")
    for root in roots:
        assert desk.data(f'{{ {root}(id: "nope") {{ id }} }}') == {root: None}


def test_every_root_field_answers(desk: Any) -> None:
    schema = desk.data("{ __schema { queryType { fields { name args { name } type { kind } } } } }")["__schema"]
    for field in schema["queryType"]["fields"]:
        arguments = {argument["name"] for argument in field["args"]}
        if "input" in arguments or field["type"]["kind"] != "OBJECT":
            continue
        given = '(id: "x")' if "id" in arguments else ""
        assert field["name"] in desk.data(f"{{ {field['name']}{given} {{ __typename }} }}")


@pytest.mark.parametrize(
    "name", ["partner", "advertiser", "campaign", "adGroup", "creative", "audience", "universalPixel", "thirdPartyData"]
)
def test_every_field_of_every_row_can_be_read(desk: Any, name: str) -> None:
    kind = name[0].upper() + name[1:]
    asked = f'{{ __type(name: "{kind}") {{ fields {{ name type {{ kind name ofType {{ kind }} }} }} }} }}'
    selected = []
    for field in desk.data(asked)["__type"]["fields"]:
        kinds = {field["type"]["kind"], (field["type"]["ofType"] or {}).get("kind")}
        is_connection = (field["type"]["name"] or "").endswith("Connection")
        inside = "{ totalCount nodes { __typename } }" if is_connection else "{ __typename }"
        selected.append(f"{field['name']} {inside if kinds & {'OBJECT', 'INTERFACE'} else ''}")
    nodes = desk.data(f"{{ {name}s(first: 1000) {{ nodes {{ {' '.join(selected)} }} }} }}")[f"{name}s"]["nodes"]
    assert len(nodes) == len({node["id"] for node in nodes}) > 1


# Errors


def test_errors_stand_beside_the_data_of_a_page_with_a_broken_node(own: Any) -> None:
    own.set(broken=["cmp0002"])
    answer = own.graphql("{ campaigns(first: 3) { nodes { id } } }")
    assert answer["data"]["campaigns"]["nodes"] == [{"id": "cmp0001"}, None, {"id": "cmp0003"}]
    [error] = answer["errors"]
    assert error["path"] == ["campaigns", "nodes", 1]
    assert error["extensions"] == {"code": "INTERNAL_SERVER_ERROR"}


def test_what_the_schema_has_not_is_no_data_at_all(desk: Any) -> None:
    answer = desk.graphql("{ campaigns { nodes { id nope } } }")
    assert answer.keys() == {"errors"}
    assert answer["errors"][0]["message"].startswith("Cannot query field 'nope' on type 'Campaign'.")
    assert desk.code("{ campaigns { nodes { id }") == "GRAPHQL_VALIDATION_FAILED"
    assert desk.code("query($i: ID!) { campaign(id: $i) { id } }") == "VALIDATION_FAILURE"
    mutation = (
        "mutation($d: DateTime) { campaignFlightUpdate(input: {id: 900001, endDateExclusiveUTC: $d}) { data { id } } }"
    )
    assert desk.code(mutation, d="soon") == "VALIDATION_FAILURE"


def test_complexity_grows_with_the_page(own: Any) -> None:
    own.set(complexity=500)
    query = "{ campaigns(first: %d) { nodes { id name } } }"
    assert "errors" not in own.graphql(query % 100)
    assert own.code(query % 200) == "RESOURCE_LIMIT_EXCEEDED"
    by_variable = "query($n: Int) { campaigns(first: $n) { nodes { id name } } }"
    assert own.code(by_variable, n=200) == "RESOURCE_LIMIT_EXCEEDED"
    assert "errors" not in own.graphql(by_variable)
    assert own.code(by_variable, n="many") == "VALIDATION_FAILURE"


def test_fields_can_be_forbidden(own: Any) -> None:
    own.set(restricted={"Advertiser.secretKey": ""})
    assert own.code('{ advertiser(id: "adv0001") { secretKey } }') == "UNAUTHORIZED_FIELD_OR_TYPE"
    assert own.data('{ advertiser(id: "adv0001") { id } }') == {"advertiser": {"id": "adv0001"}}


def test_a_wrong_token_is_an_error_with_status_200(desk: Any) -> None:
    body = {"query": "{ me { id } }"}
    reply = desk.call("POST", "graphql", body, headers={"TTD-Auth": "wrong"})
    assert reply.status_code == 200
    assert reply.json()["errors"][0]["extensions"] == {"code": "AUTHENTICATION_FAILURE"}


def test_what_is_no_graphql_request(desk: Any) -> None:
    for body in ({"request": "{ me { id } }"}, [1], {"query": "{ me { id } }", "variables": []}):
        assert desk.call("POST", "graphql", body).status_code == 400


# Mutations


def test_a_campaign_is_created_with_its_flights(own: Any) -> None:
    mutation = """mutation($input: CampaignCreateInput!) { campaignCreate(input: $input) {
        data { id channelType seed { id } flights { nodes { budgetInAdvertiserCurrency } } }
        userErrors { field message } } }"""
    given = {
        "advertiserId": "adv0001",
        "name": "By GraphQL",
        "primaryChannel": "VIDEO",
        "primaryGoal": {"maximizeReach": True},
        "campaignConversionReportingColumns": [],
        "flights": {"startDateInclusiveUTC": "2027-01-01T00:00:00Z", "budgetInAdvertiserCurrency": 10},
        "seedId": "seed001",
    }
    payload = own.data(mutation, input=given)["campaignCreate"]
    assert payload["userErrors"] == []
    assert payload["data"]["flights"]["nodes"] == [{"budgetInAdvertiserCurrency": 10.0}]
    refused = own.data(mutation, input={**given, "seedId": "nope"})["campaignCreate"]
    assert refused == {"data": None, "userErrors": [{"field": ["seedId"], "message": "There is no Seed 'nope'"}]}


def test_flights_are_made_changed_and_deleted(own: Any) -> None:
    made = own.data(
        """mutation { campaignFlightCreate(input: {campaignId: "cmp0001", startDateInclusiveUTC: "2030-01-01T00:00:00Z",
            endDateExclusiveUTC: "2030-02-01T00:00:00Z", budgetInAdvertiserCurrency: 5}) {
            data { id } userErrors { field message } } }"""
    )["campaignFlightCreate"]
    assert made["data"] is None  # the last flight of this campaign is open-ended
    assert made["userErrors"] == [{"field": ["flights"], "message": "flights must not overlap"}]
    made = own.data(
        """mutation { campaignFlightCreate(input: {campaignId: "cmp0002", startDateInclusiveUTC: "2030-01-01T00:00:00Z",
            budgetInAdvertiserCurrency: 5}) { data { id } userErrors { message } } }"""
    )["campaignFlightCreate"]
    id = made["data"]["id"]
    change = (
        f"campaignFlightUpdate(input: {{id: {id}, budgetInAdvertiserCurrency: 7.5}}) "
        "{ data { budgetInAdvertiserCurrency } }"
    )
    assert own.data(f"mutation {{ {change} }}")["campaignFlightUpdate"]["data"] == {"budgetInAdvertiserCurrency": 7.5}
    delete = f"mutation {{ campaignFlightDelete(input: {{id: {id}}}) {{ data {{ id }} userErrors {{ message }} }} }}"
    assert own.data(delete)["campaignFlightDelete"]["data"] == {"id": id}
    assert own.code(delete) == "NOT_FOUND"


def test_budgets_of_flights(own: Any) -> None:
    mutation = """mutation($f: [CampaignFlightBudgetInput!]!) {
        campaignBudgetSettingsUpdate(input: {campaignId: "cmp0001", campaignFlights: $f}) {
            data { id } userErrors { field message } } }"""
    flights = [{"campaignFlightId": 900001, "budgetInAdvertiserCurrency": 77}]
    assert own.data(mutation, f=flights)["campaignBudgetSettingsUpdate"]["userErrors"] == []
    nodes = own.data('{ campaign(id: "cmp0001") { flights { nodes { budgetInAdvertiserCurrency } } } }')
    assert nodes["campaign"]["flights"]["nodes"][0] == {"budgetInAdvertiserCurrency": 77.0}
    other = own.data(mutation, f=[{"campaignFlightId": 900010}])["campaignBudgetSettingsUpdate"]
    assert other["userErrors"][0]["field"] == ["campaignFlights", "campaignFlightId"]


def test_newer_payloads_have_errors_of_a_type(own: Any) -> None:
    archive = """mutation($i: [ID!]!) { adGroupsArchive(input: {ids: $i}) {
        data errors { __typename ... on InSchemaError { field message } } } }"""
    assert own.data(archive, i=["adg0002"])["adGroupsArchive"] == {"data": ["adg0002"], "errors": []}
    associate = """mutation($a: [ID]) { adGroupAssociateCreative(input: {adGroupId: "adg0003", creativeIdsToAdd: $a}) {
        data { creatives(first: 50) { nodes { id } } }
        errors { __typename ... on MutationError { field message } } } }"""
    payload = own.data(associate, a=["crt0001"])["adGroupAssociateCreative"]
    assert {"id": "crt0001"} in payload["data"]["creatives"]["nodes"]
    refused = own.data(associate, a=["nope"])["adGroupAssociateCreative"]
    error = {"__typename": "InSchemaError", "field": ["creativeIds"], "message": "There is no Creative 'nope'"}
    assert refused == {"data": None, "errors": [error]}


OTHERS = {
    "advertiserCreate": 'partnerId: "prt0001", name: "N"',
    "advertiserUpdate": 'id: "adv0001", name: "N"',
    "advertiserSetDefaultSeed": 'advertiserId: "adv0001", seedId: "seed002"',
    "seedCreate": 'advertiserId: "adv0001", name: "N"',
    "seedUpdate": 'id: "seed001", name: "N"',
    "campaignUpdateSeed": 'campaignId: "cmp0002", seedId: "seed004"',
    "creativeUpdate": 'id: "crt0001", name: "N"',
    "bidListCreate": 'name: "N", ownerId: "adv0001"',
    "bidListUpdate": 'id: "700001", name: "N"',
    "bidListSet": 'id: "700001", name: "N"',
    "bidListDelete": 'id: "700001"',
    "campaignGroupCreate": 'advertiserId: "adv0001", name: "N"',
    "campaignGroupUpdate": 'id: "5001", name: "N"',
    "campaignGroupAttachCampaigns": 'id: "5001", campaignIds: ["cmp0001"]',
    "campaignGroupArchive": 'id: "5001"',
    "adGroupCreate": 'campaignId: "cmp0002", name: "N", channel: VIDEO, funnelLocation: AWARENESS',
    "adGroupUpdate": 'id: "adg0002", name: "N"',
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_mutation_is_done_and_entered_into_the_journal(own: Any, name: str) -> None:
    payload = own.data(
        f"mutation {{ {name}(input: {{{OTHERS[name]}}}) {{ data {{ id }} userErrors {{ field message }} }} }}"
    )
    assert payload[name]["userErrors"] == []
    assert payload[name]["data"]["id"]
    assert {entry.platform for entry in own.sandbox.journal} == {"ttd"}


def test_mutations_take_no_alias(desk: Any) -> None:
    mutation = 'mutation { again: seedUpdate(input: {id: "seed001", name: "x"}) { data { id } } }'
    assert desk.code(mutation) == "GRAPHQL_VALIDATION_FAILED"


def test_a_refused_mutation_changes_nothing(own: Any) -> None:
    mutation = """mutation { campaignBudgetSettingsUpdate(input: {campaignId: "cmp0001", campaignFlights: [
        {campaignFlightId: 900001, budgetInAdvertiserCurrency: 1},
        {campaignFlightId: 900002, budgetInAdvertiserCurrency: -1}]}) {
        data { id } userErrors { field } } }"""
    before = own.rest("GET", "campaign/cmp0001").json()
    assert own.data(mutation)["campaignBudgetSettingsUpdate"]["userErrors"]
    assert own.rest("GET", "campaign/cmp0001").json() == before
    assert list(own.sandbox.journal) == []


# Bulk and clones

BULK = """mutation($q: String!) { createQueryBulk(input: {query: $q}) { data { id status createdAt }
    errors { ... on MutationError { field message } ... on BulkJobQueryValidationError { queryErrors } } } }"""
LOOK = """query($i: ID!) { bulkJob(id: $i) {
    id status completionPercentage url rawResult runtimeErrors createdAt completedAt
    ... on BulkQueryJob { queryGqlErrors } ... on BulkMutationJob { mutationGqlErrors { error index } } } }"""


def test_a_bulk_query(own: Any) -> None:
    payload = own.data(BULK, q="{ advertisers { nodes { id } } }")["createQueryBulk"]
    assert (payload["data"]["status"], payload["errors"]) == ("QUEUED", [])
    seen = [own.data(LOOK, i=payload["data"]["id"])["bulkJob"] for _ in range(3)]
    assert [job["status"] for job in seen] == ["IN_PROGRESS", "IN_PROGRESS", "SUCCESS"]
    assert len(json.loads(seen[-1]["rawResult"])["data"]["advertisers"]["nodes"]) == 12
    assert (seen[-1]["queryGqlErrors"], seen[0]["url"]) == ([], None)


def test_a_bulk_query_that_is_not_valid(desk: Any) -> None:
    payload = desk.data(BULK, q="{ nope }")["createQueryBulk"]
    assert payload["data"] is None
    assert payload["errors"][0]["queryErrors"] == ["Cannot query field 'nope' on type 'Query'."]


def test_a_bulk_mutation(own: Any) -> None:
    start = """mutation($v: [String!]!) { createMutationBulk(input: {mutation: "mutation($input: SeedUpdateInput!) {
        seedUpdate(input: $input) { data { name } userErrors { message } } }", mutationVariables: $v}) {
        data { id } errors { ... on MutationError { field message } } } }""".replace("\n", " ")
    inputs = [json.dumps({"input": {"id": "seed001", "name": name}}) for name in ("One", "")]
    job = own.data(start, v=inputs)["createMutationBulk"]["data"]
    for _ in range(3):
        ended = own.data(LOOK, i=job["id"])["bulkJob"]
    assert ended["status"] == "PARTIAL_SUCCESS"
    assert ended["mutationGqlErrors"] == [{"error": "must not be empty", "index": 1}]
    assert own.data('{ seed(id: "seed001") { name } }') == {"seed": {"name": "One"}}
    refused = own.data(start, v=["no json"])["createMutationBulk"]
    assert refused["errors"][0]["field"] == ["mutationVariables", "0"]


def test_a_clone_takes_its_time(own: Any) -> None:
    mutation = """mutation { campaignClonesCreate(input: {campaignCloneData: [
        {campaignId: "cmp0001", cloneNames: ["Copy"]}]}) {
        data { id status } userErrors { message } } }"""
    [progress] = own.data(mutation)["campaignClonesCreate"]["data"]
    look = f'{{ campaignCloneProgress(id: "{progress["id"]}") {{ status sourceCampaign {{ id }} }} }}'
    states = [own.data(look)["campaignCloneProgress"] for _ in range(3)]
    assert [state["status"] for state in states] == ["PROCESSING", "PROCESSING", "COMPLETED"]
    assert states[-1]["sourceCampaign"] == {"id": "cmp0001"}
    shape = "name flights { totalCount } adGroups { totalCount }"
    both = own.data(f'{{ old: campaign(id: "cmp0001") {{ {shape} }} new: campaign(id: "cmp0401") {{ {shape} }} }}')
    assert both["new"] == {**both["old"], "name": "Copy"}


# Changes since a version

DELTA = """query($i: ChildrenDeltaInput!) { campaignDelta(input: $i) { nextChangeTrackingVersion moreAvailable
    currentMinimumTrackingVersion campaigns { id } } }"""


def test_changes_come_in_chunks_and_then_only_what_is_new(own: Any) -> None:
    version, found = None, []
    for _ in range(10):
        asked = {"advertiser": {"changeTrackingVersion": version, "ids": ["adv0001", "adv0002"]}}
        delta = own.data(DELTA, i=asked)["campaignDelta"]
        version = delta["nextChangeTrackingVersion"]
        found += [one["id"] for one in delta["campaigns"]]
        if not delta["moreAvailable"]:
            break
    for advertiser in ("adv0001", "adv0002"):
        query = f'{{ advertiser(id: "{advertiser}") {{ campaigns(first: 1000) {{ nodes {{ id }} }} }} }}'
        expected = ids(own.data(query)["advertiser"]["campaigns"])
        assert len(expected) > 50
        assert [one for one in found if one in expected] == expected
    assert len(found) == len(set(found))
    own.workflows("PATCH", "/campaign", {"id": "cmp0001", "primaryInput": {"description": "x"}})
    asked = {"advertiser": {"changeTrackingVersion": version, "ids": ["adv0001"]}}
    assert own.data(DELTA, i=asked)["campaignDelta"]["campaigns"] == [{"id": "cmp0001"}]


def test_a_version_that_is_too_old(own: Any) -> None:
    own.set(delta_from=1000)
    asked = {"advertiser": {"changeTrackingVersion": 5, "ids": ["adv0001"]}}
    delta = own.data(DELTA, i=asked)["campaignDelta"]
    assert (delta["currentMinimumTrackingVersion"], delta["campaigns"]) == (1000, [])


def test_advertisers_change_under_their_partner(own: Any) -> None:
    own.rest("PUT", "advertiser", {"AdvertiserId": "adv0003", "Description": "new"})
    latest = own.rest("POST", "delta/advertiser/query/partner", {"PartnerId": "prt0001"}).json()
    version = latest["LastChangeTrackingVersion"]
    asked = f'{{changeTrackingVersion: {version - 1}, ids: ["prt0001"]}}'
    query = f"{{ advertiserDelta(input: {asked}) {{ advertisers {{ id }} }} }}"
    assert own.data(query)["advertiserDelta"]["advertisers"] == [{"id": "adv0003"}]


@pytest.mark.parametrize("kind", ["adGroup", "creative", "trackingTag"])
def test_other_deltas(desk: Any, kind: str) -> None:
    query = f'{{ {kind}Delta(input: {{advertiser: {{ids: ["adv0001"]}}}}) {{ moreAvailable {kind}s {{ id }} }} }}'
    assert desk.data(query)[f"{kind}Delta"][f"{kind}s"]
