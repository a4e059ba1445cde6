"""Whether the invented agency is here: asked by every page, so it costs none of them a query."""

from typing import Any

from django.apps import apps
from django.core.cache import cache

KEY, SECONDS_KEPT = "demo-there", 300


def has_demo() -> bool:
    known = cache.get(KEY)
    if known is None:
        marks: Any = apps.get_model("clients", "DemoMark")._default_manager
        known = marks.exists()
        cache.set(KEY, known, SECONDS_KEPT)
    return bool(known)


def forget_demo() -> None:
    """It was made, or removed."""
    cache.delete(KEY)
