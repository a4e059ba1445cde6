"""Pages on which a pivot is decided for a 90-day goal, with its pace then, and judged later."""

from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.models import ClientGoal, Pivot
from clients.pivot_forms import PivotForm, PivotVerdictForm
from clients.views import DeedView
from godview.access import get_visible_or_404
from godview.templatetags.display import day, rounded
from metrics.dashboards.client.goals import GoalLine, goal_lines
from metrics.queries.client import goals_with_readings
from metrics.queries.limits import read_limits


class DecidePivot(DeedView):
    form_class = PivotForm
    permission = "clients.add_pivot"
    heading = gettext_lazy("Decide what changes")
    button = gettext_lazy("Save the decision")

    def find_row(self) -> None:
        self.goal = get_visible_or_404(
            ClientGoal.objects.all(), self.request.user, pk=self.kwargs["pk"], client=self.client
        )
        today = timezone.localdate()
        lines = goal_lines(
            goals_with_readings(self.client, today, today), today, read_limits().on(today)["pace"]
        )
        self.line: GoalLine | None = next(
            (line for line in lines if line.goal.pk == self.goal.pk), None
        )

    def get_form_kwargs(self) -> dict[str, Any]:
        ratio = self.line.pace.ratio if self.line else None
        pace = None if ratio is None else rounded(Decimal(str(ratio)), 4)
        return {**super().get_form_kwargs(), "goal": self.goal, "pace_then": pace}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = f"{self.goal.name}: {self.line.words.lower()}" if self.line else self.goal.name
        if self.line and self.line.ratio:
            about = f"{about}, {self.line.sum_in_words()} = {self.line.ratio}"
        return {**super().get_context_data(**kwargs), "about": f"{about}."}


class JudgePivot(DeedView):
    form_class = PivotVerdictForm
    permission = "clients.change_pivot"
    heading = gettext_lazy("Did it help?")

    def find_row(self) -> None:
        self.pivot = get_visible_or_404(
            Pivot.objects.select_related("goal"),
            self.request.user,
            pk=self.kwargs["pk"],
            goal__client=self.client,
        )

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "pivot": self.pivot}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pivot = self.pivot
        told = {"goal": pivot.goal.name, "day": day(pivot.decided_on), "text": pivot.text}
        about = _("%(goal)s, decided %(day)s: “%(text)s”") % told
        return {**super().get_context_data(**kwargs), "about": about}
