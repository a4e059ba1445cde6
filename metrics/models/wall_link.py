from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class WallLinkQuerySet(models.QuerySet["WallLink"]):
    def open(self) -> Self:
        return self.filter(revoked_at=None)


class WallLink(models.Model):
    """A link with which a screen on the wall shows the numbers. Only a hash of it is kept."""

    class Names(models.TextChoices):
        NONE = "none", _("No names of people or clients: pods only")
        INITIALS = "initials", _("Initials")
        FULL = "full", _("Full names")

    title = models.CharField(
        max_length=80, help_text=_("Where the screen hangs, like “Second floor”.")
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    scope = models.CharField(
        max_length=120, default="agency", help_text=_("What it shows: agency, or pod:cobalt.")
    )
    names = models.CharField(max_length=10, choices=Names.choices, default=Names.NONE)
    rotates = models.BooleanField(
        default=False, help_text=_("Shows up to three views in turn, 30 seconds each.")
    )
    created_by = models.ForeignKey("clients.Staff", models.PROTECT, related_name="wall_links")
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = WallLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title
