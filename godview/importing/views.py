"""The import pages: send a file, say which column is which, see what it would do, import it.

For leaders and administrators; for a day an import can be taken back.
"""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from clients.models import Upload
from godview.access import for_leaders
from godview.http import csv_response
from godview.importing.forms import MatchingForm, UploadForm
from godview.importing.matching import Matching
from godview.importing.registry import KINDS
from godview.importing.undoing import CannotUndoError, look, may_undo, undo
from godview.importing.uploads import import_now, match, receive, report_of

LATEST = 10


@require_http_methods(["GET", "POST"])
@for_leaders
def start(request: HttpRequest) -> HttpResponse:
    chosen = {"kind": request.GET.get("kind")}
    form = UploadForm(request.POST or None, request.FILES or None, initial=chosen)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        upload = receive(
            kind=form.cleaned_data["kind"],
            file_name=file.name,
            content=file.read(),
            user=request.user,
            today=timezone.localdate(),
            now=timezone.now(),
        )
        matching = Matching.of(upload)
        unsure = matching is not None and not matching.is_certain
        return redirect("import_columns" if unsure else "import_preview", upload.pk)
    latest = Upload.objects.imported().select_related("uploaded_by").defer("content")[:LATEST]
    context = {
        "form": form,
        "kinds": KINDS.values(),
        "latest": [(upload, report_of(upload), KINDS.get(upload.kind)) for upload in latest],
    }
    status = 422 if form.errors else 200
    return render(request, "importing/start.html", context, status=status)


@require_http_methods(["GET", "POST"])
@for_leaders
def columns(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Which column of the file is which of ours: our guess, to be changed."""
    upload = get_object_or_404(Upload.objects.of(request.user), pk=pk)
    matching = Matching.of(upload)
    if matching is None or upload.imported_at or upload.kind not in KINDS:
        return redirect("import_preview", upload.pk)
    form = MatchingForm(KINDS[upload.kind], matching, request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        match(upload=upload, places=form.places(), today=timezone.localdate(), now=now)
        return redirect("import_preview", upload.pk)
    context = {"upload": upload, "matching": matching, "form": form, "kind": KINDS[upload.kind]}
    status = 422 if form.errors else 200
    return render(request, "importing/columns.html", context, status=status)


@require_http_methods(["GET", "POST"])
@for_leaders
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the file would do; sent with POST, it does it."""
    upload = get_object_or_404(Upload.objects.of(request.user), pk=pk)
    now = timezone.now()
    if request.method == "POST":
        done_before = upload.imported_at is not None
        upload = import_now(
            upload=upload,
            user=request.user,
            today=timezone.localdate(),
            now=now,
            without_bad_rows=request.POST.get("bad_rows") == "leave_out",
        )
        if upload.imported_at and not done_before:
            told = {"summary": report_of(upload).summary()}
            messages.success(request, _("Imported %(summary)s.") % told)
        return redirect("import_preview", upload.pk)
    context = {
        "upload": upload,
        "report": report_of(upload),
        "kind": KINDS.get(upload.kind),
        "matching": Matching.of(upload),
        "may_undo": may_undo(upload, now),
    }
    return render(request, "importing/preview.html", context)


@require_http_methods(["GET", "POST"])
@for_leaders
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What taking the import back would do, and what stands upon it; with POST, it is done."""
    upload = get_object_or_404(Upload.objects.of(request.user).defer("content"), pk=pk)
    now = timezone.now()
    if not may_undo(upload, now):
        return redirect("import_preview", upload.pk)
    refusal: list[str] = []
    if request.method == "POST":
        try:
            undo(upload=upload, user=request.user, now=now)
        except CannotUndoError as error:
            refusal = error.messages
        else:
            messages.success(request, _("Undone: everything is as it was before the import."))
            return redirect("import_preview", upload.pk)
    found = look(upload)
    context = {
        "upload": upload,
        "kind": KINDS.get(upload.kind),
        "undo": found,
        "obstacles": refusal or found.obstacles,
    }
    return render(request, "importing/undo.html", context, status=409 if refusal else 200)


@require_GET
@for_leaders
def errors(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything that is wrong with the file, as a table to work through."""
    upload = get_object_or_404(Upload.objects.of(request.user).defer("content"), pk=pk)
    header = ("line", "column", "value", "what to do")  # keys: programs read them, in English
    rows = ((r.line or "", r.column, r.value, r.sentence) for r in report_of(upload).refusals)
    return csv_response(f"errors-in-{upload.kind}.csv", header, rows)


@require_GET
@for_leaders
def example(request: HttpRequest, name: str) -> HttpResponse:
    """A small file of one kind, to begin from."""
    if name not in KINDS:
        raise Http404
    kind = KINDS[name]
    width = max(len(row) for row in kind.example)
    return csv_response(f"{name}.csv", kind.column_names[:width], kind.example)
