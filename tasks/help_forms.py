"""Asking for help with a goal, and giving it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as tr
from django.utils.translation import gettext_lazy as _

from clients.forms import DeedForm
from clients.models import ClientGoal
from godview.periods import monday_of
from tasks import help_requests
from tasks.models import HelpRequest, WeeklyGoal

NOBODY = _("Your account belongs to no member of staff: ask one to do it.")


class AskHelpForm(DeedForm):
    done = _("Asked for help with {client}.")

    goal = forms.ChoiceField(label=_("With which goal"))
    text = forms.CharField(
        label=_("What would help"), max_length=500, widget=forms.Textarea({"rows": 2})
    )

    def prepare(self) -> None:
        """The goals of this week and those for 90 days that run now."""
        client, today = self.deed.client, self.deed.today
        weekly = client.weekly_goals.of_week(monday_of(today)).filter(status=WeeklyGoal.Status.OPEN)
        running = client.goals.filter(starts_on__lte=today, ends_on__gt=today)
        self.goals: dict[str, WeeklyGoal | ClientGoal] = {
            **{f"week-{goal.pk}": goal for goal in weekly.order_by("pk")},
            **{f"goal-{goal.pk}": goal for goal in running.order_by("name")},
        }
        field: Any = self.fields["goal"]
        field.choices = [
            ("", tr("Choose a goal")),
            *((key, _named(g)) for key, g in self.goals.items()),
        ]
        if not self.goals:
            field.help_text = tr("This client has no goal that runs: agree on one first.")

    def carry_out(self) -> None:
        if self.deed.staff is None:
            raise ValidationError(str(NOBODY))
        help_requests.ask(
            client=self.deed.client,
            goal=self.goals[self.cleaned_data["goal"]],
            text=self.cleaned_data["text"],
            by=self.deed.staff,
            now=self.deed.now,
        )


def _named(goal: WeeklyGoal | ClientGoal) -> str:
    if isinstance(goal, WeeklyGoal):
        return tr("This week: %(goal)s") % {"goal": goal.text}
    return tr("90 days: %(goal)s") % {"goal": goal.name}


class GiveHelpForm(DeedForm):
    done = _("Help given to {client} is written down.")

    answer = forms.CharField(
        label=_("How you helped"), max_length=500, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, asked: HelpRequest, **kwargs: Any) -> None:
        self.asked = asked
        super().__init__(*args, **kwargs)

    def carry_out(self) -> None:
        if self.deed.staff is None:
            raise ValidationError(str(NOBODY))
        help_requests.give(
            request=self.asked,
            answer=self.cleaned_data["answer"],
            by=self.deed.staff,
            now=self.deed.now,
        )
