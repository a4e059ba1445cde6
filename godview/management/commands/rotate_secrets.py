from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import models, transaction

from godview.encryption import EncryptedTextField, UnreadableSecretError, no_secret


class Command(BaseCommand):
    help = (
        "Encrypt every stored secret again with the first key of ENCRYPTION_KEYS. Put a new key "
        "in front, run this, and the old ones can go. Nothing is changed when one is unreadable."
    )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for model, field in encrypted_columns():
            given = model._default_manager.exclude(**{field: no_secret()})
            for row in given.select_for_update():
                try:
                    secret = getattr(row, field).rotated()
                except UnreadableSecretError as error:
                    raise CommandError(f"{model._meta.verbose_name} {row.pk}: {error}") from error
                model._default_manager.filter(pk=row.pk).update(**{field: secret})
                count += 1
        self.stdout.write(f"{count} secrets are encrypted with the newest key.")


def encrypted_columns() -> list[tuple[type[models.Model], str]]:
    return [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedTextField)
    ]
