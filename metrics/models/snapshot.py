from django.db import models
from django.utils.translation import gettext_lazy as _


class Snapshot(models.Model):
    """The numbers of a scope for a period and a day, kept so that history is read at once.

    It can always be counted again from the facts, and speaks only until one of them changes.
    """

    scope = models.CharField(max_length=40, help_text=_("agency, or such as pod:7."))
    starts_on = models.DateField()
    ends_on = models.DateField()
    as_of = models.DateField()
    numbers = models.JSONField(help_text=_("Each metric's key to its measure."))
    counted_at = models.DateTimeField()

    class Meta:
        ordering = ["scope", "-as_of"]
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "starts_on", "ends_on", "as_of"], name="one_snapshot_of_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.scope}, {self.starts_on}..{self.ends_on}, as of {self.as_of}"
