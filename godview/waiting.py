"""How many clients wait for a decision of a person: for the menu, at no cost to the page."""

from datetime import date
from typing import Any

from django.apps import apps
from django.core.cache import cache

from godview.hindsight import with_hindsight

SECONDS_KEPT = 60


def clients_in_need(user: Any, today: date) -> int:
    """As a page has just counted them, else as they were when all rules were last looked at."""
    known = cache.get(_key(user, today))
    if known is None:
        cases: Any = apps.get_model("metrics", "AttentionCase")._default_manager
        with with_hindsight():  # a page of what was known then still has the menu of today
            known = cases.visible_to(user).awake_on(today).count()
        tell_clients_in_need(user, today, known)
    return int(known)


def tell_clients_in_need(user: Any, today: date, count: int) -> None:
    """A page that has counted them need not have them counted again, and differently."""
    cache.set(_key(user, today), count, SECONDS_KEPT)


def forget_clients_in_need(user: Any, today: date) -> None:
    """Something was decided."""
    cache.delete(_key(user, today))


def _key(user: Any, today: date) -> str:
    return f"in-need:{user.pk}:{today}"
