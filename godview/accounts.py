from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: an administrator adds each person who may come in."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False
