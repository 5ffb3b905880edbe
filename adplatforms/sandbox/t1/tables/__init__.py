"""The T1 entity types the sandbox serves: one `Resource` a type, in the words of `schema.py`.

Sources: the field lists, enums and defaults of MediaMath/t1-python 1.9.20; what a create needs, from the
schemas of go-t1 and t1-node. Those sources say nothing on the following, which is the sandbox's choice:

- the relations that lead down (`strategies` of a campaign is recorded, the other lists are named like it);
- types that are known by name only: `currency`, `time_zone` and `targeting_vendor` have an id and a name
  here, `targeting_segment` the fields of an audience segment, `creative_asset` and `site_list_assignment`
  what they tie together. A vendor supplies audience segments (`audience_vendor`);
- where `placement` and `site` lead, and that rows of link types name themselves (`Day Parts #7` is recorded);
- `target_value_counts` lists the rows of `target_values`;
- relations of types nothing is known of (`tmt_creative_scan`) and without a field that could lead there
  (`advertiser` of a seat, `deal` of a publisher, `publisher` of a site placement) are not served;
- the defaults that no client declares (a campaign or strategy made without a status is switched off).
"""

from __future__ import annotations

from adplatforms.sandbox.t1.schema import Registry
from adplatforms.sandbox.t1.tables import accounts, campaigns, creatives, supply, targeting, vendors

REGISTRY = Registry(
    (
        *accounts.RESOURCES,
        *campaigns.RESOURCES,
        *creatives.RESOURCES,
        *vendors.RESOURCES,
        *supply.RESOURCES,
        *targeting.RESOURCES,
    ),
    also={"target_value_counts": "target_value"},
)
"""Every type, by type and by collection."""
