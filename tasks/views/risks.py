"""Pages on which a risk of a client is told, answered and closed."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.views import DeedView
from godview.access import get_visible_or_404
from tasks.models import Risk
from tasks.risk_forms import AnswerRiskForm, CloseRiskForm, TellRiskForm


class TellRisk(DeedView):
    form_class = TellRiskForm
    permission = "tasks.add_risk"
    heading = gettext_lazy("Tell a risk")
    about = gettext_lazy("What may go wrong soon, before it does. It takes half a minute.")


class OneRisk(DeedView):
    permission = "tasks.change_risk"

    def find_row(self) -> None:
        rows = Risk.objects.select_related("told_by")
        self.risk = get_visible_or_404(
            rows, self.request.user, pk=self.kwargs["pk"], client=self.client
        )

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "risk": self.risk}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = {"who": self.risk.told_by.name, "text": self.risk.text}
        about = _("%(who)s told: “%(text)s”") % told
        return {**super().get_context_data(**kwargs), "about": about}


class AnswerRisk(OneRisk):
    form_class = AnswerRiskForm
    heading = gettext_lazy("What we do about it")


class CloseRisk(OneRisk):
    form_class = CloseRiskForm
    heading = gettext_lazy("Close the risk")
    button = gettext_lazy("Close it")
