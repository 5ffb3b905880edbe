"""Runs in an environment that holds the classic SDK (TerminalOne 1.9.20): drives it against a server.

    python classic_sdk.py 127.0.0.1:PORT xml|json

Prints one JSON object: what each step gave, or the class and text of what it raised. The SDK runs unchanged;
what is adapted lies around it: `collections.Iterator`, which Python 3.10 dropped; the bundled six, whose
import hook Python 3.12 dropped; https, which becomes http on the way out; and the host of the token endpoint,
which is the server's.
"""

import collections
import collections.abc
import json
import pathlib
import sys

import requests.adapters
import six

collections.Iterator = collections.abc.Iterator

_send = requests.adapters.HTTPAdapter.send


def _send_plainly(adapter, request, **options):
    request.url = request.url.replace("https://auth.mediamath.com/", f"http://{sys.argv[1]}/", 1)
    request.url = request.url.replace("https://", "http://", 1)
    return _send(adapter, request, **options)


requests.adapters.HTTPAdapter.send = _send_plainly

for name in ("", ".moves", ".moves.urllib", ".moves.urllib.parse"):
    __import__("six" + name)
    sys.modules["terminalone.vendor.six" + name] = sys.modules["six" + name]

import terminalone.vendor  # noqa: E402

terminalone.vendor.six = six

from terminalone import T1, filters  # noqa: E402

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import classic_special  # noqa: E402, F401
from steps import STEPS, brief, fields, step  # noqa: E402


def found(t1, collection, field, operator, wanted):
    rows, total = t1.find(collection, field, operator, wanted, full=True, count=True)
    rows = list(rows)
    return {"total": total, "rows": [dict(brief(row), value=getattr(row, field, None)) for row in rows[:5]]}


@step
def login(t1):
    return {"user_id": t1.user_id, "username": t1.username, "has_session": len(t1.session_id) == 40}


@step
def page(t1):
    return [brief(campaign) for campaign in t1.get("campaigns")]


@step
def limited_record(t1):
    return hasattr(next(t1.get("campaigns")), "status")


@step
def by_id(t1):
    campaign = t1.get("campaigns", 7)
    return fields(
        campaign, "id", "name", "_type", "version", "status", "goal_type", "total_budget", "start_date", "zone_name"
    )


@step
def counted(t1):
    rows, total = t1.get("campaigns", page_limit=1, count=True)
    return {"rows": len(list(rows)), "total": total}


@step
def everything(t1):
    ids = [campaign.id for campaign in t1.get("campaigns", get_all=True)]
    return {"rows": len(ids), "different": len(set(ids)), "first": ids[0], "last": ids[-1]}


@step
def find_in(t1):
    return found(t1, "campaigns", "id", filters.IN, ["3", "1", "99999999"])


@step
def find_null(t1):
    return found(t1, "campaigns", "io_name", filters.NULL, None)


@step
def find_not_null(t1):
    return found(t1, "campaigns", "io_name", filters.NOT_NULL, None)


@step
def find_equals(t1):
    return found(t1, "campaigns", "status", filters.EQUALS, True)


@step
def find_not_equals(t1):
    return found(t1, "campaigns", "currency_code", filters.NOT_EQUALS, "USD")


@step
def find_greater(t1):
    return found(t1, "campaigns", "total_budget", filters.GREATER, "50000")


@step
def find_greater_or_equal(t1):
    return found(t1, "campaigns", "total_budget", filters.GREATER_OR_EQUAL, "50000")


@step
def find_less(t1):
    return found(t1, "campaigns", "start_date", filters.LESS, "2025-02-01T00:00:00")


@step
def find_less_or_equal(t1):
    return found(t1, "campaigns", "total_budget", filters.LESS_OR_EQUAL, "500")


@step
def find_text(t1):
    return found(t1, "campaigns", "name", filters.CASE_INS_STRING, "*SPRING sale*")


@step
def include_one(t1):
    campaign = t1.get("campaigns", 7, include="advertiser")
    return brief(campaign.advertiser)


@step
def include_two(t1):
    creative = t1.get("atomic_creatives", 70001, include=["advertiser", "concept"])
    return [brief(creative.advertiser), brief(creative.concept)]


@step
def include_chain(t1):
    creative = t1.get("atomic_creatives", 70001, include=[["advertiser", "agency"], "concept"], full=True)
    agency = creative.advertiser.agency
    return {"agency": brief(agency), "organization_id": agency.organization_id, "concept": brief(creative.concept)}


@step
def include_list(t1):
    return [brief(strategy) for strategy in t1.get("campaigns", 7, include="strategies").strategies]


@step
def include_role(t1):
    return [brief(contact) for contact in t1.get("agencies", 101, include="sales_contact").sales_contact]


@step
def full_of_a_type(t1):
    campaign = next(t1.get("campaigns", include="advertiser", full="campaign"))
    return {"campaign": hasattr(campaign, "status"), "advertiser": hasattr(campaign.advertiser, "status")}


@step
def sorted_down(t1):
    return [campaign.id for campaign in t1.get("campaigns", sort_by="-id", page_limit=3)]


@step
def limited_to_parent(t1):
    rows, total = t1.get("campaigns", limit={"advertiser": 7}, full=True, count=True)
    return {"total": total, "advertisers": sorted({row.advertiser_id for row in rows})}


@step
def limited_by_chain(t1):
    rows, total = t1.get("advertisers", limit={"agency.organization": 100001}, full=True, count=True)
    return {"total": total, "agencies": sorted({row.agency_id for row in rows})}


@step
def children(t1):
    flights = t1.get("campaigns", 7, child="budget_flights")
    return [fields(flight, "id", "campaign_id", "total_budget", "is_relevant") for flight in flights]


@step
def permissions(t1):
    permission = t1.get("users", 2, child="permissions")
    return {"agency": sorted(permission.agency), "role": permission.role, "edit": permission.edit_campaigns}


@step
def history(t1):
    if t1.json:
        return "XML only"
    advertiser = t1.get("advertisers", 9)
    advertiser.name = "Renamed & <kept>"
    advertiser.save()
    return [entry["fields"] for entry in advertiser.history()]


@step
def update(t1):
    campaign = t1.get("campaigns", 8)
    before = campaign.version
    campaign.name = 'Été "2027" & <more>'
    campaign.total_budget = 1234.5
    campaign.save()
    again = t1.get("campaigns", 8)
    versions = [campaign.version - before, again.version - before]
    return {"versions": versions, "name": again.name, "budget": again.total_budget}


@step
def clear(t1):
    id = next(t1.find("campaigns", "merit_pixel_id", filters.NOT_NULL, None)).id
    campaign = t1.get("campaigns", id)
    before = campaign.merit_pixel_id
    campaign.merit_pixel_id = None
    campaign.save()
    return {"id": id, "before": before, "after": getattr(t1.get("campaigns", id), "merit_pixel_id", None)}


@step
def create(t1):
    import datetime

    campaign = t1.new("campaign")
    campaign.name = "Made by the classic SDK"
    campaign.advertiser_id = 7
    campaign.ad_server_id = 1
    campaign.goal_type = "cpc"
    campaign.goal_value = 2.5
    campaign.service_type = "SELF"
    campaign.total_budget = 500
    campaign.start_date = datetime.datetime(2027, 3, 1)
    campaign.end_date = datetime.datetime(2027, 3, 31, 23, 59, 59)
    campaign.save()
    return fields(campaign, "id", "version", "name", "status", "start_date", "currency_code")


@step
def add_and_remove_flight(t1):
    flight = t1.new("budget_flight")
    campaign = t1.get("campaigns", 9)
    flight.campaign_id = 9
    flight.start_date = campaign.start_date
    flight.end_date = campaign.end_date
    flight.total_budget = 10
    flight.save()
    id = flight.id

    def there():
        return id in [one.id for one in t1.get("campaigns", 9, child="budget_flights")]

    added = there()
    flight.remove()
    return {"added": added, "left": there()}


@step
def stale_version(t1):
    mine, theirs = t1.get("campaigns", 10), t1.get("campaigns", 10)
    theirs.name = "First"
    theirs.save()
    mine.name = "Second"
    return mine.save()


@step
def field_errors(t1):
    concept = t1.new("concept")
    concept.advertiser_id = 424242
    return concept.save()


@step
def too_many_a_page(t1):
    return t1.get("campaigns", page_limit=101)


@step
def unknown_relation(t1):
    return t1.get("campaigns", include="advertizer")


@step
def missing(t1):
    return t1.get("campaigns", 7654321)


@step
def wrong_password(t1):
    return T1("demo", "guess", "demo-key", api_base=t1.api_base, json=t1.json)


@step
def wrong_api_key(t1):
    return T1("demo", "demo", "stolen", api_base=t1.api_base, json=t1.json)


def main(api_base, wire_format):
    t1 = T1("demo", "demo", "demo-key", api_base=api_base, json=wire_format == "json")
    results = {}
    for run in STEPS:
        try:
            results[run.__name__] = run(t1)
        except Exception as error:  # noqa: BLE001 - what it raises is what is asked
            results[run.__name__] = {
                "raised": type(error).__name__,
                "code": getattr(error, "code", None),
                "text": str(error),
            }
    sys.stdout.write(json.dumps(results, default=str))


main(*sys.argv[1:])
