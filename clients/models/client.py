from datetime import date
from functools import cache
from typing import Self
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.models import HistoricalRecords

from clients.models.engagement import Engagement
from clients.models.pause import Pause
from godview.access import ScopedQuerySet, covers
from godview.business_time import BusinessCalendar

# Python reads the whole directory of time zones at every call.
TIME_ZONES = cache(available_timezones)


def known_time_zone(name: str) -> None:
    if name not in TIME_ZONES():
        raise ValidationError(
            _("“%(name)s” is not a time zone. Write one like Europe/Warsaw.") % {"name": name}
        )


class ClientQuerySet(ScopedQuerySet["Client"]):
    client_path = "pk"

    def served_on(self, day: date) -> Self:
        """Clients with an engagement in force; one who leaves on `day` is already gone that day."""
        return self.filter(Exists(Engagement.objects.filter(covers(day), client=OuterRef("pk"))))

    def paused_on(self, day: date) -> Self:
        return self.filter(Exists(Pause.objects.filter(covers(day), client=OuterRef("pk"))))

    def not_paused_on(self, day: date) -> Self:
        return self.exclude(Exists(Pause.objects.filter(covers(day), client=OuterRef("pk"))))

    def named(self, reference: str) -> Self:
        return self.filter(Q(external_id=reference) | Q(slug=reference) | Q(name=reference))


class Client(models.Model):
    """A firm we serve, served, or hope to serve. Whether it is served follows from engagements."""

    class Status(models.TextChoices):
        PROSPECT = "prospect", gettext_lazy("Prospect")
        ACTIVE = "active", gettext_lazy("Active")
        PAUSED = "paused", gettext_lazy("Paused")
        FORMER = "former", gettext_lazy("Former")

    external_id = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=220, unique=True)
    industry = models.CharField(max_length=120, blank=True)
    country = models.CharField(
        max_length=2,
        blank=True,
        validators=[
            RegexValidator(
                r"^[A-Z]{2}$", gettext_lazy("Write the country as two letters, like PL.")
            )
        ],
        help_text=gettext_lazy("Two letters. Its public holidays stop the client's reply clock."),
    )
    time_zone = models.CharField(
        max_length=64,
        blank=True,
        validators=[known_time_zone],
        help_text=gettext_lazy(
            "Empty: the agency's own. The reply clock runs in the client's office hours."
        ),
    )
    language = models.CharField(
        max_length=2,
        blank=True,
        choices=settings.LANGUAGES,
        help_text=gettext_lazy("In which it reads its shared page. Empty: the agency's own."),
    )
    status = models.CharField(
        max_length=10,
        choices=Status.choices,
        default=Status.ACTIVE,
        help_text=gettext_lazy(
            "A label for lists. Every number counts from the dated engagements instead."
        ),
    )
    is_key = models.BooleanField(
        gettext_lazy("key client"),
        default=True,
        help_text=gettext_lazy("Its manager marks its week with a light."),
    )
    referred_by = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="referred",
        help_text=gettext_lazy("The client who recommended us to this one."),
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ClientQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("client", args=[self.slug])

    def calendar(self) -> BusinessCalendar:
        """The business days and hours in which this client answers."""
        return BusinessCalendar.of(self.country, self.time_zone)
