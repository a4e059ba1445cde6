from django.db import models
from django.utils.translation import gettext_lazy as _


class MatchedBy(models.TextChoices):
    """How we know which client a project serves, or which member of staff a user is."""

    NOBODY = "", _("Not matched")
    EMAIL = "email", _("Same e-mail")
    NAME = "name", _("Same name")
    PERSON = "person", _("Chosen by a person")
