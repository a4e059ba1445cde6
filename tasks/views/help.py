"""Pages on which help is asked for with a goal of a client, and given."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.views import DeedView
from godview.access import get_visible_or_404
from tasks.help_forms import AskHelpForm, GiveHelpForm
from tasks.models import HelpRequest


class AskHelp(DeedView):
    form_class = AskHelpForm
    permission = "tasks.add_helprequest"
    heading = gettext_lazy("Ask for help")
    button = gettext_lazy("Ask")
    about = gettext_lazy("Everybody who works on this client sees it, and whoever helps says how.")


class GiveHelp(DeedView):
    form_class = GiveHelpForm
    permission = "tasks.change_helprequest"
    heading = gettext_lazy("I helped")

    def find_row(self) -> None:
        self.asked = get_visible_or_404(
            HelpRequest.objects.select_related("asked_by"),
            self.request.user,
            pk=self.kwargs["pk"],
            client=self.client,
        )

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "asked": self.asked}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = {"who": self.asked.asked_by.name, "text": self.asked.text}
        about = _("%(who)s asked: “%(text)s”") % told
        return {**super().get_context_data(**kwargs), "about": about}
