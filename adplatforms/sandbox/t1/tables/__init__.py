"""The T1 entity types the sandbox serves: one `Resource` a type, in the words of `schema.py`.

Sources: the field lists, enums and defaults of MediaMath/t1-python 1.9.20; what a create needs, from the
schemas of go-t1 and t1-node. Those sources say nothing on the following, which is the sandbox's choice:

- the relations that lead down (`strategies` of a campaign is recorded, the other lists are named like it);
- `currency` and `time_zone`, types that are known by name only: here they have an id and a name;
- the defaults that no client declares (a campaign or strategy made without a status is switched off).
"""

from __future__ import annotations

from adplatforms.sandbox.t1.schema import Registry
from adplatforms.sandbox.t1.tables import accounts, campaigns, creatives

REGISTRY = Registry((*accounts.RESOURCES, *campaigns.RESOURCES, *creatives.RESOURCES))
"""Every type, by type and by collection."""
