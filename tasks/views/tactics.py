"""Pages on which a tactic is started for a client, and judged."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clients.views import DeedView
from godview.access import get_visible_or_404
from godview.templatetags.display import day
from tasks.models import Tactic
from tasks.tactic_forms import StartForm, VerdictForm


class StartTactic(DeedView):
    form_class = StartForm
    permission = "tasks.add_tactic"
    heading = gettext_lazy("Start a tactic")
    button = gettext_lazy("Start it")
    about = gettext_lazy(
        "Say now what will count as a win. The rule cannot be changed once it is saved."
    )


class JudgeTactic(DeedView):
    form_class = VerdictForm
    permission = "tasks.change_tactic"
    heading = gettext_lazy("Judge the tactic")
    button = gettext_lazy("Save the verdict")

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
    told: dict[str, Any] = {"name": tactic.name, "day": day(tactic.started_on)}
    if tactic.window_days is None:
        return _("“%(name)s” began on %(day)s. No rule was written down.") % told
    told |= {"metric": tactic.metric, "threshold": tactic.threshold, "count": tactic.window_days}
    sentence = ngettext(
        "“%(name)s”: %(metric)s %(threshold)s in %(count)s day, "
        "so it can be won or lost from %(end)s on.",
        "“%(name)s”: %(metric)s %(threshold)s in %(count)s days, "
        "so it can be won or lost from %(end)s on.",
        tactic.window_days,
    )
    return sentence % {**told, "end": day(tactic.window_ends_on)}
