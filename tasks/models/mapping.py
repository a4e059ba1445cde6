from django.db import models


class MatchedBy(models.TextChoices):
    """How we know which client a project serves, or which member of staff a user is."""

    NOBODY = "", "Not matched"
    EMAIL = "email", "Same e-mail"
    NAME = "name", "Same name"
    PERSON = "person", "Chosen by a person"
