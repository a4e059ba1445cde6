from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy
from simple_history.models import HistoricalRecords

from training.access import OwnTrainingQuerySet


class CoachingPlan(models.Model):
    """A habit that a person practises with a coach, measured before and after."""

    staff = models.ForeignKey("clients.Staff", models.PROTECT, related_name="coaching_plans")
    coach = models.ForeignKey("clients.Staff", models.PROTECT, related_name="coached_plans")
    habit = models.CharField(
        max_length=60, help_text=gettext_lazy("The habit's key, such as contact_cadence.")
    )
    steps = models.TextField(blank=True, help_text=gettext_lazy("What the two agreed to do."))
    starts_on = models.DateField()
    review_on = models.DateField(help_text=gettext_lazy("When the habit is measured again."))
    value_before = models.FloatField(null=True, blank=True)
    value_after = models.FloatField(null=True, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    result = models.CharField(max_length=300, blank=True)

    objects = OwnTrainingQuerySet["CoachingPlan"].as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-starts_on", "staff"]
        constraints = [
            models.CheckConstraint(
                name="coaching_is_reviewed_after_it_starts",
                condition=Q(review_on__gt=F("starts_on")),
                violation_error_message=gettext_lazy("The review comes after the start."),
            ),
            models.UniqueConstraint(
                fields=["staff", "habit"],
                condition=Q(reviewed_on__isnull=True),
                name="one_open_plan_for_a_habit",
                violation_error_message=gettext_lazy(
                    "This person has an open plan for this habit."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff}: {self.habit}"
