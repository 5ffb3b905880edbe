"""Calls of the management API that are not plain reads and writes of a collection.

Sources: sections 4 and 11 of the facts (t1-python, t1-java, t1-node). Their replies are mostly not recorded: a
call that is said to answer a list answers the list it changed, one that answers a strategy the strategy.
No call advances the version of the strategy or campaign it is made on; the facts do not say.
"""

from __future__ import annotations

from adplatforms.sandbox.t1.answers import Call
from adplatforms.sandbox.t1.calls import acl, assignments, campaigns, copies, segments, site_lists, targets, uploads

CALLS: tuple[Call, ...] = (
    *acl.CALLS,
    *assignments.CALLS,
    *campaigns.CALLS,
    *copies.CALLS,
    *segments.CALLS,
    *site_lists.CALLS,
    *targets.CALLS,
    *uploads.CALLS,
)
"""Path, method and view; a view gets the service first."""
