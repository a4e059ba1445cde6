from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Model, Q
from django.utils.translation import gettext_lazy

from clients.models.agency_date import AgencyDateField
from training.access import OwnTrainingQuerySet
from training.models.question import Question


class AttemptQuerySet(OwnTrainingQuerySet["Attempt"]):
    def of(self, staff: Model, module: Model) -> Self:
        """One person's attempts at one module, in all of its versions."""
        return self.filter(staff=staff, version__module=module).select_related("version")

    def in_full(self) -> Self:
        return self.select_related("staff", "version__module").prefetch_related("answers")

    def submitted(self) -> Self:
        return self.filter(submitted_at__isnull=False)

    def submitted_by(self, day: date) -> Self:
        return self.filter(submitted_on__lte=day)

    def still_open(self) -> Self:
        return self.filter(submitted_at__isnull=True)


class Attempt(models.Model):
    """One go at a version's questions. Once submitted it stays as it is."""

    staff = models.ForeignKey("clients.Staff", models.PROTECT, related_name="attempts")
    version = models.ForeignKey("training.ModuleVersion", models.PROTECT, related_name="attempts")
    started_at = models.DateTimeField()
    started_on = AgencyDateField(of="started_at")
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_on = AgencyDateField(of="submitted_at", null=True)
    score = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=gettext_lazy("Per cent, 0 to 100."),
    )

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["staff", "version", "submitted_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "version"],
                condition=Q(submitted_at__isnull=True),
                name="one_open_attempt_at_a_version",
                violation_error_message=gettext_lazy(
                    "This person has an attempt open already: finish that one."
                ),
            ),
            models.CheckConstraint(
                name="attempt_is_scored_when_submitted",
                condition=Q(submitted_at__isnull=True, score__isnull=True)
                | Q(submitted_at__isnull=False, score__isnull=False),
            ),
            models.CheckConstraint(
                name="attempt_is_submitted_after_it_starts",
                condition=Q(submitted_at__isnull=True) | Q(submitted_at__gte=F("started_at")),
            ),
            models.CheckConstraint(
                name="attempt_score_is_a_percentage",
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff}: {self.version}"

    @property
    def is_open(self) -> bool:
        return self.submitted_at is None

    @property
    def right_count(self) -> int:
        return sum(bool(answer.is_right) for answer in self.answers.all())

    @property
    def is_passed(self) -> bool:
        return self.score is not None and self.score >= self.version.pass_mark


class AnswerQuerySet(OwnTrainingQuerySet["Answer"]):
    staff_path = "attempt__staff"


class Answer(models.Model):
    """What was asked, what was offered and what was chosen, kept in the words of that moment."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="answers")
    question = models.ForeignKey("training.Question", models.PROTECT, related_name="answers")
    position = models.PositiveSmallIntegerField(default=1)
    question_text = models.TextField()
    kind = models.CharField(max_length=10, choices=Question.Kind.choices)
    weight = models.PositiveSmallIntegerField(default=1)
    options = models.JSONField(
        help_text=gettext_lazy(
            "A list of {choice, text, right, chosen}, in the order they were offered."
        )
    )
    is_right = models.BooleanField(
        null=True, help_text=gettext_lazy("Empty until the attempt is submitted.")
    )

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["attempt", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "question"], name="one_answer_to_a_question_in_an_attempt"
            )
        ]

    def __str__(self) -> str:
        return f"{self.attempt}: {self.question_text[:60]}"

    @property
    def chosen_ids(self) -> list[int]:
        return [option["choice"] for option in self.options if option["chosen"]]
