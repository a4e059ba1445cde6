"""What failed for good: sent again, or let be."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from godview.access import for_leaders
from tasks.models import DeadLetter
from tasks.sync import replaying
from tasks.views.reading import read_soon


@require_POST
@for_leaders
def replay(request: HttpRequest, pk: int) -> HttpResponse:
    letter = _open_letter(pk)
    if not letter.connection.is_working:
        messages.error(request, _("The connection is stopped: give it a new token first."))
    else:
        _replay(request, letter)
    return redirect("tasks:asana")


def _replay(request: HttpRequest, letter: DeadLetter) -> None:
    if replaying.needs_a_run(letter):
        read_soon(letter.connection, full=False)
    try:
        replaying.replay(letter, timezone.now())
    except ValidationError as refusal:
        messages.error(
            request,
            (
                _("Not asked for again. %(refusal_messages)s")
                % {"refusal_messages": " ".join(refusal.messages)}
            ),
        )
    else:
        messages.success(request, _("Asked for again. It leaves the list as soon as it works."))


@require_POST
@for_leaders
def let_be(request: HttpRequest, pk: int) -> HttpResponse:
    DeadLetter.objects.filter(pk=_open_letter(pk).pk).update(settled_at=timezone.now())
    messages.success(request, _("Let be. It comes back if it fails again."))
    return redirect("tasks:asana")


def _open_letter(pk: int) -> DeadLetter:
    return get_object_or_404(DeadLetter.objects.open().select_related("connection"), pk=pk)
