"""The attention list, and what is decided about each client on it."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from clients.models import Client
from clients.views import DeedView
from godview.access import get_visible_or_404
from godview.http import csv_response, onward_url
from godview.undo import Undo, tell
from godview.waiting import forget_clients_in_need, tell_clients_in_need
from godview.widgets import LongSelect
from metrics import attending
from metrics.attention_forms import AssignForm, CaseForm, CloseForm, SnoozeForm
from metrics.dashboards.attention_list import (
    CSV_HEADER,
    STATES,
    AttentionList,
    attention_list,
    csv_row,
    offered,
)
from metrics.models import AttentionCase
from metrics.queries.stamps import read_stamps
from metrics.views.asked import moment_asked
from metrics.views.days import as_known_then, days_of
from metrics.views.onward import onward_from

ROWS_A_PAGE = 50
ANY = ("", gettext_lazy("all"))


class AttentionFilter(forms.Form):
    """All fields may stay empty; a value that is not offered is left out."""

    state = forms.ChoiceField(label=gettext_lazy("State"), required=False, widget=LongSelect)
    rule = forms.ChoiceField(label=gettext_lazy("Rule"), required=False, widget=LongSelect)
    pod = forms.ChoiceField(label=gettext_lazy("Pod"), required=False, widget=LongSelect)
    owner = forms.ChoiceField(label=gettext_lazy("Owner"), required=False, widget=LongSelect)

    def __init__(self, data: Any, page: AttentionList) -> None:
        super().__init__(data)
        choices = offered(page.everything)
        for name, found in choices.items():
            self.fields[name].choices = [ANY, *found]  # type: ignore[attr-defined]
        states = [(key, f"{word} ({page.counts[key]})") for key, word in STATES.items()]
        self.fields["state"].choices = [("", states[0][1]), *states[1:]]  # type: ignore[attr-defined]


@login_required
@require_GET
@as_known_then
def attention(request: HttpRequest) -> HttpResponse:
    now = moment_asked(request)
    asked = {
        name: value
        for name in ("state", "rule", "pod", "owner")
        if (value := request.GET.get(name, ""))
    }
    if asked.get("state") not in STATES:
        asked.pop("state", None)
    page = attention_list(request.user, read_stamps(), now, asked, onward_from(request))
    if not (days := days_of(request)).is_past:
        tell_clients_in_need(request.user, days.today, page.counts["open"])
    if request.GET.get("format") == "csv":
        return csv_response(f"attention-{days.as_of}.csv", CSV_HEADER, map(csv_row, page.rows))
    context = {
        "page": page,
        "rows": Paginator(page.rows, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "form": AttentionFilter(request.GET, page),
        "asked": asked,
        "state": asked.get("state") or "open",
        "state_word": STATES[asked.get("state") or "open"],
        "today": timezone.localdate(now),
        "may_decide": request.user.has_perm("metrics.change_attentioncase"),
        "here": request.get_full_path(),
        "back": urlencode({"next": request.get_full_path()}),
    }
    return render(request, "metrics/attention.html", context)


class DecideCase(DeedView):
    """One decision about one client: a page of its own, or a form under its row."""

    template_name = "metrics/attention_deed.html"
    permission = "metrics.change_attentioncase"
    form_class: type[CaseForm]

    def find_row(self) -> None:
        self.case = AttentionCase.objects.filter(client=self.client).open().first()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "case": self.case}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            form.carry_out()
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
            return self.form_invalid(form)
        forget_clients_in_need(self.request.user, timezone.localdate())
        onward = onward_url(self.request, reverse("attention"))
        done = str(form.done).format(client=self.client)
        tell(self.request, done, undo_case_of(form.case, self.client, onward))
        return redirect(onward)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.POST.get("next") or self.request.GET.get("next", "")
        stands = attending.how_it_stands(self.case) if self.case else _("nobody sees to it")
        return {
            **super().get_context_data(**kwargs),
            "next": asked,
            "about": _("Now: %(stands)s.") % {"stands": stands},
            "back": onward_url(self.request, reverse("attention")),
        }


class Assign(DecideCase):
    form_class = AssignForm
    heading = gettext_lazy("Assign")
    button = gettext_lazy("Assign")


class Snooze(DecideCase):
    form_class = SnoozeForm
    heading = gettext_lazy("Put off")
    button = gettext_lazy("Put off")


class Close(DecideCase):
    form_class = CloseForm
    heading = gettext_lazy("Close")
    button = gettext_lazy("Close")


def undo_case_of(case: AttentionCase, client: Client, onward: str) -> Undo:
    return Undo(
        reverse("undo_case", args=[client.slug]), {"version": str(case.version), "next": onward}
    )


@login_required
@require_POST
def reopen(request: HttpRequest, slug: str) -> HttpResponse:
    """Open again what was put off or closed."""
    client = _client_to_decide(request, slug)
    onward = onward_url(request, reverse("attention"))
    try:
        case = attending.reopen(client=client)
        told = _("%(client)s is open again.") % {"client": client}
        tell(request, told, undo_case_of(case, client, onward))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    forget_clients_in_need(request.user, timezone.localdate())
    return redirect(onward)


@login_required
@require_POST
def undo_case(request: HttpRequest, slug: str) -> HttpResponse:
    """Take back the last decision about a client, whatever it was."""
    client = _client_to_decide(request, slug)
    version = request.POST.get("version", "")
    try:
        number = int(version) if version.isdecimal() and len(version) < 7 else 0
        attending.take_back(client=client, version=number)
        messages.success(request, _("Undone: %(client)s is as before.") % {"client": client})
    except ValidationError as error:
        messages.error(request, error.messages[0])
    forget_clients_in_need(request.user, timezone.localdate())
    return redirect(onward_url(request, reverse("attention")))


def _client_to_decide(request: HttpRequest, slug: str) -> Client:
    client: Client = get_visible_or_404(Client.objects.all(), request.user, slug=slug)
    if not request.user.has_perm("metrics.change_attentioncase"):
        raise PermissionDenied
    return client
