"""Where things are: service paths and child collections. Source: collections.json."""

from __future__ import annotations

__all__ = [
    "API_BASES",
    "CHILDREN",
    "GENERIC",
    "JSON",
    "SERVICES",
    "SERVICE_PATHS",
    "TARGET_DIMENSIONS",
    "api_root",
    "service",
]

API_BASES = {"production": "api.mediamath.com", "qa": "t1qa10.mediamath.com", "sandbox": "t1sandbox.mediamath.com"}
"""The API's host by environment. Source: collections.json."""

JSON = "application/vnd.mediamath.v1+json"
"""What to accept for JSON; anything else is answered in XML."""

# Up to 1.9.18 the classic SDK had deals in media/v1.0 (wire.md section 1).
SERVICES = {"deals": "deals/v1.0"}
"""The service path by collection; every other collection is in management, ``api/v2.0``."""

SERVICE_PATHS = {
    **SERVICES,
    "mgmt": "api/v2.0",
    "reports": "reporting/v1/std",
    "reports-beta": "reporting-beta/v1/std",
    "uniques": "uniques/v1",
    "oauth2": "oauth2/v1.0",
}
"""The path of each service, by its name or by the collection that it alone has."""

GENERIC = {
    "site_list_assignments": "site_list_assignment",
    "targeting_segments": "targeting_segment",
    "targeting_segment_objectives": "targeting_segment_objective",
    "targeting_vendors": "targeting_vendor",
}
"""Collections whose fields no source lists, with the type of their records: these are generic entities. Source:
wire.md section 11."""

# The numbers that the classic SDK has (wire.md section 7).
TARGET_DIMENSIONS = {
    "dma": 1,
    "connection speed": 2,
    "isp": 3,
    "browser": 4,
    "os": 5,
    "region": 7,
    "mathselect250": 8,
    "country": 14,
    "safety": 15,
    "channels": 16,
    "fold position": 19,
    "linear format": 20,
    "content initiation": 21,
    "audio": 22,
    "player size": 23,
    "device": 24,
}
"""The ids of the target dimensions: ``strategies/{id}/target_dimensions/{dimension}``."""

_LISTS = (
    "acl audience_segments budget_flights concepts day_parts deals permissions retired_audience_segments supplies "
    "targeting_segments"
)
CHILDREN: dict[str, tuple[str, int | None]] = {
    # Names as scripts of the classic SDK write them, the singular of two included (collections.json).
    **{name: (name, None) for name in _LISTS.split()},
    "budget_flight": ("budget_flights", None),
    "permission": ("permissions", None),
    **{name: ("target_dimensions", dimension) for name, dimension in TARGET_DIMENSIONS.items()},
}
"""Path below the entity and, for a target dimension, its id."""


def api_root(collection: str) -> str:
    """The path of the service that a collection is in: ``api/v2.0``."""
    return SERVICES.get(collection, "api/v2.0")


def service(collection: str) -> str:
    """The path of a collection: ``api/v2.0/campaigns``."""
    return f"{SERVICES.get(collection, 'api/v2.0')}/{collection}"
