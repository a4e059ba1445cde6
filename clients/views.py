"""Pages on which people tell us something about a client. Reading pages are in metrics."""

from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext as tr
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import FormView

from clients import contacting
from clients.forms import (
    AnswerForm,
    ContactForm,
    Deed,
    DeedForm,
    GoAheadForm,
    GoalForm,
    ObligationForm,
    ReadingForm,
)
from clients.models import Client, ClientGoal, Obligation, Touchpoint
from godview.access import get_visible_or_404, staff_of
from godview.http import onward_url
from godview.templatetags.display import day
from godview.undo import Undo, tell


@method_decorator(login_required, name="dispatch")
class DeedView(FormView[DeedForm]):
    """One form about one client: a page of its own, and where the client page sends its forms."""

    template_name = "clients/deed.html"
    permission: ClassVar[str]
    heading: ClassVar[str | Promise]
    button: ClassVar[str | Promise] = _("Save")
    about: ClassVar[str | Promise] = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.client = get_visible_or_404(Client.objects.all(), request.user, slug=kwargs["slug"])
        self.find_row()
        if not self.may():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def may(self) -> bool:
        return self.request.user.has_perm(self.permission)

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
        onward = onward_url(self.request, self.back_url())
        tell(self.request, str(form.done).format(client=self.client), self.undo(form, onward))
        return redirect(onward)

    def undo(self, form: Any, onward: str) -> Undo | None:
        """How it is taken back; most of what is told here stays."""
        return None

    def back_url(self) -> str:
        """Where one came from, and goes back to."""
        return str(self.client.get_absolute_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words: dict[str, Any] = {"heading": self.heading, "button": self.button}
        words |= {"about": self.about, "back": self.back_url()}
        return super().get_context_data(client=self.client, **words, **kwargs)


class LogContact(DeedView):
    form_class = ContactForm
    permission = "clients.add_touchpoint"
    heading = _("Log contact")
    about = _("Automatic reports and newsletters never count, so they are not logged here.")

    def undo(self, form: ContactForm, onward: str) -> Undo:
        return undo_contact(form.touchpoint, onward)


def undo_contact(touchpoint: Touchpoint, onward: str) -> Undo:
    return Undo(
        reverse("clients:take_back_contact", args=[touchpoint.client.slug, touchpoint.pk]),
        {"next": onward},
    )


@login_required
@require_POST
def take_back_contact(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take back a contact that was logged by mistake."""
    touchpoint = get_visible_or_404(
        Touchpoint.objects.select_related("client"), request.user, pk=pk, client__slug=slug
    )
    client = touchpoint.client
    try:
        contacting.take_back(
            touchpoint=touchpoint, staff=staff_of(request.user), now=timezone.now()
        )
        messages.success(request, tr("Contact with %(client)s taken back.") % {"client": client})
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect(onward_url(request, client.get_absolute_url()))


class Ask(DeedView):
    form_class = ObligationForm
    permission = "clients.add_obligation"
    heading = _("Ask the client")
    button = _("Start the clock")
    about = _("The reply is due in business time of the client's own calendar.")


class Answer(DeedView):
    form_class = AnswerForm
    permission = "clients.change_obligation"
    heading = _("The client answered")
    button = _("Stop the clock")

    def find_row(self) -> None:
        self.obligation = get_visible_or_404(
            Obligation.objects.all(), self.request.user, pk=self.kwargs["pk"], client=self.client
        )

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "obligation": self.obligation}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "about": f"“{self.obligation.text}”"}


class GoAhead(DeedView):
    """The clock of the agreement ran out: we go on without an answer, and say so."""

    form_class = GoAheadForm
    permission = "clients.change_obligation"
    heading = _("Go ahead and tell the client")
    button = _("I have told them: go ahead")
    about = _(
        "Copy the words, send them, and say how. It stops the clock and logs the contact; "
        "that the answer was late stays in sight."
    )

    def find_row(self) -> None:
        self.obligation = get_visible_or_404(
            Obligation.objects.all(), self.request.user, pk=self.kwargs["pk"], client=self.client
        )

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "obligation": self.obligation}


class AgreeGoal(DeedView):
    form_class = GoalForm
    permission = "clients.add_clientgoal"
    heading = _("New 90-day goal")
    button = _("Agree on the goal")
    about = _(
        "One number, where it stands, where it must be in 90 days. It cannot be changed later."
    )


class AddReading(DeedView):
    form_class = ReadingForm
    permission = "clients.add_goalreading"
    heading = _("Add a reading")

    def find_row(self) -> None:
        self.goal = get_visible_or_404(
            ClientGoal.objects.all(), self.request.user, pk=self.kwargs["pk"], client=self.client
        )

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "goal": self.goal}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        goal = self.goal
        days = {"goal": goal.name, "start": day(goal.starts_on), "end": day(goal.last_day)}
        about = tr("%(goal)s, from %(start)s to %(end)s.") % days
        return {**super().get_context_data(**kwargs), "about": about}
