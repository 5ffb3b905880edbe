"""Runs under Pinterest's own SDK for `benchmarks.pinterest`: lists campaigns, as its users do, when it is told to.

The first line on stdin is a page as JSON; for each line after it, a number of rounds, it prints the CPU seconds. The
page comes from memory in place of urllib3, so only what the SDK does with it counts.
"""

import sys
from time import process_time

import urllib3
from pinterest.ads.campaigns import Campaign
from pinterest.client import PinterestSDKClient


def main():
    page = sys.stdin.readline().encode()

    def request(self, method, url, *args, **words):
        return urllib3.HTTPResponse(
            body=page, status=200, headers={"Content-Type": "application/json"}, preload_content=True
        )

    urllib3.PoolManager.request = request
    client = PinterestSDKClient.create_client_with_token("a-token")
    found, _ = Campaign.get_all(ad_account_id="549755885175", page_size=100, client=client)
    assert found[0].name
    for line in sys.stdin:
        began = process_time()
        for _ in range(int(line)):
            Campaign.get_all(ad_account_id="549755885175", page_size=100, client=client)
        print(process_time() - began, flush=True)


main()
