from datetime import date, timedelta
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.models import HistoricalRecords

from godview.access import ScopedQuerySet
from godview.templatetags.display import day as in_words

REST_DAYS = 90  # nobody is asked twice within so many days


class SurveyWave(models.Model):
    """A round of asking: would they recommend us (NPS), or how satisfied are they (CSI)?"""

    class Kind(models.TextChoices):
        NPS = "nps", gettext_lazy("NPS: would you recommend us?")
        CSI = "csi", gettext_lazy("CSI: how satisfied are you?")

    kind = models.CharField(max_length=3, choices=Kind.choices)
    name = models.CharField(max_length=120, help_text=gettext_lazy("Such as NPS 2026."))
    opened_on = models.DateField()

    history = HistoricalRecords()

    class Meta:
        ordering = ["-opened_on", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "name"],
                name="one_wave_by_a_name",
                violation_error_message=gettext_lazy(
                    "There is a round by this name: choose another one."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name


class CsiQuestion(models.Model):
    """One thing that a CSI round asks about, and how much it weighs."""

    wave = models.ForeignKey(SurveyWave, models.CASCADE, related_name="questions")
    aspect = models.CharField(
        max_length=120, help_text=gettext_lazy("Such as quality, speed or contact.")
    )
    weight = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    highest = models.PositiveSmallIntegerField(
        default=5, validators=[MinValueValidator(2), MaxValueValidator(100)]
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["wave", "-weight", "aspect"]
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "aspect"],
                name="one_question_about_an_aspect",
                violation_error_message=gettext_lazy("This round asks about that already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.aspect} ({self.wave})"


class SurveyRequestQuerySet(ScopedQuerySet["SurveyRequest"]):
    client_path = "contact__client"

    def too_near(self, request: "SurveyRequest") -> Self:
        """Requests of the same kind to the same person, within the days of rest."""
        rest = timedelta(days=REST_DAYS)
        return self.filter(
            contact=request.contact_id,
            wave__kind=request.wave.kind,
            sent_on__gt=request.sent_on - rest,
            sent_on__lt=request.sent_on + rest,
        ).exclude(pk=request.pk)


class SurveyRequest(models.Model):
    """A person at a client whom we asked, once in a round."""

    wave = models.ForeignKey(SurveyWave, models.PROTECT, related_name="requests")
    contact = models.ForeignKey("clients.Contact", models.CASCADE, related_name="survey_requests")
    sent_on = models.DateField()

    objects = SurveyRequestQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-sent_on", "contact"]
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "contact"],
                name="one_request_to_a_person_a_wave",
                violation_error_message=gettext_lazy(
                    "This person was asked in this round already."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.wave}: {self.contact}"

    def clean(self) -> None:
        if not (self.wave_id and self.contact_id and self.sent_on):
            return
        other = SurveyRequest.objects.too_near(self).first()
        if other is not None:
            free: date = other.sent_on + timedelta(days=REST_DAYS)
            raise ValidationError(
                _(
                    "%(contact_name)s was asked on %(other_sent_on)s. Nobody is asked twice within "
                    "%(rest_days)s days: the next time is %(free)s or later."
                )
                % {
                    "contact_name": self.contact.name,
                    "other_sent_on": in_words(other.sent_on),
                    "rest_days": REST_DAYS,
                    "free": in_words(free),
                }
            )


class NpsAnswer(models.Model):
    """How likely a person is to recommend us: 0 to 10. Of several in a round the last counts."""

    class NpsAnswerQuerySet(ScopedQuerySet["NpsAnswer"]):
        client_path = "request__contact__client"

    request = models.ForeignKey(SurveyRequest, models.CASCADE, related_name="nps_answers")
    answered_on = models.DateField()
    score = models.PositiveSmallIntegerField(validators=[MaxValueValidator(10)])
    comment = models.TextField(blank=True)

    objects = NpsAnswerQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-answered_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="nps_is_at_most_10",
                condition=Q(score__lte=10),
                violation_error_message=gettext_lazy("The answer is a whole number from 0 to 10."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.request}: {self.score}"

    def clean(self) -> None:
        if self.request_id and self.answered_on and self.answered_on < self.request.sent_on:
            raise ValidationError({"answered_on": _("The answer cannot come before the question.")})


class CsiAnswer(models.Model):
    """How a person rates one thing. One left out takes its weight with it."""

    class CsiAnswerQuerySet(ScopedQuerySet["CsiAnswer"]):
        client_path = "request__contact__client"

    request = models.ForeignKey(SurveyRequest, models.CASCADE, related_name="csi_answers")
    question = models.ForeignKey(CsiQuestion, models.PROTECT, related_name="answers")
    answered_on = models.DateField()
    score = models.PositiveSmallIntegerField()

    objects = CsiAnswerQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-answered_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "question"],
                name="one_rating_of_a_question",
                violation_error_message=gettext_lazy(
                    "This person has rated that: change the rating."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.request}: {self.question.aspect} {self.score}"

    def clean(self) -> None:
        if not (self.request_id and self.question_id):
            return
        if self.question.wave_id != self.request.wave_id:
            raise ValidationError({"question": _("This question belongs to another round.")})
        if self.score is not None and self.score > self.question.highest:
            raise ValidationError(
                {
                    "score": _("The highest rating is %(question_highest)s.")
                    % {"question_highest": self.question.highest}
                }
            )
        if self.answered_on and self.answered_on < self.request.sent_on:
            raise ValidationError({"answered_on": _("The answer cannot come before the question.")})
