from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class TasksConfig(AppConfig):
    name = "tasks"

    def ready(self) -> None:
        post_migrate.connect(_guard_the_ledger, sender=self)


def _guard_the_ledger(using: str, **kwargs: Any) -> None:
    from tasks.ledger import guard  # models are not ready when apps are

    connection = connections[using]
    if set(guard.TABLES) <= set(connection.introspection.table_names()):
        guard.install(connection)
