"""The classic path of `terminalone.classic.config`."""

from .classic.config import ACCEPT_HEADERS, API_BASES, AUTH_BASES, SERVICE_BASE_PATHS, VALID_ENVS

__all__ = ["ACCEPT_HEADERS", "API_BASES", "AUTH_BASES", "SERVICE_BASE_PATHS", "VALID_ENVS"]
