from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_delete, post_migrate, post_save, pre_migrate
from django.utils import timezone


class TasksConfig(AppConfig):
    name = "tasks"

    def ready(self) -> None:
        pre_migrate.connect(_open_the_ledger, sender=self)
        post_migrate.connect(_guard_the_ledger, sender=self)
        post_save.connect(_goal_was_agreed, sender="clients.ClientGoal")
        for signal in (post_save, post_delete):
            signal.connect(_goal_was_read, sender="clients.GoalReading")


def _open_the_ledger(using: str, **kwargs: Any) -> None:
    """SQLite renames no table that a trigger of another one speaks of."""
    from tasks.ledger import guard  # models are not ready when apps are

    guard.remove(connections[using])


def _guard_the_ledger(using: str, **kwargs: Any) -> None:
    from tasks.ledger import guard

    connection = connections[using]
    if set(guard.TABLES) <= set(connection.introspection.table_names()):
        guard.install(connection)


def _goal_was_agreed(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Clients know nothing of the ledger; it listens to them."""
    from tasks.ledger import client_goals

    if not raw:
        goals = type(instance).objects.filter(pk=instance.pk)
        client_goals.keep(goals, timezone.now())


def _goal_was_read(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    from clients.models import ClientGoal
    from tasks.ledger import client_goals

    if not raw:
        client_goals.keep(ClientGoal.objects.filter(pk=instance.goal_id), timezone.now())
