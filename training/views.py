from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from godview.access import get_visible_or_404, staff_of
from training.access import staff_trained_under
from training.attempts import keep_answers, start_attempt, submit_attempt
from training.curriculum import curriculum, line_of
from training.export import matrix_csv
from training.forms import AnswersForm, MatrixFilterForm
from training.matrix import training_matrix
from training.models import Attempt, Completion, ModuleVersion, TrainingModule


@login_required
@require_GET
def modules(request: HttpRequest) -> HttpResponse:
    staff = staff_of(request.user)
    plan = curriculum(staff, timezone.localdate()) if staff else None
    return render(request, "training/modules.html", {"staff": staff, "plan": plan})


@login_required
@require_GET
def module(request: HttpRequest, slug: str) -> HttpResponse:
    today = timezone.localdate()
    version = _version_taught(slug, today)
    row, staff = version.module, staff_of(request.user)
    attempts = list(Attempt.objects.of(staff, row)) if staff else []
    context = {
        "module": row,
        "version": version,
        "staff": staff,
        "line": line_of(staff, row, today),
        "attempts": attempts,
        "is_open": any(found.is_open and found.version_id == version.pk for found in attempts),
    }
    return render(request, "training/module.html", context)


@login_required
@require_POST
def start(request: HttpRequest, slug: str) -> HttpResponse:
    today, staff = timezone.localdate(), staff_of(request.user)
    if staff is None:
        raise Http404
    version = _version_taught(slug, today)
    try:
        opened = start_attempt(staff=staff, version=version, now=timezone.now())
    except ValidationError as refusal:
        return _back_to_the_module(request, version.module, refusal)
    return redirect("training:attempt", pk=opened.pk)


def _version_taught(slug: str, day: date) -> ModuleVersion:
    """The version of a module that is taught on a day, with its module."""
    versions = ModuleVersion.objects.current_on(day).with_question_count()
    taught = TrainingModule.objects.taught_on(day).filter(slug=slug)
    return get_object_or_404(versions.select_related("module"), module__in=taught)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def attempt(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions while it is open, for the person alone; the result once it is submitted."""
    row = get_visible_or_404(Attempt.objects.in_full(), request.user, pk=pk)
    staff = staff_of(request.user)
    is_mine = staff is not None and staff.pk == row.staff_id
    if not is_mine and (row.is_open or request.method == "POST"):
        raise Http404
    if request.method == "POST":
        return _answered(request, row)
    if row.is_open:
        return _questions(request, row, AnswersForm(list(row.answers.all())))
    shows_right = (
        not is_mine or Completion.objects.filter(staff=staff, version=row.version).exists()
    )
    context = {"attempt": row, "is_mine": is_mine, "shows_right": shows_right}
    return render(request, "training/result.html", context)


def _answered(request: HttpRequest, row: Attempt) -> HttpResponse:
    form = AnswersForm(list(row.answers.all()), request.POST)
    keep_answers(attempt=row, chosen=form.chosen())
    if "submit" not in request.POST:
        messages.success(request, _("Your answers are kept. Go on whenever you like."))
        return redirect("training:module", slug=row.version.module.slug)
    if row.is_open and not form.is_valid():
        return _questions(request, row, form)
    try:
        submit_attempt(attempt=row, now=timezone.now())
    except ValidationError as refusal:
        return _back_to_the_module(request, row.version.module, refusal)
    return redirect("training:attempt", pk=row.pk)


def _questions(request: HttpRequest, row: Attempt, form: AnswersForm) -> HttpResponse:
    return render(request, "training/attempt.html", {"attempt": row, "form": form})


def _back_to_the_module(
    request: HttpRequest, row: TrainingModule, refusal: ValidationError
) -> HttpResponse:
    messages.error(request, " ".join(refusal.messages))
    return redirect("training:module", slug=row.slug)


@login_required
@require_GET
def person(request: HttpRequest, slug: str) -> HttpResponse:
    staff = get_object_or_404(staff_trained_under(request.user), slug=slug)
    context = {
        "person": staff,
        "plan": curriculum(staff, timezone.localdate()),
        "attempts": Attempt.objects.in_full().filter(staff=staff),
    }
    return render(request, "training/person.html", context)


@login_required
@require_GET
def matrix(request: HttpRequest) -> HttpResponse:
    return render(request, "training/matrix.html", _matrix(request))


@login_required
@require_GET
def matrix_as_csv(request: HttpRequest) -> HttpResponse:
    context = _matrix(request)
    if not context["form"].is_valid():
        return HttpResponseBadRequest("These filters are not known. Go back and choose again.")
    response = HttpResponse(matrix_csv(context["matrix"]), content_type="text/csv; charset=utf-8")
    name = f"training-{context['matrix'].day.isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _matrix(request: HttpRequest) -> dict[str, Any]:
    form = MatrixFilterForm(request.GET)
    people = form.people(staff_trained_under(request.user))
    return {"form": form, "matrix": training_matrix(people, form.day(timezone.localdate()))}
