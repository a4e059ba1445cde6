"""Which promises the ledger shows. Each filter stands in the address; nonsense is left out."""

from datetime import date
from typing import Any

import django_filters as filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as tr
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ChoiceField

from clients.models import Client, Pod, Staff
from godview.periods import DAY, WEEK, Period, monday_of, parse_period
from godview.templatetags.display import day as in_words
from godview.widgets import LongSelect
from tasks.deadlines import reading
from tasks.models import Postponement, Promise, PromiseEvent, Standing

STATES = [
    ("open", _("open")),
    ("late", _("late")),
    ("done", _("done")),
    ("missed", _("missed")),
    ("gone", _("deleted or withdrawn")),
]
WHAT = [("attempt", _("Any change nobody agreed to")), *PromiseEvent.Kind.choices]
NEEDS = [
    ("any", _("anything")),
    ("findings", _("a look at a finding")),
    ("requests", _("an answer to a request")),
]
DUE = [
    ("week", _("this week")),
    ("next", _("next week")),
    ("month", _("last month")),
    ("quarter", _("last 3 months")),
    ("year", _("last 12 months")),
]
HAPPENED = [
    ("week", _("this week")),
    ("month", _("last month")),
    ("quarter", _("last 3 months")),
    ("year", _("last 12 months")),
]


def stretch(text: str, today: date) -> Period | None:
    """`week`, `next`, `month`, `quarter`, `year` or START..END as days; None for nonsense."""
    if text in ("week", "next"):
        monday = monday_of(today) + (WEEK if text == "next" else 0 * DAY)
        return Period(monday, monday + WEEK)
    try:
        return parse_period(text, today + DAY)
    except ValueError:
        return None


class StretchField(ChoiceField):
    """One of the offered stretches, or START..END as links from other pages give it."""

    def valid_value(self, value: Any) -> bool:
        is_period = ".." in str(value) and stretch(str(value), date.min) is not None
        return is_period or bool(super().valid_value(value))


class StretchFilter(filters.ChoiceFilter):
    field_class = StretchField


def _clients(request: Any) -> QuerySet[Client]:
    return Client.objects.visible_to(request.user)


def _pods(request: Any) -> QuerySet[Pod]:
    return Pod.objects.visible_to(request.user)


def _owners(request: Any) -> QuerySet[Staff]:
    theirs = Promise.objects.visible_to(request.user).filter(owner=OuterRef("pk"))
    return Staff.objects.filter(Exists(theirs)).order_by("name")


class DeadlineFilters(filters.FilterSet):
    q = filters.CharFilter("text", "icontains", label=_("Find"))
    client = filters.ModelChoiceFilter(
        queryset=_clients,
        to_field_name="slug",
        label=_("Client"),
        empty_label=_("all"),
        widget=LongSelect,
    )
    manager = filters.ModelChoiceFilter(
        "owner",
        queryset=_owners,
        to_field_name="slug",
        label=_("Owner"),
        empty_label=_("all"),
        widget=LongSelect,
    )
    pod = filters.ModelChoiceFilter(
        queryset=_pods,
        to_field_name="slug",
        label=_("Pod"),
        empty_label=_("all"),
        method="of_pod",
        widget=LongSelect,
    )
    kind = filters.ChoiceFilter(
        choices=Promise.Kind.choices, label=_("Kind"), empty_label=_("all"), widget=LongSelect
    )
    state = filters.ChoiceFilter(
        choices=STATES,
        label=_("State"),
        empty_label=_("all"),
        method="in_state",
        widget=LongSelect,
    )
    what = filters.ChoiceFilter(
        choices=WHAT,
        label=_("What happened"),
        empty_label=_("all"),
        method="as_it_is",
        widget=LongSelect,
    )
    happened = StretchFilter(
        choices=HAPPENED,
        label=_("It happened"),
        empty_label=_("any day"),
        method="where_it_happened",
        widget=LongSelect,
    )
    due = StretchFilter(
        choices=DUE,
        label=_("Due"),
        empty_label=_("any day"),
        method="promised_for",
        widget=LongSelect,
    )
    reason = filters.ChoiceFilter(
        choices=Postponement.Reason.choices,
        label=_("Postponed for"),
        empty_label=_("all"),
        method="for_reason",
        widget=LongSelect,
    )
    needs = filters.ChoiceFilter(
        choices=NEEDS,
        label=_("Needs"),
        empty_label=_("all"),
        method="in_need",
        widget=LongSelect,
    )

    class Meta:
        model = Promise
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)
        for name in ("due", "happened"):
            self._offer(name)

    def _offer(self, name: str) -> None:
        """A stretch that a link asked for stands in the list too, or it would be lost."""
        asked = str((self.data or {}).get(name, ""))
        period = stretch(asked, self.today) if ".." in asked else None
        if period:
            first, last = period.start, period.end - DAY
            words = tr("%(first)s to %(last)s") % {
                "first": in_words(first, self.today),
                "last": in_words(last, self.today),
            }
            field: Any = self.form.fields[name]
            field.choices = [*field.choices, (asked, words)]

    def asked(self) -> dict[str, Any]:
        """The filters in use, by name."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    def of_pod(self, rows: Any, name: str, pod: Pod) -> Any:
        return rows.filter(client__in=reading.clients_of_pod(pod, self.today))

    def in_state(self, rows: Any, name: str, state: str) -> Any:
        if state == "late":
            late = Q(standing__state=Standing.State.OPEN, standing__agreed_on__lt=self.today)
            return rows.filter(late)
        return rows.filter(standing__state=state)

    def as_it_is(self, rows: Any, name: str, what: str) -> Any:
        """What happened and when are one question, so that both are of the same event."""
        return self._with_events(rows, what, self.asked().get("happened", ""))

    def where_it_happened(self, rows: Any, name: str, text: str) -> Any:
        return rows if self.asked().get("what") else self._with_events(rows, "", text)

    def _with_events(self, rows: Any, what: str, when: str) -> Any:
        events: Any = PromiseEvent.objects.filter(promise=OuterRef("pk"))
        if what == "attempt":
            events = events.unagreed()
        elif what:
            events = events.filter(kind=what)
        period = stretch(when, self.today) if when else None
        if period:
            events = events.filter(
                happened_at__date__gte=period.start, happened_at__date__lt=period.end
            )
        return rows.filter(Exists(events))

    def promised_for(self, rows: Any, name: str, text: str) -> Any:
        period = stretch(text, self.today)
        return rows.filter(due_on__gte=period.start, due_on__lt=period.end) if period else rows

    def for_reason(self, rows: Any, name: str, reason: str) -> Any:
        given = Postponement.objects.filter(promise=OuterRef("pk"), reason=reason)
        return rows.filter(Exists(given))

    def in_need(self, rows: Any, name: str, needs: str) -> Any:
        finding, request = Q(pk__in=reading.to_be_looked_at()), Q(pk__in=reading.asked_for())
        return rows.filter({"findings": finding, "requests": request}.get(needs, finding | request))
