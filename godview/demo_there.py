"""Whether anybody is here: the invented agency, which every page asks, so it costs no query."""

from typing import Any

from django.apps import apps
from django.core.cache import cache

KEY, CLIENTS, SECONDS_KEPT = "demo-there", "clients-there", 300


def has_demo() -> bool:
    known = cache.get(KEY)
    if known is None:
        marks: Any = apps.get_model("clients", "DemoMark")._default_manager
        known = marks.exists()
        cache.set(KEY, known, SECONDS_KEPT)
    return bool(known)


def has_clients() -> bool:
    """No longer asked once there is one."""
    if cache.get(CLIENTS):
        return True
    clients: Any = apps.get_model("clients", "Client")._default_manager
    if found := bool(clients.exists()):
        cache.set(CLIENTS, found, SECONDS_KEPT)
    return found


def forget_demo() -> None:
    """It was made, or removed."""
    cache.delete_many([KEY, CLIENTS])
