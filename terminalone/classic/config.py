"""Hosts and paths, by the classic SDK's names. Source: collections.json; wire.md sections 1 and 9."""

from __future__ import annotations

from typing import Any

from ..oauth import AUTH_BASES
from ..routes import API_BASES, JSON
from ..routes import SERVICE_PATHS as SERVICE_BASE_PATHS

__all__ = ["ACCEPT_HEADERS", "API_BASES", "AUTH_BASES", "SERVICE_BASE_PATHS", "VALID_ENVS"]

VALID_ENVS = frozenset({"production", "sandbox"})
ACCEPT_HEADERS: dict[str, Any] = {"json": JSON, "xml": ["text/xml", "application/xml"]}
