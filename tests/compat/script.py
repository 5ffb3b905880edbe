"""What a script for the classic SDK does, step by step: it runs under the classic SDK and under this package.

`run(t1, mark)` calls every step; `mark(name)` is called before each, so that the server's log can be cut into steps.
Returns, for each step that raised, the class of what it raised.
"""

import datetime

from terminalone import filters
from terminalone.models import Campaign

STEPS = []


def step(function):
    STEPS.append(function)
    return function


def run(t1, mark):
    raised = {}
    for function in STEPS:
        mark(function.__name__)
        try:
            function(t1)
        except Exception as error:  # noqa: BLE001 - compared by the test
            raised[function.__name__] = type(error).__name__
    mark("end")
    return raised


# reading


@step
def page(t1):
    list(t1.get("campaigns"))


@step
def page_of_a_class(t1):
    list(t1.get(Campaign, page_limit=3))


@step
def page_further_on(t1):
    list(t1.get("strategies", page_limit=10, page_offset=20))


@step
def by_id(t1):
    t1.get("campaigns", 7)


@step
def by_id_as_text(t1):
    t1.get("advertisers", "7")


@step
def sorted_by_id_descending(t1):
    list(t1.get("campaigns", sort_by="-id", page_limit=5))


@step
def sorted_by_name(t1):
    list(t1.get("campaigns", sort_by="name", page_limit=5))


@step
def limited(t1):
    list(t1.get("campaigns", limit={"advertiser": 7}))


@step
def limited_by_text(t1):
    list(t1.get("campaigns", limit={"advertiser": "7"}))


@step
def limited_by_a_chain(t1):
    list(t1.get("advertisers", limit={"agency.organization": 100001}))


@step
def limited_to_two(t1):
    list(t1.get("campaigns", limit={"advertiser": 7, "agency": 101}))


@step
def included(t1):
    list(t1.get("campaigns", include="advertiser", page_limit=5))


@step
def two_included(t1):
    list(t1.get("atomic_creatives", include=["advertiser", "concept"], page_limit=5))


@step
def a_chain_included(t1):
    list(t1.get("atomic_creatives", include=[["advertiser", "agency"], "concept"], page_limit=5))


@step
def included_with_one(t1):
    t1.get("campaigns", 7, include=["advertiser", "strategies"])


@step
def full(t1):
    list(t1.get("campaigns", full=True, page_limit=5))


@step
def full_of_one_type(t1):
    list(t1.get("campaigns", include="advertiser", full="campaign", page_limit=5))


@step
def full_of_two_types(t1):
    list(t1.get("campaigns", include="advertiser", full=["campaign", "advertiser"], page_limit=5))


@step
def not_full(t1):
    list(t1.get("campaigns", full=False, page_limit=5))


@step
def full_of_no_type(t1):
    list(t1.get("campaigns", full=[], page_limit=5))


@step
def full_with_one(t1):
    t1.get("campaigns", 7, full=True)


@step
def counted(t1):
    t1.get("campaigns", count=True, page_limit=1)


@step
def everything(t1):
    list(t1.get("advertisers", get_all=True))


@step
def everything_of_many_pages(t1):
    list(t1.get("campaigns", limit={"advertiser.agency": 101}, get_all=True, page_limit=50))


@step
def everything_counted(t1):
    rows, _ = t1.get("agencies", get_all=True, count=True)
    list(rows)


@step
def get_all(t1):
    list(t1.get_all("organizations", full=True))


@step
def more_parameters(t1):
    list(t1.get("campaigns", other_params={"page_limit": 2, "sort_by": "name"}))


@step
def a_query_as_text(t1):
    list(t1.get("campaigns", query="status==1", page_limit=5))


@step
def below_a_parent(t1):
    list(t1.get("audience_segments", parent=0))


@step
def too_many_a_page(t1):
    list(t1.get("campaigns", page_limit=101))


@step
def an_unknown_child(t1):
    t1.get("strategies", 10001, child="nothing")


@step
def missing(t1):
    t1.get("campaigns", 7654321)


# finding


@step
def find_ids(t1):
    list(t1.find("campaigns", "id", filters.IN, [1, 2, 3]))


@step
def find_null(t1):
    list(t1.find("campaigns", "io_name", filters.NULL, None, page_limit=5))


@step
def find_not_null(t1):
    list(t1.find("campaigns", "io_name", filters.NOT_NULL, None, page_limit=5))


@step
def find_equal(t1):
    list(t1.find("campaigns", "status", filters.EQUALS, True, page_limit=5))


@step
def find_false(t1):
    list(t1.find("campaigns", "status", filters.EQUALS, False, page_limit=5))


@step
def find_not_equal(t1):
    list(t1.find("campaigns", "currency_code", filters.NOT_EQUALS, "USD", page_limit=5))


@step
def find_greater(t1):
    list(t1.find("campaigns", "id", filters.GREATER, "2000", page_limit=5))


@step
def find_greater_or_equal(t1):
    list(t1.find("campaigns", "id", filters.GREATER_OR_EQUAL, "2000", page_limit=5))


@step
def find_less(t1):
    list(t1.find("campaigns", "id", filters.LESS, "20", page_limit=5))


@step
def find_less_or_equal(t1):
    list(t1.find("campaigns", "id", filters.LESS_OR_EQUAL, "20", page_limit=5))


@step
def find_text(t1):
    list(t1.find("campaigns", "name", filters.CASE_INS_STRING, "*spring*", page_limit=5))


@step
def find_with_more(t1):
    wanted = {"include": "advertiser", "full": "campaign", "limit": {"advertiser": 7}, "sort_by": "-id"}
    list(t1.find("campaigns", "status", filters.EQUALS, True, **wanted))


@step
def find_a_number(t1):
    list(t1.find("campaigns", "advertiser_id", filters.EQUALS, 7, page_limit=5))


# children


@step
def child_concepts(t1):
    list(t1.get("strategies", 10001, child="concepts"))


@step
def child_budget_flights(t1):
    list(t1.get("campaigns", 7, child="budget_flights"))


@step
def child_day_parts(t1):
    list(t1.get("strategies", 10001, child="day_parts"))


@step
def child_segments(t1):
    list(t1.get("strategies", 10001, child="audience_segments"))


@step
def child_region(t1):
    t1.get("strategies", 10001, child="Region")


@step
def child_supplies(t1):
    t1.get("strategies", 10001, child="supplies")


@step
def child_permissions(t1):
    t1.get("users", 2, child="permissions")


@step
def child_included(t1):
    list(t1.get("strategies", 10001, child="concepts", include="advertiser"))


# writing


@step
def update(t1):
    campaign = t1.get("campaigns", 21)
    campaign.name = 'Renamed "2027" & <more>'
    campaign.save()


@step
def update_of_several_fields(t1):
    campaign = t1.get("campaigns", 22)
    campaign.total_budget = 1234.5
    campaign.status = not campaign.status
    campaign.goal_type = "reach" if campaign.goal_type != "reach" else "cpc"
    campaign.update()


@step
def update_of_nothing(t1):
    t1.get("campaigns", 23).save()


@step
def update_with_data(t1):
    t1.get("advertisers", 8).save({"name": "Named by data"})


@step
def update_of_undeclared_and_readonly(t1):
    campaign = t1.get("campaigns", 24)
    campaign.name = "Sent"
    campaign.nothing_like_it = 1
    campaign.created_on = "2020-01-01T00:00:00"
    campaign.save()


@step
def clear_by_none(t1):
    campaign = t1.get("campaigns", 25)
    campaign.merit_pixel_id = None
    campaign.save()


@step
def clear_by_del(t1):
    campaign = next(t1.find("campaigns", "io_name", filters.NOT_NULL, None, full=True, page_limit=1))
    del campaign.io_name
    campaign.save()


@step
def dates(t1):
    campaign = t1.get("campaigns", 26)
    campaign.end_date = datetime.datetime(2029, 3, 31, 23, 59, 59)
    campaign.save()


@step
def create(t1):
    concept = t1.new("concept", properties={"name": "Made by a script", "advertiser_id": 7})
    concept.save()


@step
def create_field_by_field(t1):
    campaign = t1.new("campaign")
    campaign.name = "Made by a script"
    campaign.advertiser_id = 7
    campaign.ad_server_id = 1
    campaign.goal_type = "cpc"
    campaign.goal_value = 2.5
    campaign.service_type = "SELF"
    campaign.total_budget = 500
    campaign.start_date = datetime.datetime(2027, 3, 1)
    campaign.end_date = datetime.datetime(2027, 3, 31, 23, 59, 59)
    campaign.save()


@step
def create_then_update(t1):
    concept = t1.new("concept", properties={"name": "Made once", "advertiser_id": 7})
    concept.save()
    concept.name = "Named again"
    concept.save()


@step
def update_of_a_strategy(t1):
    strategy = t1.get("strategies", 10002)
    strategy.name = "Renamed"
    strategy.save()


@step
def update_of_an_included_record(t1):
    campaign = t1.get("campaigns", 7, include="advertiser", full=True)
    campaign.advertiser.name = "Renamed through its campaign"
    campaign.advertiser.save()


@step
def refused(t1):
    t1.new("concept", properties={"advertiser_id": 424242}).save()


@step
def add_and_remove_a_flight(t1):
    campaign = t1.get("campaigns", 9)
    flight = t1.new("budget_flight")
    flight.campaign_id = 9
    flight.start_date = campaign.start_date
    flight.end_date = campaign.end_date
    flight.total_budget = 10
    flight.save()
    flight.remove()


@step
def save_domains(t1):
    strategy = t1.get("strategies", 10003)
    strategy.save_domains({"domains.1.domain": "example.com", "domains.1.restriction": "EXCLUDE"})


@step
def clear_domains(t1):
    t1.get("strategies", 10003).save_domains({})


@step
def save_supplies(t1):
    t1.get("strategies", 10003).save_supplies({"supply_source.1.id": 1})


@step
def save_segments(t1):
    strategy = t1.get("strategies", 10003)
    form = {"segments.1.id": 1001, "segments.1.restriction": "INCLUDE", "segments.1.group_identifier": "g1"}
    strategy.save_audience_segments({**form, "include_op": "OR", "exclude_op": "OR"})


@step
def save_a_dimension(t1):
    region = t1.get("strategies", 10003, child="region")
    region.save()


@step
def save_permissions(t1):
    permission = t1.get("users", 2, child="permissions")
    permission.add("agency", 104)
    permission.save()


@step
def save_deals(t1):
    t1.get("strategies", 10003).save_deals({"deal.1.id": 1})


@step
def save_targeting_segments(t1):
    form = {"segments.1.id": 1, "segments.1.restriction": "INCLUDE", "segments.1.operator": "OR"}
    t1.get("strategies", 10003).save_targeting_segments({**form, "include_op": "OR", "exclude_op": "OR"})


@step
def remove_retired_segments(t1):
    t1.get("strategies", 10003).remove_retired_audience_segments([1, 2])


@step
def save_flights_in_bulk(t1):
    campaign = t1.get("campaigns", 11)
    flights = list(t1.get("campaigns", 11, child="budget_flights"))
    flights[0].total_budget = 77
    for flight in flights:
        flight.is_relevant = True
    campaign.save_budget_flights(flights)


@step
def remove_a_strategy_concept(t1):
    t1.get("strategy_concepts", 50001).remove()


@step
def create_a_deal(t1):
    deal = t1.new("deal")
    deal.name = "A deal"
    deal.deal_identifier = "made-by-a-script"
    deal.status = True
    deal.start_datetime = datetime.datetime(2027, 3, 1, tzinfo=datetime.UTC)
    deal.end_datetime = datetime.datetime(2027, 4, 1, tzinfo=datetime.UTC)
    deal.owner = {"type": "ORGANIZATION", "id": 100001}
    deal.permissions = {"all_organizations": True}
    deal.price = {"value": "5.00", "currency_code": "USD"}
    deal.price_method = "CPM"
    deal.price_type = "FIXED"
    deal.save()


@step
def update_a_deal(t1):
    deal = t1.get("deals", 1)
    deal.name = "Renamed"
    deal.status = not deal.status
    deal.price = {"value": "7.50", "currency_code": "USD"}
    deal.end_datetime = datetime.datetime(2028, 4, 1, 12, tzinfo=datetime.UTC)
    deal.save()


@step
def update_a_user(t1):
    user = t1.get("users", 3)
    user.first_name = "Zoë"
    user.save()


@step
def update_a_pixel(t1):
    pixel = t1.get("pixel_bundles", 8001)
    pixel.name = "Renamed"
    pixel.save()


@step
def update_a_creative(t1):
    creative = t1.get("atomic_creatives", 70001)
    creative.click_url = "https://example.com/?a=b&c=d"
    creative.save()


@step
def update_a_site_list(t1):
    sites = t1.get("site_lists", 401)
    sites.name = "Renamed"
    sites.save()


@step
def create_a_strategy(t1):
    strategy = t1.new("strategy")
    strategy.campaign_id = 7
    strategy.name = "Made by a script"
    strategy.budget = 100
    strategy.goal_type = "cpc"
    strategy.goal_value = 1
    strategy.max_bid = 2
    strategy.pacing_amount = 10
    strategy.type = "REM"
    strategy.save()


@step
def strategy_dates(t1):
    strategy = t1.get("strategies", 10004)
    strategy.use_campaign_start = False
    strategy.start_date = datetime.datetime(2027, 3, 1)
    strategy.save()


@step
def child_deals(t1):
    t1.get("strategies", 10001, child="deals")


@step
def child_targeting_segments(t1):
    list(t1.get("strategies", 10001, child="targeting_segments"))


@step
def child_retired_segments(t1):
    list(t1.get("strategies", 10001, child="retired_audience_segments"))


@step
def verticals(t1):
    list(t1.get("verticals", full=True))


@step
def supply_sources(t1):
    list(t1.get("supply_sources", page_limit=10, full=True))


@step
def deals(t1):
    list(t1.get("deals", page_limit=10))


@step
def history(t1):
    list(t1.get("advertisers", 9).history())


# reports


@step
def all_reports(t1):
    t1.new("report").metadata  # noqa: B018


@step
def one_report(t1):
    t1.new("report", "performance").metadata  # noqa: B018


@step
def run_a_report(t1):
    report = t1.new("report", "performance")
    report.dimensions = ["campaign_id"]
    report.metrics = ["impressions", "clicks"]
    report.filter = {"organization_id": 100001}
    report.time_rollup = "all"
    report.start_date = "2026-01-01"
    report.end_date = "2026-01-31"
    report.order = ["campaign_id"]
    _, rows = report.get()
    list(rows)
