from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from godview.access import ScopedQuerySet


class ExpectationTerms(models.Model):
    """One version of the agency's standard rules of engagement. A change is a new version."""

    version = models.PositiveIntegerField(unique=True)
    title = models.CharField(max_length=160, default="Expectation agreement")
    effective_on = models.DateField()
    introduction = models.TextField(blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["-version"]
        verbose_name_plural = "expectation terms"

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"


class TermsRule(models.Model):
    """One rule in a version of the terms, with its clock where it has one."""

    class Kind(models.TextChoices):
        REPLY = "reply", _("The client replies")
        ATTEND = "attend", _("The client is on time")
        PROCEED = "proceed", _("Without an answer we go ahead")
        OTHER = "other", _("Other")

    terms = models.ForeignKey(ExpectationTerms, models.CASCADE, related_name="rules")
    position = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    text = models.TextField()
    business_days = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("How long the client has, in business days of their own calendar."),
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["terms", "position"]

    def __str__(self) -> str:
        return f"{self.terms}, rule {self.position}"


class SignedAgreement(models.Model):
    """A client's signed copy: the words as they stood that day, whatever the terms say later."""

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="agreements")
    terms = models.ForeignKey(ExpectationTerms, models.PROTECT, related_name="signed")
    signed_on = models.DateField()
    signer = models.CharField(max_length=160)
    signed_text = models.TextField(editable=False)
    reply_business_days = models.PositiveSmallIntegerField(editable=False, default=1)

    objects = ScopedQuerySet["SignedAgreement"].as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-signed_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "terms"],
                name="a_client_signs_a_version_once",
                violation_error_message=_("This client has signed this version already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.client} signed {self.terms} on {self.signed_on}"
