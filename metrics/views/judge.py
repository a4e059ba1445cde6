"""Were the warnings right, and did they come in time? For leaders."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from godview.access import for_leaders
from metrics.dashboards.judge import judged_months
from metrics.jobs import replay_warning_scores
from metrics.queries.stamps import read_stamps
from metrics.views.asked import day_asked
from metrics.views.days import as_known_then


@for_leaders
@require_http_methods(["GET", "POST"])
@as_known_then
def attention_judge(request: HttpRequest) -> HttpResponse:
    """POST asks the worker to replay the weeks of which no score is kept."""
    if request.method == "POST":
        replay_warning_scores.delay(timezone.localdate().isoformat())
        messages.success(request, _("The past is being replayed. It takes a minute or two."))
        return redirect("attention_judge")
    day = day_asked(request)
    context = {"judged": judged_months(read_stamps(), day), "day": day}
    return render(request, "metrics/judge.html", context)
