from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportedRow(models.Model):
    """A row that an import made or changed, so that the import can be undone for a day."""

    upload = models.ForeignKey("clients.Upload", models.CASCADE, related_name="rows")
    model = models.CharField(max_length=80, help_text=_("Like clients.Client."))
    row_id = models.BigIntegerField()
    was_made = models.BooleanField(help_text=_("Made by the import; otherwise it was changed."))
    before = models.BigIntegerField(
        null=True,
        blank=True,
        help_text=_("The history row that holds what stood there before."),
    )
    after = models.BigIntegerField(
        null=True,
        blank=True,
        help_text=_("The history row that the import itself wrote."),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["upload", "model", "row_id"], name="an_import_touches_a_row_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.row_id}"
