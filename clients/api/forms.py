from django import forms
from django.utils.translation import gettext_lazy as _

from clients.models import ApiToken


class TokenForm(forms.ModelForm[ApiToken]):
    days = forms.TypedChoiceField(
        label=_("Good for"),
        coerce=int,
        choices=[(7, _("a week")), (30, _("30 days")), (90, _("90 days")), (365, _("a year"))],
        initial=90,
    )

    class Meta:
        model = ApiToken
        fields = ("name", "scope")
        labels = {"name": _("Name"), "scope": _("May")}
