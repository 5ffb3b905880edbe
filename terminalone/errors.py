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
    "STATUS_CODES",
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

STATUS_CODES = {
    "ok": None,
    "invalid": True,
    "not_found": NotFoundError,
    "auth_required": AuthRequiredError,
    "auth_error": AuthRequiredError,
    "error": APIError,
    "bad_request": ClientError,
}
"""The exception of a reply's status, as the classic SDK has it: None for a success, True where each field has an error
of its own. `terminalone.read` knows two more."""

T1Error = AdPlatformsError
T1APIError = APIError
T1ClientError = ClientError


class TokenError(LoginError, ClientError):
    """A token server gave no token that T1 takes. The classic SDK raised a plain `ClientError` here."""
