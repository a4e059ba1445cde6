"""The screen on the wall: no session, no menu, no motion. Its address is its key."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients.models import Pod
from godview.access import for_leaders, staff_of
from metrics import wall_links
from metrics.dashboards.wall import VIEWS, wall
from metrics.models import WallLink
from metrics.views.share import HEADERS, Guesses


@require_safe
def wall_screen(request: HttpRequest, token: str) -> HttpResponse:
    """The whole page, or with ?part= only what is drawn anew every minute."""
    if not Guesses().allow_request(request, None):  # type: ignore[arg-type]
        return _answer(request, "metrics/wall_closed.html", {"too_many": True}, 429)
    link = wall_links.link_of(token)
    if link is None:
        return _answer(request, "metrics/wall_closed.html", {}, 404)
    now = timezone.now()
    view = request.GET.get("view", "")
    view = view if view in VIEWS and link.rotates else VIEWS[0]
    template = "metrics/_wall.html" if "part" in request.GET else "metrics/wall.html"
    shown = {"page": wall(link, view, now), "link": link}
    if link.rotates:
        shown["views"] = " ".join(VIEWS)
    response = _answer(request, template, shown)
    if request.method == "GET" and not request.user.is_authenticated:
        wall_links.seen(link, now)
    return response


def _answer(
    request: HttpRequest, template: str, context: dict[str, object], status: int = 200
) -> HttpResponse:
    response = render(request, template, context, status=status)
    for name, value in HEADERS.items():
        response[name] = value
    return response


class WallLinkForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("Where it hangs"),
        max_length=80,
        help_text=gettext_lazy("Such as “Second floor”."),
    )
    scope = forms.ChoiceField(label=gettext_lazy("What it shows"))
    names = forms.ChoiceField(
        label=gettext_lazy("Names"),
        choices=WallLink.Names.choices,
        initial=WallLink.Names.NONE,
        widget=forms.RadioSelect,
    )
    rotates = forms.BooleanField(
        label=gettext_lazy("Show pace, contact and light in turn"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pods = Pod.objects.order_by("name").values_list("slug", "name")
        choices = [
            ("agency", _("The whole agency")),
            *((f"pod:{slug}", name) for slug, name in pods),
        ]
        self.fields["scope"].choices = choices  # type: ignore[attr-defined]


@for_leaders
@never_cache
@require_http_methods(["GET", "POST"])
def wall_settings(request: HttpRequest) -> HttpResponse:
    """Links for screens: made, shown once, taken back."""
    form, address = WallLinkForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            _link, token = wall_links.create_link(
                **form.cleaned_data, by=staff_of(request.user), now=timezone.now()
            )
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            address = request.build_absolute_uri(reverse("wall", args=[token]))
            form = WallLinkForm()
    links = WallLink.objects.select_related("created_by").order_by("revoked_at", "-created_at")
    context = {"form": form, "links": links[:100], "address": address}
    return render(
        request, "metrics/wall_settings.html", context, status=422 if form.errors else 200
    )


@for_leaders
@require_POST
def revoke_wall(request: HttpRequest, pk: int) -> HttpResponse:
    wall_links.revoke(link=get_object_or_404(WallLink, pk=pk), now=timezone.now())
    messages.success(request, _("Link revoked: the screen says so at its next look."))
    return redirect("wall_settings")
