"""The classic SDK bundled an old copy of six here. This is today's six package, under the classic path.

``from terminalone.vendor import six``, ``from terminalone.vendor.six import text_type`` and
``from terminalone.vendor.six.moves.urllib.parse import urlencode`` work as they did.
"""

import sys

import six
from six.moves import urllib

__all__ = ["six"]

# Scripts import these modules by their full path, and six makes its own only under its own name.
sys.modules[f"{__name__}.six"] = six
sys.modules[f"{__name__}.six.moves"] = six.moves
sys.modules[f"{__name__}.six.moves.urllib"] = urllib
for _name in ("parse", "error", "request", "response", "robotparser"):
    sys.modules[f"{__name__}.six.moves.urllib.{_name}"] = getattr(urllib, _name)
