"""One 90-day goal: will we reach it? Today's value is told on the same page."""

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from clients.views import AddReading
from godview.http import csv_response
from metrics.dashboards.client.crumbs import crumbs_of
from metrics.dashboards.client.goal import goal_page
from metrics.dashboards.portfolio import all_lines
from metrics.queries.goal import goal_of
from metrics.queries.limits import limits_on
from metrics.queries.stamps import read_stamps
from metrics.views.asked import day_asked
from metrics.views.days import as_known_then, days_of
from metrics.views.onward import onward_from

READINGS = ("goal", "unit", "read_on", "value", "by", "note")


class Goal(AddReading):
    template_name = "metrics/goal.html"

    def may(self) -> bool:
        """Whoever sees the client may look; a value is told by those who may tell it."""
        return self.request.method in ("GET", "HEAD") or super().may()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("format") == "csv":
            return self._csv()
        return super().get(request, *args, **kwargs)

    def back_url(self) -> str:
        return onward_from(self.request).to("goal", self.client.slug, str(self.goal.pk))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        day, onward = day_asked(self.request), onward_from(self.request)
        days_of(self.request).about("client", self.client)
        goal = goal_of(self.client, self.goal.pk, day)
        if goal is None:
            raise Http404
        stamps = read_stamps()
        lines = all_lines(stamps, day)
        line = next((line for line in lines if line.id == self.client.pk), None)
        found = {
            "page": goal_page(goal, day, limits_on(stamps, day)["pace"]),
            "crumbs": crumbs_of(line, self.client, onward, goal.name),
        }
        return {**super().get_context_data(**kwargs), **found}

    def _csv(self) -> HttpResponse:
        goal = goal_of(self.client, self.goal.pk, day_asked(self.request))
        rows = goal.readings.all() if goal else ()
        return csv_response(
            f"readings-{self.client.slug}-{self.goal.pk}-{timezone.localdate()}.csv",
            READINGS,
            (
                (
                    self.goal.name,
                    self.goal.unit,
                    row.read_on,
                    row.value.normalize(),
                    row.staff.name if row.staff else None,
                    row.note,
                )
                for row in rows
            ),
        )


@login_required
@as_known_then
def goal(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    response = Goal.as_view()(request, slug=slug, pk=pk)
    # Drawn while it is still known what was known then.
    return cast(
        HttpResponse, response.render() if isinstance(response, TemplateResponse) else response
    )
