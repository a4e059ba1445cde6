"""Whose turns of a growth review one may look at, and who may lead it."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from tasks.models import Meeting, MeetingTurn


def turns_seen(request: HttpRequest, pk: int) -> QuerySet[MeetingTurn]:
    """Those of the clients one may see; of a review without any, one learns nothing."""
    turns = MeetingTurn.objects.visible_to(request.user).select_related("client", "meeting__pod")
    found = turns.filter(meeting=pk, meeting__kind=Meeting.Kind.GROWTH).order_by("place")
    if not found:
        raise Http404
    return found


def may_lead_or_refuse(request: HttpRequest) -> None:
    if not request.user.has_perm("tasks.add_meeting"):
        raise PermissionDenied
