from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

a_segment = RegexValidator(
    r"^([1-5]{3}|[01]{3}|star|cow|problem_child|dog)\Z",
    _("Three digits of 1 to 5 (or of 0 and 1), or star, cow, problem_child, dog."),
)


class SegmentRule(models.Model):
    """How we work with the clients of a segment, where the agency says it differently from us."""

    code = models.CharField(
        max_length=20,
        unique=True,
        validators=[a_segment],
        help_text=_("An RCM code such as 551 (or 110), or star, cow, problem_child, dog."),
    )
    rule = models.CharField(max_length=300)

    history = HistoricalRecords()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code}: {self.rule}"
