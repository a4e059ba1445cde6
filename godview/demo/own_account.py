"""A sign-in of one's own, for whoever looked around with one of the demo's."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.importing.slugs import Slugs
from clients.models import DemoMark, Staff, User
from godview.access import Role


class OwnAccountForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Your name"), max_length=160)
    email = forms.EmailField(label=gettext_lazy("Your e-mail address"))
    password = forms.CharField(
        label=gettext_lazy("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        known = User.objects.filter(email__iexact=email).exists()
        if known or Staff.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("Somebody has this address already. Use your own."))
        return email

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


@transaction.atomic
def make_first_leader(*, name: str, email: str, password: str, today: date) -> User:
    """A leader and administrator of the agency itself: what the demo's logins were until now."""
    given, _space, family = name.partition(" ")
    user = User(email=email, first_name=given, last_name=family, is_staff=True, is_superuser=True)
    user.set_password(password)
    user.save()
    Staff.objects.create(
        external_id=email[:80],
        name=name,
        slug=Slugs(Staff).new(name, email),
        email=email,
        role=Role.LEADERSHIP,
        started_on=today,
        user=user,
    )
    return user


def is_of_the_demo(user: Any) -> bool:
    mark = DemoMark.objects.first()
    return mark is not None and user.pk <= mark.last_ids.get("clients.User", 0)
