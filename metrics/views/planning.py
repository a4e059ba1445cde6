"""The page on which a test is planned, with the sample that it needs."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import FormView

from godview.access import Role, staff_of
from metrics.formulas.proportions import sample_size
from tasks.experiment_forms import PlanForm


@method_decorator(login_required, name="dispatch")
class PlanExperiment(FormView[PlanForm]):
    """Saved as a whole, or only worked out: then the same page says how many visitors it takes."""

    template_name = "metrics/plan_experiment.html"
    form_class = PlanForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm("tasks.add_experiment"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "user": self.request.user,
            "today": timezone.localdate(),
            "sample_size": sample_size,
        }

    def get_initial(self) -> dict[str, Any]:
        staff = staff_of(self.request.user)
        mine = {"designer": staff.pk} if staff and staff.role == Role.DESIGNER else {}
        return {"client": self.request.GET.get("client", ""), **mine}

    def post(self, request: HttpRequest, *args: str, **kwargs: Any) -> HttpResponse:
        if "work_out" in request.POST:
            return self._worked_out()
        return super().post(request, *args, **kwargs)

    def _worked_out(self) -> HttpResponse:
        """What it takes, with all that was typed kept as it is; nothing is saved."""
        form = self.get_form()
        form.is_valid()
        needed = form.needed(form.cleaned_data)
        typed = {name: form.data.get(name, "") for name in form.fields}
        if needed is not None:
            typed["planned_per_arm"] = str(max(needed, 100))
        again = self.form_class(
            **{**self.get_form_kwargs(), "data": None, "files": None, "initial": typed}
        )
        context = self.get_context_data(form=again, needed=needed, is_worked_out=True)
        return self.render_to_response(context)

    def form_valid(self, form: PlanForm) -> HttpResponse:
        try:
            experiment = form.carry_out()
        except ValidationError as refusal:
            form.add_error(None, ValidationError(refusal.messages))
            return self.form_invalid(form)
        messages.success(
            self.request,
            (
                _("Test planned for %(experiment_client)s.")
                % {"experiment_client": experiment.client}
            ),
        )
        return redirect("experiment", experiment.pk)
