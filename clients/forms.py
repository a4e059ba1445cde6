"""What people tell us about a client. Each form carries out its deed once it is valid."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from clients import contacting, goals, obligations
from clients.models import Client, ClientGoal, Contact, Obligation, Staff, Touchpoint
from godview.rest.limits import sane_year

CHANNELS = [
    (Touchpoint.Channel.CALL, "Call"),
    (Touchpoint.Channel.EMAIL, "E-mail"),
    (Touchpoint.Channel.CHAT, "Message"),
    (Touchpoint.Channel.MEETING, "Meeting"),
]


@dataclass(frozen=True)
class Deed:
    """Whose client, who does it, and when: what a form needs besides its own fields."""

    client: Client
    staff: Staff | None
    now: datetime

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)


class DateInput(forms.DateInput):
    """A native date field: it wants ISO dates, whatever the language of the page."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class DeedForm(forms.Form):
    """A form that knows for which client, by whom and when; `carry_out` does what it says."""

    done: ClassVar[str]

    def __init__(self, *args: Any, deed: Deed, **kwargs: Any) -> None:
        self.deed = deed
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the client or the day."""

    def carry_out(self) -> None:
        raise NotImplementedError


class ContactForm(DeedForm):
    done = "Contact logged with {client}."

    channel = forms.ChoiceField(
        choices=CHANNELS, widget=forms.RadioSelect, initial=Touchpoint.Channel.CALL, label="How"
    )
    happened_on = forms.DateField(
        label="When",
        required=False,
        widget=DateInput,
        help_text=f"Today, or up to {contacting.BACK_DATED_DAYS} days back.",
    )
    contact = forms.ModelChoiceField(
        Contact.objects.none(), label="With whom", required=False, empty_label="Not told"
    )
    from_the_client = forms.BooleanField(
        label="They contacted us",
        required=False,
        help_text="A mail or message from them does not count as hearing from us.",
    )
    note = forms.CharField(
        label="Note", required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )

    def prepare(self) -> None:
        happened_on, contact = self.fields["happened_on"], self.fields["contact"]
        happened_on.initial = self.deed.today
        happened_on.widget.attrs["max"] = self.deed.today.isoformat()
        earliest = self.deed.today - timedelta(days=contacting.BACK_DATED_DAYS)
        happened_on.widget.attrs["min"] = earliest.isoformat()
        contact.queryset = self.deed.client.contacts.filter(left_on=None)  # type: ignore[attr-defined]

    def carry_out(self) -> None:
        told = self.cleaned_data
        inbound = told["from_the_client"]
        directions = Touchpoint.Direction
        contacting.log_touchpoint(
            client=self.deed.client,
            channel=told["channel"],
            happened_at=self._moment(told["happened_on"]),
            now=self.deed.now,
            direction=directions.INBOUND if inbound else directions.OUTBOUND,
            staff=self.deed.staff,
            contact=told["contact"],
            note=told["note"],
        )

    def _moment(self, day: date | None) -> datetime:
        """Now for today; noon of an earlier day, whose hour nobody remembers."""
        if day is None or day == self.deed.today:
            return self.deed.now
        return timezone.make_aware(datetime.combine(day, time(12)))


class ObligationForm(DeedForm):
    done = "The clock of {client} is running."

    kind = forms.ChoiceField(
        label="What they owe us", choices=Obligation.Kind.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(label="What we asked for", max_length=500)
    asked_at = forms.DateTimeField(label="Asked at", widget=MomentInput)
    meets_at = forms.DateTimeField(
        label="Meeting starts at",
        required=False,
        widget=MomentInput,
        help_text="Only for a meeting they must attend.",
    )

    def prepare(self) -> None:
        self.fields["kind"].initial = Obligation.Kind.REPLY
        self.fields["asked_at"].initial = timezone.localtime(self.deed.now).replace(second=0)

    def clean(self) -> dict[str, Any] | None:
        told = super().clean() or {}
        if told.get("kind") == Obligation.Kind.ATTEND and not told.get("meets_at"):
            self.add_error("meets_at", "When does the meeting start? They are late after that.")
        if told.get("kind") == Obligation.Kind.REPLY:
            told["meets_at"] = None
        return told

    def carry_out(self) -> None:
        told = self.cleaned_data
        obligations.ask(
            client=self.deed.client,
            text=told["text"],
            asked_at=told["asked_at"],
            now=self.deed.now,
            kind=told["kind"],
            asked_by=self.deed.staff,
            meets_at=told["meets_at"],
        )


class AnswerForm(DeedForm):
    done = "{client} answered; the clock has stopped."

    answer = forms.CharField(
        label="What they answered", required=False, max_length=500, help_text="May stay empty."
    )
    answered_at = forms.DateTimeField(label="Answered at", required=False, widget=MomentInput)

    def __init__(self, *args: Any, obligation: Obligation, **kwargs: Any) -> None:
        self.obligation = obligation
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        self.fields["answered_at"].initial = timezone.localtime(self.deed.now).replace(second=0)

    def carry_out(self) -> None:
        obligations.answer(
            obligation=self.obligation,
            answered_at=self.cleaned_data["answered_at"] or self.deed.now,
            now=self.deed.now,
            answer=self.cleaned_data["answer"],
        )


class ReadingForm(DeedForm):
    done = "Reading saved for {client}."

    value = forms.DecimalField(label="Value", max_digits=15, decimal_places=4)
    read_on = forms.DateField(label="Read on", required=False, widget=DateInput)
    note = forms.CharField(label="Note", required=False, max_length=300)

    def __init__(self, *args: Any, goal: ClientGoal, **kwargs: Any) -> None:
        self.goal = goal
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        self.fields["read_on"].initial = self.deed.today
        self.fields["value"].label = f"Value ({self.goal.unit})" if self.goal.unit else "Value"

    def carry_out(self) -> None:
        goals.add_reading(
            goal=self.goal,
            value=self.cleaned_data["value"],
            read_on=self.cleaned_data["read_on"] or self.deed.today,
            today=self.deed.today,
            staff=self.deed.staff,
            note=self.cleaned_data["note"],
        )


class GoalForm(DeedForm):
    done = "90-day goal agreed with {client}."

    name = forms.CharField(label="What must move", max_length=200, help_text="Cost per lead")
    unit = forms.CharField(
        label="Unit", max_length=40, required=False, help_text="€, leads / mo, %"
    )
    baseline = forms.DecimalField(label="Today it is", max_digits=15, decimal_places=4)
    target = forms.DecimalField(label="In 90 days it is", max_digits=15, decimal_places=4)
    starts_on = forms.DateField(label="From", widget=DateInput, validators=[sane_year])
    matters_most = forms.BooleanField(label="The goal that matters most", required=False)

    def prepare(self) -> None:
        self.fields["starts_on"].initial = self.deed.today

    def clean(self) -> dict[str, Any] | None:
        told = super().clean() or {}
        if "baseline" in told and told.get("baseline") == told.get("target"):
            self.add_error("target", "The target must differ from where it stands today.")
        return told

    def carry_out(self) -> None:
        told = self.cleaned_data
        goals.agree(
            client=self.deed.client, agreed_by=self.deed.staff, today=self.deed.today, **told
        )
