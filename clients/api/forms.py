from django import forms

from clients.models import ApiToken


class TokenForm(forms.ModelForm[ApiToken]):
    days = forms.TypedChoiceField(
        label="Good for",
        coerce=int,
        choices=[(7, "a week"), (30, "30 days"), (90, "90 days"), (365, "a year")],
        initial=90,
    )

    class Meta:
        model = ApiToken
        fields = ("name", "scope")
        labels = {"scope": "May"}
