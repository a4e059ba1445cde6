"""One promise: its frozen words, everything that happened to it, and what is to be decided."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from clients.forms import Deed
from godview.access import get_visible_or_404, staff_of
from godview.http import onward_url
from tasks import goal_task_states
from tasks.deadlines.forms import LedgerForm, PostponeForm, TermsForm
from tasks.deadlines.words import event_lines, state_of, sure
from tasks.ledger import deciding, postponing
from tasks.models import Finding, Postponement, Promise, Standing

Decision = Callable[..., None]
NOBODY = gettext_lazy(
    "Your account belongs to no member of staff: ask a director or leader to decide."
)


@login_required
@require_GET
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _promise(request, pk))


@login_required
@require_POST
def postpone(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for another day."""
    return _take(request, pk, "tasks.add_postponement", PostponeForm)


@login_required
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what was agreed for 90 days: leaders only, with a reason."""
    return _take(request, pk, "tasks.change_promise", TermsForm)


def _take(request: HttpRequest, pk: int, permission: str, kind: type[LedgerForm]) -> HttpResponse:
    row = _promise(request, pk)
    _may(request, permission)
    if kind is not _form_of(row):
        raise Http404
    form = kind(request.POST, deed=_deed(request, row), promise=row)
    if form.is_valid():
        try:
            form.carry_out()
        except ValidationError as refusal:
            form.take(refusal)
        else:
            return _done(request, row, str(form.done))
    return _page(request, row, form=form)


@login_required
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide_request(request, pk, postponing.approve, _("Approved: the new day counts."))


@login_required
@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide_request(request, pk, postponing.refuse, _("Refused: the agreed day stands."))


@login_required
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide_finding(request, pk, deciding.confirm, _("Finding confirmed."))


@login_required
@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide_finding(request, pk, deciding.dismiss, _("Finding dismissed."))


def _decide_request(request: HttpRequest, pk: int, decide: Decision, done: str) -> HttpResponse:
    asked = get_visible_or_404(Postponement.objects.all(), request.user, pk=pk)
    _may(request, "tasks.change_postponement")
    return _decide(request, asked, {"postponement": asked}, decide, done)


def _decide_finding(request: HttpRequest, pk: int, decide: Decision, done: str) -> HttpResponse:
    finding = get_visible_or_404(Finding.objects.all(), request.user, pk=pk)
    _may(request, "tasks.change_finding")
    return _decide(request, finding, {"finding": finding}, decide, done)


def _decide(
    request: HttpRequest,
    matter: Finding | Postponement,
    named: dict[str, Any],
    decide: Decision,
    done: str,
) -> HttpResponse:
    """Carry the decision out; what speaks against it is said beside it, with what was typed."""
    by, note = staff_of(request.user), request.POST.get("note", "").replace("\0", "")
    row = _promise(request, matter.promise_id)
    try:
        if by is None:
            raise ValidationError(NOBODY)
        decide(**named, by=by, now=timezone.now(), note=note)
    except ValidationError as refusal:
        trouble = {"matter": matter, "words": " ".join(refusal.messages), "note": note}
        return _page(request, row, trouble=trouble)
    return _done(request, row, done)


def _done(request: HttpRequest, row: Promise, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect(onward_url(request, reverse("promise", args=[row.pk])))


def _may(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


def _promise(request: HttpRequest, pk: int) -> Promise:
    rows = Promise.objects.filter(standing__isnull=False).select_related(
        "client",
        "owner",
        "task",
        "weekly_goal",
        "client_goal",
        "standing__carrier",
        "standing__continues",
    )
    found: Promise = get_visible_or_404(rows, request.user, pk=pk)
    return found


def _deed(request: HttpRequest, row: Promise) -> Deed:
    return Deed(row.client, staff_of(request.user), timezone.now())


def _page(
    request: HttpRequest,
    row: Promise,
    form: LedgerForm | None = None,
    trouble: dict[str, Any] | None = None,
) -> HttpResponse:
    deed = _deed(request, row)
    today = deed.today
    events = row.events.select_related("actor", "twin", "finding")
    asked = list(row.postponed.select_related("asked_by", "decided_by", "obligation"))
    waiting = [one for one in asked if one.state == Postponement.State.ASKED]
    if form is None and not waiting and _may_fill_in(request, row):
        form = _form_of(row)(deed=deed, promise=row)
    context = {
        "promise": row,
        "standing": row.standing,
        "state": state_of(row, today),
        "today": today,
        "lines": event_lines(row, events, today),
        "findings": _findings(row),
        "requests": waiting,
        "decided": [one for one in asked if one not in waiting],
        "staff": deed.staff,
        "form": form,
        "trouble": trouble,
        "goal_task": goal_task_states.state_of(row.weekly_goal) if row.weekly_goal else None,
        "late_by": _late_by(row, deed.now),
    }
    return render(request, "tasks/promise.html", context)


def _findings(row: Promise) -> list[tuple[Finding, str]]:
    rows = row.findings.select_related("twin", "decided_by")
    return [(finding, sure(finding.score)) for finding in rows]


def _form_of(row: Promise) -> type[LedgerForm]:
    """Another day is asked for; what was agreed for 90 days is changed by a leader."""
    return TermsForm if row.kind == Promise.Kind.CLIENT_GOAL else PostponeForm


def _may_fill_in(request: HttpRequest, row: Promise) -> bool:
    is_goal = _form_of(row) is TermsForm
    permission = "tasks.change_promise" if is_goal else "tasks.add_postponement"
    is_open = row.standing.state == Standing.State.OPEN
    return is_open and request.user.has_perm(permission)


def _late_by(row: Promise, now: datetime) -> int:
    """Whole days past the agreed day, for one that is open or was finished late."""
    standing = row.standing
    end = standing.completed_on or timezone.localdate(now)
    is_judged = standing.state in (Standing.State.OPEN, Standing.State.DONE)
    return max(0, (end - standing.agreed_on).days) if is_judged else 0
