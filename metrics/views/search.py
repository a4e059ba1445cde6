"""Search: the lines under the palette, or a page of them without JavaScript."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from godview.shell import Shell
from metrics.dashboards.finding import AT_A_GLANCE, ON_THE_PAGE, Found, find, offered
from metrics.queries.pods import pods_seen_by

LONGEST = 200


@login_required
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("q", "").strip()[:LONGEST]
    pages, is_palette = _pages(request, typed), bool(request.htmx)  # type: ignore[attr-defined]
    at_most = AT_A_GLANCE if is_palette else ON_THE_PAGE
    today = timezone.localdate()
    groups = find(typed, request.user, today, pages, at_most) if typed else offered(pages)
    count = sum(len(group.lines) for group in groups)
    template = "metrics/_found.html" if is_palette else "metrics/search.html"
    return render(request, template, {"typed": typed, "groups": groups, "count": count})


def _pages(request: HttpRequest, typed: str) -> list[Found]:
    """Those of the menu, and some that have no place in it."""
    menu = [
        Found(item.word, item.url, str(group.word))
        for group in Shell(request).menu
        for item in group.items
    ]
    others = [
        Found(_("Glossary"), reverse("glossary")),
        Found(_("Change password"), reverse("account_change_password")),
    ]
    if typed:
        others += [
            Found(
                _("Pod meeting, %(pod)s") % {"pod": pod.name},
                reverse("pod_meeting", args=[pod.slug]),
            )
            for pod in pods_seen_by(request.user)
        ]
    return menu + others
