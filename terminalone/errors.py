"""The classic SDK's exception names, bound to the framework's one tree (drawn in `adplatforms.core.errors`)."""

from __future__ import annotations

from adplatforms.core.errors import (
    AdPlatformsError,
    APIError,
    AuthRequiredError,
    ClientError,
    ConflictError,
    DeniedError,
    LoginError,
    NotFoundError,
    NotLoaded,
    ParserException,
    PartialResultWarning,
    TransportError,
    UnchangedWarning,
    UnsentValueWarning,
    ValidationError,
)

__all__ = [
    "APIError",
    "AuthRequiredError",
    "ClientError",
    "ConflictError",
    "DeniedError",
    "LoginError",
    "NotFoundError",
    "NotLoaded",
    "ParserException",
    "PartialResultWarning",
    "T1APIError",
    "T1ClientError",
    "T1Error",
    "TokenError",
    "TransportError",
    "UnchangedWarning",
    "UnsentValueWarning",
    "ValidationError",
]

T1Error = AdPlatformsError
T1APIError = APIError
T1ClientError = ClientError


class TokenError(LoginError, ClientError):
    """A token server gave no token that T1 takes. The classic SDK raised a plain `ClientError` here."""
