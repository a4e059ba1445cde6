"""How a client's week went, as its manager marks it in My week."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clients import lights
from clients.models import Client, TrafficLight
from godview.translating.later import later
from tasks.versions import ChangedMeanwhileError
from tasks.week_forms import WeekForm


class LightForm(WeekForm):
    """The version is the number of the marking that was shown; 0: there was none."""

    done = later("Week of {client} marked.")

    color = forms.ChoiceField(label=_("Light"), choices=TrafficLight.Color.choices)
    note = forms.CharField(label=_("Why"), max_length=500, required=False)
    week_starts_on = forms.DateField(label=_("Week"))

    @transaction.atomic
    def carry_out(self) -> None:
        told = self.cleaned_data
        client = Client.objects.select_for_update().get(pk=self.deed.client.pk)
        shown = lights.light_of(client, told["week_starts_on"])
        if shown and told["version"] is not None and told["version"] != shown.pk:
            raise ChangedMeanwhileError(shown)
        if shown and self.is_saved_in(shown):
            self.saved = shown
            return
        self.saved = lights.mark(
            client=client,
            week_starts_on=told["week_starts_on"],
            color=told["color"],
            note=told["note"],
            staff=self.deed.staff,
            now=self.deed.now,
        )

    def is_saved_in(self, row: Any) -> bool:
        told = self.cleaned_data
        return bool((row.color, row.note) == (told["color"], told["note"].strip()))

    def both(self, saved: Any) -> str:
        mine, note = self.cleaned_data["color"], self.cleaned_data["note"]
        return _("Saved meanwhile: %(saved_color)s. Yours: %(mine)s.") % {
            "saved_color": _said(saved.color, saved.note),
            "mine": _said(mine, note),
        }


def _said(color: str, note: str) -> str:
    return f"{color}, “{note.strip()}”" if note.strip() else color
