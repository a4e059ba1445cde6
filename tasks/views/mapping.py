"""Whose each project and user of Asana is: saved from the Asana page and from the set-up."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from godview.access import for_leaders
from godview.http import onward_url
from godview.templatetags.display import counted
from godview.translating.later import later
from tasks.asana_forms import MappingForm
from tasks.mapping import Mapped, map_projects, map_users
from tasks.models import AsanaConnection

NOBODY = {
    "client": later("There is no client called “%(name)s”. Choose one from the list."),
    "staff": later("There is no member of staff called “%(name)s”. Choose one from the list."),
}


@require_POST
@for_leaders
def projects(request: HttpRequest, pk: int) -> HttpResponse:
    connection = get_object_or_404(AsanaConnection, pk=pk)
    form, mapped = MappingForm(request.POST), Mapped()
    if form.is_valid():
        mapped = map_projects(connection, form.names(), form.left_out())
        tell(request, mapped, counted(mapped.changed, "project"), "client")
    return _onward(request, mapped)


@require_POST
@for_leaders
def users(request: HttpRequest, pk: int) -> HttpResponse:
    connection = get_object_or_404(AsanaConnection, pk=pk)
    form, mapped = MappingForm(request.POST), Mapped()
    if form.is_valid():
        mapped = map_users(connection, form.names(), form.left_out())
        tell(request, mapped, counted(mapped.changed, "user"), "staff")
    return _onward(request, mapped)


def tell(request: HttpRequest, mapped: Mapped, changed: str, whom: str) -> None:
    for name in mapped.refused.values():
        messages.error(
            request,
            NOBODY[whom] % {"name": name},
        )
    messages.success(
        request,
        _("Saved: %(changed_what)s changed.") % {"changed_what": changed},
    )


def _onward(request: HttpRequest, mapped: Mapped) -> HttpResponse:
    """To the same pages of the lists, or on to the next step when all could be placed."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    here = onward_url(request, reverse("tasks:asana") + query, name="here")
    return redirect(here if mapped.refused else onward_url(request, here))
