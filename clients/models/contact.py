from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from godview.access import ScopedQuerySet


class Contact(models.Model):
    """A person at the client's side."""

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=160)
    job_title = models.CharField(max_length=160, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    decides = models.BooleanField(default=False, help_text=_("Has the last word on the contract."))
    left_on = models.DateField(null=True, blank=True, help_text=_("No longer works there since."))

    objects = ScopedQuerySet["Contact"].as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["client", "name"]

    def __str__(self) -> str:
        return f"{self.name}, {self.client}"
