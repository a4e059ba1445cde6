"""Says which rows are the demo's, so that it can be removed again without touching any other."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import AutoField, Max, Model

from clients.models import DemoMark
from godview.demo_there import forget_demo

OURS = frozenset(("clients", "tasks", "training", "metrics", "account", "admin"))
KEPT = frozenset(("clients.DemoMark", "clients.SetupStep"))


def marked_models() -> Iterator[type[Model]]:
    """Every table of ours with counted rows, the tables of the history among them."""
    for model in apps.get_models():
        of_us = model._meta.app_label in OURS and model._meta.label not in KEPT
        if of_us and _is_counted(model):
            yield model


def _is_counted(model: type[Model]) -> bool:
    """Whether its rows have numbers; a standing has that of its promise."""
    key: Any = model._meta.pk
    while key.remote_field:
        key = key.target_field
    return isinstance(key, AutoField)


def mark_the_demo(now: datetime) -> DemoMark:
    """Written when the demo is complete: what is there by now is the demo's."""
    last_ids: dict[str, Any] = {}
    for model in marked_models():
        last = model._base_manager.aggregate(last=Max("pk"))["last"]
        if last:
            last_ids[model._meta.label] = last
    mark = DemoMark.objects.create(made_at=now, last_ids=last_ids)
    transaction.on_commit(forget_demo)
    return mark
