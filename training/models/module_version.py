from datetime import date
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy
from simple_history.models import HistoricalRecords

from godview.access import is_leader, reach_of
from godview.periods import add_months


class ScoreRule(models.TextChoices):
    """Which of several attempts gives the score."""

    BEST = "best", gettext_lazy("The best attempt")
    FIRST = "first", gettext_lazy("The first attempt")
    LAST = "last", gettext_lazy("The last attempt")
    AVERAGE = "average", gettext_lazy("The average of all attempts")


class ModuleVersionQuerySet(models.QuerySet["ModuleVersion"]):
    def visible_to(self, user: Any) -> Self:
        """Drafts are for leaders; what is taught is for everybody who is signed in."""
        if is_leader(user):
            return self
        today = timezone.localdate()
        return self.none() if reach_of(user).nothing else self.published_by(today)

    def with_question_count(self) -> Self:
        return self.annotate(question_count=models.Count("questions"))

    def published_by(self, day: date) -> Self:
        return self.filter(published_on__lte=day)

    def current_on(self, day: date) -> Self:
        """Of each module, the newest version that is published on `day`."""
        newer = ModuleVersion.objects.filter(
            module=models.OuterRef("module"),
            published_on__lte=day,
            number__gt=models.OuterRef("number"),
        )
        return self.published_by(day).filter(~models.Exists(newer))


class ModuleVersion(models.Model):
    """The text and the questions of a module as they are taught from one day to the next version.

    A published version stays as it is; a change is a new version, and opens the module again for
    everybody who must know it.
    """

    module = models.ForeignKey("training.TrainingModule", models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    published_on = models.DateField(
        null=True, blank=True, help_text=gettext_lazy("The first day it is taught. Empty: a draft.")
    )
    body = models.TextField(
        gettext_lazy("text"),
        blank=True,
        help_text=gettext_lazy("Plain text; an empty line starts a new paragraph."),
    )
    video_url = models.URLField(gettext_lazy("video link"), max_length=500, blank=True)
    pass_mark = models.PositiveSmallIntegerField(
        default=80,
        validators=[MaxValueValidator(100)],
        help_text=gettext_lazy("Per cent, 0 to 100."),
    )
    months_valid = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=gettext_lazy("How long having passed is good for. Empty: it never expires."),
    )
    score_rule = models.CharField(
        max_length=8,
        choices=ScoreRule.choices,
        default=ScoreRule.BEST,
        help_text=gettext_lazy(
            "Which attempt counts. With “first”, a failed one stands until a new version."
        ),
    )
    what_changed = models.CharField(max_length=300, blank=True)

    objects = ModuleVersionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["module", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["module", "number"],
                name="one_version_of_a_module_by_a_number",
                violation_error_message=gettext_lazy(
                    "This module has a version with that number already."
                ),
            ),
            models.CheckConstraint(
                name="pass_mark_is_a_percentage", condition=Q(pass_mark__lte=100)
            ),
            models.CheckConstraint(
                name="valid_for_a_month_or_more",
                condition=Q(months_valid__isnull=True) | Q(months_valid__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.module}, version {self.number}"

    def is_published_on(self, day: date) -> bool:
        return self.published_on is not None and self.published_on <= day

    def expires_on(self, completed_on: date) -> date | None:
        """The first day on which having passed on `completed_on` no longer counts."""
        return add_months(completed_on, self.months_valid) if self.months_valid else None
