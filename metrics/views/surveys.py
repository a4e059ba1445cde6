"""Surveys: the rounds, who was asked, what they said. For managers, directors and leaders."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients.models import Client, Contact, SurveyRequest, SurveyWave
from clients.survey_forms import AskForm, QuestionForm, RatingsForm, RoundForm, ScoreForm
from clients.surveys import ask_all
from godview.access import get_visible_or_404, may_record_answers
from godview.hindsight import with_hindsight
from godview.templatetags.display import counted
from metrics.dashboards.surveys import rounds
from metrics.views.asked import day_asked
from metrics.views.days import as_known_then
from metrics.views.onward import onward_from

View = Callable[..., HttpResponse]


def for_managers(view: View) -> View:
    """To others, the page is not there."""

    @wraps(view)
    def checked(request: HttpRequest, **named: Any) -> HttpResponse:
        if not may_record_answers(request.user):
            raise Http404
        return view(request, **named)

    return login_required(checked)


@require_http_methods(["GET", "POST"])
@for_managers
@as_known_then
def surveys(request: HttpRequest) -> HttpResponse:
    form = RoundForm(request.POST or None, initial={"opened_on": timezone.localdate()})
    if request.method == "POST":
        _only_those_who(request, "clients.add_surveywave")
        if form.is_valid():
            wave = form.save()
            messages.success(
                request, (_("“%(wave)s” is started. Now note whom you ask.") % {"wave": wave})
            )
            return redirect("survey_round", pk=wave.pk)
    day, onward = day_asked(request), onward_from(request)
    context = {
        "rounds": rounds(SurveyWave.objects.all(), day),
        "day": day,
        "form": form,
        "why_nps": onward.why("nps", "agency"),
        "why_csi": onward.why("csi", "agency"),
    }
    return render(request, "metrics/surveys.html", context, status=_status(form))


@require_GET
@for_managers
@as_known_then
def survey_round(request: HttpRequest, pk: int) -> HttpResponse:
    with with_hindsight():
        wave = get_object_or_404(SurveyWave, pk=pk)
    return _show_round(request, wave)


@require_POST
@for_managers
def ask_person(request: HttpRequest, pk: int) -> HttpResponse:
    _only_those_who(request, "clients.add_surveyrequest")
    wave = get_object_or_404(SurveyWave, pk=pk)
    form = AskForm(request.POST, people=_people(request.user, wave))
    if not _carried_out(form, lambda: form.ask(wave)):
        return _show_round(request, wave, ask=form)
    messages.success(
        request,
        (
            _("%(contact_name)s is noted as asked.")
            % {"contact_name": form.cleaned_data["contact"].name}
        ),
    )
    return redirect("survey_round", pk=wave.pk)


@require_POST
@for_managers
def ask_everybody(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who decides at a client served today, but for those asked within 90 days."""
    _only_those_who(request, "clients.add_surveyrequest")
    wave, today = get_object_or_404(SurveyWave, pk=pk), timezone.localdate()
    served = Client.objects.served_on(today)
    people = _people(request.user, wave).filter(decides=True, client__in=served)
    asked, resting = ask_all(wave=wave, people=people, sent_on=today)
    words = _("%(asked)s noted as asked today.") % {"asked": counted(asked, "person", "people")}
    if resting:
        words += _(" %(resting)s asked less than 90 days ago, and left out.") % {"resting": resting}
    messages.success(request, words)
    return redirect("survey_round", pk=wave.pk)


@require_POST
@for_managers
def add_question(request: HttpRequest, pk: int) -> HttpResponse:
    _only_those_who(request, "clients.add_csiquestion")
    wave = get_object_or_404(SurveyWave, pk=pk, kind=SurveyWave.Kind.CSI)
    form = QuestionForm(request.POST, wave=wave)
    if not form.is_valid():
        return _show_round(request, wave, question=form)
    form.save()
    messages.success(request, _("Question added."))
    return redirect("survey_round", pk=wave.pk)


@require_http_methods(["GET", "POST"])
@for_managers
def record_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What one person said; for NPS another answer is added, and the last one counts."""
    rows = SurveyRequest.objects.select_related("wave", "contact__client")
    asked = get_visible_or_404(rows, request.user, pk=pk)
    today = timezone.localdate()
    form = _answer_form(asked, request.POST or None, today)
    if request.method == "POST" and _carried_out(form, lambda: form.answer(asked, today)):
        messages.success(
            request,
            (
                _("The answer of %(asked_contact_name)s is noted.")
                % {"asked_contact_name": asked.contact.name}
            ),
        )
        return redirect("survey_round", pk=asked.wave_id)
    context = {"asked": asked, "form": form, "today": today}
    return render(request, "metrics/survey_answer.html", context, status=_status(form))


def _answer_form(asked: SurveyRequest, data: Any, today: Any) -> Any:
    initial = {"answered_on": today}
    if asked.wave.kind == SurveyWave.Kind.NPS:
        return ScoreForm(data, initial=initial)
    for answer in asked.csi_answers.all():
        initial[f"question-{answer.question_id}"] = answer.score
    return RatingsForm(data, questions=asked.wave.questions.all(), initial=initial)


def _show_round(
    request: HttpRequest,
    wave: SurveyWave,
    ask: AskForm | None = None,
    question: QuestionForm | None = None,
) -> HttpResponse:
    day = day_asked(request)
    rows = SurveyRequest.objects.visible_to(request.user).filter(wave=wave, sent_on__lte=day)
    people = rows.select_related("contact__client").prefetch_related(
        "nps_answers", "csi_answers__question"
    )
    may = request.user.has_perm
    context = {
        "round": rounds([wave], day)[0],
        "people": people.order_by("contact__client__name", "contact__name"),
        "day": day,
        "may_ask": may("clients.add_surveyrequest"),
        "ask": ask or AskForm(people=_people(request.user, wave), initial={"sent_on": day}),
        "question": question or QuestionForm(wave=wave),
        "questions": wave.questions.all(),
    }
    status = 422 if ask or question else 200
    return render(request, "metrics/survey_round.html", context, status=status)


def _people(user: Any, wave: SurveyWave) -> Any:
    """Those not asked in the round yet, who have not left, of the clients that one may see."""
    asked = wave.requests.values("contact")
    mine = Contact.objects.visible_to(user).filter(left_on=None).exclude(pk__in=asked)
    return mine.select_related("client").order_by("client__name", "name")


def _carried_out(form: BaseForm, deed: Callable[[], object]) -> bool:
    """Do what a valid form says; why not is said in the form."""
    if not form.is_valid():
        return False
    try:
        deed()
    except ValidationError as refusal:
        for sentence in refusal.messages:
            form.add_error(None, sentence)
        return False
    return True


def _only_those_who(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


def _status(form: BaseForm) -> int:
    return 422 if form.is_bound and form.errors else 200
