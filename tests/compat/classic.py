"""Runs in an environment that holds the classic SDK (TerminalOne 1.9.20): `script.run` against a server.

    python classic.py 127.0.0.1:PORT
    python classic.py names

Prints one JSON object: what each step raised, or the SDK's public names. The SDK runs unchanged; what is adapted lies
around it: `collections.Iterator`, which Python 3.10 dropped; the bundled six, whose import hook Python 3.12 dropped;
and https, which becomes http on the way out.
"""

import collections
import collections.abc
import json
import sys
import urllib.error
import urllib.request
from pathlib import Path

import requests.adapters
import six

collections.Iterator = collections.abc.Iterator

_send = requests.adapters.HTTPAdapter.send


def _send_plainly(adapter, request, **options):
    request.url = request.url.replace("https://", "http://", 1)
    return _send(adapter, request, **options)


requests.adapters.HTTPAdapter.send = _send_plainly

for name in ("", ".moves", ".moves.urllib", ".moves.urllib.parse"):
    __import__("six" + name)
    sys.modules["terminalone.vendor.six" + name] = sys.modules["six" + name]

import terminalone.vendor  # noqa: E402

terminalone.vendor.six = six

from terminalone import T1  # noqa: E402

sys.path.append(str(Path(__file__).resolve().parent))

import script  # noqa: E402
import surface  # noqa: E402


def main(host):
    if host == "names":
        sys.stdout.write(json.dumps(surface.surface()))
        return

    def mark(name):
        try:
            urllib.request.urlopen(f"http://{host}/step/{name}").close()
        except urllib.error.HTTPError as error:
            error.close()

    t1 = T1("demo", "demo", "demo-key", api_base=host)
    sys.stdout.write(json.dumps(script.run(t1, mark)))


main(*sys.argv[1:])
