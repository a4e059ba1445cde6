"""Links by which a client reads its weekly goals: made and taken back on the client's page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from clients.models import Client
from godview.access import get_visible_or_404, staff_of
from tasks import sharing
from tasks.models import ShareLink


@login_required
@require_POST
@never_cache
def create(request: HttpRequest, slug: str) -> HttpResponse:
    """A new link, shown this once: not even we can show it again."""
    client = get_visible_or_404(Client.objects.all(), request.user, slug=slug)
    if not request.user.has_perm("tasks.add_sharelink"):
        raise PermissionDenied
    try:
        link, token = sharing.create_link(
            client=client, by=staff_of(request.user), now=timezone.now()
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(f"{client.get_absolute_url()}#share")
    address = request.build_absolute_uri(reverse("share", args=[token]))
    return render(request, "tasks/share_link.html", {"link": link, "address": address})


@login_required
@require_POST
def revoke(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    links = ShareLink.objects.filter(client__slug=slug).select_related("client")
    link = get_visible_or_404(links, request.user, pk=pk)
    if not request.user.has_perm("tasks.change_sharelink"):
        raise PermissionDenied
    sharing.revoke(link=link, now=timezone.now())
    messages.success(request, _("Link revoked: it opens nothing any more."))
    return redirect(f"{link.client.get_absolute_url()}#share")
