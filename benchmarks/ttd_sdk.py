"""Runs under The Trade Desk's official SDK for `benchmarks.ttd`: reads an answer, as the SDK does, when it is told to.

The first line on stdin is the answer as JSON; for each line after it, a number of rounds, it prints the CPU seconds.
"""

import sys
from time import process_time

from ttd_workflows import models
from ttd_workflows.utils import unmarshal_json


def main():
    answer = sys.stdin.readline()
    unmarshal_json(answer, models.CampaignPayload)
    for line in sys.stdin:
        began = process_time()
        for _ in range(int(line)):
            unmarshal_json(answer, models.CampaignPayload)
        print(process_time() - began, flush=True)


main()
