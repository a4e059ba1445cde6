"""What people tell us about a client. Each form carries out its deed once it is valid."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as tr
from django.utils.translation import gettext_lazy as _

from clients import contacting, goals, obligations
from clients.models import Client, ClientGoal, Contact, Obligation, Staff, Touchpoint
from godview.rest.limits import sane_year
from godview.templatetags.display import day
from godview.widgets import SpokenSelects

CHANNELS = [
    (Touchpoint.Channel.CALL, _("Call")),
    (Touchpoint.Channel.EMAIL, _("E-mail")),
    (Touchpoint.Channel.CHAT, _("Message")),
    (Touchpoint.Channel.MEETING, _("Meeting")),
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


class DeedForm(SpokenSelects, forms.Form):
    """A form that knows for which client, by whom and when; `carry_out` does what it says."""

    done: ClassVar[str | Promise]

    def __init__(self, *args: Any, deed: Deed, **kwargs: Any) -> None:
        self.deed = deed
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the client or the day."""

    def carry_out(self) -> None:
        raise NotImplementedError


class ContactForm(DeedForm):
    done = _("Contact logged with {client}.")

    channel = forms.ChoiceField(
        choices=CHANNELS, widget=forms.RadioSelect, initial=Touchpoint.Channel.CALL, label=_("How")
    )
    happened_on = forms.DateField(
        label=_("When"),
        required=False,
        widget=DateInput,
    )
    contact = forms.ModelChoiceField(
        Contact.objects.none(), label=_("With whom"), required=False, empty_label=_("Not told")
    )
    from_the_client = forms.BooleanField(
        label=_("They contacted us"),
        required=False,
        help_text=_("A mail or message from them does not count as hearing from us."),
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )

    def prepare(self) -> None:
        happened_on, contact = self.fields["happened_on"], self.fields["contact"]
        happened_on.initial = self.deed.today
        back = contacting.BACK_DATED_DAYS
        happened_on.help_text = tr("Today, or up to %(days)s days back.") % {"days": back}
        happened_on.widget.attrs["max"] = self.deed.today.isoformat()
        earliest = self.deed.today - timedelta(days=contacting.BACK_DATED_DAYS)
        happened_on.widget.attrs["min"] = earliest.isoformat()
        contact.queryset = self.deed.client.contacts.filter(left_on=None)  # type: ignore[attr-defined]

    def carry_out(self) -> None:
        told = self.cleaned_data
        inbound = told["from_the_client"]
        directions = Touchpoint.Direction
        self.touchpoint = contacting.log_touchpoint(
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
    done = _("The clock of {client} is running.")

    kind = forms.ChoiceField(
        label=_("What they owe us"), choices=Obligation.Kind.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(label=_("What we asked for"), max_length=500)
    asked_at = forms.DateTimeField(label=_("Asked at"), widget=MomentInput)
    meets_at = forms.DateTimeField(
        label=_("Meeting starts at"),
        required=False,
        widget=MomentInput,
        help_text=_("Only for a meeting they must attend."),
    )

    def prepare(self) -> None:
        self.fields["kind"].initial = Obligation.Kind.REPLY
        self.fields["asked_at"].initial = timezone.localtime(self.deed.now).replace(second=0)

    def clean(self) -> dict[str, Any] | None:
        told = super().clean() or {}
        if told.get("kind") == Obligation.Kind.ATTEND and not told.get("meets_at"):
            message = tr("When does the meeting start? They are late after that.")
            self.add_error("meets_at", message)
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
    done = _("{client} answered; the clock has stopped.")

    answer = forms.CharField(
        label=_("What they answered"),
        required=False,
        max_length=500,
        help_text=_("May stay empty."),
    )
    answered_at = forms.DateTimeField(label=_("Answered at"), required=False, widget=MomentInput)

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


class GoAheadForm(DeedForm):
    """The words are drafted in the client's language, to be sent and changed as one likes."""

    done = _("We go ahead. {client} was told, and the clock has stopped.")

    notice = forms.CharField(
        label=_("What we write"), max_length=1000, widget=forms.Textarea({"rows": 5})
    )
    channel = forms.ChoiceField(
        label=_("How we told them"),
        choices=CHANNELS,
        widget=forms.RadioSelect,
        initial=Touchpoint.Channel.EMAIL,
    )

    def __init__(self, *args: Any, obligation: Obligation, **kwargs: Any) -> None:
        self.obligation = obligation
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        self.fields["notice"].initial = go_ahead_notice(self.obligation, self.deed.client)

    def carry_out(self) -> None:
        obligations.go_ahead(
            obligation=self.obligation,
            notice=self.cleaned_data["notice"],
            channel=self.cleaned_data["channel"],
            by=self.deed.staff,
            now=self.deed.now,
        )


def go_ahead_notice(obligation: Obligation, client: Client) -> str:
    """What the client is told when its time to answer is over, in its own language."""
    with translation.override(client.language or settings.LANGUAGE_CODE):
        told = {"question": obligation.text, "day": day(timezone.localdate(obligation.asked_at))}
        return (
            tr(
                "On %(day)s we asked you: “%(question)s”. The time to answer that we agreed on is "
                "over, so we go ahead as planned. Write to us if you want it otherwise."
            )
            % told
        )


class ReadingForm(DeedForm):
    done = _("Reading saved for {client}.")

    value = forms.DecimalField(label=_("Value"), max_digits=15, decimal_places=4)
    read_on = forms.DateField(label=_("Read on"), required=False, widget=DateInput)
    note = forms.CharField(label=_("Note"), required=False, max_length=300)

    def __init__(self, *args: Any, goal: ClientGoal, **kwargs: Any) -> None:
        self.goal = goal
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        self.fields["read_on"].initial = self.deed.today
        if self.goal.unit:
            label = tr("Value (%(unit)s)") % {"unit": self.goal.unit}
            self.fields["value"].label = label

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
    done = _("90-day goal agreed with {client}.")

    name = forms.CharField(
        label=_("What must move"), max_length=200, help_text=_("Such as “Cost per lead”.")
    )
    unit = forms.CharField(
        label=_("Unit"), max_length=40, required=False, help_text=_("Such as €, leads / mo or %.")
    )
    baseline = forms.DecimalField(label=_("Today it is"), max_digits=15, decimal_places=4)
    target = forms.DecimalField(label=_("In 90 days it is"), max_digits=15, decimal_places=4)
    starts_on = forms.DateField(label=_("From"), widget=DateInput, validators=[sane_year])
    matters_most = forms.BooleanField(label=_("The goal that matters most"), required=False)

    def prepare(self) -> None:
        self.fields["starts_on"].initial = self.deed.today

    def clean(self) -> dict[str, Any] | None:
        told = super().clean() or {}
        if "baseline" in told and told.get("baseline") == told.get("target"):
            message = tr("The target must differ from where it stands today.")
            self.add_error("target", message)
        return told

    def carry_out(self) -> None:
        told = self.cleaned_data
        goals.agree(
            client=self.deed.client, agreed_by=self.deed.staff, today=self.deed.today, **told
        )
