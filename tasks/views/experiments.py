"""Pages on which a test is read and stopped. Its plan and its verdict are shown in metrics."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from clients.views import DeedView
from godview.access import get_visible_or_404
from godview.translating.later import later
from tasks.experiment_forms import ReadExperimentForm, StopForm
from tasks.models import Experiment


@method_decorator(login_required, name="dispatch")
class ExperimentDeed(DeedView):
    """A form about one test, which leads back to the test."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rows = Experiment.objects.select_related("client")
        self.experiment = get_visible_or_404(rows, request.user, pk=kwargs["pk"])
        return super().dispatch(request, *args, slug=self.experiment.client.slug, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "experiment": self.experiment}

    def back_url(self) -> str:
        return reverse("experiment", args=[self.experiment.pk])


class ReadExperiment(ExperimentDeed):
    form_class = ReadExperimentForm
    permission = "tasks.add_armreading"
    heading = later("Add a reading")
    button = later("Save the reading")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = _("“%(experiment_name)s”: all visitors and conversions since the start.") % {
            "experiment_name": self.experiment.name
        }
        return {**super().get_context_data(**kwargs), "about": about}


class StopExperiment(ExperimentDeed):
    form_class = StopForm
    permission = "tasks.change_experiment"
    heading = later("Stop the test")
    button = later("Stop it for good")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = _(
            "“%(experiment_name)s”. A test stopped before its planned sample proves "
            "nothing, whatever its numbers say."
        ) % {"experiment_name": self.experiment.name}
        return {**super().get_context_data(**kwargs), "about": about}
