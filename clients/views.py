"""Pages on which people tell us something about a client. Reading pages are in metrics."""

from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import FormView

from clients.forms import (
    AnswerForm,
    ContactForm,
    Deed,
    DeedForm,
    GoalForm,
    ObligationForm,
    ReadingForm,
)
from clients.models import Client, ClientGoal, Obligation
from godview.access import get_visible_or_404, staff_of
from godview.http import onward_url


@method_decorator(login_required, name="dispatch")
class DeedView(FormView[DeedForm]):
    """One form about one client: a page of its own, and where the client page sends its forms."""

    template_name = "clients/deed.html"
    permission: ClassVar[str]
    heading: ClassVar[str]
    button: ClassVar[str] = "Save"
    about: ClassVar[str] = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.client = get_visible_or_404(Client.objects.all(), request.user, slug=kwargs["slug"])
        self.find_row()
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def find_row(self) -> None:
        """Fetch the row that the address names besides the client, if any."""

    def get_form_kwargs(self) -> dict[str, Any]:
        deed = Deed(self.client, staff_of(self.request.user), timezone.now())
        return {**super().get_form_kwargs(), "deed": deed}

    def form_valid(self, form: DeedForm) -> HttpResponse:
        try:
            form.carry_out()
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
            return self.form_invalid(form)
        messages.success(self.request, form.done.format(client=self.client))
        return redirect(onward_url(self.request, self.back_url()))

    def back_url(self) -> str:
        """Where one came from, and goes back to."""
        return str(self.client.get_absolute_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"heading": self.heading, "button": self.button, "about": self.about}
        words["back"] = self.back_url()
        return super().get_context_data(client=self.client, **words, **kwargs)


class LogContact(DeedView):
    form_class = ContactForm
    permission = "clients.add_touchpoint"
    heading = "Log contact"
    about = "Automatic reports and newsletters never count, so they are not logged here."


class Ask(DeedView):
    form_class = ObligationForm
    permission = "clients.add_obligation"
    heading = "Ask the client"
    button = "Start the clock"
    about = "The reply is due in business time of the client's own calendar."


class Answer(DeedView):
    form_class = AnswerForm
    permission = "clients.change_obligation"
    heading = "The client answered"
    button = "Stop the clock"

    def find_row(self) -> None:
        self.obligation = get_visible_or_404(
            Obligation.objects.all(), self.request.user, pk=self.kwargs["pk"], client=self.client
        )

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "obligation": self.obligation}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "about": f"“{self.obligation.text}”"}


class AgreeGoal(DeedView):
    form_class = GoalForm
    permission = "clients.add_clientgoal"
    heading = "New 90-day goal"
    button = "Agree on the goal"
    about = "One number, where it stands, where it must be in 90 days. It cannot be changed later."


class AddReading(DeedView):
    form_class = ReadingForm
    permission = "clients.add_goalreading"
    heading = "Add a reading"

    def find_row(self) -> None:
        self.goal = get_visible_or_404(
            ClientGoal.objects.all(), self.request.user, pk=self.kwargs["pk"], client=self.client
        )

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "goal": self.goal}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = f"{self.goal.name}, from {self.goal.starts_on} to {self.goal.ends_on}."
        return {**super().get_context_data(**kwargs), "about": about}
