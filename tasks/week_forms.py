"""What a manager tells us about a client's week. Each form carries out its deed once valid."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.forms import DeedForm
from clients.models import ClientGoal, Staff
from godview.translating.later import later
from tasks import week_notes, weekly_goals
from tasks.models import WeeklyGoal


class WeekForm(DeedForm):
    """A form that can say what both people wrote, when two of them saved the same row."""

    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    saved: Any = None  # the row as it is once the deed is done

    def is_saved_in(self, row: Any) -> bool:
        """Whether a row holds what was sent: it came in before, and only its answer was lost."""
        return False

    def both(self, saved: Any) -> str:
        """One sentence with what is saved now and what was just sent; empty when that is clear."""
        return ""


class AddGoalForm(WeekForm):
    done = later("Goal added for {client}.")

    text = forms.CharField(label=gettext_lazy("Goal"), max_length=300)
    client_goal = forms.ModelChoiceField(
        ClientGoal.objects.none(),
        label=gettext_lazy("90-day goal"),
        required=False,
        empty_label=gettext_lazy("None"),
    )
    week_starts_on = forms.DateField(label=gettext_lazy("Week"))

    def prepare(self) -> None:
        self.fields["client_goal"].queryset = self.deed.client.goals.all()  # type: ignore[attr-defined]

    def carry_out(self) -> None:
        told = self.cleaned_data
        self.saved = weekly_goals.add(
            client=self.deed.client,
            manager=self._who_answers(),
            week_starts_on=told["week_starts_on"],
            text=told["text"],
            client_goal=told["client_goal"],
            now=self.deed.now,
        )

    def set_before(self) -> WeeklyGoal | None:
        """The same goal, where this client has it for this week already."""
        told = self.cleaned_data
        text = " ".join(told["text"].split())
        goals = self.deed.client.weekly_goals.of_week(told["week_starts_on"])
        return goals.filter(text=text, status=WeeklyGoal.Status.OPEN).first()

    def _who_answers(self) -> Staff:
        """The client's own account manager, whoever types; else the one who types."""
        assignment = self.deed.client.assignments.on(self.deed.today).first()
        manager = assignment.account_manager if assignment else None
        if manager is None and self.deed.staff is None:
            raise ValidationError(
                _("%(deed_client)s has no account manager. Assign one, then set the goal.")
                % {"deed_client": self.deed.client}
            )
        return manager or self.deed.staff  # type: ignore[return-value]


class GoalRowForm(WeekForm):
    """A form about one weekly goal that is there already."""

    def __init__(self, *args: Any, goal: WeeklyGoal, **kwargs: Any) -> None:
        self.goal = goal
        super().__init__(*args, **kwargs)


class EditGoalForm(GoalRowForm):
    done = later("Goal of {client} changed.")

    text = forms.CharField(label=gettext_lazy("Goal"), max_length=300, required=False)
    client_goal = forms.ModelChoiceField(
        ClientGoal.objects.none(),
        label=gettext_lazy("90-day goal"),
        required=False,
        empty_label=gettext_lazy("None"),
    )
    note = forms.CharField(label=gettext_lazy("Reason"), max_length=500, required=False)

    def prepare(self) -> None:
        self.fields["client_goal"].queryset = self.deed.client.goals.all()  # type: ignore[attr-defined]

    def carry_out(self) -> None:
        told = self.cleaned_data
        self.saved = weekly_goals.edit(
            goal=self.goal,
            text=told["text"] or self.goal.text,
            client_goal=told["client_goal"],
            note=told["note"],
            version=told["version"],
            now=self.deed.now,
        )

    def both(self, saved: Any) -> str:
        mine = self.cleaned_data["text"] or self.goal.text
        return _("Saved meanwhile: “%(saved_text)s”. Yours: “%(mine)s”.") % {
            "saved_text": saved.text,
            "mine": mine,
        }


class PlanGoalForm(GoalRowForm):
    """The words of a planned goal and what it serves, typed in the row."""

    done = later("Goal of {client} changed.")

    text = forms.CharField(label=gettext_lazy("Goal"), max_length=300)
    client_goal = forms.ModelChoiceField(
        ClientGoal.objects.none(),
        label=gettext_lazy("90-day goal"),
        required=False,
        empty_label=gettext_lazy("None"),
    )

    def prepare(self) -> None:
        self.fields["client_goal"].queryset = self.deed.client.goals.all()  # type: ignore[attr-defined]

    def carry_out(self) -> None:
        told = self.cleaned_data
        self.saved = weekly_goals.edit(
            goal=self.goal,
            text=told["text"],
            client_goal=told["client_goal"],
            note=self.goal.note,
            version=told["version"],
            now=self.deed.now,
        )

    def is_saved_in(self, row: Any) -> bool:
        text = " ".join(self.cleaned_data["text"].split())
        return bool((row.text, row.client_goal) == (text, self.cleaned_data["client_goal"]))

    def both(self, saved: Any) -> str:
        return _("Saved meanwhile: “%(saved_text)s”. Yours: “%(cleaned_data_text)s”.") % {
            "saved_text": saved.text,
            "cleaned_data_text": self.cleaned_data["text"],
        }


class ReasonForm(GoalRowForm):
    """Why a goal was missed, in one line. Its words, and what it serves, stay as they are."""

    done = later("Reason for {client} saved.")

    note = forms.CharField(label=gettext_lazy("Reason"), max_length=500, required=False)

    def carry_out(self) -> None:
        self.saved = weekly_goals.edit(
            goal=self.goal,
            text=self.goal.text,
            client_goal=self.goal.client_goal,
            note=self.cleaned_data["note"],
            version=self.cleaned_data["version"],
            now=self.deed.now,
        )

    def is_saved_in(self, row: Any) -> bool:
        return bool(row.note == self.cleaned_data["note"].strip())

    def both(self, saved: Any) -> str:
        return _("Saved meanwhile: “%(saved_note)s”. Yours: “%(cleaned_data_note)s”.") % {
            "saved_note": saved.note,
            "cleaned_data_note": self.cleaned_data["note"],
        }


class MarkForm(GoalRowForm):
    done = later("Goal of {client} marked.")

    status = forms.ChoiceField(choices=WeeklyGoal.Status.choices)

    def carry_out(self) -> None:
        self.saved = weekly_goals.mark(
            goal=self.goal,
            status=self.cleaned_data["status"],
            version=self.cleaned_data["version"],
            now=self.deed.now,
        )

    def is_saved_in(self, row: Any) -> bool:
        return bool(row.status == self.cleaned_data["status"])

    def both(self, saved: Any) -> str:
        mine = WeeklyGoal.Status(self.cleaned_data["status"]).label
        return _("Saved meanwhile: “%(saved_text)s” is %(status_display)s. Yours: %(mine)s.") % {
            "saved_text": saved.text,
            "status_display": saved.get_status_display(),
            "mine": mine,
        }


class WithdrawForm(GoalRowForm):
    done = later("Goal of {client} taken out.")

    def carry_out(self) -> None:
        self.saved = weekly_goals.withdraw(
            goal=self.goal, version=self.cleaned_data["version"], now=self.deed.now
        )

    def both(self, saved: Any) -> str:
        return _("Saved meanwhile: “%(saved_text)s” (%(status_display)s).") % {
            "saved_text": saved.text,
            "status_display": saved.get_status_display(),
        }


class NoteForm(WeekForm):
    done = later("Note for {client} saved.")

    text = forms.CharField(label=gettext_lazy("Note"), max_length=500, required=False)
    week_starts_on = forms.DateField(label=gettext_lazy("Week"))

    def carry_out(self) -> None:
        self.saved = week_notes.write_note(
            client=self.deed.client,
            week_starts_on=self.cleaned_data["week_starts_on"],
            text=self.cleaned_data["text"],
            staff=self.deed.staff,
            version=self.cleaned_data["version"],
            now=self.deed.now,
        )

    def is_saved_in(self, row: Any) -> bool:
        return bool(row.text == self.cleaned_data["text"].strip())

    def both(self, saved: Any) -> str:
        return _("Saved meanwhile: “%(saved_text)s”. Yours: “%(cleaned_data_text)s”.") % {
            "saved_text": saved.text,
            "cleaned_data_text": self.cleaned_data["text"],
        }
