"""Every component with sample data on one page: what new pages are made of, and how it looks."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from godview.access import may_open_admin

SAMPLE = {
    "falling": [88, 87, 86, 86, 84, 83, 84, 82, 80, 81, 79, 78, 76],
    "rising": [1, 1, 2, 2, 2, 3, 3, 4, 3, 4, 5, 5, 6],
    "restless": [7, 9, 8, 10, 6, 8, 9, 7, 10, 8, 9, 11, 14],
    "band": (5, 11),
    "bars": [
        (0.41, 0.6, "bad", "Off pace"),
        (0.53, 0.6, "watch", "Behind"),
        (0.67, 0.6, "good", "On pace"),
    ],
    "lights": ["good"] * 5 + ["watch", "watch", "good", "watch", "bad", "watch", "bad", "bad"],
    "weeks": range(35, 48),
    "chips": [
        ("good", "On pace"),
        ("watch", "Behind"),
        ("bad", "Off pace"),
        ("none", "Too new to judge"),
        ("info", "Running"),
    ],
    "grammar": [
        ("good", _("On pace"), _("Green: we moved it forward"), _("Won")),
        ("watch", _("Behind"), _("Yellow: nothing happened"), "–"),
        ("bad", _("Off pace"), _("Red: we slipped"), _("Lost")),
        ("none", _("Too new to judge"), _("Not set"), _("No difference")),
    ],
    "map": [
        ("Halden Dental", "bad", "off pace 0.68"),
        ("Orlo Coffee", "bad", "off pace 0.74"),
        ("Casa Lumen", "watch", "behind 0.88"),
        ("Linden Legal", "none", "too new to judge"),
        ("Aspen Dental", "good", "on pace 1.02"),
        ("Sparrow Spa", "good", "on pace 1.10"),
    ],
    # From, to, a square or a dot at, state, word, dashes.
    "intervals": [
        (120, 200, None, 160, "good", "Won", "none"),
        (20, 80, 46, None, "bad", "Lost", "none"),
        (60, 170, None, 115, "none", "62% of sample", "3 2"),
    ],
    "due_on": date(2026, 11, 25),
}


@require_GET
def styleguide(request: HttpRequest) -> HttpResponse:
    if not may_open_admin(request.user):
        raise Http404
    return render(request, "styleguide.html", SAMPLE)
