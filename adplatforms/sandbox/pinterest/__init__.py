"""The Pinterest part of the sandbox: API v5 under `/pinterest/v5`, stateful, for all operations of the description."""

from __future__ import annotations

from adplatforms.sandbox.pinterest.seed import ACCOUNTS
from adplatforms.sandbox.pinterest.service import build

__all__ = ["AD_ACCOUNT_ID", "build"]

AD_ACCOUNT_ID = ACCOUNTS[0]
"""The large ad account of the seed."""
