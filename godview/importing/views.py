"""The import page: send a file, see what it would do, import it. For leaders and administrators."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from clients.models import Upload
from godview.access import for_leaders
from godview.http import csv_response
from godview.importing.forms import UploadForm
from godview.importing.registry import KINDS
from godview.importing.uploads import import_now, receive, report_of

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
        return redirect("import_preview", upload.pk)
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
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the file would do; sent with POST, it does it."""
    upload = get_object_or_404(Upload.objects.of(request.user), pk=pk)
    if request.method == "POST":
        done_before = upload.imported_at is not None
        upload = import_now(
            upload=upload, user=request.user, today=timezone.localdate(), now=timezone.now()
        )
        if upload.imported_at and not done_before:
            messages.success(request, f"Imported {report_of(upload).summary()}.")
        return redirect("import_preview", upload.pk)
    context = {"upload": upload, "report": report_of(upload), "kind": KINDS.get(upload.kind)}
    return render(request, "importing/preview.html", context)


@require_GET
@for_leaders
def errors(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything that is wrong with the file, as a table to work through."""
    upload = get_object_or_404(Upload.objects.of(request.user).defer("content"), pk=pk)
    header = ("line", "column", "value", "what to do")
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
