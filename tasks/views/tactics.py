"""Pages on which a tactic is started for a client, and judged."""

from typing import Any

from clients.views import DeedView
from godview.access import get_visible_or_404
from godview.templatetags.display import counted, day
from tasks.models import Tactic
from tasks.tactic_forms import StartForm, VerdictForm


class StartTactic(DeedView):
    form_class = StartForm
    permission = "tasks.add_tactic"
    heading = "Start a tactic"
    button = "Start it"
    about = "Say now what will count as a win. The rule cannot be changed once it is saved."


class JudgeTactic(DeedView):
    form_class = VerdictForm
    permission = "tasks.change_tactic"
    heading = "Judge the tactic"
    button = "Save the verdict"

    def find_row(self) -> None:
        self.tactic = get_visible_or_404(
            Tactic.objects.all(), self.request.user, pk=self.kwargs["pk"], client=self.client
        )

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "tactic": self.tactic}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "about": rule_in_words(self.tactic)}


def rule_in_words(tactic: Tactic) -> str:
    """“Call-only ads”: cost per lead −10 % in 30 days, so it can be won or lost from 19 Dec on."""
    if tactic.window_days is None:
        return f"“{tactic.name}” began on {day(tactic.started_on)}. No rule was written down."
    return (
        f"“{tactic.name}”: {tactic.metric} {tactic.threshold} in "
        f"{counted(tactic.window_days, 'day')}, so it can be won or lost from "
        f"{day(tactic.window_ends_on)} on."
    )
