"""The classic path of `terminalone.entities.acl`."""

from ..entities.acl import ACL

__all__ = ["ACL"]
