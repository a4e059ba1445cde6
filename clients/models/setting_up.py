from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SetupStep(models.Model):
    """A step of the first start that a person called done or not needed here."""

    name = models.SlugField(max_length=40, unique=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    settled_at = models.DateTimeField()

    class Meta:
        ordering = ["settled_at"]

    def __str__(self) -> str:
        return self.name


class DemoMark(models.Model):
    """Says that the demo agency was made here, and up to which rows all is the demo's."""

    made_at = models.DateTimeField()
    last_ids: Any = models.JSONField(
        default=dict,
        help_text=_("The highest id of each table when the demo was complete."),
    )

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return f"Demo of {self.made_at:%Y-%m-%d}"
