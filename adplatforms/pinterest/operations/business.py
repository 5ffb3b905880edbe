"""Operations of Business Access: answers to invitations, access to assets.

Members, partners, invitations and asset groups themselves are records: ``pin.business_members`` and so on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..account import Account
from ..answers import record, rows_of
from ..arguments import listed

__all__ = ["Business"]

Permissions = Mapping[str, Iterable[str]]
"""Permissions by the id of an asset: ``{"7389": ["ANALYST"]}``."""


class Business(Account):
    """Invitations and access between businesses. Each call answers with a result per element, failures among them."""

    def respond_to_invites(self, answers: Mapping[str, bool | Permissions]) -> list[dict[str, Any]]:
        """Accepts or declines invitations: ``{"19": True, "20": False}``, at most 100 a call.

        In place of True, an invitation to assets takes what is accepted: ``{"7389": ["ANALYST"]}``, the permissions by
        asset. Returns a result per invitation, failures among them.
        Source: the operation respond_business_access_invites.
        """
        invites = []
        for invite, answer in answers.items():
            action: dict[str, Any] = {"accept_invite": bool(answer)}
            # Accepting an invitation to assets names what is accepted.
            if isinstance(answer, Mapping):
                action["asset_id_to_permissions"] = _permissions(answer)
            invites.append({"invite_id": invite, "action": action})
        return rows_of(self._outcomes_of("respond_business_access_invites", {"invites": invites}), "items")

    def invite_to_assets(
        self, business_id: Any, invites: Mapping[str, Permissions], invite_type: str = "MEMBER_INVITE"
    ) -> list[dict[str, Any]]:
        """Adds assets to open invitations: ``{"19": {"7389": ["ANALYST"]}}``, at most 50 a call.

        invites: the permissions by asset, by invitation. invite_type: "MEMBER_INVITE" or "PARTNER_INVITE". Returns a
        result per invitation, failures among them. Source: the operation create_asset_invites.
        """
        body = [
            {"invite_id": invite, "invite_type": invite_type, "asset_id_to_permissions": _permissions(assets)}
            for invite, assets in invites.items()
        ]
        return rows_of(self._outcomes_of("create_asset_invites", {"invites": body}, business_id=business_id), "items")

    def request_assets(self, business_id: Any, requests: Mapping[str, Permissions]) -> dict[str, Any]:
        """Asks partners for access to their assets: ``{"809944451643622": {"7389": ["ANALYST"]}}``.

        requests: the permissions by asset, by partner, at most 100 a call.
        Source: the operation asset_access_requests/create.
        """
        body = [
            {"partner_id": partner, "asset_id_to_permissions": _permissions(assets)}
            for partner, assets in requests.items()
        ]
        return record(
            self._outcomes_of("asset_access_requests/create", {"asset_requests": body}, business_id=business_id)
        )


def _permissions(assets: Permissions) -> dict[str, list[str]]:
    """Permissions as they are sent: a text may hold several."""
    return {str(asset): listed(permissions) for asset, permissions in assets.items()}
