from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.models import HistoricalRecords

TAKEN_ADDRESSES = frozenset({"attempts", "matrix", "people"})


class TrainingModuleQuerySet(models.QuerySet["TrainingModule"]):
    def taught_on(self, day: date) -> Self:
        """Published by then, and not yet retired."""
        published = self.filter(versions__published_on__lte=day).values("pk")
        return self.filter(Q(retired_on__isnull=True) | Q(retired_on__gt=day), pk__in=published)


class TrainingModule(models.Model):
    """Something our people must know, whatever version of it is being taught."""

    title = models.CharField(max_length=160, unique=True)
    slug = models.SlugField(
        max_length=180, unique=True, help_text=gettext_lazy("Its address: /training/<slug>/.")
    )
    summary = models.CharField(
        max_length=300,
        blank=True,
        help_text=gettext_lazy("One sentence: what one can do afterwards."),
    )
    retired_on = models.DateField(
        null=True,
        blank=True,
        help_text=gettext_lazy("The first day it is no longer taught. Empty: it still is."),
    )

    objects = TrainingModuleQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.slug in TAKEN_ADDRESSES:
            raise ValidationError(
                {
                    "slug": _("“%(slug)s” is the address of another page. Choose a longer one.")
                    % {"slug": self.slug}
                }
            )
