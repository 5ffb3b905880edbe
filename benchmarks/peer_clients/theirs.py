"""The peers for `benchmarks.peers`, each under its own Python: `python theirs.py t1-json|t1-xml|pinterest URL`.

TerminalOne 1.9.20 needs `collections.Iterator`, which Python 3.10 dropped, and https made http on the way out.
"""

import collections
import collections.abc
import os
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from worker import hydrating, seen, serve


def t1(url, json):
    import requests.adapters

    collections.Iterator = collections.abc.Iterator
    send = requests.adapters.HTTPAdapter.send

    def send_plainly(adapter, request, **options):
        request.url = request.url.replace("https://", "http://", 1)
        return send(adapter, request, **options)

    requests.adapters.HTTPAdapter.send = send_plainly

    from terminalone import T1

    session = T1("demo", "demo", "demo-key", api_base=url.removeprefix("http://"), json=json)

    def save(times):
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


def pinterest(url):
    os.environ["PINTEREST_API_URI"] = f"{url}/pinterest/v5"
    os.environ["PINTEREST_ACCESS_TOKEN"] = "demo-token"
    home = pathlib.Path(tempfile.mkdtemp()) / "empty"  # the SDK reads any config.json near the working directory
    home.mkdir()
    os.chdir(home)

    from pinterest.ads.campaigns import Campaign
    from pinterest.client import PinterestSDKClient

    client = PinterestSDKClient.create_client_with_token("demo-token")
    account = "549755885175"

    def campaigns(rows):
        found, after = Campaign.get_all(ad_account_id=account, page_size=100, client=client)
        for _ in range(rows // 100 - 1):
            yield from found
            found, after = after.get_next()
        yield from found

    def save(times):
        campaign = Campaign(ad_account_id=account, campaign_id="320000000000", client=client)
        for number in range(times):
            campaign.update_fields(name=f"Saved {number}")
        return [times, campaign.name]

    return {"list": lambda rows: seen(campaigns(rows)), "hydrate": hydrating(lambda: campaigns(100)), "save": save}


if __name__ == "__main__":
    kind, address = sys.argv[1:]
    serve(pinterest(address) if kind == "pinterest" else t1(address, kind == "t1-json"))
