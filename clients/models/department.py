from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Department(models.Model):
    """A part of the agency that work is handed to, such as paid media or design."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=140, unique=True)
    director = models.ForeignKey(
        "clients.Staff",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="directs",
        help_text=_("The account director who answers for this department."),
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
