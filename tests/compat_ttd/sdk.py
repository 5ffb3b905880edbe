"""Runs under the official SDK: makes the calls that stand on stdin as JSON, one after the other.

Each is ``{"call": "campaign.create", "args": {...}}``; the URL of the server is the first argument. What a call raises
goes to stdout, by place.
"""

import json
import sys
import urllib.request

from ttd_workflows import Workflows


def main(url):
    raised = {}
    with Workflows(ttd_auth="demo-token", server_url=url) as client:
        for place, step in enumerate(json.load(sys.stdin)):
            urllib.request.urlopen(urllib.request.Request(f"{url}/mark/{place}", method="GET")).read()
            part, method = step["call"].split(".")
            try:
                getattr(getattr(client, part), method)(**step["args"])
            except Exception as error:  # noqa: BLE001, compared by the test
                raised[place] = f"{type(error).__name__}: {error}"
    json.dump(raised, sys.stdout)


main(sys.argv[1])
