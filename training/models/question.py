from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy
from simple_history.models import HistoricalRecords


class Question(models.Model):
    """One question of a version, and how much it weighs in the score."""

    class Kind(models.TextChoices):
        SINGLE = "single", gettext_lazy("One right choice")
        MULTIPLE = "multiple", gettext_lazy("Several right choices")
        TRUE_FALSE = "true_false", gettext_lazy("True or false")

    version = models.ForeignKey("training.ModuleVersion", models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.SINGLE)
    text = models.TextField()
    weight = models.PositiveSmallIntegerField(
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=gettext_lazy("A question of weight 2 counts twice."),
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["version", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="question_weighs_something",
                condition=Q(weight__gte=1),
                violation_error_message=gettext_lazy("The weight must be 1 or more."),
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Choice(models.Model):
    """One possible answer to a question, right or wrong."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="choices")
    position = models.PositiveSmallIntegerField(default=1)
    text = models.CharField(max_length=300)
    is_right = models.BooleanField(gettext_lazy("right"), default=False)

    history = HistoricalRecords()

    class Meta:
        ordering = ["question", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "text"],
                name="one_choice_by_a_text",
                violation_error_message=gettext_lazy("This question has that choice already."),
            )
        ]

    def __str__(self) -> str:
        return self.text
