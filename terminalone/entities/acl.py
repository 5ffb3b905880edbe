"""An entry of an access list. Source: entities.json, ACL."""

from typing import Any

from ..fields import Str
from .base import SubEntity


class ACL(SubEntity, collection="acl", type="acl"):
    """An entry of an access list: an entity that a record may be used by. Read only.

    Read as a child, ``t1.get("pixel_bundles", id, "acl")``. T1 names the kind of record in the type of the row
    (``advertiser_acl``, ``organization_acl``); besides `editable`, each kind has fields of its own, and those that
    hold an id read as int.
    """

    _read_only = "T1 has no call that changes access lists"

    editable = Str()

    def _undeclared(self, name: str, value: Any) -> Any:
        """Each kind of entry has fields of its own; those that hold an id read as int, in XML too."""
        if "_id" in name and value not in (None, ""):
            return int(value)
        return super()._undeclared(name, value)

    def _key(self) -> tuple[str, str, str] | None:
        """Entries of different kinds are different records, though they share a class and may share an id."""
        key = super()._key()
        if key is None:
            return None
        platform, kind, entity_id = key
        return platform, str(self._raw.get("entity_type") or kind), entity_id
